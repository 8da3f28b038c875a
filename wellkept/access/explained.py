"""What the database says of one account and one person, in sentences.

Serves B-09. Asked by whoever runs the operator, under the role ``proof``; the question is entered in the ledger first.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection

from wellkept.access.plain import plain
from wellkept.access.refusals import SENTENCES
from wellkept.access.why import NEEDS, RELATIONSHIPS
from wellkept.policy.shapes import Clause
from wellkept.policy.words import Category, Purpose

_BEGIN: Final = "select wellkept.gate_explain_begin(%s, %s, %s)"
_EXPLAIN: Final = (
    "select role, relationships, rule, clause, reason, needs, unmet, restricted, own_occasion, session_open,"
    " people_opened, people_an_hour, door_closed from wellkept.gate_explain(%s, %s, %s)"
)
_FIELDS: Final = (
    "role", "relationships", "rule", "clause", "reason", "needs", "unmet", "restricted", "own_occasion", "session_open",
    "people_opened", "people_an_hour", "door_closed",
)  # fmt: skip
_LISTS: Final = ("relationships", "needs", "unmet")


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

    @property
    def allowed(self) -> bool:
        """Whether an opening asked for now would be allowed, unless it named one person more than the hour's limit."""
        return bool(self.role) and not self.reason and self.own_occasion and self.session_open and not self.door_closed


def explained(
    *, account: UUID, person: UUID, purpose: Purpose, category: Category, occasion: UUID | None = None
) -> Explained:
    """Enter that this was asked, naming the person, then explain. Both steps are transactions of their own."""
    entry = _row(_BEGIN, [person, purpose.value, category.value])[0]
    named: dict[str, Any] = dict(zip(_FIELDS, _row(_EXPLAIN, [entry, account, occasion]), strict=True))
    return Explained(**named | {name: tuple(named[name] or ()) for name in _LISTS})


def sentences(
    found: Explained, *, purpose: Purpose, category: Category, clauses: Collection[Clause] = ()
) -> Iterator[str]:
    """The explanation, one sentence after another; the verdict first. ``clauses``: those of the policy in force."""
    if found.role is None:
        yield "No. There is no such account."
        return
    role = plain(found.role)
    asked = f"this {role} open {plain(category)} for {plain(purpose.name)} ({purpose.value}) now"
    yield f"Yes. The gate would let {asked}." if found.allowed else f"No. The gate would not let {asked}."
    ties = [str(RELATIONSHIPS.get(one, one)) for one in found.relationships if one != "none"]
    yield f"What ties them: {'; '.join(ties)}." if ties else "Nothing ties the account to the person."
    yield f"The rule is {found.rule}." if found.rule else f"No rule lets a {role} open that with such a tie."
    if found.reason:
        yield f"The gate's reason: {SENTENCES.get(found.reason, found.reason)}"
    if found.clause:
        heading = next((f": {clause.heading}" for clause in clauses if clause.id == found.clause), "")
        yield f"The clause is {found.clause}{heading}."
    yield from (f"Met: {need}." for need in found.needs if need not in found.unmet)
    yield from (f"Not met: they would have to {NEEDS.get(need, need)}." for need in found.unmet)
    yield from around(found)


def around(found: Explained) -> Iterator[str]:
    """What else decides: restriction, occasion, session, the hour's budget, the door."""
    if found.restricted:
        yield "The person has had this restricted."
    if not found.own_occasion:
        yield "The occasion is not the account's own."
    yield "A session of the account is open." if found.session_open else "No session of the account is open."
    limit = "no limit" if found.people_an_hour is None else f"at most {found.people_an_hour}"
    yield f"People opened this hour: {found.people_opened}, {limit}."
    if found.door_closed:
        yield "The door is closed for everybody at the moment."


def _row(statement: str, arguments: list[Any]) -> Any:  # noqa: ANN401  (one row of what the statement returns)
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        return cursor.fetchone()
