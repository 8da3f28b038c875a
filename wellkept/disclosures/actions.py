"""Letting part of a record out: never without a basis, a letter of conditions and an entry."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import connection

from wellkept.disclosures.codes import BODY, CONDITIONS, DESCRIBED, RECIPIENT
from wellkept.policy.words import Category, Key, Purpose, Retention


@dataclass(frozen=True, slots=True)
class Leaving:
    """What leaves: under which basis, for what, which kinds of data, in a few words what it is, and its paper.

    ``basis`` is "authorization" or "agreement"; ``basis_id`` the authorization's id, or the organisation's whose
    agreement it is. ``recipient`` is named where the basis is an agreement, and "" else. ``conditions`` is the letter
    of conditions, a paragraph an entry; ``paper`` the template and data of the whole letter.
    """

    basis: str
    basis_id: UUID
    purpose: Purpose
    opens: Collection[Category]
    described: str
    conditions: tuple[str, ...]
    template: str
    paper: Mapping[str, object]
    recipient: str = ""


def release(key: Key, leaving: Leaving, *, collected_under: str) -> str:
    """Let it leave. Returns "sent", or why not: "no basis", "restricted", "no letter". Either is entered.

    The opening is of the one person whose record it is, and names every kind of data that leaves.
    """
    (person,) = key.subjects
    number = uuid4()

    def sealed(field: str, text: str) -> bytes:
        return key.seal(person, Retention.BENEFITS, field, number, text) if text else b""

    body = json.dumps({"template": leaving.template, "data": dict(leaving.paper)})
    with connection.cursor() as cursor:
        cursor.execute(
            "select wellkept.disclosures_release(%s, %s, %s, %s, %s, %s::text[], %s, %s, %s, %s, %s)",
            [
                person, number, leaving.basis, leaving.basis_id, leaving.purpose.value, [*leaving.opens],
                sealed(RECIPIENT, leaving.recipient), sealed(DESCRIBED, leaving.described),
                sealed(CONDITIONS, "\n".join(leaving.conditions)), sealed(BODY, body), collected_under,
            ],
        )  # fmt: skip
        return str(cursor.fetchone()[0])


def leaves(letter: UUID) -> bool:
    """Whether a letter that lets something out may still be printed; where its basis ended it is stopped.

    Its person is open; asked by the mail room.
    """
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.disclosures_leaves(%s)", [letter])
        return bool(cursor.fetchone()[0])
