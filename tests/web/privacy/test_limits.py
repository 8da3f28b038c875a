"""Restrictions in the privacy office: opened by an entry, decided by a person, a fact at once (R-04)."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.web.desk.staff import Staff
from tests.web.privacy.conftest import Visit

HERE = "/privacy/limits/"
MINE = "/member/privacy/choices/"


@pytest.fixture(autouse=True)
def _nothing(staff: Staff) -> Iterator[None]:
    yield
    people = [list(staff.world.people.values())]
    staff.ask("delete from consent_restriction where person_id = any (%s)", people)
    for table in ("claim", "filing", "decision"):
        staff.ask(f"update benefits_{table} set restricted = false where person_id = any (%s)", people)


def asked(visit: Visit, staff: Staff, **said: str) -> str:
    """The address of a restriction that Tom asked for, in the office."""
    given = {"sort": "representative", "opens": "claims", "words": "Please"} | said
    assert staff.post(visit("tom"), f"{MINE}restrict/", **given).status_code == 302
    rows = staff.ask(
        "select id from consent_restriction where person_id = %s order by asked_at desc limit 1",
        [staff.world.people["tom"]],
    )
    return f"{HERE}{rows[0][0]}/"


def test_the_list_names_nobody_and_a_look_is_one_entry(visit: Visit, staff: Staff) -> None:
    address, before = asked(visit, staff), staff.newest()
    page = visit("priya").get(HERE)
    assert (page.status_code, address in page.text, "ALVAREZ" in page.text) == (200, True, False)
    assert staff.entries("priya", before) == []
    shown = visit("priya").get(address).text
    assert "TOM ALVAREZ" in shown
    assert "Please" in shown
    (entry,) = staff.entries("priya", before)
    assert (entry["kind"], sorted(entry["categories"])) == ("opened", ["identity", "requests"])


def test_it_is_decided_once_and_the_person_reads_the_answer(visit: Visit, staff: Staff) -> None:
    address = asked(visit, staff)
    page = staff.post(visit("priya"), address, decision="grant", words="From now on nobody at the desk sees it.")
    assert (page.status_code, page.headers.get("Location")) == (302, HERE)
    mine = visit("tom").get(MINE).text
    assert "From now on nobody at the desk sees it." in mine
    assert "In force" in mine
    assert "<textarea" not in visit("priya").get(address).text
    number = re.findall("[0-9a-f-]{36}", address)[0]
    assert visit("tom").get(f"/member/privacy/requests/{number}/").headers["Location"] == MINE
    assert staff.ask(
        "select consent_restricts(%s, 'representative', 'HOPERAT', 'claims')", [staff.world.people["tom"]]
    ) == [(True,)]


def test_what_must_be_granted_takes_no_other_answer(visit: Visit, staff: Staff) -> None:
    number = staff.world.claims["denied"]
    assert staff.post(visit("maria"), f"{MINE}paid/", claim=str(number)).status_code == 302
    ((one,),) = staff.ask("select id from consent_restriction where about = %s", [number])
    address = f"{HERE}{one}/"
    assert "Must be granted" in visit("priya").get(HERE).text
    page = staff.post(visit("priya"), address, decision="decline", words="No.")
    assert (page.status_code, "the law asks us to grant it" in page.text) == (400, True)
    assert staff.post(visit("priya"), address, decision="grant", words="It is shut.").status_code == 302
    assert staff.ask("select restricted from benefits_claim where id = %s", [number]) == [(True,)]
    assert visit("maria").get(f"/member/claims/{number}/").status_code == 200


def test_it_is_the_privacy_offices_alone(visit: Visit, staff: Staff) -> None:
    address = asked(visit, staff)
    for who in ("nobody knows", "tom", "dana"):
        for path in (HERE, address):
            assert visit(who).get(path).status_code in (302, 403), (who, path)
    assert visit("priya").get(f"{HERE}{uuid4()}/").status_code == 404
