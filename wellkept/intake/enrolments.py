"""One step of enrolments: who is meant, what it says of each, and under which hashes they are found from now on."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from typing import Final
from uuid import UUID

from wellkept.access import near
from wellkept.benefits import coverage as covering
from wellkept.intake import ends, late
from wellkept.intake import naming as named
from wellkept.intake.naming import Hashes
from wellkept.intake.steps import Prepared, Step
from wellkept.intake.values import Naming
from wellkept.intake.waiting import Key, Waiting
from wellkept.organisations import actions as organisations
from wellkept.people import actions as people
from wellkept.people import finders
from wellkept.policy.words import Category, Purpose, Retention
from wellkept.vault.actions import make_keys

CANCELLED: Final = ("024", "002")  # INS03 and HD01: cancelled, deleted
Noticed = Callable[[Collection[UUID]], AbstractContextManager[None]]
NO_DATE: Final = "0000-00-00"
LAST: Final = 2
ZIP: Final = 4


@dataclass(slots=True)
class Brought:
    """What a step of enrolments says."""

    told: list[people.Told] = field(default_factory=list)
    identities: dict[bytes, people.Told] = field(default_factory=dict)
    found: list[people.Found] = field(default_factory=list)
    coverages: list[covering.CoverageTold] = field(default_factory=list)
    cancelled: list[covering.Cancelled] = field(default_factory=list)
    plans: dict[UUID, tuple[str, str]] = field(default_factory=dict)


def prepare(waiting: Sequence[Waiting], *, file_id: UUID, hashes: Hashes, key: Key, collected_under: str) -> Prepared:
    """Find or make the person of each statement. Nobody is kept apart: an 834 is what makes people.

    Of somebody whose record was removed nothing is written again: the key that would seal it was destroyed (B-04).
    """
    meant = [(w, *who(w, hashes)) for w in waiting]
    known = finders.of_identities({identity for _, _, identity in meant})
    persons = {identity: known.get(identity) or named.as_uuid(identity) for _, _, identity in meant}
    origins = finders.origins(set(persons.values()))
    keys = make_keys(persons.values(), (Retention.BENEFITS, Retention.CONTACT))
    prepared, brought, rows = Prepared(), Brought(), []
    for one, plan, identity in meant:
        person = persons[identity]
        if (person, Retention.BENEFITS) not in keys:
            prepared.dropped.append(one.id)
            continue
        rows.append(one.id)
        told = person_told(one, person=person, plan=plan, file_id=file_id, hashes=hashes)
        add(brought, one, told, origin=origins.get(person, person), hashes=hashes)
        if identity not in known:
            brought.identities[identity] = told
    if rows:
        noticed = partial(late.noticed, file_id=file_id, hashes=hashes, key=key)
        prepared.steps.append(step(brought, rows, keys=keys, noticed=noticed, collected_under=collected_under))
    return prepared


def step(
    brought: Brought,
    rows: Sequence[int],
    *,
    keys: dict[tuple[UUID, str], bytes],
    noticed: Noticed,
    collected_under: str,
) -> Step:
    """The step that writes what was brought, in the categories that it brought."""
    categories = [Category.IDENTITY]
    categories += [Category.CONTACT] if any(told.reached for told in brought.told) else []
    categories += [Category.SOCIAL] if any(told.social for told in brought.told) else []
    categories += [Category.COVERAGE] if brought.coverages or brought.cancelled else []
    return Step(
        people=list(dict.fromkeys(told.person_id for told in brought.told)),
        purpose=Purpose.MEMBER_ADMINISTRATION,
        categories=categories,
        rows=rows,
        write=partial(write, brought, keys=keys, noticed=noticed, collected_under=collected_under),
        finders=[f.index for f in brought.found if f.kind in (named.BY_BIRTH, named.BY_NAME)],
    )


def who(waiting: Waiting, hashes: Hashes) -> tuple[UUID, bytes]:
    """The plan and the identity of a statement."""
    said = waiting.content
    plan = named.plan_id(sponsor=said["sponsor"], group=said["group"])
    return plan, hashes.identity(plan=plan, naming=waiting.naming, relationship=said["relationship"])


def person_told(waiting: Waiting, *, person: UUID, plan: UUID, file_id: UUID, hashes: Hashes) -> people.Told:
    """What one statement says of the person."""
    naming, said = waiting.naming, waiting.content
    return people.Told(
        person_id=person,
        household_id=hashes.row("household", str(plan), named.plain(naming.number)),
        plan_id=plan,
        relationship=said["relationship"],
        name=said["name"],
        birth_date=naming.birth_date,
        member_number=naming.number or next(iter(said["numbers"]), ""),
        gender=said["gender"],
        state=said["state"],
        address=said["address"],
        phone=said["phone"],
        email=said["email"],
        told=f"{said['told_on'] or NO_DATE}:{waiting.digest.hex()}",
        file_id=file_id,
        set_number=waiting.set_number,
        social=said.get("social", ""),
    )


def add(brought: Brought, waiting: Waiting, told: people.Told, *, origin: UUID | None = None, hashes: Hashes) -> None:
    """The person, their coverage, their plan and their hashes. ``origin``: whose record theirs was split off."""
    said = waiting.content
    brought.told.append(told)
    # Of two spellings in one step the first in the alphabet stands, as between files.
    plan = (said["sponsor"], said["group"])
    brought.plans[told.plan_id] = min(plan, brought.plans.get(told.plan_id, plan))
    brought.found += [
        people.Found(index=index, kind=kind, person_id=told.person_id, plan_id=told.plan_id)
        for kind, index in hashes_of(said["numbers"], waiting.naming, hashes)
    ]
    if told.social:
        index = hashes.by_social(told.social)
        brought.found.append(
            people.Found(index=index, kind=named.BY_SOCIAL, person_id=told.person_id, plan_id=told.plan_id)
        )
    brought.coverages += (coverage(one, said, told, origin or told.person_id, hashes) for one in said["coverages"])
    if said["maintenance"] in CANCELLED and said["ends"] and not said["coverages"]:
        date, _, digest = told.told.partition(":")
        order = f"{date}:{NO_DATE}:{digest}"
        brought.cancelled.append(covering.Cancelled(person_id=told.person_id, ends_on=said["ends"], told=order))


def coverage(
    one: dict[str, str], said: dict[str, str], told: people.Told, origin: UUID, hashes: Hashes
) -> covering.CoverageTold:
    """One kind of coverage. Of two of a kind in one statement the one that begins later stands."""
    cancelled = one["maintenance"] in CANCELLED
    ends_on = one["ends"] or (said["ends"] if cancelled else "")
    begins = one["begins"] or said["begins"]
    says_end = bool(ends_on) or not cancelled
    date, _, digest = told.told.partition(":")
    order = f"{date}:{begins or NO_DATE}:{digest}"
    return covering.CoverageTold(
        id=hashes.row("coverage", str(origin), one["line"]),
        person_id=told.person_id,
        plan_id=told.plan_id,
        line=one["line"],
        description=one["description"],
        level=one["level"],
        told=order,
        begins_on=begins or None,
        ends_on=ends_on or None,
        begins_told=order if begins else "",
        ends_told=order if says_end else "",
        file_id=told.file_id,
        set_number=told.set_number,
    )


def hashes_of(numbers: Sequence[str], naming: Naming, hashes: Hashes) -> Iterator[tuple[str, bytes]]:
    """Every hash under which claims, callers and registration find the person."""
    if naming.birth_date and named.plain(naming.first) and named.plain(naming.last):
        yield named.BY_PERSON, hashes.by_person(naming)
        yield (
            named.BY_SOUND,
            hashes.by_sound(first=naming.first, last=naming.last, birth_date=naming.birth_date),
        )
    for number in filter(named.plain, numbers):
        own = Naming(number=number, first=naming.first, last=naming.last, birth_date=naming.birth_date)
        yield named.BY_NAME, hashes.by_name(own)
        if not naming.birth_date:
            continue
        yield named.BY_BIRTH, hashes.by_birth(own)
        yield named.BY_CARD, hashes.by_card(number, naming.birth_date)
        name = f"{naming.first} {naming.last}"
        if named.plain(naming.group) and named.plain(name):
            yield (
                named.ROSTER,
                hashes.on_roster(member=number, group=naming.group, name=name, birth_date=naming.birth_date),
            )


def write(brought: Brought, *, keys: dict[tuple[UUID, str], bytes], noticed: Noticed, collected_under: str) -> None:
    """Write everything a step says. An opening of its people is held."""
    people.bring_identities(brought.identities)
    people.bring_finders(brought.found)
    organisations.bring_plans(brought.plans, collected_under=collected_under)
    last = people.bring(brought.told, keys=keys, collected_under=collected_under)
    people.name_anew(brought.found, last)
    near.bring({one.person_id: nearness(one) for one in people.newest_of(brought.told) if one.person_id in last})
    if brought.coverages or brought.cancelled:
        people_meant = [one.person_id for one in brought.coverages] + [one.person_id for one in brought.cancelled]
        says_end = brought.cancelled or any(one.ends_on for one in brought.coverages)
        with noticed(people_meant) if says_end else nullcontext():
            write_coverage(brought, people_meant, collected_under=collected_under)


def nearness(told: people.Told) -> near.Near:
    """What is compared to find whoever here is near to somebody (B-10)."""
    first_line, zip_code = told.address[0] if told.address else "", told.address[4] if len(told.address) > ZIP else ""
    return near.hashed(last=told.name[2] if len(told.name) > LAST else "", street=first_line, zip_code=zip_code)


def write_coverage(brought: Brought, people_meant: Sequence[UUID], *, collected_under: str) -> None:
    """Write what is said of coverage, and what full files that are known say of the same people."""
    if brought.coverages:
        covering.bring_coverage(brought.coverages, collected_under=collected_under)
    if brought.cancelled:
        covering.cancel_coverage(brought.cancelled)
    ends.settle(people_meant)
