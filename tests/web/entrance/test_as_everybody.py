"""Who opens what, as each signs in by password: a family, a helper, somebody new, an agent, an employer's clerk."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from tests.access.opening import refusal, searched
from tests.accounts.offices import Office, opened
from tests.accounts.people import PASSWORD, change, staff
from tests.cluster import Cluster
from tests.households import settled
from tests.web.entrance.conftest import Browser
from tests.web.entrance.forms import sign_in
from tests.web.member.world import World, hashed
from wellkept.accounts import hashes

pytestmark = pytest.mark.database
SHUT = {403, 404}
FAMILY = {
    # A parent opens their minors' records: of sixteen in California, but where the state makes it their own, not.
    "ann": ({"ann", "nina", "teen_wi", "sixteen_ca"}, {"ben", "teen_or", "teen_sc", "sixteen_nowhere", "lucas"}),
    "ben": ({"ben", "nina", "stepchild"}, {"ann", "teen_or"}),
    "exspouse": ({"exspouse"}, {"ann", "ben", "nina"}),
    "sixteen_ca": ({"sixteen_ca"}, {"ann", "nina"}),
    "teen_or": ({"teen_or"}, {"ann", "sixteen_ca"}),
    "sixteen_nowhere": ({"sixteen_nowhere"}, {"ann"}),
}


@pytest.fixture(scope="module")
def families(house: Cluster, tmp_path_factory: pytest.TempPathFactory) -> World:
    return settled(house, "umr", tmp_path_factory.mktemp("everybody"))


@pytest.fixture(autouse=True)
def nobody_helps(house: Cluster, families: World) -> Iterator[None]:
    yield
    people = list(families.people.values())
    for table in ("consent_actsfor", "consent_appointment"):
        change(house, f"delete from wellkept.{table} where person_id = any (%s)", people)
    for table in ("access_spent", "access_spent_count"):
        change(house, f"delete from wellkept.{table} where account = any (%s)", list(families.accounts.values()))


def signed_in(house: Cluster, browser: Browser, account: UUID, *, to: str) -> Client:
    """The browser of an account that signed in at the page, by a name and a password of its own."""
    login, client = f"everybody-{uuid4().hex[:10]}", browser()
    given = [hashes.login(login), make_password(PASSWORD), account]
    change(house, "update wellkept.accounts_account set login = %s, password = %s where id = %s", *given)
    sign_in(client, login, to=to)
    return client


def claims(families: World, reader: str, subject: str) -> str:
    return "/member/claims/" if reader == subject else f"/member/family/{families.people[subject]}/claims/"


@pytest.mark.parametrize("reader", FAMILY)
def test_a_member_of_a_family_opens_what_is_theirs_to_open(
    house: Cluster, browser: Browser, families: World, reader: str
) -> None:
    client = signed_in(house, browser, families.accounts[reader], to="/member/")
    opens, shut = FAMILY[reader]
    assert {who for who in opens if client.get(claims(families, reader, who)).status_code != 200} == set()
    assert {who for who in shut if client.get(claims(families, reader, who)).status_code not in SHUT} == set()


def test_a_helper_opens_until_the_moment_it_is_over(house: Cluster, browser: Browser, families: World) -> None:
    row, ann, stella = uuid4(), families.people["ann"], families.accounts["stella"]
    change(
        house,
        "insert into wellkept.consent_appointment (id, person_id, category, collected_under, restricted, kind, holder,"
        " name, opens, state, since, expires, asked_at) select %s, %s, 'requests', '', false, 'helper', a.holder,"
        " 'x'::bytea, '[\"claims\"]', 'stands', now() - interval '1 hour', now() + interval '1 day', now()"
        " from wellkept.accounts_account a where a.id = %s",
        row, ann, stella,
    )  # fmt: skip
    change(
        house,
        "insert into wellkept.consent_actsfor (holder, person_id, id)"
        " select a.holder, %s, %s from wellkept.accounts_account a where a.id = %s",
        ann, row, stella,
    )  # fmt: skip
    client = signed_in(house, browser, stella, to="/member/")
    place = claims(families, "stella", "ann")
    assert client.get(place).status_code == 200
    assert client.get(place.replace("claims/", "coverage/")).status_code in SHUT
    change(house, "update wellkept.consent_appointment set expires = now() - interval '1 min' where id = %s", row)
    assert client.get(place).status_code in SHUT


def test_somebody_new_who_has_not_signed_opens_nothing(house: Cluster, browser: Browser) -> None:
    client = browser()
    secret = hashed(sign_in(client, staff("representative"), to="/sign-in/agree/"))
    with house.connect("umr", "web", autocommit=True) as web:
        assert refusal(web, searched(web, secret, uuid4().bytes)) == "needs agreement"


def test_an_agent_whose_appointment_ended_a_minute_ago_and_a_clerk_of_the_employer(
    house: Cluster, browser: Browser
) -> None:
    employer, agent = opened(house, "employer"), opened(house, "agent")
    try:
        agent.change(
            "insert into organisations_agreement (id, kind, organisation_id, with_id, number, digest, categories,"
            " purposes, begins_at, ends_at, recorded_at, recorded_by, recorded_actor, collected_under) values"
            " (%s, 'appointment', %s, %s, 'AP-1', sha256('x'), '{papers}', '{HOPERAT}', now() - interval '1 year',"
            " now() + interval '1 day', now(), %s, 'O.', '')",
            uuid4(), agent.id, employer.id, uuid4(),
        )  # fmt: skip
        theirs = signed_in(house, browser, agent.accounts["Ben Lund"], to="/agent/")
        place = f"/colleagues/papers/of/{employer.id}/"
        assert theirs.get(place).status_code == 200
        over = "update organisations_agreement set ends_at = now() - interval '1 min' where organisation_id = %s"
        agent.change(over, agent.id)
        assert theirs.get(place).status_code in SHUT
        clerk = signed_in(house, browser, employer.accounts["Ben Lund"], to="/employer/")
        assert clerk.get("/colleagues/papers/").status_code == 200
        for shut in ("/colleagues/papers/openings/", "/member/claims/", "/desk/find/", "/privacy/", "/agent/"):
            assert clerk.get(shut).status_code in {302, *SHUT}, shut
    finally:
        gone(agent, employer)


def gone(agent: Office, employer: Office) -> None:
    """What was agreed with them goes with them."""
    agent.change("delete from organisations_agreement where organisation_id = %s", agent.id)
    for office in (agent, employer):
        office.change("update organisations_organisation set standing = 'prior' where id = %s", office.id)
