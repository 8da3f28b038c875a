"""Tries against the numbers by which organisations are known, and against the rosters that hold them (P-14, P-15)."""

import re
from collections.abc import Mapping
from typing import Final

import psycopg

from wellkept.proof.family import canary
from wellkept.proof.ground import Answer, Ground, Try
from wellkept.proof.probes.entrance import GROWN

FLAGGED: Final = re.compile(r'href="#id_(\w+)"')
"""How a page of ours leads to each field that it asks for again."""
ADDRESS: Final = {"street": "1 Nowhere Street", "city": "Nowhere", "state": "WI", "zip_code": "54999"}
RIGHT: Final = {
    "npi": "1999990009",
    "tax_number": "12-3456789",
    "group_number": "00-7",
    "producer_number": "0007",
    "agreement_number": "PB-0007",
}
WRONG: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "provider": {"npi": ("1999990008", "3999990009", "199999000"), "tax_number": ("12-345678", "000-12-3456")},
    "employer": {"tax_number": ("07-1234567", "123456", "12345678A"), "group_number": ("none", "<7>", "7")},
    "agent": {"producer_number": ("none",), "tax_number": ("666-12-3456", "1")},
    "partner": {"agreement_number": ("none",), "tax_number": ("89-1234567",)},
}
"""What is no number of its kind, path by path: each is wrong in one way."""
TABLES: Final = ("organisations_organisation", "organisations_finder")
ASKED: Final = "select wellkept.organisations_found(array['\\x00000000000000000000000000000000'::bytea])"
ROLES: Final = ("web", "entrance", "jobs", "release", "proof")


def numbers_are_checked(ground: Ground) -> list[Try]:
    """Register for an organisation with each number wrong in turn: the page asks for that one again, and no other."""
    taken: list[str] = []
    tried = 0
    for audience in offered(ground):
        for field, several in WRONG[audience].items():
            for number in several:
                tried += 1
                answer = ground.ask(f"/register/{audience}/", form=filled(audience) | {field: number})
                taken += [] if asked_again(answer) == {field} else [f"{audience} {field}"]
    return [
        Try(
            "Register with a number that is none",
            f"We registered {tried} times with a wrong NPI, tax, group, producer or agreement number.",
            "Asked again" if not taken else "Taken",
            held=not taken,
        )
    ]


def rosters_open_to_nobody(ground: Ground) -> list[Try]:
    """Read the rosters as every role but the one that brings them, and ask as the pages who is on one."""
    read = [role for role in ROLES for table in TABLES if may(ground, role, f"select 1 from wellkept.{table} limit 1")]  # noqa: S608  (names of ours)
    found = [role for role in ROLES if role != "jobs" and may(ground, role, ASKED)]
    return [
        Try(
            "Read a roster",
            f"We read {len(TABLES)} tables of rosters as {len(ROLES)} roles.",
            "Refused" if not read else "Shown",
            held=not read,
        ),
        Try(
            "Ask a page's role who is on a roster",
            "We asked what only the job may ask that answers requests to register.",
            "Refused" if not found else "Answered",
            held=not found,
        ),
    ]


def offered(ground: Ground) -> list[str]:
    """The kinds of organisation that may register here."""
    audiences = ground.pack.practices["audiences"]
    return [one for one in WRONG if isinstance(audiences, tuple) and one in audiences]


def filled(audience: str) -> dict[str, str]:
    """A form in which every answer is right in shape and means nobody."""
    numbers = {field: RIGHT[field] for field in WRONG[audience]}
    return {**GROWN, "name": canary(), "organisation": canary(), **ADDRESS, **numbers}


def asked_again(answer: Answer) -> set[str]:
    """The fields that a page wants mended; nothing where it took them."""
    return set(FLAGGED.findall(answer.text)) if answer.status == 400 else set()


def may(ground: Ground, role: str, statement: str) -> bool:
    """Whether a role's statement is answered."""
    with ground.connect(role) as connection:
        try:
            connection.execute(statement)
        except psycopg.errors.InsufficientPrivilege:
            return False
        return True
