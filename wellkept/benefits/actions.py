"""Coverage and claims as files tell them. An opening of the people they are about must be held."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

import orjson
from django.db import connection

from wellkept.benefits.sums import Content, Statement, add_up
from wellkept.policy.rows import as_json
from wellkept.policy.words import Category, Retention
from wellkept.vault import envelope

Keys = Mapping[tuple[UUID, str], bytes]


@dataclass(frozen=True, slots=True)
class CoverageTold:
    """One kind of coverage as a file told it. An empty ``begins_told`` or ``ends_told``: the file said nothing of that day."""

    id: UUID
    person_id: UUID
    plan_id: UUID
    line: str
    description: str
    level: str
    begins_on: str | None
    ends_on: str | None
    begins_told: str
    ends_told: str
    file_id: UUID
    set_number: str


@dataclass(frozen=True, slots=True)
class StatementTold:
    """A filing or a decision: ``id`` is named by its content, so that saying it again changes nothing."""

    id: UUID
    claim_id: UUID
    person_id: UUID
    plan_id: UUID | None
    number: str
    day: str
    code: str
    sensitive: bool
    content: Content
    file_id: UUID
    set_number: str


def bring_coverage(coverages: Sequence[CoverageTold], *, collected_under: str) -> None:
    """Write coverage. First and last day each stand as the latest file that said them."""
    merged: dict[UUID, CoverageTold] = {}
    for told in coverages:
        standing = merged.get(told.id)
        merged[told.id] = later(standing, told) if standing else told
    with connection.cursor() as cursor:
        cursor.execute(COVERAGE, [collected_under, as_json(asdict(told) for told in merged.values())])


def later(standing: CoverageTold, told: CoverageTold) -> CoverageTold:
    """Two tellings of one coverage as one."""
    begins, ends = max(standing, told, key=lambda c: c.begins_told), max(standing, told, key=lambda c: c.ends_told)
    return CoverageTold(
        id=told.id, person_id=told.person_id, plan_id=told.plan_id, line=told.line, description=begins.description,
        level=begins.level, begins_on=begins.begins_on, ends_on=ends.ends_on, begins_told=begins.begins_told,
        ends_told=ends.ends_told, file_id=begins.file_id, set_number=begins.set_number,
    )  # fmt: skip


def bring_filings(told: Sequence[StatementTold], *, keys: Keys, collected_under: str) -> None:
    """Write what providers filed, and add up the claims."""
    _bring(FILINGS, told, keys=keys, collected_under=collected_under)


def bring_decisions(told: Sequence[StatementTold], *, keys: Keys, collected_under: str) -> None:
    """Write what payers decided, and add up the claims."""
    _bring(DECISIONS, told, keys=keys, collected_under=collected_under)


def _bring(statement: str, told: Sequence[StatementTold], *, keys: Keys, collected_under: str) -> None:
    rows = {t.id: statement_row(t) for t in told}
    with connection.cursor() as cursor:
        cursor.execute(statement, [collected_under, as_json(rows.values())])
    settle(told, keys=keys, collected_under=collected_under)


def statement_row(told: StatementTold) -> dict[str, object]:
    """One row of benefits_filing or benefits_decision."""
    return {
        "id": told.id,
        "claim_id": told.claim_id,
        "person_id": told.person_id,
        "plan_id": told.plan_id,
        "category": category(sensitive=told.sensitive),
        "day": told.day or None,
        "code": told.code,
        "content": orjson.Fragment(orjson.dumps(told.content)),
        "file_id": told.file_id,
        "set_number": told.set_number,
    }


def category(*, sensitive: bool) -> str:
    """The category of a claim's rows."""
    return (Category.SENSITIVE_CLAIMS if sensitive else Category.CLAIMS).value


def settle(told: Sequence[StatementTold], *, keys: Keys, collected_under: str) -> None:
    """Add up the claims these statements are about, from all that was ever said of them, and give all their rows one category."""
    claims = {t.claim_id: t for t in told}
    people = {t.person_id for t in told}
    filings, sensitive = statements("filing", people, claims)
    decisions, more = statements("decision", people, claims)
    sensitive |= more
    rows = [
        claim_row(t, filings[t.claim_id], decisions[t.claim_id], sensitive=t.claim_id in sensitive, keys=keys)
        for t in claims.values()
    ]
    with connection.cursor() as cursor:
        cursor.execute(CLAIMS, [collected_under, as_json(rows)])
        for table in ("filing", "decision") if sensitive else ():
            cursor.execute(
                f"update wellkept.benefits_{table} set category = 'sensitive_claims'"  # noqa: S608  (one of two names of ours)
                " where person_id = any(%s::uuid[]) and claim_id = any(%s::uuid[]) and category = 'claims'",
                [list(people), list(sensitive)],
            )


def claim_row(
    told: StatementTold, filings: list[Statement], decisions: list[Statement], *, sensitive: bool, keys: Keys
) -> dict[str, object]:
    """One row of benefits_claim. The number to quote is the payer's, where one said it."""
    spoken = next((s.content["payer_number"] for s in (*decisions, *filings) if s.content["payer_number"]), told.number)
    key = keys[told.person_id, Retention.BENEFITS]
    number = envelope.seal(data_key=key, field="claim.number", subject=told.person_id, row=told.claim_id, text=spoken)
    return {
        "id": told.claim_id,
        "person_id": told.person_id,
        "plan_id": told.plan_id,
        "category": category(sensitive=sensitive),
        "number": number,
        **asdict(add_up(filings, decisions)),
    }


def statements(
    kind: str, people: Collection[UUID], claims: Collection[UUID]
) -> tuple[dict[UUID, list[Statement]], set[UUID]]:
    """Every statement of that kind about these claims, in the order of their days, and which claims any of them makes sensitive."""
    day = {"filing": "filed_on", "decision": "decided_on"}[kind]
    found: dict[UUID, list[Statement]] = defaultdict(list)
    sensitive = set()
    with connection.cursor() as cursor:
        cursor.execute(
            f"select id, claim_id, coalesce({day}::text, ''), content, category from wellkept.benefits_{kind}"  # noqa: S608  (names of ours)
            " where person_id = any(%s::uuid[]) and claim_id = any(%s::uuid[]) order by 3, 1",
            [list(people), list(claims)],
        )
        for row, claim, said_on, content, its_category in cursor.fetchall():
            found[claim].append(
                Statement(id=row, day=said_on, content=orjson.loads(content) if isinstance(content, str) else content)
            )
            if its_category == Category.SENSITIVE_CLAIMS:
                sensitive.add(claim)
    return found, sensitive


COVERAGE = f"""
insert into wellkept.benefits_coverage as c (id, person_id, category, plan_id, collected_under, restricted, line, description, level,
  begins_on, ends_on, begins_told, ends_told, file_id, set_number)
select id, person_id, '{Category.COVERAGE}', plan_id, %s, false, line, description, level, begins_on, ends_on, begins_told, ends_told,
  file_id, set_number
from json_to_recordset(%s::json) as r(id uuid, person_id uuid, plan_id uuid, line text, description text, level text, begins_on date,
  ends_on date, begins_told text, ends_told text, file_id uuid, set_number text)
on conflict (person_id, id) do update set
  description = case when c.begins_told < excluded.begins_told then excluded.description else c.description end,
  level = case when c.begins_told < excluded.begins_told then excluded.level else c.level end,
  begins_on = case when c.begins_told < excluded.begins_told then excluded.begins_on else c.begins_on end,
  begins_told = greatest(c.begins_told, excluded.begins_told),
  ends_on = case when c.ends_told < excluded.ends_told then excluded.ends_on else c.ends_on end,
  ends_told = greatest(c.ends_told, excluded.ends_told)
where c.begins_told < excluded.begins_told or c.ends_told < excluded.ends_told
"""  # noqa: S608  (the category is a word of ours)

STATEMENT = """
insert into wellkept.benefits_{table} (id, person_id, category, plan_id, collected_under, restricted, claim_id, {day}, {code}, content, file_id, set_number)
select id, person_id, category, plan_id, %s, false, claim_id, day, code, content, file_id, set_number
from json_to_recordset(%s::json) as r(id uuid, person_id uuid, category text, plan_id uuid, claim_id uuid, day date, code text, content jsonb,
  file_id uuid, set_number text)
on conflict (person_id, id) do nothing
"""
FILINGS = STATEMENT.format(table="filing", day="filed_on", code="frequency")
DECISIONS = STATEMENT.format(table="decision", day="decided_on", code="status_code")

CLAIMS = """
insert into wellkept.benefits_claim as c (id, person_id, category, plan_id, collected_under, restricted, number, provider_id, served_from, served_to,
  received_on, decided_on, status, billed, allowed, paid, owed, kind)
select id, person_id, category, plan_id, %s, false, number, provider_id, served_from, served_to, received_on, decided_on, status, billed,
  allowed, paid, owed, kind
from json_to_recordset(%s::json) as r(id uuid, person_id uuid, plan_id uuid, category text, number bytea, provider_id uuid, served_from date,
  served_to date, received_on date, decided_on date, status text, billed numeric, allowed numeric, paid numeric, owed numeric, kind text)
on conflict (person_id, id) do update set category = excluded.category, number = excluded.number, provider_id = excluded.provider_id,
  served_from = excluded.served_from, served_to = excluded.served_to, received_on = excluded.received_on, decided_on = excluded.decided_on,
  status = excluded.status, billed = excluded.billed, allowed = excluded.allowed, paid = excluded.paid, owed = excluded.owed, kind = excluded.kind
"""
