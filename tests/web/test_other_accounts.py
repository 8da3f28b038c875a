"""Every page and file of every role, by machine, under every other role's account: nothing of a person opens by it.

Each of the cast walks their own door, and what they meet (one address of each route, with its real numbers) is asked
for again by everybody else. Routes that nobody met are asked for with made-up numbers. What may open is not written
here: it is what the table of rules allows to somebody whom nothing ties to the person, which is nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Final
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve
from pytest_django import Settings

from tests.accounts.offices import opened
from tests.cluster import Cluster
from tests.web.desk.conftest import MARIA
from tests.web.desk.staff import Staff, hire, hired
from tests.web.member.world import brought
from wellkept.access.decide import decide
from wellkept.policy import packs
from wellkept.policy.rules import NEEDS
from wellkept.policy.words import Category, Purpose, Role

pytestmark = [pytest.mark.database, pytest.mark.release]
HOMES: Final = {
    "maria": "/member/", "dana": "/desk/", "nora": "/account/", "priya": "/privacy/", "adam": "/operations/",
    "vera": "/staff/", "otto": "/account/", "provider": "/provider/", "employer": "/employer/", "agent": "/agent/",
    "partner": "/partner/",
}  # fmt: skip
"""Who walks which door. Stella, a member of another family, and a stranger walk none."""
GUESSING: Final = ("stella", "paul", "priya", "provider")
"""Who also asks for what nobody met, with made-up numbers."""
OTHERS: Final = ("stella", "paul", "a stranger")
MORE: Final = {"adam": "administrator", "vera": "access_administrator", "otto": "auditor"}
LINK: Final = re.compile(r'(?:href|src)="(/[^"#?]*)')
# Nobody else's page has these: her name as files bring it, her number, and what she wrote and was written for her.
CANARIES: Final = ("ALVAREZ", "Alvarez", "M-4410", "kestrel")
MADE_UP: Final = {"uuid": "6d5f0f43-0000-4000-8000-0123456789ab", "int": "1"}
AWAY: Final = ("wellkept.web.site", "wellkept.web.entrance", "wellkept.web.shell")
ENTERED: Final = (
    "select kind, purpose, categories from ledger_entry where account = %s and id > %s"
    " and kind in ('opened', 'searched') and subjects && %s::uuid[]"
)


@dataclass(slots=True)
class Met:
    """The addresses of each route that somebody of the cast met, and whose page it is."""

    pages: dict[str, tuple[str, str]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def staff(house: Cluster) -> Staff:
    """One of every role, with everything signed; the offices' administrators under the name of their role."""
    staff = hired(house, brought(house, "umr"))
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        for name, role in MORE.items():
            hire(connection, staff, name, role=role)
        connection.commit()
    for role in ("provider", "employer", "agent", "partner"):
        office = opened(house, role)
        staff.accounts[role], staff.secrets[role] = office.accounts["Ana Ortiz"], office.secrets["Ana Ortiz"]
    return staff


def client_of(staff: Staff, name: str) -> Client:
    client = Client(headers={"sec-fetch-site": "same-origin"}, raise_request_exception=False)
    if name in staff.secrets:
        client.cookies["umr_session"] = staff.secrets[name]
    return client


def happened(staff: Staff) -> None:
    """What there is to open: a request of Maria's, a verified call with her, and a question that Dana took."""
    maria, dana = client_of(staff, "maria"), client_of(staff, "dana")
    staff.post(maria, "/member/privacy/requests/ask/", kind="question", words="Who reads about the kestrel?")
    chosen = {"begin": "yes", "person": str(staff.world.people["maria"]), "about": "claim"}
    staff.post(dana, "/desk/find/", **MARIA)
    call = staff.post(dana, "/desk/find/", **MARIA, **chosen).headers["Location"]
    staff.post(dana, f"{call}verified/")
    question = {"topic": "other", "words": "The kestrel?", "name": "Kestrel", "reply": "phone", "phone": "608 555 0142"}
    Client(headers={"sec-fetch-site": "same-origin"}).post("/contact/write/", question)
    for (inquiry,) in staff.ask("select id from inquiries_inquiry where state = 'waiting'"):
        staff.post(dana, f"/desk/inquiries/{inquiry}/take/")


def walk(staff: Staff, name: str, home: str, met: Met) -> None:
    """Follow every link from somebody's first page, one address of each route."""
    client, waiting = client_of(staff, name), [home]
    while waiting:
        path = waiting.pop(0)
        route = route_of(path)
        if not route or route in met.pages or route.startswith("sign-out"):
            continue
        answer = client.get(path)
        assert answer.status_code < 500, (name, path)
        if answer.status_code == 200:
            met.pages[route] = (path, name)
            waiting += LINK.findall(said(answer))


def route_of(path: str) -> str:
    """The route of an address behind a door; empty for what anyone may see and what is not there."""
    try:
        found = resolve(path)
    except Exception:  # noqa: BLE001  (an address of no route)
        return ""
    module = getattr(found.func, "__module__", "")
    return "" if module.startswith(AWAY) or not module.startswith("wellkept.web.") else found.route


def unmet(met: Met, under: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """An address with made-up numbers for each route behind a door that nobody met."""
    for one in (under or get_resolver()).url_patterns:
        route = f"{prefix}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from unmet(met, one, route)
        elif route not in met.pages and not one.callback.__module__.startswith(AWAY):
            yield "/" + re.sub(r"<(\w+):\w+>", lambda found: MADE_UP.get(found[1], "x"), route)


def said(answer: Any) -> str:
    """The text of an answer, also of one that comes in pieces."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return bytes(content).decode("utf-8", "replace")


def test_nothing_ties_a_stranger_to_anybody_by_the_table_of_rules() -> None:
    pack = packs.named("umr")
    for role, purpose, category in product(Role, Purpose, Category):
        asked = {"role": role, "purpose": purpose, "category": category, "relationships": ["none"], "met": NEEDS}
        assert not decide(pack, **asked).allowed, (role, purpose, category)  # type: ignore[arg-type]


def test_no_page_or_file_of_a_role_opens_under_another(
    django: None, house: Cluster, staff: Staff, settings: Settings
) -> None:
    settings.WELLKEPT_STATE = house.state
    happened(staff)
    met = Met()
    for name, home in HOMES.items():
        walk(staff, name, home, met)
    assert len(met.pages) > 60, sorted(met.pages)
    theirs = [(path, owner) for path, owner in met.pages.values()]
    made_up = [(path, "") for path in unmet(met)]
    assert_it_can_fail(staff, theirs)
    wrong: list[tuple[object, ...]] = []
    for name in (*HOMES, *OTHERS):
        client, before = client_of(staff, name), staff.newest()
        for path, owner in [*theirs, *(made_up if name in GUESSING else ())]:
            if owner == name:
                continue
            answer = client.get(path)
            text = said(answer)
            if answer.status_code >= 500:
                wrong.append((name, path, answer.status_code))
            if any(one in text for one in CANARIES) and not shared(path, name):
                wrong.append((name, path, "shows her"))
        if name not in ("maria", "a stranger"):
            wrong += [(name, *row) for row in opened_of_her(staff, name, before)]
    assert wrong == []


def assert_it_can_fail(staff: Staff, theirs: list[tuple[str, str]]) -> None:
    """Maria's own pages hold what is looked for, and what Dana opens of her on the call is seen."""
    maria, before = client_of(staff, "maria"), staff.newest()
    hers = [said(maria.get(path)) for path, owner in theirs if owner == "maria"]
    assert sum(any(one in text for one in CANARIES) for text in hers) > 3
    for path, owner in theirs:
        if owner == "dana":
            client_of(staff, "dana").get(path)
    assert opened_of_her(staff, "dana", before)


def shared(path: str, name: str) -> bool:
    """What is somebody's own wherever they ask for it; and who waits to register, for everybody at the desk."""
    return (
        name == "maria"
        or (path.startswith("/desk/") and name == "dana")
        or (path.startswith("/desk/registrations/") and name == "paul")
        or (path.startswith("/privacy/") and name == "priya")
    )


def opened_of_her(staff: Staff, name: str, before: int) -> list[tuple[object, ...]]:
    """What somebody opened of Maria or of her question since an entry, by the ledger: nobody's tie allows any of it."""
    people: list[UUID] = [staff.world.people["maria"]]
    return [tuple(row) for row in staff.ask(ENTERED, [staff.accounts[name], before, people])]
