"""Privacy officers with open sessions, and links that they reviewed, by the actions that pages use."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import psycopg

from tests.cast import account, session
from tests.cluster import Cluster
from wellkept.links import actions
from wellkept.links.actions import Agreement, Proposal
from wellkept.links.criteria import CRITERIA
from wellkept.policy import packs

AGREED: Final = (
    "insert into wellkept.consent_acknowledgement (account_id, document, version, at)"
    " select %s, d.name, d.version, now() from wellkept.consent_document d where d.audience = %s"
)
TODAY: Final = packs.today(packs.named("umr"))
WORDS: Final = {name: f"Looked at its {name}." for name in CRITERIA}
PAGE: Final = Proposal(
    key="plain-words",
    title="Plain words for health plans",
    address="https://words.example.org/health/",
    policy_address="https://words.example.org/privacy/",
    owner="Plain Words Library",
    is_health_content=False,
    sponsor="",
)
PARTNERS: Final = Agreement(
    number="PA-2026-4",
    begins=TODAY - timedelta(days=30),
    ends=TODAY + timedelta(days=200),
    collector="Harbor Mail Pharmacy, Inc.",
    mark_allowed=True,
)


@dataclass(slots=True)
class Officers:
    """``secrets`` holds the hash of each session's secret; ``plain`` the secret itself, as a browser has it."""

    house: Cluster
    operator: str
    secrets: dict[str, bytes]
    plain: dict[str, str]

    def ask(self, statement: str, *values: Any) -> list[Any]:
        """Asked of the administrator, committed."""
        with self.house.administer(f"wellkept_{self.operator}") as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []


@contextmanager
def at_work(house: Cluster) -> Iterator[Officers]:
    """Officers of UMR; what they proposed goes with them, so that no other test walks over a link of theirs."""
    found = hired(house)
    yield found
    emptied(found)


def emptied(officers: Officers) -> None:
    """An empty register."""
    for table in ("check", "review", "link"):
        officers.ask(f"delete from wellkept.links_{table}")


def hired(house: Cluster, operator: str = "umr") -> Officers:
    """Two officers and a third, somebody who signed nothing, and people of other roles."""
    found = Officers(house, operator, {}, {})
    with house.administer(f"wellkept_{operator}") as connection:
        connection.execute("set search_path = wellkept")
        for name, role in (
            ("first", "privacy_officer"),
            ("second", "privacy_officer"),
            ("third", "privacy_officer"),
            ("representative", "representative"),
            ("nurse", "nurse"),
            ("administrator", "administrator"),
        ):
            sign_in(connection, found, name, role=role)
        sign_in(connection, found, "unsigned", role="privacy_officer", signed=False)
        sign_in(connection, found, "member", role="member", person=uuid4())
        connection.commit()
    return found


def sign_in(
    connection: psycopg.Connection,
    found: Officers,
    name: str,
    *,
    role: str,
    person: UUID | None = None,
    signed: bool = True,
) -> None:
    """An account with an open session; without ``signed`` nothing is agreed to."""
    actor = None if person else f"{name.title()} O."
    number = account(connection, role=role, person=person, actor=actor)
    found.plain[name] = f"{name}-{uuid4()}"
    found.secrets[name] = session(connection, number, role=role, person=person, actor=actor, secret=found.plain[name])
    if signed:
        connection.execute(AGREED, [number, role])


def some_key() -> str:
    """A key that no other test has."""
    return f"k{uuid4().hex[:12]}"


def proposed(officers: Officers, *, by: str = "first", **other: Any) -> tuple[str, UUID]:
    """A proposed entry with a key of its own; returns key and entry."""
    one = replace(PAGE, **({"key": some_key()} | other))
    number = actions.propose(officers.secrets[by], one)
    assert number is not None
    return one.key, number


def judged(officers: Officers, link: UUID, by: str, **other: Any) -> str:
    """One review, agreeing but for what is said otherwise."""
    told: dict[str, Any] = {
        "met": list(CRITERIA),
        "words": WORDS,
        "refusing": [],
        "refusing_words": "",
        "until": TODAY + timedelta(days=300),
    }
    return actions.review(officers.secrets[by], link, **(told | other))


def approved(officers: Officers, *, until: date | None = None, **other: Any) -> tuple[str, UUID]:
    """An entry that two officers agreed to."""
    key, number = proposed(officers, **other)
    ends = {"until": until} if until else {}
    assert judged(officers, number, "first", **ends) == "done"
    assert judged(officers, number, "second", **ends) == "done"
    return key, number
