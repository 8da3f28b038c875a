"""One step of filings or decisions: whose each is, which claim it is about, and whether it tells of sensitive care."""

from collections.abc import Sequence
from functools import partial
from typing import Final
from uuid import UUID

import orjson

from wellkept.benefits import actions as benefits
from wellkept.benefits import news
from wellkept.benefits.sensitive import content_is_sensitive
from wellkept.benefits.ties import names_one
from wellkept.intake import marks
from wellkept.intake import naming as named
from wellkept.intake.naming import Hashes
from wellkept.intake.steps import Prepared, Step
from wellkept.intake.values import FILING, About
from wellkept.intake.waiting import Waiting, by_birth
from wellkept.organisations import actions as organisations
from wellkept.organisations.queries import plans
from wellkept.people import finders
from wellkept.policy.words import Category, Purpose, Retention
from wellkept.vault import forms
from wellkept.vault.queries import data_keys

ORDINARY: Final = (Category.CLAIMS,)
NPI: Final = 10
SENSITIVE: Final = (Category.CLAIMS, Category.SENSITIVE_CLAIMS)
Directory = dict[UUID, tuple[str, str]]


def prepare(waiting: Sequence[Waiting], *, file_id: UUID, hashes: Hashes, collected_under: str) -> Prepared:
    """Find the person of each statement. One that finds nobody, or more than one, is kept apart.

    People of whom sensitive care is told, now or before, are opened apart from the others: an entry names what it
    brought.
    """
    prepared = Prepared()
    kind = waiting[0].kind
    found = found_by(waiting)
    keys = data_keys({who[0] for who in found.values()}, [Retention.BENEFITS])
    origins = finders.origins({who[0] for who in found.values()})
    told: list[tuple[int, benefits.StatementTold]] = []
    providers: Directory = {}
    for one in waiting:
        who = found.get(one.id)
        if who is None:
            prepared.apart.append(one.id)
        elif (who[0], Retention.BENEFITS) not in keys:
            prepared.dropped.append(one.id)
        else:
            origin = origins.get(who[0], who[0])
            said = statement(one, who=who, origin=origin, file_id=file_id, hashes=hashes, providers=providers)
            told.append((one.id, said))
    marked = marks.claims([one for _, t in told for one in (t.claim_id, *t.names)], hashes=hashes)
    sensitive = {t.person_id for _, t in told if t.sensitive or marked & {t.claim_id, *t.names}}
    for categories in (ORDINARY, SENSITIVE):
        some = [(row, t) for row, t in told if (t.person_id in sensitive) == (categories is SENSITIVE)]
        if some:
            statements = [t for _, t in some]
            brought = partial(
                write, kind, statements, providers=providers, keys=keys, hashes=hashes,
                collected_under=collected_under, sensitive=categories is SENSITIVE,
            )  # fmt: skip
            people = list(dict.fromkeys(t.person_id for t in statements))
            rows = [row for row, _ in some]
            prepared.steps.append(Step(people, Purpose.PAYMENT, categories, rows, brought))
    return prepared


def found_by(waiting: Sequence[Waiting]) -> dict[int, tuple[UUID, UUID]]:
    """Person and plan of each statement that finds exactly one."""
    dated = {w.finder for w in waiting if by_birth(w.kind, w.naming)}
    found = finders.found(named.BY_BIRTH, dated) if dated else {}
    if others := {w.finder for w in waiting} - dated:
        found |= finders.found(named.BY_NAME, others)
    several = {plan for people in found.values() if len(people) > 1 for _, plan in people}
    groups = {plan.id: forms.number(plan.group_number) for plan in plans(several).values()} if several else {}
    people = {w.id: one(found.get(w.finder, []), group=w.naming.group, groups=groups) for w in waiting}
    return {row: who for row, who in people.items() if who is not None}


def one(found: Sequence[tuple[UUID, UUID]], *, group: str, groups: dict[UUID, str]) -> tuple[UUID, UUID] | None:
    """The one person meant: of several, the one in the plan whose group number the claim names."""
    if len(found) > 1 and group:
        found = [pair for pair in found if groups.get(pair[1]) == forms.number(group)]
    return found[0] if len(found) == 1 else None


def statement(
    waiting: Waiting, *, who: tuple[UUID, UUID], origin: UUID, file_id: UUID, hashes: Hashes, providers: Directory
) -> benefits.StatementTold:
    """What one statement says of its claim. ``origin``: the person, or whose record theirs was split off."""
    about, content, kept = waiting.about, waiting.content, waiting.kept
    if about is None:
        raise ValueError("A filing or a decision says which claim it is about.")
    person, plan = who
    if about.provider:
        provider = provider_of(about, providers)
        content["provider_id"] = provider
        kept = kept[:-1] + b',"provider_id":' + orjson.dumps(provider) + b"}"
    return benefits.StatementTold(
        id=named.statement_id(origin, waiting.digest),
        claim_id=hashes.row("claim", str(origin), about.biller, about.number),
        person_id=person,
        plan_id=plan,
        number=about.number,
        payer_number=about.payer_number,
        day=about.day,
        code=about.code,
        sensitive=content_is_sensitive(content),
        content=content,
        kept=kept,
        digest=waiting.digest,
        file_id=file_id,
        set_number=waiting.set_number,
        account=hashes.row("claim.account", str(origin), about.number),
        payer=hashes.row("claim.payer", str(origin), about.payer_number) if names_one(about.payer_number) else None,
        by_npi=len(about.biller) == NPI and about.biller.isdigit(),
    )


def provider_of(about: About, providers: Directory) -> str:
    """Who gave care, noted for the directory."""
    provider = named.provider_id(npi=about.provider_npi, name=about.provider)
    # Of two spellings in one step the first in the alphabet stands, as between files.
    known = providers.get(provider, (about.provider_npi, about.provider))
    providers[provider] = min(known, (about.provider_npi, about.provider))
    return str(provider)


def write(
    kind: str,
    told: Sequence[benefits.StatementTold],
    *,
    providers: Directory,
    keys: dict[tuple[UUID, str], bytes],
    hashes: Hashes,
    collected_under: str,
    sensitive: bool,
) -> None:
    """Write everything a step says. An opening of its people is held."""
    named_here = {UUID(t.content["provider_id"]) for t in told if "provider_id" in t.content}
    organisations.bring_providers(
        {provider: said for provider, said in providers.items() if provider in named_here},
        collected_under=collected_under,
    )
    bring = benefits.bring_filings if kind == FILING else benefits.bring_decisions
    marks.mark(bring(told, keys=keys, collected_under=collected_under), hashes=hashes)
    if kind != FILING:
        tell(told, sensitive=sensitive, collected_under=collected_under)


def tell(told: Sequence[benefits.StatementTold], *, sensitive: bool, collected_under: str) -> None:
    """What was decided lately is news for those who have an account."""
    new = [t for t in told if news.lately(t.day)]
    readers = news.readers({t.person_id for t in new}) if new else set()
    category = Category.SENSITIVE_CLAIMS if sensitive else Category.CLAIMS
    if readers:
        ids = {t.id for t in new if t.person_id in readers}
        news.decided(readers, ids, category=category, collected_under=collected_under)
