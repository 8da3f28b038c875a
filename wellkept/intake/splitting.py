"""One record of two humans, split: what chosen files and sets said of the other moves to a record of its own.

Serves U-43, P-19. The work is done by intake, a part at a time: each part is one transaction in an opening of both
records, and may be repeated after a kill. What a part does not say stays where it is.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from wellkept.access import queries as access
from wellkept.benefits import moving as benefits
from wellkept.intake import late, premiums
from wellkept.intake.enrolments import hashes_of
from wellkept.intake.naming import Hashes
from wellkept.intake.values import Naming
from wellkept.organisations.queries import plans
from wellkept.people import moving as people
from wellkept.policy.statements import ask
from wellkept.policy.words import Category, Key, Purpose, Retention
from wellkept.vault.actions import make_keys

FILE: Final = "file"
JOB: Final = "job"
OPENED: Final = (
    Category.IDENTITY, Category.CONTACT, Category.SOCIAL, Category.COVERAGE, Category.CLAIMS, Category.SENSITIVE_CLAIMS
)  # fmt: skip
CLASSES: Final = (Retention.BENEFITS, Retention.CONTACT)
Keys = Mapping[tuple[UUID, str], bytes]


@dataclass(frozen=True, slots=True)
class Source:
    """A file and set that said something of a record, and how much. ``name`` is None where the file is forgotten."""

    file_id: UUID
    set_number: str
    name: str | None
    sender: str | None
    began: datetime | None
    enrolments: int
    coverages: int
    filings: int
    decisions: int
    premiums: int


def sources(secret: bytes, split: UUID) -> tuple[Source, ...]:
    """The files and sets that said something of the record a split is about, which must have been opened before."""
    return tuple(Source(*row) for row in ask("select * from wellkept.intake_split_sources(%s, %s)", secret, split))


def asked() -> bool:
    """Whether a split waits to be carried out."""
    return bool(ask("select id from wellkept.people_split_next()"))


def split_all(*, hashes: Hashes, collected_under: str) -> int:
    """Carry out every split that was asked for, oldest first; returns how many. As the intake role."""
    done = 0
    while found := ask("select id, one, other from wellkept.people_split_next()"):
        split, one, other = found[0]
        access.begin(split, kind=JOB)
        keys = make_keys((one, other), CLASSES)
        for file_id, set_number in ask("select file_id, set_number from wellkept.people_split_parts(%s)", split):
            with opened(one, other, occasion=split):
                move(split, one, other, file_id=file_id, set_number=set_number, keys=keys, under=collected_under)
        with opened(one, other, occasion=split) as key:
            kept = [sorted(found_under(key, person, hashes=hashes)) for person in (one, other)]
            ask("select wellkept.people_split_done(%s, %s::bytea[], %s::bytea[])", split, *kept)
        done += 1
    return done


def opened(one: UUID, other: UUID, *, occasion: UUID) -> Any:  # noqa: ANN401  (a context manager that yields a Key)
    """Both records, open in one transaction."""
    return access.enter_as_machine(
        subjects=[one, other], purpose=Purpose.MEMBER_ADMINISTRATION, categories=OPENED, occasion=occasion,
        relationship=FILE,
    )  # fmt: skip


def move(split: UUID, one: UUID, other: UUID, *, file_id: UUID, set_number: str, keys: Keys, under: str) -> None:
    """One part, all or nothing."""
    people.move(one, other, file_id=file_id, set_number=set_number, keys=keys)
    claims = benefits.move(one, other, file_id=file_id, set_number=set_number, keys=keys, collected_under=under)
    late.follow(one, other, claims)
    premiums.move(one, other, file_id=file_id, set_number=set_number)
    ask("select wellkept.people_split_moved(%s, %s, %s)", split, file_id, set_number)
    ask("select wellkept.intake_note_covered(%s::uuid[])", [one, other])


def found_under(key: Key, person: UUID, *, hashes: Hashes) -> set[bytes]:
    """The hashes that a record's own values name: the only ones under which it is found from now on."""
    rows = ask(
        "select name, birth_date, member_number, plan_id from wellkept.people_person where person_id = %s", person
    )
    if not rows:
        return set()
    texts = [
        key.unseal(person, Retention.BENEFITS, field, person, bytes(sealed)) if sealed else ""
        for field, sealed in zip(("person.name", "person.birth_date", "person.member_number"), rows[0], strict=False)
    ]
    first, _middle, last, _suffix = json.loads(texts[0] or '["", "", "", ""]')
    plan = plans([rows[0][3]]).get(rows[0][3])
    naming = Naming(texts[2], first, last, texts[1], group=plan.group_number if plan else "")
    return {index for _kind, index in hashes_of([texts[2]], naming, hashes)}
