"""Who can sign in to a demonstration, with passwords made for this state folder alone."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Final

from wellkept.demo.book import Named
from wellkept.demo.families import plain

STAFF: Final[Mapping[str, tuple[tuple[str, str, str], ...]]] = {
    "umr": (
        ("representative", "Dana R.", "dana"),
        ("privacy_officer", "Joan P.", "joan"),
        ("privacy_officer", "Jun W.", "jun"),
        ("administrator", "Olga A.", "olga"),
        ("administrator", "Omar B.", "omar"),
        ("access_administrator", "Alma C.", "alma"),
        ("access_administrator", "Arno F.", "arno"),
    ),
    "pwer": (
        ("representative", "Malik T.", "malik"),
        ("privacy_officer", "Ines V.", "ines"),
        ("privacy_officer", "Idris N.", "idris"),
        ("administrator", "Petra K.", "petra"),
        ("administrator", "Paul L.", "paul"),
        ("access_administrator", "Adela G.", "adela"),
        ("access_administrator", "Anton H.", "anton"),
    ),
}
MEMBERS: Final = ("subscriber", "spouse")
VISITOR: Final = "visitor"  # somebody of the book who has not registered: whoever tries the demonstration may


@dataclass(frozen=True, slots=True)
class Account:
    """One account: the name shown, the role, how it signs in, and for somebody of the book what registration asks.

    ``seed`` is what makes the codes of staff's second factor (RFC 6238), ``spare`` a recovery code of theirs; ``code``
    their invitation, until it is used.
    Whoever works at an organisation has its ``kind``, its name and the numbers that find it on its roster;
    whom they invite has ``by``, the inviter's sign-in name.
    """

    name: str
    role: str
    login: str
    password: str
    part: str = ""
    first: str = ""
    last: str = ""
    born: str = ""
    number: str = ""
    group: str = ""
    seed: str = ""
    spare: str = ""
    code: str = ""
    kind: str = ""
    office: str = ""
    numbers: Mapping[str, str] = field(default_factory=dict)
    by: str = ""


def made(operator: str, people: Mapping[str, Named]) -> list[Account]:
    """The accounts of one operator, each with a new password."""
    staff = [Account(name, role, login, password()) for role, name, login in STAFF[operator]]
    visitor = replace(member(people["stranger"]), role=VISITOR, login="", password="")
    return [*(member(people[part]) for part in MEMBERS), *staff, visitor]


def member(who: Named) -> Account:
    """The account of somebody in the book."""
    return Account(
        name=f"{who.first} {who.last}",
        role="member",
        login=f"{plain(who.first)}.{plain(who.last)}",
        password=password(),
        part=who.part,
        first=who.first,
        last=who.last,
        born=who.born.isoformat(),
        number=who.number,
        group=who.group,
    )


def password() -> str:
    """Four made-up words one can read out, 51 random bits."""
    return "-".join(
        "".join(secrets.choice("bdfgklmnprstvz") + secrets.choice("aeiou") for _ in range(2)) for _ in range(4)
    )


def kept(path: Path) -> dict[str, list[Account]]:
    """The accounts of each operator that a file keeps; empty when there is none yet."""
    if not path.exists():
        return {}
    whole = json.loads(path.read_text(encoding="utf-8"))
    return {operator: [Account(**one) for one in accounts] for operator, accounts in whole.items()}


def as_text(accounts: Mapping[str, list[Account]]) -> str:
    """The same, to be kept."""
    return json.dumps({name: [asdict(one) for one in some] for name, some in accounts.items()}, indent=1) + "\n"
