"""What the database says of one account and one person: the rule, and each consent and agreement behind it.

Serves B-09. Asked by whoever runs the operator, under the role ``proof``, and by the privacy officer from a page. The
question is entered in the ledger first, and the person reads of it.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
from django.conf import settings
from django.db import Error, connection
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.access.plain import plain
from wellkept.access.queries import REFUSED
from wellkept.access.refusals import SENTENCES, refused
from wellkept.access.why import NEEDS, RELATIONSHIPS
from wellkept.policy.kinds import Words
from wellkept.policy.sayings import said
from wellkept.policy.shapes import Clause
from wellkept.policy.words import Category, Purpose

_FIELDS: Final = (
    "role", "relationships", "rule", "clause", "reason", "needs", "unmet", "restricted", "own_occasion", "session_open",
    "people_opened", "people_an_hour", "door_closed", "narrowed", "deciding",
)  # fmt: skip
_LISTS: Final = ("relationships", "needs", "unmet")
_BEGIN: Final = "select wellkept.gate_explain_begin(%s, %s, %s)"
_EXPLAIN: Final = f"select {', '.join(_FIELDS)} from wellkept.gate_explain(%s, %s, %s)"  # noqa: S608  (names of ours)
_ASKED: Final = "select wellkept.gate_explain_asked(%s, %s, %s, %s::bytea, %s, %s, %s)"
_TOLD: Final = f"select {', '.join(_FIELDS)} from wellkept.gate_explain_told(%s, %s, %s, %s::bytea, %s)"  # noqa: S608  (names of ours)

DECIDING: Final[Mapping[str, Words]] = {
    "authorization": gettext_lazy("An authorization of the person"),
    "appointment": gettext_lazy("An appointment"),
    "helper": gettext_lazy("The person named them as a helper"),
    "guardian": gettext_lazy("By a paper that we saw, they are the person's guardian"),
    "power_of_attorney": gettext_lazy("By a paper that we saw, they hold the person's power of attorney"),
    "court_order": gettext_lazy("By a paper that we saw, a court named them to act for the person"),
    "executor": gettext_lazy("By a paper that we saw, they are the executor of the person's estate"),
    "restriction": gettext_lazy("A restriction of the person"),
    "contract": gettext_lazy("A row of the contract of the person's plan"),
    "business_associate": gettext_lazy("A business associate agreement"),
    "confidentiality": gettext_lazy("A confidentiality agreement"),
    "data_use": gettext_lazy("A data use agreement"),
    "affiliate": gettext_lazy("An agreement of an affiliate"),
}
"""What may stand behind a decision beside its rule, by the word the database has for it."""


@dataclass(frozen=True, slots=True)
class Deciding:
    """A consent, agreement, restriction or contract that stands now; ``until`` is None where nothing ends it."""

    kind: str
    id: UUID
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Explained:
    """The gate's decision now, and what it rests on. ``role`` is None where there is no such account.

    ``reason`` and ``clause`` are those of ``gate_decide``; occasion, session, hour and door are judged beside it.
    """

    role: str | None
    relationships: tuple[str, ...]
    rule: str | None
    clause: str | None
    reason: str | None
    needs: tuple[str, ...]
    unmet: tuple[str, ...]
    restricted: bool
    own_occasion: bool
    session_open: bool
    people_opened: int
    people_an_hour: int | None
    door_closed: bool
    narrowed: bool
    deciding: tuple[Deciding, ...]

    @property
    def allowed(self) -> bool:
        """Whether an opening asked for now would be allowed, unless it named one person more than the hour's limit."""
        return bool(self.role) and not self.reason and self.own_occasion and self.session_open and not self.door_closed


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is meant by a privacy officer's question: the account by its sign-in name or number, the person by a hash.

    ``entry`` is an entry of the ledger that names both, where one of them is not given.
    """

    entry: int | None = None
    account: UUID | None = None
    login: bytes | None = None
    person: UUID | None = None
    kind: str | None = None
    index: bytes | None = None


def explained(
    *, account: UUID, person: UUID, purpose: Purpose, category: Category, occasion: UUID | None = None
) -> Explained:
    """Enter that this was asked, naming the person, then explain. Both steps are transactions of their own."""
    entry = _row(_BEGIN, [person, purpose.value, category.value])[0]
    return _explained(_row(_EXPLAIN, [entry, account, occasion]))


def asked_by(secret: bytes, asked: Asked, *, purpose: Purpose, category: Category) -> Explained:
    """The same for the privacy officer whose session it is.

    Raises ``Refused`` for everybody else, where nobody or more than one person is found, and over the hour's budget.
    """
    named = [asked.person, asked.kind, asked.index, asked.entry]
    entry = int(_row(_ASKED, [secret, *named, purpose.value, category.value])[0])
    try:
        return _explained(_row(_TOLD, [secret, entry, asked.account, asked.login, asked.entry]))
    except Error as error:
        cause = error.__cause__
        if isinstance(cause, psycopg.Error) and cause.sqlstate == REFUSED:
            said_why = cause.diag
            raise refused(said_why.message_primary or "", clause=said_why.message_detail or "", entry=entry) from None
        raise


def _explained(row: tuple[Any, ...]) -> Explained:
    named: dict[str, Any] = dict(zip(_FIELDS, row, strict=True))
    named |= {name: tuple(named[name] or ()) for name in _LISTS}
    named["deciding"] = tuple(_deciding(one) for one in json.loads(named["deciding"] or "[]"))
    return Explained(**named)


def _deciding(one: Mapping[str, str | None]) -> Deciding:
    until = one["until"]
    # A row without an end may be kept as one that never comes ("infinity"), which no calendar holds.
    ends = datetime.fromisoformat(until) if until and until != "infinity" else None
    return Deciding(kind=str(one["kind"]), id=UUID(str(one["id"])), until=ends)


def sentences(
    found: Explained, *, purpose: Purpose, category: Category, clauses: Collection[Clause] = ()
) -> Iterator[str]:
    """The explanation, one sentence after another; the verdict first. ``clauses``: those of the policy in force."""
    if found.role is None:
        yield _("No. There is no such account.")
        return
    role = plain(found.role)
    asked = {"role": role, "category": plain(category), "purpose": f"{plain(purpose.name)} ({purpose.value})"}
    if found.allowed:
        yield _("Yes. The gate would let this %(role)s open %(category)s for %(purpose)s now.") % asked
    else:
        yield _("No. The gate would not let this %(role)s open %(category)s for %(purpose)s now.") % asked
    ties = [str(RELATIONSHIPS.get(one, one)) for one in found.relationships if one != "none"]
    if ties:
        yield _("What ties them: %(ties)s.") % {"ties": "; ".join(ties)}
    else:
        yield _("Nothing ties the account to the person.")
    if found.rule:
        yield _("The rule is %(rule)s.") % {"rule": found.rule}
    else:
        yield _("No rule lets a %(role)s open that with such a tie.") % {"role": role}
    if found.reason:
        yield _("The gate's reason: %(reason)s") % {"reason": said(SENTENCES.get(found.reason, found.reason))}
    if found.clause:
        heading = next((f": {clause.heading}" for clause in clauses if clause.id == found.clause), "")
        yield _("The clause is %(clause)s.") % {"clause": f"{found.clause}{heading}"}
    yield from (_("Met: %(need)s.") % {"need": plain(need)} for need in found.needs if need not in found.unmet)
    for need in found.unmet:
        yield _("Not met: they would have to %(need)s.") % {"need": NEEDS.get(need, need)}
    yield from around(found)


def around(found: Explained) -> Iterator[str]:
    """What else decides: consents, agreements, restrictions, occasion, session, the hour's budget, the door."""
    yield from map(in_words, found.deciding)
    if found.restricted:
        yield _("The person has had this restricted.")
    if found.narrowed:
        yield _("The contract of the person's plan keeps this out.")
    if not found.own_occasion:
        yield _("The occasion is not the account's own.")
    yield _("A session of the account is open.") if found.session_open else _("No session of the account is open.")
    opened = {"n": found.people_opened, "most": found.people_an_hour}
    if found.people_an_hour is None:
        yield _("People opened this hour: %(n)s, no limit.") % opened
    else:
        yield _("People opened this hour: %(n)s, at most %(most)s.") % opened
    if found.door_closed:
        yield _("The door is closed for everybody at the moment.")


def in_words(one: Deciding) -> str:
    """One consent, agreement, restriction or contract, with its number and its end."""
    told = {"what": str(DECIDING.get(one.kind, one.kind.replace("_", " ").capitalize())), "number": one.id}
    if one.until is None:
        return _("It stands now: %(what)s, number %(number)s, without an end.") % told
    ends = date_format(localtime(one.until, ZoneInfo(settings.PACK.time_zone)), "DATETIME_FORMAT")
    return _("It stands now: %(what)s, number %(number)s, until %(ends)s.") % (told | {"ends": ends})


def _row(statement: str, arguments: list[Any]) -> Any:  # noqa: ANN401  (one row of what the statement returns)
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        return cursor.fetchone()
