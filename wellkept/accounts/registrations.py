"""Requests to register that wait for an answer, and the access codes that answer them. Runs as the role ``jobs``."""

from uuid import UUID

from django.db import connection

from wellkept.accounts import codes, hashes


def waiting() -> list[UUID]:
    """The requests that nobody has answered yet, oldest first, at most 500."""
    with connection.cursor() as cursor:
        cursor.execute("select id from wellkept.accounts_registration order by asked_at limit 500")
        return [row[0] for row in cursor.fetchall()]


def roster_hash(registration: UUID) -> bytes | None:
    """The hash under which the roster knows who asked, or not; None when the request was answered already."""
    with connection.cursor() as cursor:
        cursor.execute("select roster from wellkept.accounts_registration where id = %s", [registration])
        row = cursor.fetchone()
        return bytes(row[0]) if row else None


def take(registration: UUID) -> bytes | None:
    """Remove a request; returns the hash of its birth date, which binds the code. Of two who take it one gets None."""
    with connection.cursor() as cursor:
        cursor.execute("delete from wellkept.accounts_registration where id = %s returning birth_date", [registration])
        row = cursor.fetchone()
        return bytes(row[0]) if row else None


def issue(person: UUID, *, birth_date: bytes, days: int) -> str | None:
    """A new access code for one person alone; None when one was issued within a day. Only its hash is kept.

    Runs in a transaction: of two that race for one person the second waits for the first, and then issues none.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"access code {person}"])
        cursor.execute(
            "select exists (select 1 from wellkept.accounts_accesscode"
            " where person_id = %s and issued_at > now() - interval '1 day')",
            [person],
        )
        if cursor.fetchone()[0]:
            return None
        code = codes.new()
        cursor.execute(
            "insert into wellkept.accounts_accesscode (code_hash, person_id, birth_date, issued_at, expires_at, tries)"
            " values (%s, %s, %s, now(), now() + make_interval(days => %s), 0)",
            [hashes.code(code), person, birth_date, days],
        )
        return code
