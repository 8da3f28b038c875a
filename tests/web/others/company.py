"""Somebody of every role, and a second one of each whom nothing ties to the first, in a house of their own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID, uuid4

import psycopg
from django.test import Client

from tests.accounts.offices import Office, opened
from tests.cast import account, session
from tests.cluster import Cluster
from tests.web.desk.staff import Staff, hire, hired
from tests.web.member.world import brought
from wellkept.policy import packs
from wellkept.policy.words import Role

MACHINES: Final = {Role.INTAKE, Role.JOBS, Role.MAIL_ROOM}
"""Who signs in nowhere: these work from the command line, as database roles of their own."""
MORE: Final = {
    "rhea": "representative", "quinn": "privacy_officer", "adam": "administrator", "ivan": "nurse",
    "vera": "access_administrator", "vito": "access_administrator", "otto": "auditor",
}  # fmt: skip
AUDIENCES: Final = ("provider", "employer", "agent", "partner")
HOMES: Final = {
    "maria": "/member/", "uma": "/member/", "dana": "/desk/", "rhea": "/desk/", "paul": "/desk/", "nora": "/account/",
    "priya": "/privacy/", "quinn": "/privacy/", "adam": "/operations/", "vera": "/staff/",
    "vito": "/staff/", "otto": "/account/", "newt": "/account/", "provider": "/provider/", "employer": "/employer/",
    "agent": "/agent/", "partner": "/partner/",
}  # fmt: skip
"""Who walks which door. Uma helps Maria; Newt has shown one factor alone."""


@dataclass(slots=True)
class Company(Staff):
    """Everybody by name; offices under the name of their role, the second of each as ``other``."""

    offices: dict[str, Office] = field(default_factory=dict)

    @property
    def operator(self) -> str:
        """Whose house it is."""
        return self.world.operator

    @property
    def plans(self) -> bool:
        """Whether it has plans of employers, whose claims are appealed."""
        return "plans" in packs.named(self.operator).law

    @property
    def maria(self) -> UUID:
        """The member to whom things happened."""
        return self.world.people["maria"]

    def client(self, name: str) -> Client:
        """Somebody's browser; one nobody knows is signed out."""
        client = Client(headers={"sec-fetch-site": "same-origin"}, raise_request_exception=False)
        if name in self.secrets:
            client.cookies[f"{self.operator}_session"] = self.secrets[name]
        return client

    def send(self, who: str, address: str, /, **told: Any) -> str:
        """Somebody sends a form that leads on; returns where to. Ends where it is answered otherwise."""
        return str(self._answer(302, who, address, told).headers["Location"])

    def shown(self, who: str, address: str, /, **told: Any) -> str:
        """Somebody sends a form that is answered by a page; returns the page. Ends where it is answered otherwise."""
        return str(self._answer(200, who, address, told).content.decode())

    def _answer(self, status: int, who: str, address: str, told: dict[str, Any]) -> Any:
        answer = self.post(self.client(who), address, **told)
        wrong = re.findall(r'<section class="errors".*?</section>|<main.{1500}', answer.content.decode(), re.DOTALL)
        assert answer.status_code == status, (who, address, answer.status_code, wrong)
        return answer

    def roles(self, names: Iterable[str]) -> set[str]:
        """The roles of the sessions of some of them."""
        found = "select distinct role from accounts_session where account_id = any (%s)"
        some = [self.accounts[name] for name in names if name in self.accounts]
        return {role for (role,) in self.ask(found, [some])}

    def own(self, name: str) -> list[UUID]:
        """The ids of somebody: their account's, their person's, their organisation's."""
        asked = "select id, person_id, organisation_id from accounts_account where id = %s"
        return [one for row in self.ask(asked, [self.accounts.get(name)]) for one in row if one]

    def subjects(self) -> list[UUID]:
        """Whose records there are: Maria's, the organisations', whoever wrote to us or asked for a code."""
        strangers = "select id from inquiries_inquiry union all select id from accounts_registration"
        offices = [self.offices[role].id for role in AUDIENCES]
        return [self.maria, *offices, *(number for (number,) in self.ask(strangers))]


def together(house: Cluster, operator: str) -> Company:
    """Everybody, with everything signed."""
    staff = hired(house, brought(house, operator))
    company = Company(house, staff.world, staff.accounts, staff.secrets)
    with house.administer(f"wellkept_{operator}") as connection:
        connection.execute("set search_path = wellkept")
        for name, role in (MORE | {"nell": "nurse"}).items():
            hire(connection, company, name, role=role)
        newcomer(connection, company)
        connection.commit()
    for role in AUDIENCES:
        for name in (role, f"other {role}"):
            office = company.offices[name] = opened(house, role, operator=operator)
            company.accounts[name], company.secrets[name] = office.accounts["Ana Ortiz"], office.secrets["Ana Ortiz"]
            told = (f"{name.title()} of Ours", office.id)
            office.change("update organisations_organisation set name = %s where id = %s", *told)
    return company


def newcomer(connection: psycopg.Connection, company: Company) -> None:
    """Newt works here, and has shown one factor alone."""
    made = company.accounts["newt"] = account(connection, role="representative", person=None, actor="Newt R.")
    secret = company.secrets["newt"] = f"newt {uuid4()}"
    session(connection, made, role="newcomer", person=None, actor="Newt R.", secret=secret)
