"""Claims as files tell them. An opening of the people they are about must be held."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Final
from uuid import UUID

import orjson
from django.db import connection

from wellkept.benefits.shares import shares
from wellkept.benefits.sums import JOINED, Content, Statement, Sum, add_up
from wellkept.benefits.ties import Named, joined
from wellkept.policy.rows import as_json, uuids
from wellkept.policy.words import Category, Retention
from wellkept.vault import envelope

Keys = Mapping[tuple[UUID, str], bytes]
WHOLE: Final = tuple(one.name for one in fields(Sum))
NO_SHARES: Final[tuple[str | None, str | None]] = (None, None)


@dataclass(frozen=True, slots=True)
class StatementTold:
    """A filing or a decision: ``id`` is named by its content, so that saying it again changes nothing.

    ``kept`` is ``content`` as JSON. ``number`` is the provider's and ``payer_number`` the payer's number of the claim;
    they are sealed and are no part of the content. ``account`` and ``payer`` are their keyed hashes, ``payer`` None
    where the number names no claim; ``by_npi`` says that the claim is named by the office's NPI.
    """

    id: UUID
    claim_id: UUID
    person_id: UUID
    plan_id: UUID | None
    number: str
    payer_number: str
    day: str
    code: str
    sensitive: bool
    content: Content
    kept: bytes
    digest: bytes
    file_id: UUID
    set_number: str
    account: UUID | None = None
    payer: UUID | None = None
    by_npi: bool = False

    @property
    def names(self) -> tuple[UUID, ...]:
        """The hashes by which it may turn out to be about a claim that is known under another name."""
        return tuple(one for one in (self.account, self.payer) if one is not None)


Said = dict[str, dict[UUID, list[Statement]]]


@dataclass(slots=True)
class Known:
    """A claim as one office names it, while it is added up. ``stands`` says that it is on file already.

    ``number`` and ``number_told`` are the best that this step says; both are empty where it says nothing.
    """

    id: UUID
    person_id: UUID
    plan_id: UUID | None
    account: UUID | None
    by_npi: bool = False
    payer_numbers: set[UUID] = field(default_factory=set)
    joined: UUID | None = None
    stands: bool = False
    number_told: str = ""
    number: str = ""

    @property
    def names(self) -> tuple[UUID, ...]:
        """The hashes of its numbers."""
        return (*(one for one in (self.account,) if one is not None), *self.payer_numbers)

    def hear(self, told: StatementTold, kind: str) -> None:
        """What a statement says of the claim's numbers."""
        if told.payer is not None:
            self.payer_numbers.add(told.payer)
        self.number_told, self.number = max((self.number_told, self.number), number_told(told, kind))

    def named(self, said: Said) -> Named:
        """The claim with what could tie it to others."""
        contents = [one.content for of_kind in said.values() for one in of_kind[self.id]]
        return Named(
            self.id, self.account, by_npi=self.by_npi, payer_numbers=frozenset(self.payer_numbers),
            days=frozenset(one["from"] for one in contents if one["from"]),
            charges=frozenset(str(abs(Decimal(one["charge"]))) for one in contents if one["charge"]),
        )  # fmt: skip


def bring_filings(told: Sequence[StatementTold], *, keys: Keys, collected_under: str) -> set[UUID]:
    """Write what providers filed, and add up the claims; returns those that tell of sensitive care."""
    return _bring("filing", told, keys=keys, collected_under=collected_under)


def bring_decisions(told: Sequence[StatementTold], *, keys: Keys, collected_under: str) -> set[UUID]:
    """Write what payers decided, and add up the claims; returns those that tell of sensitive care."""
    return _bring("decision", told, keys=keys, collected_under=collected_under)


def _bring(kind: str, told: Sequence[StatementTold], *, keys: Keys, collected_under: str) -> set[UUID]:
    """What was said before is read first, so that what is new need not be read back.

    Returns the claims that tell of sensitive care, and the hashes of their numbers.
    """
    claims = known(told)
    said, sensitive = said_before(claims)
    before = {one.id for of_kind in said.values() for statements in of_kind.values() for one in statements}
    fresh = {t.id: t for t in told if t.id not in before}
    if not fresh:
        return set()
    for t in fresh.values():
        claims[t.claim_id].hear(t, kind)
        said[kind][t.claim_id].append(Statement(id=t.id, day=t.day, content=t.content))
    told_as = joined(claim.named(said) for claim in claims.values())
    groups: dict[UUID, list[UUID]] = defaultdict(list)
    for claim, first in told_as.items():
        groups[first].append(claim)
    touched = {told_as[t.claim_id] for t in fresh.values()}
    for one in claims.values():
        if one.stands and one.joined != apart(told_as, one.id):
            touched |= {told_as[one.id], told_as.get(one.joined or one.id, told_as[one.id])}
    sensitive |= {t.claim_id for t in fresh.values() if t.sensitive}
    sensitive = {claim for first in touched if sensitive & {*groups[first]} for claim in groups[first]}
    rows = [
        claim_row(claims[claim], said, told_as=groups[first], first=first, sensitive=first in sensitive, keys=keys)
        for first in sorted(touched)
        for claim in sorted(groups[first])
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            STATEMENTS[kind], [collected_under, as_json(statement_row(t, sensitive) for t in fresh.values())]
        )
        cursor.execute(CLAIMS, [collected_under, as_json(rows)])
    withhold(sensitive, [claims[claim].person_id for claim in sensitive])
    return sensitive | {name for claim in sensitive for name in claims[claim].names}


def apart(told_as: Mapping[UUID, UUID], claim: UUID) -> UUID | None:
    """The other claim as which a claim is told; None where it is told as itself."""
    return None if told_as[claim] == claim else told_as[claim]


def statement_row(told: StatementTold, sensitive: Collection[UUID]) -> dict[str, object]:
    """One row of benefits_filing or benefits_decision."""
    return {
        "id": told.id,
        "claim_id": told.claim_id,
        "person_id": told.person_id,
        "plan_id": told.plan_id,
        "category": category(sensitive=told.claim_id in sensitive),
        "day": told.day or None,
        "code": told.code,
        "content": orjson.Fragment(told.kept),
        "file_id": told.file_id,
        "set_number": told.set_number,
    }


def category(*, sensitive: bool) -> str:
    """The category of a claim's rows."""
    return (Category.SENSITIVE_CLAIMS if sensitive else Category.CLAIMS).value


def withhold(claims: Collection[UUID], people: Collection[UUID]) -> None:
    """One sensitive statement makes its whole claim sensitive: what was said of it before moves too (R-17)."""
    with connection.cursor() as cursor:
        for table in ("filing", "decision") if claims else ():
            cursor.execute(
                f"update wellkept.benefits_{table} set category = 'sensitive_claims'"  # noqa: S608  (one of two names of ours)
                " where person_id = any(%s::uuid[]) and claim_id = any(%s::uuid[]) and category = 'claims'",
                [uuids(dict.fromkeys(people)), uuids(claims)],
            )


def claim_row(
    claim: Known, said: Said, *, told_as: Sequence[UUID], first: UUID, sensitive: bool, keys: Keys
) -> dict[str, object]:
    """One row of benefits_claim: the sum of all that is told as one claim, or where the claim is told."""
    number = b""
    if claim.number_told:
        key = keys[claim.person_id, Retention.BENEFITS]
        number = envelope.seal(
            data_key=key, field="claim.number", subject=claim.person_id, row=claim.id, text=claim.number
        )
    whole, (deductible, shared) = JOINED, NO_SHARES
    if claim.id == first:
        filings, decisions = ([one for each in told_as for one in said[kind][each]] for kind in ("filing", "decision"))
        whole, (deductible, shared) = add_up(filings, decisions), shares(decisions)
    return {
        "id": claim.id,
        "person_id": claim.person_id,
        "plan_id": claim.plan_id,
        "category": category(sensitive=sensitive),
        "number": number,
        "number_told": claim.number_told,
        "account": claim.account,
        "by_npi": claim.by_npi,
        "payer_numbers": sorted(claim.payer_numbers),
        "joined": None if claim.id == first else first,
        "deductible": deductible,
        "shared": shared,
        **{name: getattr(whole, name) for name in WHOLE},
    }


def number_told(told: StatementTold, kind: str) -> tuple[str, str]:
    """The number to quote on the phone, behind what orders it.

    It is the payer's latest, else the one of the payer that a filing repeats, else the provider's.
    """
    if not told.payer_number:
        return "0", told.number
    return f"{2 if kind == 'decision' else 1}:{told.day}:{told.digest.hex()}", told.payer_number


def said_before(claims: Mapping[UUID, Known]) -> tuple[Said, set[UUID]]:
    """Every statement on file about these claims, by kind and claim, and which claims any of them makes sensitive."""
    said: Said = {"filing": defaultdict(list), "decision": defaultdict(list)}
    sensitive = set()
    with connection.cursor() as cursor:
        cursor.execute(SAID, [uuids(claim.person_id for claim in claims.values()), uuids(claims)] * 2)
        for kind, row, claim, day, content, its_category in cursor.fetchall():
            said[kind][claim].append(Statement(id=row, day=day, content=orjson.loads(content)))
            if its_category == Category.SENSITIVE_CLAIMS:
                sensitive.add(claim)
    return said, sensitive


def known(told: Sequence[StatementTold]) -> dict[UUID, Known]:
    """The claims these statements name, and those on file that could be one with any of them."""
    claims = {t.claim_id: Known(t.claim_id, t.person_id, t.plan_id, t.account, by_npi=t.by_npi) for t in told}
    people, wanted = {t.person_id for t in told}, {name for t in told for name in t.names}
    asked = set(wanted)
    found = list(named_so(people, claims, wanted))
    while found:
        claims |= {one.id: one for one in found}
        wanted = {name for one in found for name in one.names} - asked
        asked |= wanted
        found = list(named_so(people, (), wanted)) if wanted else []
    return claims


def named_so(people: Collection[UUID], claims: Collection[UUID], names: Collection[UUID]) -> Iterator[Known]:
    """The claims of these people on file with one of these ids or numbers."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [uuids(people), uuids(claims), uuids(names), uuids(names)])
        for row, person, plan, account, by_npi, payer_numbers, other in cursor.fetchall():
            yield Known(
                row, person, plan, account, by_npi=by_npi, payer_numbers={*(payer_numbers or ())}, joined=other,
                stands=True,
            )  # fmt: skip


KNOWN: Final = """
select id, person_id, plan_id, account, by_npi, payer_numbers, joined from wellkept.benefits_claim
where person_id = any(%s::uuid[]) and (id = any(%s::uuid[]) or account = any(%s::uuid[]) or payer_numbers && %s::uuid[])
"""

STATEMENT = """
insert into wellkept.benefits_{table} (id, person_id, category, plan_id, collected_under, restricted, claim_id,
  {day}, {code}, content, file_id, set_number)
select id, person_id, category, plan_id, %s, false, claim_id, day, code, content, file_id, set_number
from json_to_recordset(%s::json) as r(id uuid, person_id uuid, category text, plan_id uuid, claim_id uuid, day date,
  code text, content jsonb,
  file_id uuid, set_number text)
on conflict (person_id, id) do nothing
"""
STATEMENTS: Final = {
    "filing": STATEMENT.format(table="filing", day="filed_on", code="frequency"),
    "decision": STATEMENT.format(table="decision", day="decided_on", code="status_code"),
}

SAID = """
select 'filing', s.id, s.claim_id, coalesce(s.filed_on::text, ''), s.content::text, s.category
from unnest(%s::uuid[], %s::uuid[]) t (person, claim)
join wellkept.benefits_filing s on s.person_id = t.person and s.claim_id = t.claim
union all
select 'decision', s.id, s.claim_id, coalesce(s.decided_on::text, ''), s.content::text, s.category
from unnest(%s::uuid[], %s::uuid[]) t (person, claim)
join wellkept.benefits_decision s on s.person_id = t.person and s.claim_id = t.claim
"""

CLAIMS = """
insert into wellkept.benefits_claim as c (id, person_id, category, plan_id, collected_under, restricted, number,
  number_told, account, by_npi, payer_numbers, joined, provider_id,
  served_from, served_to, received_on, decided_on, status, billed, allowed, paid, owed,
  deductible, shared, kind)
select id, person_id, category, plan_id, %s, false, number, number_told, account, by_npi, payer_numbers, joined,
  provider_id, served_from, served_to, received_on, decided_on,
  status, billed, allowed, paid, owed, deductible, shared, kind
from json_to_recordset(%s::json) as r(id uuid, person_id uuid, plan_id uuid, category text, number bytea,
  number_told text, account uuid, by_npi boolean, payer_numbers uuid[], joined uuid, provider_id uuid,
  served_from date,
  served_to date, received_on date, decided_on date, status text, billed numeric, allowed numeric, paid numeric,
  owed numeric, deductible numeric, shared numeric, kind text)
on conflict (person_id, id) do update set category = excluded.category, provider_id = excluded.provider_id,
  number = case when c.number_told collate "C" < excluded.number_told then excluded.number else c.number end,
  number_told = greatest(c.number_told collate "C", excluded.number_told),
  payer_numbers = excluded.payer_numbers, joined = excluded.joined,
  served_from = excluded.served_from, served_to = excluded.served_to, received_on = excluded.received_on,
  decided_on = excluded.decided_on,
  status = excluded.status, billed = excluded.billed, allowed = excluded.allowed, paid = excluded.paid,
  owed = excluded.owed, deductible = excluded.deductible, shared = excluded.shared, kind = excluded.kind
"""
