"""Every page, file and form of every role, by machine, under other accounts of every role: nothing of it opens.

Each of the cast walks their own doors in a house where everything happened once. What they meet, with its real
numbers, is asked for and sent again by others whom nothing ties to it. Then no word of it may have been shown, no
entry but a refusal may name whose it is, and no row may have changed. What may open is not written here: it is what
the table of rules allows to somebody whom nothing ties to the record, which is nothing.
"""

import re
from itertools import product
from pathlib import Path
from typing import Final

import pytest
from django.db import connections
from pytest_django import Settings

from tests.cluster import OPERATORS, Cluster
from tests.web.others.company import AUDIENCES, HOMES, MACHINES, Company, together
from tests.web.others.happening import CANARY, happened
from tests.web.others.rows import rows
from tests.web.others.walking import Met, routes, said, walk
from tests.web.others.working import worked
from wellkept.access.decide import decide
from wellkept.cli import cluster as server
from wellkept.policy import packs
from wellkept.policy.rules import NEEDS
from wellkept.policy.words import Category, Purpose, Role

pytestmark = [pytest.mark.database, pytest.mark.release]
ASKING: Final = (
    "stella", "paul", "nell", "priya", "adam", "vera", "otto", "newt", *(f"other {role}" for role in AUDIENCES),
    "nobody",
)  # fmt: skip
"""One of every role whom nothing ties to what happened, and somebody signed out."""
OWN_WORK: Final = {
    "paul": r"/desk/(authorities|deaths|registrations|alarms)/|/desk/.*/take/$",
    "priya": "/privacy/|/desk/(authorities|deaths)/",
    "adam": "/operations/",
    "vera": "/staff/",
}
"""What the rules give to each of a role, whoever comes first: a second person's work, a list of the whole office."""
EXCUSED: Final = {
    "member/documents/<uuid:number>/": "It comes by a command: tests/web/member/test_care.py asks for another's.",
    "member/family/sharing/<uuid:number>/end/": "It takes two of one family: tests/web/member/test_family.py tries it.",
    "account/ways/passkeys/<uuid:number>/": "It takes a device: tests/web/entrance/test_ways.py asks for another's.",
    "account/ways/passkeys/<uuid:number>/remove/": "It takes a device, as above.",
}
"""Routes with a number that nobody meets here, and why."""
OF_PLANS: Final = re.compile(r"appeals/(claim|before)/|/card/<|/pass-on/|/urgent/")
"""What only an operator of health plans has: appeals of what a plan decided, and cards."""
ENTERED: Final = (
    "select kind, purpose, categories from ledger_entry where account = %s and id > %s and kind <> 'refused'"
    " and subjects && %s::uuid[]"
)


def test_nothing_ties_a_stranger_to_anybody_by_the_table_of_rules() -> None:
    for operator in OPERATORS:
        pack = packs.named(operator)
        for role, purpose, category in product(Role, Purpose, Category):
            asked = {"role": role, "purpose": purpose, "category": category, "relationships": ["none"], "met": NEEDS}
            assert not decide(pack, **asked).allowed, (role, purpose, category)  # type: ignore[arg-type]


@pytest.fixture
def serve(django: None, house: Cluster, settings: Settings) -> None:
    """The pages read from this house."""
    settings.WELLKEPT_STATE = house.state


@pytest.mark.parametrize("operator", OPERATORS)
def test_no_page_file_or_form_of_a_role_opens_under_another(
    serve: None, house: Cluster, settings: Settings, operator: str
) -> None:
    settings.WELLKEPT_OPERATOR = operator
    for alias, role, database in (
        ("default", "web", "records"), ("keys", "web", "keys"), ("entrance", "entrance", "records"),
    ):  # fmt: skip
        parts = server.parameters(operator=operator, role=role, database=database, state=Path(house.state))
        connections[alias].close()
        connections.databases[alias].update(NAME=parts["dbname"], USER=parts["user"], PASSWORD=parts["password"])
    company = together(house, operator)
    for some in (HOMES, ASKING):
        assert company.roles(some) == set(Role) - MACHINES
    happened(company)
    worked(company)
    met = Met()
    for name, home in HOMES.items():
        walk(company, name, [home, *places(company).get(name, [])], met)
    assert_it_can_fail(met)
    more = derived(met, plans=company.plans)
    wrong = [one for name in ASKING for one in strange(company, name, met, more)]
    assert wrong == []
    assert_forms_do_something(company, met)


def places(company: Company) -> dict[str, list[str]]:
    """Where somebody also begins: what a page of theirs leads to only now and then, or on a later page of a list."""
    claims, family = company.world.claims, f"/member/family/{company.maria}/"
    ((entry,),) = company.ask(
        "select max(id) from ledger_entry where subjects = array[%s] and not own", [company.maria]
    )
    calls = {
        who: company.ask(
            "select id from service_call where account_id = %s order by began desc", [company.accounts[who]]
        )
        for who in ("dana", "rhea")
    }
    both = (claims["paid"], claims["denied"])
    return {
        "maria": [*(f"/member/claims/{one}/" for one in both), f"/member/privacy/receipts/{entry}/", "/account/"],
        "uma": [f"{family}claims/{one}/" for one in both],
        "dana": [f"/desk/calls/{calls['dana'][0][0]}/authority/", *cases(company), "/account/"],
        "rhea": [f"/desk/calls/{calls['rhea'][0][0]}/choices/"],
        "provider": ["/account/"],
    }


def cases(company: Company) -> list[str]:
    """The pages of Dana's cases about appeals and papers: her list leads to every case by one address."""
    appeals = company.ask(
        "select id from service_case where closed_at is null and about in (select id from service_thread)"
    )
    papers = company.ask("select id from service_case where person_id = any (%s)", [company.subjects()[1:]])
    return [f"/desk/{at}/{case}/" for at, some in (("appeals", appeals), ("papers", papers)) for (case,) in some]


def derived(met: Met, *, plans: bool) -> list[str]:
    """An address of each route that nobody met as a page or a form, with numbers that somebody met beside it."""
    unmet = sorted(set(routes()) - met.routes())
    found = {route: met.known(route) for route in unmet if re.search("<(uuid|int):", route)}
    missing = {route for route, path in found.items() if not path and (plans or not OF_PLANS.search(route))}
    assert missing == set(EXCUSED) & set(found)
    return [path for path in found.values() if path] + [f"/{route}" for route in unmet if "<" not in route]


def strange(company: Company, name: str, met: Met, more: list[str]) -> list[tuple[object, ...]]:
    """What goes wrong while somebody asks for everything of others, and sends all of their forms."""
    client, before, stood = company.client(name), company.newest(), rows(company, name)
    mine = re.compile(OWN_WORK.get(name, "$^"))
    wrong = list[tuple[object, ...]]()
    sent = {path: form.fields for path, (form, _who) in met.forms.items()} | {
        path: {} for path in more if numbered(path)
    }
    asked = [(path, None) for path in (*met.pages, *more)] + list(sent.items())
    for path, form in asked:
        if mine.match(path):
            continue
        answer = client.get(path) if form is None else company.post(client, path, **form)
        text = said(answer).lower()
        if answer.status_code >= 500:
            wrong.append((name, path, answer.status_code))
        wrong += [(name, path, whose) for whose, words in CANARY.items() if any(one in text for one in words)]
    if name in company.accounts:
        asked_for = [company.accounts[name], before, company.subjects()]
        wrong += [(name, *row) for row in company.ask(ENTERED, asked_for)]
    now = rows(company, name)
    return wrong + [(name, table, "changed") for table in stood if stood[table] != now[table]]


def numbered(path: str) -> bool:
    """Whether somebody's number stands in it."""
    return bool(re.search("[0-9a-f]{8}-|/[0-9]+/", path))


def assert_it_can_fail(met: Met) -> None:
    """Whoever a record is about, or works on it, reads on their own pages what is looked for on others'."""
    readers = dict.fromkeys(CANARY, "dana") | {"maria": "maria"} | {role: role for role in AUDIENCES}
    for whose, words in CANARY.items():
        assert any(one in met.words[readers[whose]] for one in words), whose


def assert_forms_do_something(company: Company, met: Met) -> None:
    """The very forms that changed nothing for others change something where their owners send them."""
    for name in ("maria", "dana", "provider", "employer"):
        stood = rows(company, "nobody")
        for path, (form, owners) in met.forms.items():
            if name in owners and not path.startswith("/account/"):
                company.post(company.client(name), path, **form.fields)
        assert rows(company, "nobody") != stood, name
