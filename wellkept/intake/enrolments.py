"""One step of enrolments: who is meant, what it says of each, and under which hashes they are found from now on."""

from collections.abc import Sequence
from uuid import UUID

from wellkept.benefits import actions as benefits
from wellkept.intake import naming as named
from wellkept.intake.naming import Hashes
from wellkept.intake.values import Naming
from wellkept.intake.waiting import Step, Waiting
from wellkept.organisations import actions as organisations
from wellkept.people import actions as people
from wellkept.people import finders
from wellkept.policy.words import Category, Retention
from wellkept.vault.actions import make_keys

CATEGORIES = (Category.IDENTITY, Category.CONTACT, Category.COVERAGE)
CANCELLED = "024"
SUBSCRIBER = "18"


def prepare(step: Sequence[Waiting], *, file_id: UUID, hashes: Hashes) -> Step:
    """Find or make the person of each statement. Nobody is kept apart: an 834 is what makes people."""
    plan_ids = [named.plan_id(sponsor=w.content["sponsor"], group=w.content["group"]) for w in step]
    identities = [
        hashes.identity(plan=plan, naming=Naming(**w.naming), relationship=w.content["relationship"])
        for w, plan in zip(step, plan_ids, strict=True)
    ]
    known = finders.of_identities(set(identities))
    prepared = Step(
        more={
            "identities": {},
            "found": [],
            "coverages": [],
            "plans": {},
            "file_id": file_id,
            "set": step[0].set_number,
        }
    )
    for waiting, plan, identity in zip(step, plan_ids, identities, strict=True):
        person = known.get(identity) or named.as_uuid(identity)
        if identity not in known:
            prepared.more["identities"][identity] = person
        prepared.more["plans"][plan] = (waiting.content["sponsor"], waiting.content["group"])
        add(prepared, waiting, person=person, plan=plan, file_id=file_id, hashes=hashes)
    prepared.people = list(dict.fromkeys(told.person_id for told in prepared.told))
    prepared.rows = [w.id for w in step]
    return prepared


def add(prepared: Step, waiting: Waiting, *, person: UUID, plan: UUID, file_id: UUID, hashes: Hashes) -> None:
    """What one statement says: the person, their coverage and their hashes."""
    naming, said = Naming(**waiting.naming), waiting.content
    told = f"{said['told_on']}:{waiting.digest.hex()[:16]}"
    prepared.told.append(
        people.Told(
            person_id=person,
            household_id=hashes.row("household", str(plan), naming.number.casefold()),
            plan_id=plan,
            relationship=said["relationship"],
            name=said["name"],
            birth_date=naming.birth_date,
            member_number=card(said, naming),
            gender=said["gender"],
            state=said["state"],
            address=said["address"],
            phone=said["phone"],
            email=said["email"],
            told=told,
            file_id=file_id,
            set_number=waiting.set_number,
        )  # fmt: skip
    )
    found = hashes_of(said, naming, hashes)
    prepared.more["found"] += [
        people.Found(index=index, kind=kind, person_id=person, plan_id=plan) for kind, index in found
    ]
    prepared.finders += [index for kind, index in found if kind in (named.BY_BIRTH, named.BY_NAME)]
    for coverage in said["coverages"]:
        ends = coverage["ends"] or (said["ends"] if coverage["maintenance"] == CANCELLED else "")
        begins = coverage["begins"] or said["begins"]
        says_end = bool(ends) or coverage["maintenance"] != CANCELLED
        prepared.more["coverages"].append(
            benefits.CoverageTold(
                id=hashes.row("coverage", str(person), coverage["line"]),
                person_id=person,
                plan_id=plan,
                line=coverage["line"],
                description=coverage["description"],
                level=coverage["level"],
                begins_on=begins or None,
                ends_on=ends or None,
                begins_told=told if begins else "",
                ends_told=told if says_end else "",
                file_id=file_id,
                set_number=waiting.set_number,
            )  # fmt: skip
        )


def card(said: dict[str, list[str]], naming: Naming) -> str:
    """The number on the card: the subscriber's, else the member's own."""
    return naming.number or (said["numbers"][0] if said["numbers"] else "")


def hashes_of(said: dict[str, list[str]], naming: Naming, hashes: Hashes) -> list[tuple[str, bytes]]:
    """Every hash under which claims, callers and registration find the person."""
    found = []
    for number in said["numbers"]:
        if not number:
            continue
        own = Naming(number=number, first=naming.first, last=naming.last, birth_date=naming.birth_date)
        found += [(named.BY_BIRTH, hashes.by_birth(own)), (named.BY_NAME, hashes.by_name(own))]
        found.append((named.BY_CARD, hashes.by_card(number, naming.birth_date)))
        if naming.group and naming.birth_date and (naming.first or naming.last):
            name = f"{naming.first} {naming.last}"
            found.append(
                (
                    named.ROSTER,
                    hashes.on_roster(member=number, group=naming.group, name=name, birth_date=naming.birth_date),
                )
            )
    return found


def keys(subjects: Sequence[UUID]) -> dict[tuple[UUID, str], bytes]:
    """The keys that seal what is written of these people, made where they are missing."""
    return make_keys(subjects, (Retention.BENEFITS, Retention.CONTACT))


def write(prepared: Step, *, keys: dict[tuple[UUID, str], bytes], collected_under: str) -> None:
    """Write everything a step says. An opening of its people is held."""
    more = prepared.more
    people.bring_identities(more["identities"], file_id=more["file_id"], set_number=more["set"])
    people.bring_finders(more["found"])
    organisations.bring_plans(more["plans"], collected_under=collected_under)
    people.bring(prepared.told, keys=keys, collected_under=collected_under)
    benefits.bring_coverage(more["coverages"], collected_under=collected_under)
