"""Helpers a person names, and for whom somebody acts: given, taken on, laid down, ended.

Serves U-19, P-25, R-17; 45 CFR 164.510(b), 164.502(g). Functions of the database decide (sql/authority.sql).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid4

from wellkept.accounts import codes, hashes
from wellkept.consent import agreed as agreeing
from wellkept.consent.agreed import Agreed
from wellkept.consent.models import Appointment
from wellkept.policy.statements import ask
from wellkept.policy.words import Category, Key, Retention

OFFERED: Final = (Category.COVERAGE, Category.CLAIMS, Category.SENSITIVE_CLAIMS)
FIELD: Final = "appointment.name"
HELPER: Final = "helper"


@dataclass(frozen=True, slots=True)
class Appointed:
    """Somebody who may act for the person. ``ended`` is when it ended before its time, ``accepted`` when they came in.

    ``name`` is "" where its key was destroyed; ``ended_by`` is "", "person", "helper", "returned" (their
    letter came back) or a reason of the desk. ``own``: by a paper about a minor nothing opens now, because the law of
    their state makes the record their own.
    """

    id: UUID
    kind: str
    name: str
    opens: frozenset[str]
    state: str
    since: datetime
    expires: datetime
    ended: datetime | None
    ended_by: str
    accepted: datetime | None
    agreed: Agreed
    own: bool = False

    def holds(self, now: datetime) -> bool:
        """Whether it is in force, by its dates."""
        return self.state == "stands" and not self.own and self.since <= now < self.expires

    def ends_by_the_person(self) -> bool:
        """Whether the person alone can end it: what a court said is not theirs to end."""
        return self.state == "stands" and self.kind in (HELPER, "power_of_attorney")

    def waits_for_the_person(self) -> bool:
        """Whether the person can say no before anything opens by it: to a power of attorney that nobody has checked."""
        return self.state == "waits" and self.kind == "power_of_attorney"


@dataclass(frozen=True, slots=True)
class Named:
    """What came of naming a helper: "yes" with the code; "prove", "full" or "no".

    The code is shown once and kept nowhere; one that is posted lies sealed in its letter until that is printed.

    ``id`` is the appointment's; where nobody was named it is of nothing.
    """

    answer: str
    code: str
    id: UUID


@dataclass(frozen=True, slots=True)
class Acting:
    """For whom the session's account may act. No name: that is opened. ``holds``: it is in force at this minute."""

    id: UUID
    person: UUID
    kind: str
    opens: frozenset[str]
    since: datetime
    expires: datetime
    holds: bool


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody opened as helper or representative."""

    appointment: UUID
    occasion: UUID | None
    kind: str
    categories: tuple[str, ...]
    at: datetime


def appoint(
    key: Key,
    *,
    name: str,
    born: date,
    opens: Collection[Category],
    since: datetime,
    until: datetime,
    days: int,
    agreed: Agreed,
    collected_under: str,
) -> Named:
    """Name a helper for part of the account of the one person who is open. The code works for ``days`` days."""
    (person,) = key.subjects
    row, code = uuid4(), codes.new()
    sealed = key.seal(person, Retention.BENEFITS, FIELD, row, name)
    given = [person, row, sealed, name, [*opens], since, until, hashes.code(code), hashes.birth_date(born), days]
    statement = "select wellkept.consent_appoint(%s, %s, %s, %s, %s::text[], %s, %s, %s, %s, %s, %s, %s, %s, %s)"
    shown = agreeing.sealed(key, agreeing.HELPER, row, agreed)
    answer = str(ask(statement, *given, collected_under, *shown)[0][0])
    return Named(answer, code if answer == "yes" else "", row)


def dismiss(key: Key, number: UUID) -> bool:
    """End one of the person's helpers, or a power of attorney that stands or waits; False where there is none."""
    (person,) = key.subjects
    return bool(ask("select wellkept.consent_dismiss(%s, %s)", person, number)[0][0])


def appointed(key: Key) -> tuple[Appointed, ...]:
    """Everybody who may act for the person, or might until it ended, the newest first."""
    (person,) = key.subjects
    columns = (
        "id", "kind", "name", "opens", "state", "since", "expires", "ended_at", "ended_by", "accepted_at",
        "statement", "form", "language",
    )  # fmt: skip
    rows = Appointment.objects.filter(person_id=person).exclude(state="declined").order_by("-asked_at", "id")
    found = (
        Appointed(
            number,
            kind,
            unsealed(key, number, sealed),
            frozenset(opens),
            state,
            since,
            expires,
            ended,
            by,
            accepted,
            agreeing.read(key, agreeing.HELPER, number, agreed),
        )
        for number, kind, sealed, opens, state, since, expires, ended, by, accepted, *agreed in rows.values_list(
            *columns
        )
    )
    reach = {
        number: (frozenset(opens), expires, own)
        for number, opens, expires, own in ask(
            "select id, opens, expires, own from wellkept.consent_reaches(%s)", person
        )
    }
    return tuple(_reaching(one, *reach[one.id]) if one.id in reach else one for one in found)


def _reaching(one: Appointed, opens: frozenset[str], expires: datetime, own: bool) -> Appointed:  # noqa: FBT001  (a row)
    """What a paper still opens, and until when; what it opened while it stood where that is nothing now."""
    return replace(one, opens=opens or one.opens, expires=expires, own=own)


def acts(key: Key, number: UUID | None = None, *, limit: int = 200) -> tuple[Act, ...]:
    """What was opened for the person by one of them, or by any; newest first. The opening names ``openings``."""
    (person,) = key.subjects
    rows = ask(
        "select id, occasion, kind, categories, at from wellkept.consent_acted(%s, %s, %s)", person, number, limit
    )
    return tuple(Act(one, occasion, kind, tuple(what), at) for one, occasion, kind, what, at in rows)


def claim(secret: bytes, *, code: str, born: date) -> bool:
    """Take on what a code gives, as whoever is signed in; False for every reason alike."""
    given = (secret, hashes.code(code), hashes.birth_date(born))
    return bool(ask("select wellkept.consent_claim(%s, %s, %s)", *given)[0][0])


def posts(number: UUID) -> bool:
    """Whether the code of a helper of whom is open may still be posted. Asked by the mail room."""
    return bool(ask("select wellkept.consent_posts(%s)", number)[0][0])


def acting_for(secret: bytes) -> Sequence[Acting]:
    """For whom the session's account may act now or later, the newest first."""
    columns = "id, person, kind, opens, since, expires, holds"
    rows = ask(f"select {columns} from wellkept.consent_acting_for(%s)", secret)  # noqa: S608  (columns of ours)
    return [Acting(one, who, kind, frozenset(what), *rest) for one, who, kind, what, *rest in rows]


def resign(secret: bytes, number: UUID) -> bool:
    """Lay down acting for somebody; False where the session's account has no such part."""
    return bool(ask("select wellkept.consent_resign(%s, %s)", secret, number)[0][0])


def unsealed(key: Key, number: UUID, sealed: bytes | memoryview) -> str:
    """The name that was sealed with an appointment; "" when its key was destroyed."""
    (person,) = key.subjects
    try:
        return key.unseal(person, Retention.BENEFITS, FIELD, number, bytes(sealed))
    except LookupError:
        return ""
