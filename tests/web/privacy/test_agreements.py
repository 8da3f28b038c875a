"""Agreements at work: recorded by the privacy office alone, read by their parties, closed at once when they end."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from tests.accounts.offices import Office, opened
from tests.cluster import Cluster
from tests.links.officers import TODAY, Officers, hired
from wellkept.web.shell.visitor import token

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]
HERE = "/privacy/agreements/"
PAPER = b"%PDF-1.7 a signed paper"
Visit = Callable[[str], Client]


@pytest.fixture(scope="module")
def officers(house: Cluster) -> Officers:
    return hired(house)


@pytest.fixture(scope="module")
def offices(house: Cluster) -> Iterator[dict[str, Office]]:
    """An employer, an agent and a partner of this module's own; what was agreed with them goes with them."""
    found = {role: opened(house, role) for role in ("employer", "agent", "partner")}
    for role, office in found.items():
        office.change("update organisations_organisation set name = %s where id = %s", named(role, office), office.id)
    yield found
    for office in found.values():
        office.change("delete from organisations_agreement where %s in (organisation_id, with_id)", office.id)
        office.change("update organisations_organisation set standing = 'prior' where id = %s", office.id)


def named(role: str, office: Office) -> str:
    return f"Invented {role} {office.id.hex[:8]}"


@pytest.fixture
def visit(house: Cluster, officers: Officers, offices: dict[str, Office], settings: Settings) -> Visit:
    """The browser of an officer, of somebody of staff, or of an office's administrator by its role."""
    settings.WELLKEPT_STATE = house.state

    def of(name: str) -> Client:
        client = Client(headers={"sec-fetch-site": "same-origin"}, raise_request_exception=False)
        secret = offices[name].secrets["Ana Ortiz"] if name in offices else officers.plain.get(name)
        if secret:
            client.cookies["umr_session"] = secret
        return client

    return of


def post(client: Client, place: str, /, **told: Any) -> Any:
    cookie = client.cookies.get("umr_session")
    return client.post(place, told | {"token": token(cookie.value) if cookie else "x"})


def boxes(name: str, day: Any) -> dict[str, str]:
    return {f"{name}_month": str(day.month), f"{name}_day": str(day.day), f"{name}_year": str(day.year)}


def terms(**other: Any) -> dict[str, Any]:
    told = {
        "kind": "business_associate",
        "number": f"BA-{uuid4().hex[:8]}",
        "categories": ["coverage", "claims"],
        "purposes": ["HOPERAT"],
        "paper": SimpleUploadedFile("signed.pdf", PAPER),
    }
    return told | boxes("begins", TODAY) | boxes("ends", TODAY + timedelta(days=20)) | other


def place_of(office: Office) -> str:
    return f"{HERE}record/{office.id}/?name=Invented+{office.id.hex[:8]}"


def recorded(visit: Visit, office: Office, **other: Any) -> UUID:
    answer = post(visit("first"), place_of(office), **terms(**other))
    assert answer.status_code == 302, answer.content.decode()
    return UUID(answer.headers["Location"].split("/")[3])


@pytest.mark.parametrize(
    "name", ["nobody", "member", "representative", "nurse", "administrator", "unsigned", "partner"]
)
def test_nobody_else_reads_or_records(visit: Visit, offices: dict[str, Office], name: str) -> None:
    number = recorded(visit, offices["partner"])
    office = offices["partner"]
    places = [HERE, f"{HERE}record/", place_of(office), f"{HERE}{number}/", f"{HERE}{number}/end/", f"{HERE}contracts/"]
    for place in [*places, f"{HERE}contracts/narrow/", f"{HERE}contracts/{number}/end/"]:
        for answer in (visit(name).get(place), post(visit(name), place, **terms(why="Because."))):
            assert answer.status_code in {302, 403}, (place, answer.status_code)
            assert answer.headers.get("Location", "/sign-in/").startswith("/sign-in/")
            assert "Invented" not in answer.text
    assert "In force" in visit("second").get(f"{HERE}{number}/").text or "Ends soon" in visit("second").get(HERE).text


def test_an_agreement_is_found_recorded_shown_and_ended(visit: Visit, offices: dict[str, Office]) -> None:
    office, officer = offices["partner"], visit("first")
    sought = post(officer, f"{HERE}record/", q=named("partner", office)).text
    assert f"/privacy/agreements/record/{office.id}/" in sought
    assert "No organisation fits" in post(officer, f"{HERE}record/", q="nobody at all").text
    number = recorded(visit, office)
    page = officer.get(f"{HERE}{number}/").text
    assert "Ends soon" in page
    assert "First O." in page
    said = visit("partner").get("/colleagues/agreements/").text
    assert "Business associate agreement" in said
    assert "First O." not in said
    assert "An agreement ends soon" in visit("partner").get("/partner/").text
    assert office.ask(
        "select encode(digest, 'hex') = encode(sha256(%s), 'hex') from organisations_agreement where id = %s",
        PAPER,
        number,
    ) == [(True,)]
    assert post(officer, f"{HERE}{number}/end/", why="They were bought.").status_code == 302
    assert "They were bought." in visit("partner").get("/colleagues/agreements/").text
    again = post(officer, f"{HERE}{number}/end/", why="Once more.")
    assert again.status_code == 400
    assert "over before" in again.text
    kinds = office.ask(
        "select kind from ledger_entry where subjects = array[%s]::uuid[] and at > now() - interval '1 h'", office.id
    )
    assert {("agreement recorded",), ("agreement ended",)} <= set(kinds)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"paper": ""}, "Please choose the signed paper."),
        (boxes("ends", TODAY - timedelta(days=1)), "from today on"),
        (boxes("ends", TODAY + timedelta(days=9000)), "from today on"),
        (boxes("begins", TODAY + timedelta(days=30)), "before the first one"),
        ({"employer": "Invented"}, "Only an appointment names an employer."),
        ({"kind": "appointment", "employer": "nobody at all"}, "No employer fits."),
        ({"kind": "data_use", "categories": ["identity"]}, "covers no names"),
        ({"purposes": ["HRESCH"]}, "there must be a data use agreement"),
        ({"kind": "affiliate", "purposes": ["HRESCH", "HOPERAT"]}, "there must be a data use agreement"),
        ({"categories": []}, "What it covers"),
        ({"purposes": ["PATRQT"]}, "PATRQT"),
    ],
)
def test_a_form_that_is_wrong_says_how(
    visit: Visit, offices: dict[str, Office], wrong: dict[str, Any], said: str
) -> None:
    answer = post(visit("first"), place_of(offices["partner"]), **terms(**wrong))
    assert answer.status_code == 400
    assert said in answer.text


def test_an_agent_is_appointed_to_one_employer_and_both_read_it(visit: Visit, offices: dict[str, Office]) -> None:
    given = {"kind": "appointment", "employer": named("employer", offices["employer"]), "number": "AP-77"}
    assert "Only an agent is appointed" in post(visit("first"), place_of(offices["partner"]), **terms(**given)).text
    recorded(visit, offices["agent"], **given)
    for role in ("agent", "employer"):
        assert "AP-77" in visit(role).get("/colleagues/agreements/").text
    assert "AP-77" not in visit("partner").get("/colleagues/agreements/").text


def test_it_asks_who_the_officer_is_before_anything_is_recorded(
    visit: Visit, offices: dict[str, Office], officers: Officers
) -> None:
    proved = "update wellkept.accounts_session set proved_at = now() + %s where secret_hash = %s"
    officers.ask(proved, "-1 h", officers.secrets["second"])
    try:
        for place in (place_of(offices["partner"]), f"{HERE}contracts/narrow/"):
            assert visit("second").get(place).headers["Location"].startswith("/sign-in/again/")
        answer = post(visit("second"), place_of(offices["partner"]), **terms())
        assert answer.headers["Location"] == "/sign-in/again/?to=privacy-agreements"
    finally:
        officers.ask(proved, "1 day", officers.secrets["second"])


def test_a_contract_is_recorded_and_ended(visit: Visit, officers: Officers) -> None:
    plan, group = uuid4(), f"G-{uuid4().hex[:8]}"
    officers.ask(
        "insert into wellkept.organisations_plan (id, sponsor, group_number, collected_under)"
        " values (%s, %s, %s, '2026')",
        plan, f"Invented sponsor {group}", group,
    )  # fmt: skip
    told = {"plan": group, "number": "C-9", "role": "representative", "purpose": "HPAYMT", "opens": "claims"}
    try:
        wrong = post(visit("first"), f"{HERE}contracts/narrow/", **told | {"opens": "diary"} | boxes("begins", TODAY))
        assert "never give" in wrong.text
        none = post(visit("first"), f"{HERE}contracts/narrow/", **told | {"plan": "none"} | boxes("begins", TODAY))
        assert "There is no such plan." in none.text
        done = post(visit("first"), f"{HERE}contracts/narrow/", **told | boxes("begins", TODAY))
        assert done.status_code == 302, done.text
        page = visit("second").get(f"{HERE}contracts/").text
        assert f"Group {group}" in page
        ((number,),) = officers.ask("select id from wellkept.organisations_contract where plan_id = %s", plan)
        end = f"{HERE}contracts/{number}/end/"
        assert "representative: claims, for payment" in visit("second").get(end).text
        assert post(visit("second"), end, why="A new contract.").status_code == 302
        assert "A new contract." in visit("first").get(f"{HERE}contracts/").text
        assert post(visit("second"), end, why="A new contract.").status_code == 400
        assert "anybody outside" in visit("first").get(f"{HERE}contracts/narrow/").text
        outside = told | {"role": "recipient", "purpose": "", "number": "C-10"} | boxes("begins", TODAY)
        assert post(visit("first"), f"{HERE}contracts/narrow/", **outside).status_code == 302
        assert "anybody outside: claims, for any purpose" in visit("second").get(f"{HERE}contracts/").text
    finally:
        officers.ask("delete from wellkept.organisations_contract where plan_id = %s", plan)
        officers.ask("delete from wellkept.organisations_plan where id = %s", plan)
