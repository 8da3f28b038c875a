"""Agreeing to documents."""

from django.db import connection


def owed(secret: bytes) -> list[tuple[str, str]]:
    """Name and version of every document in force that the session's account has not agreed to."""
    with connection.cursor() as cursor:
        cursor.execute("select name, version from wellkept.consent_owed(%s)", [secret])
        return [(str(name), str(version)) for name, version in cursor.fetchall()]


def acknowledge(secret: bytes, *, name: str, version: str, language: str) -> bool:
    """Record that the session's account agrees to the text in ``language``.

    False when it did already or the document is not in force.
    """
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.consent_acknowledge(%s, %s, %s, %s)", [secret, name, version, language])
        return bool(cursor.fetchone()[0])
