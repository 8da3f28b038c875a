"""What an enrolment file would do, found without writing any of it: who would be added, changed, reinstated or ended.

Looking at somebody's record is an opening all the same, and is entered like every other.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from wellkept.access import queries as access
from wellkept.benefits import coverage
from wellkept.benefits.coverage import Standing
from wellkept.intake import ends, enrolments
from wellkept.intake.ends import Scope, Spoken
from wellkept.intake.naming import Hashes
from wellkept.intake.waiting import Waiting
from wellkept.people import finders
from wellkept.people import queries as people
from wellkept.policy.words import Category, Key, Purpose

ADDED: Final = "added"
CHANGED: Final = "changed"
REINSTATED: Final = "reinstated"
ENDED: Final = "ended"
RETROACTIVELY: Final = "ended retroactively"
WORDS: Final = (ADDED, CHANGED, REINSTATED, ENDED, RETROACTIVELY)
OPENED: Final = (Category.IDENTITY, Category.CONTACT, Category.COVERAGE)
DECIDED: Final = (Category.COVERAGE, Category.CLAIMS, Category.SENSITIVE_CLAIMS)


@dataclass(slots=True)
class Preview:
    """What would happen to how many, under which member numbers, and which plans' ends would wait or not be made.

    ``occasion`` is what the openings belong to. ``named`` is everybody whom the file names and who is known.
    """

    occasion: UUID
    hashes: Hashes
    numbers: dict[str, list[str]] = field(default_factory=lambda: {word: [] for word in WORDS})
    named: set[UUID] = field(default_factory=set)
    scopes: list[tuple[Scope, str]] = field(default_factory=list)

    def note(self, word: str, number: str) -> None:
        """One more."""
        self.numbers[word].append(number)


def take(preview: Preview, waiting: Sequence[Waiting]) -> None:
    """At most 500 members of a file."""
    meant = [(one, *enrolments.who(one, preview.hashes)) for one in waiting]
    known = finders.of_identities({identity for _, _, identity in meant})
    told: dict[UUID, list[tuple[Waiting, UUID]]] = {}
    for one, plan, identity in meant:
        if identity in known:
            told.setdefault(known[identity], []).append((one, plan))
        else:
            preview.note(ADDED, one.naming.number)
    preview.named |= told.keys()
    if told:
        compare(preview, told)


def compare(preview: Preview, told: Mapping[UUID, Sequence[tuple[Waiting, UUID]]]) -> None:
    """Open those who are known and say what would become of each."""
    gone: dict[UUID, tuple[str, str]] = {}
    with access.enter_as_machine(
        subjects=list(told), purpose=Purpose.MEMBER_ADMINISTRATION, categories=OPENED, occasion=preview.occasion,
        relationship=ends.FILE,
    ) as key:  # fmt: skip
        standing, stands = coverage.standing(told), {**people.identities(key)}
        reached = people.reaches(key)
        for person, statements in told.items():
            for one, plan in statements:
                said = enrolments.Brought()
                them = enrolments.person_told(
                    one, person=person, plan=plan, file_id=preview.occasion, hashes=preview.hashes
                )
                enrolments.add(said, one, them, hashes=preview.hashes)
                words, last = verdict(said, standing.get(person, {}))
                if not words and differs(one, stands.get(person), reached.get(person)):
                    words = [CHANGED]
                for word in words:
                    preview.note(word, one.naming.number)
                if last:
                    gone[person] = (one.naming.number, last)
    retroactive(preview, gone)


def verdict(said: enrolments.Brought, standing: Mapping[UUID, Standing]) -> tuple[list[str], str]:
    """What one statement would do to coverage, and the earliest last day it would bring; empty where none."""
    words: set[str] = set()
    last = [c.ends_on for c in said.cancelled if any(s.ends_on is None for s in standing.values())]
    for told in said.coverages:
        now = standing.get(told.id)
        if now is None or told.told <= now.told:
            words |= {CHANGED} if now is None else set()
            continue
        ends_on = told.ends_on if told.ends_told > now.ends_told else now.said_ends_on
        if ends_on and (now.ends_on is None or ends_on < now.ends_on):
            last.append(ends_on)
        elif now.ends_on and (ends_on is None or ends_on > now.ends_on):
            words.add(REINSTATED)
        elif changed(told, now):
            words.add(CHANGED)
    return sorted(words | ({ENDED} if last else set())), min(last, default="")


def changed(told: coverage.CoverageTold, now: Standing) -> bool:
    """Whether words or the first day of a coverage would be others."""
    begins = told.begins_on if told.begins_told > now.begins_told else now.begins_on
    return (told.description, told.level, begins) != (now.description, now.level, now.begins_on)


def differs(one: Waiting, now: people.Identity | None, reached: people.Reach | None) -> bool:
    """Whether a statement says something else of who a person is or where they are reached."""
    said = one.content
    if now is None:
        return True
    name = [now.first, now.middle, now.last, now.suffix]
    if [said["name"], said["gender"], said["state"]] != [name, now.gender, now.state]:
        return True
    where = [list(reached.address), reached.phone, reached.email] if reached else [[], "", ""]
    told = [[part for part in said["address"] if part], said["phone"], said["email"]]
    return any(told) and json.dumps(told) != json.dumps(where)


def retroactive(preview: Preview, gone: Mapping[UUID, tuple[str, str]]) -> None:
    """Of those who would end, for whom claims were decided for care after their last day."""
    if not gone:
        return
    with access.enter_as_machine(
        subjects=list(gone), purpose=Purpose.PAYMENT, categories=DECIDED, occasion=preview.occasion,
        relationship=ends.FILE,
    ):  # fmt: skip
        for person in coverage.served_after({person: last for person, (_, last) in gone.items()}):
            preview.note(RETROACTIVELY, gone[person][0])


def finish(preview: Preview, spoken: Mapping[UUID, Spoken], *, whole: bool) -> None:
    """Whom a full file names no more, plan by plan."""
    for plan, lines in grouped(ends.scopes_of(preview.occasion, spoken, whole=whole)).items():
        if lines[0].state == ends.INCOMPLETE:
            preview.scopes += [(scope, ends.INCOMPLETE) for scope in lines]
            continue
        counted = [absentees(preview, scope) for scope in lines]
        del plan
        over = any(ends.too_many(scope) for scope, _ in counted)
        preview.scopes += [(scope, ends.WAITING if over else ends.ENDED) for scope, _ in counted]
        for scope, missing in counted:
            for start in range(0, len(missing), ends.STEP):
                lost(preview, missing[start : start + ends.STEP], scope)


def grouped(scopes: Collection[Scope]) -> dict[UUID, list[Scope]]:
    """Scopes by plan."""
    plans: dict[UUID, list[Scope]] = {}
    for scope in scopes:
        plans.setdefault(scope.plan_id, []).append(scope)
    return plans


def absentees(preview: Preview, scope: Scope) -> tuple[Scope, list[UUID]]:
    """A scope with its counts, and who is covered now and not named by the file."""
    missing = [person for some in ends.absent(scope) for person in some if person not in preview.named]
    counted = ends.counted(scope)
    return replace(counted, absent=len(missing)), missing


def lost(preview: Preview, missing: Sequence[UUID], scope: Scope) -> None:
    """Name those who would be ended by silence."""
    with access.enter_as_machine(
        subjects=list(missing), purpose=Purpose.MEMBER_ADMINISTRATION, categories=(Category.IDENTITY,),
        occasion=preview.occasion, relationship=ends.FILE,
    ) as key:  # fmt: skip
        numbers = _numbers(key)
    for person in missing:
        preview.note(ENDED, numbers.get(person, ""))
    retroactive(preview, {person: (numbers.get(person, ""), scope.absent_on) for person in missing})


def _numbers(key: Key) -> dict[UUID, str]:
    return {person: who.member_number for person, who in people.identities(key).items()}
