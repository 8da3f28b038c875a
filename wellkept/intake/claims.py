"""One step of filings or decisions: whose each is, which claim it is about, and whether it tells of sensitive care."""

from collections.abc import Sequence
from uuid import UUID

from wellkept.benefits import actions as benefits
from wellkept.benefits.sensitive import content_is_sensitive
from wellkept.intake import naming as named
from wellkept.intake.naming import Hashes
from wellkept.intake.values import FILING
from wellkept.intake.waiting import Step, Waiting
from wellkept.organisations import actions as organisations
from wellkept.organisations.queries import plans
from wellkept.people import finders
from wellkept.policy.words import Category, Retention
from wellkept.vault import forms
from wellkept.vault.queries import data_keys

CATEGORIES = (Category.CLAIMS, Category.SENSITIVE_CLAIMS)
# What identifies a person or a provider is sealed or stands in a directory; it is no part of what a statement keeps.
LEFT_OUT = ("number", "biller", "provider", "provider_npi", "npi", "tax_id", "trace")


def prepare(step: Sequence[Waiting], *, file_id: UUID, hashes: Hashes) -> Step:
    """Find the person of each statement. One that finds nobody, or more than one, is kept apart."""
    kind = named.BY_BIRTH if step[0].kind == FILING else named.BY_NAME
    found = finders.found(kind, {w.finder for w in step})
    groups = {
        plan.id: forms.number(plan.group_number)
        for plan in plans({plan for people in found.values() for _, plan in people}).values()
    }
    prepared = Step(more={"providers": {}, "kind": step[0].kind})
    for waiting in step:
        who = one(found.get(waiting.finder, []), group=waiting.naming["group"], groups=groups)
        if who is None:
            prepared.apart.append(waiting.id)
            continue
        person, plan = who
        prepared.rows.append(waiting.id)
        prepared.told.append(told(prepared, waiting, person=person, plan=plan, file_id=file_id, hashes=hashes))
    prepared.people = list(dict.fromkeys(t.person_id for t in prepared.told))
    return prepared


def one(found: Sequence[tuple[UUID, UUID]], *, group: str, groups: dict[UUID, str]) -> tuple[UUID, UUID] | None:
    """The one person meant: of several, the one in the plan whose group number the claim names."""
    if len(found) > 1 and group:
        found = [pair for pair in found if groups.get(pair[1]) == forms.number(group)]
    return found[0] if len(found) == 1 else None


def told(
    prepared: Step, waiting: Waiting, *, person: UUID, plan: UUID, file_id: UUID, hashes: Hashes
) -> benefits.StatementTold:
    """What one statement says of its claim."""
    said = waiting.content
    filing = waiting.kind == FILING
    biller = said["npi"] or said["tax_id"] or forms.letters(said["biller"])
    content = {name: value for name, value in said.items() if name not in LEFT_OUT}
    name = said["provider"] if filing else said["biller"]
    if name:
        npi = said["provider_npi"] if filing else said["npi"]
        provider = named.provider_id(npi=npi, name=name)
        prepared.more["providers"][provider] = (npi, name)
        content["provider_id"] = str(provider)
    return benefits.StatementTold(
        id=hashes.row("statement", str(person), waiting.digest.hex()),
        claim_id=hashes.row("claim", str(person), biller, said["number"]),
        person_id=person,
        plan_id=plan,
        number=said["number"],
        day=said["filed"] if filing else said["decided"],
        code=said["frequency"] if filing else said["status"],
        sensitive=content_is_sensitive(content),
        content=content,
        file_id=file_id,
        set_number=waiting.set_number,
    )


def keys(subjects: Sequence[UUID]) -> dict[tuple[UUID, str], bytes]:
    """The keys that seal claim numbers."""
    return data_keys(subjects, [Retention.BENEFITS])


def write(prepared: Step, *, keys: dict[tuple[UUID, str], bytes], collected_under: str) -> None:
    """Write everything a step says. An opening of its people is held."""
    organisations.bring_providers(prepared.more["providers"], collected_under=collected_under)
    bring = benefits.bring_filings if prepared.more["kind"] == FILING else benefits.bring_decisions
    bring(prepared.told, keys=keys, collected_under=collected_under)
