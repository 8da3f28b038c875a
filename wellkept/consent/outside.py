"""A person's authorization that we send part of their record to somebody outside: given, kept as shown, taken back.

Serves U-19, P-06; 45 CFR 164.508. The opening is of one's own record and names the category ``requests``.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection

from wellkept.consent.models import Authorization
from wellkept.policy.words import Category, Key, Purpose, Retention

OFFERED: Final = (Category.COVERAGE, Category.CLAIMS, Category.SENSITIVE_CLAIMS)
PURPOSES: Final = (Purpose.PATIENT_REQUEST, Purpose.TREATMENT, Purpose.PAYMENT, Purpose.LEGAL, Purpose.RESEARCH)
"""For what it can be given. There is no purpose of sale, and no word of the person makes one."""

RECIPIENT: Final = "authorization.recipient"
ADDRESS: Final = "authorization.address"
STATEMENT: Final = "authorization.statement"
_FIELDS: Final = (
    "id", "recipient", "address", "purpose", "opens", "since", "expires", "revoked", "statement", "form", "language",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signed:
    """What one authorization says. ``statement`` is what was shown and signed, a paragraph a line.

    ``address`` has a line an entry. Erased words are empty. ``language`` is that of the statement, "en" or "es".
    """

    id: UUID
    recipient: str
    address: tuple[str, ...]
    purpose: Purpose
    opens: frozenset[str]
    since: datetime
    expires: datetime
    revoked: datetime | None
    statement: tuple[str, ...]
    form: str
    language: str

    def holds(self, now: datetime) -> bool:
        """Whether it is in force."""
        return self.revoked is None and self.since <= now < self.expires


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person signs: to whom, where they are, for what, which kinds of data, until when, and the whole text."""

    recipient: str
    address: tuple[str, ...]
    purpose: Purpose
    opens: Collection[Category]
    until: datetime
    statement: tuple[str, ...]


def give(key: Key, wanted: Wanted, *, form: str, language: str, collected_under: str) -> UUID | None:
    """Write the authorization; returns its id, None where it may not be given as it stands.

    ``form`` is the version of what was shown. An authorization lasts a year at most.
    """
    (person,) = key.subjects
    number = uuid4()

    def sealed(field: str, text: str) -> bytes:
        return key.seal(person, Retention.BENEFITS, field, number, text)

    with connection.cursor() as cursor:
        cursor.execute(
            "select wellkept.consent_authorize(%s, %s, %s, %s::text[], %s, %s, %s, %s, %s, %s, %s)",
            [
                person, number, wanted.purpose.value, [*wanted.opens], wanted.until,
                sealed(RECIPIENT, wanted.recipient), sealed(ADDRESS, "\n".join(wanted.address)),
                sealed(STATEMENT, "\n".join(wanted.statement)), form, language, collected_under,
            ],
        )  # fmt: skip
        return number if cursor.fetchone()[0] else None


def take_back(key: Key, number: UUID) -> bool:
    """End it; what waits to be posted under it does not leave. False where none of the person's is in force."""
    (person,) = key.subjects
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.consent_end_authorization(%s, %s)", [person, number])
        return bool(cursor.fetchone()[0])


def all_of(key: Key) -> tuple[Signed, ...]:
    """Every authorization of the person to somebody outside, the newest first."""
    (person,) = key.subjects
    rows = Authorization.objects.filter(person_id=person).exclude(address=None).order_by("-since", "id")
    return tuple(_signed(key, person, row) for row in rows.values_list(*_FIELDS))


def one(key: Key, number: UUID) -> Signed | None:
    """One of them; None where the person has none with this id."""
    (person,) = key.subjects
    rows = Authorization.objects.filter(person_id=person, id=number).exclude(address=None)
    row = rows.values_list(*_FIELDS).first()
    return _signed(key, person, row) if row else None


def _signed(key: Key, person: UUID, row: tuple[Any, ...]) -> Signed:
    number, recipient, address, purpose, opens, since, expires, revoked, statement, form, language = row

    def read(field: str, sealed: bytes | memoryview) -> str:
        try:
            return key.unseal(person, Retention.BENEFITS, field, number, bytes(sealed))
        except LookupError:
            return ""

    return Signed(
        id=number, recipient=read(RECIPIENT, recipient), address=tuple(read(ADDRESS, address).splitlines()),
        purpose=Purpose(purpose), opens=frozenset(opens), since=since, expires=expires, revoked=revoked,
        statement=tuple(read(STATEMENT, statement).splitlines()), form=form or "", language=language or "en",
    )  # fmt: skip
