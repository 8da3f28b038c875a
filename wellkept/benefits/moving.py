"""What a set of a file said of one person, moved to another record. The claims of both add up anew.

An opening of both people must be held. Saying it twice changes nothing.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Final
from uuid import UUID

from wellkept.benefits import news
from wellkept.benefits.actions import CLAIMS, Keys, Known, claim_row, said_before
from wellkept.benefits.models import Claim
from wellkept.benefits.ties import joined
from wellkept.policy.rows import as_json, uuids
from wellkept.policy.statements import ask, do
from wellkept.policy.words import Retention
from wellkept.vault import envelope

NUMBER: Final = "claim.number"
TABLES: Final = ("filing", "decision")
COLUMNS: Final = tuple(
    field.column
    for field in Claim._meta.concrete_fields  # noqa: SLF001  (Django's public interface to a model)
    if field.column
)
OF_A_PERSON: Final = """
select id, person_id, plan_id, account, by_npi, payer_numbers, joined from wellkept.benefits_claim where person_id = %s
"""
EMPTY: Final = """
delete from wellkept.benefits_claim c where c.person_id = %s and c.id = any(%s::uuid[])
  and not exists (select from wellkept.benefits_filing s where s.person_id = c.person_id and s.claim_id = c.id)
  and not exists (select from wellkept.benefits_decision s where s.person_id = c.person_id and s.claim_id = c.id)
"""


def move(
    one: UUID, other: UUID, *, file_id: UUID, set_number: str, keys: Keys, collected_under: str
) -> frozenset[UUID]:
    """Move what a set said from one record to the other; returns the claims it spoke of."""
    moved = [
        found
        for table in TABLES
        for found in ask(
            f"update wellkept.benefits_{table} set person_id = %s"  # noqa: S608  (one of two names of ours)
            " where person_id = %s and file_id = %s and set_number = %s returning claim_id, id",
            other, one, file_id, set_number,
        )
    ]  # fmt: skip
    touched = {claim for claim, _statement in moved}
    news.follow(one, other, statements=[statement for _claim, statement in moved])
    do(
        "update wellkept.benefits_coverage set person_id = %s"
        " where person_id = %s and file_id = %s and set_number = %s",
        other, one, file_id, set_number,
    )  # fmt: skip
    if touched:
        copy(touched, one, other, keys=keys)
        do(EMPTY, one, uuids(touched))
        for person in (one, other):
            add_up_again(person, keys=keys, collected_under=collected_under)
    return frozenset(touched)


def copy(claims: Collection[UUID], one: UUID, other: UUID, *, keys: Keys) -> None:
    """Give the other record these claims, with their numbers sealed under its own key."""
    taken = [name for name in COLUMNS if name not in ("person_id", "number")]
    listed = ", ".join(taken)
    for claim, sealed in ask(
        "select id, number from wellkept.benefits_claim where person_id = %s and id = any(%s::uuid[])",
        one,
        uuids(claims),
    ):
        number = resealed(bytes(sealed), claim, one, other, keys=keys)
        do(
            f"insert into wellkept.benefits_claim (person_id, number, {listed})"  # noqa: S608  (columns of our own table)
            f" select %s, %s, {listed} from wellkept.benefits_claim where person_id = %s and id = %s"
            " on conflict (person_id, id) do nothing",
            other, number, one, claim,
        )  # fmt: skip


def resealed(sealed: bytes, claim: UUID, one: UUID, other: UUID, *, keys: Keys) -> bytes:
    """A claim's number under the other's key; empty where there is none."""
    if not sealed:
        return b""
    held, given = keys[one, Retention.BENEFITS], keys[other, Retention.BENEFITS]
    text = envelope.unseal(data_key=held, field=NUMBER, subject=one, row=claim, sealed=sealed)
    return envelope.seal(data_key=given, field=NUMBER, subject=other, row=claim, text=text)


def add_up_again(person: UUID, *, keys: Keys, collected_under: str) -> None:
    """Write every claim of a person as its statements add up now. What was sensitive stays so."""
    claims = {
        row: Known(
            row, person, plan, account, by_npi=by_npi, payer_numbers={*(payer_numbers or ())}, joined=at, stands=True
        )
        for row, _person, plan, account, by_npi, payer_numbers, at in ask(OF_A_PERSON, person)
    }
    if not claims:
        return
    said, sensitive = said_before(claims)
    told_as = joined(claim.named(said) for claim in claims.values())
    groups: dict[UUID, list[UUID]] = defaultdict(list)
    for claim, first in told_as.items():
        groups[first].append(claim)
    rows = [
        claim_row(
            claims[claim], said, told_as=group, first=first, sensitive=bool(sensitive & {*group}), keys=keys
        )
        for first, group in sorted(groups.items())
        for claim in sorted(group)
    ]  # fmt: skip
    do(CLAIMS, collected_under, as_json(rows))
