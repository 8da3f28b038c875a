"""What leaves under an agreement: what it covers, while it is in force, by the officer who began it, and no more."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.access.opening import entered, held, number, refusal
from tests.accounts.offices import Office, opened
from tests.cluster import Cluster
from tests.web.desk.staff import Staff
from tests.web.member.test_contact import printed
from tests.web.member.world import hashed
from tests.web.privacy.conftest import Visit
from wellkept.intake.naming import Hashes
from wellkept.vault.queries import operator_key

pytestmark = pytest.mark.database
HERE = "/privacy/releases/"
MARIA = {"number": "M-4410", "birth_date_month": "5", "birth_date_day": "21", "birth_date_year": "1984"}
BEGIN = "select wellkept.disclosures_begin(%s, %s, %s, %s, %s, %s::text[])"
RELEASE = (
    "select wellkept.disclosures_release(%s, %s, 'agreement', %s, %s, %s::text[], 'who'::bytea, 'what'::bytea,"
    " 'keep it safe'::bytea, 'letter'::bytea, '2026-11-01')"
)
WAITING = "select count(*) from pg_locks where locktype = 'advisory' and not granted"
LETTERS = "select count(*) from notices_letter where person_id = %s and kind = 'release' and printed_at is null"


@pytest.fixture(scope="module")
def partner(house: Cluster) -> Iterator[Office]:
    """An invented review board; what was agreed with it goes with it."""
    office = opened(house, "partner")
    office.change("update organisations_organisation set name = 'Canary Review Board' where id = %s", office.id)
    yield office
    office.change("delete from organisations_agreement where organisation_id = %s", office.id)
    office.change("update organisations_organisation set standing = 'prior' where id = %s", office.id)


@pytest.fixture(autouse=True)
def nothing_leaves(staff: Staff, partner: Office) -> Iterator[None]:
    yield
    maria = [staff.world.people["maria"]]
    partner.change("delete from organisations_agreement where organisation_id = %s", partner.id)
    for table in (
        "disclosures_release",
        "notices_letter",
        "notices_posted",
        "notices_reference",
        "consent_restriction",
    ):
        staff.ask(f"delete from {table} where person_id = %s", maria)
    staff.ask("delete from notices_batch")
    for table in ("access_spent", "access_spent_count", "disclosures_task"):
        staff.ask(f"delete from {table}")


@pytest.fixture
def web(house: Cluster) -> Iterator[psycopg.Connection]:
    with house.connect("umr", "web", autocommit=True) as connection:
        yield connection


def agreed(
    office: Office, *categories: str, kind: str = "business_associate", why: str = "HOPERAT", ends: str = "1 day"
) -> UUID:
    """An agreement that began a year ago and ends so long from now."""
    made = uuid4()
    office.change(
        "insert into organisations_agreement (id, kind, organisation_id, number, digest, categories, purposes,"
        " begins_at, ends_at, recorded_at, recorded_by, recorded_actor, collected_under) values"
        " (%s, %s, %s, %s, sha256('x'), %s, %s, now() - interval '1 year', now() + %s::interval, now(), %s, 'O.', '')",
        made, kind, office.id, f"BA-{made.hex[:6]}", [*categories], [why], ends, uuid4(),
    )  # fmt: skip
    return made


def form(agreement: UUID, **other: Any) -> dict[str, Any]:
    return {"agreement": str(agreement), "purpose": "HOPERAT", "opens": ["claims"]} | MARIA | other


def restricted(staff: Staff, what: str) -> None:
    """Maria had this kind of data restricted from anybody outside, and it was granted."""
    staff.ask(
        "insert into consent_restriction (id, person_id, category, collected_under, restricted, role, opens, sort,"
        " since) values (%s, %s, 'requests', '', false, 'recipient', %s, 'recipient', now())",
        [uuid4(), staff.world.people["maria"], what],
    )


@contextmanager
def contract(staff: Staff, what: str | None, *, role: str = "recipient", why: str | None = None) -> Iterator[None]:
    """The contract of the employer of Maria's plan keeps this kind of data in, or a role out; None: any kind."""
    made = uuid4()
    staff.ask(
        "insert into organisations_contract (id, plan_id, number, role, purpose, opens, begins_at, recorded_by,"
        " recorded_actor, collected_under) select %s, plan_id, 'C-7', %s, %s, %s, now() - interval '1 min',"
        " gen_random_uuid(), 'O.', '' from people_person where person_id = %s",
        [made, role, why, what, staff.world.people["maria"]],
    )
    try:
        yield
    finally:
        staff.ask("delete from organisations_contract where id = %s", [made])


def waits(staff: Staff) -> int:
    return int(staff.ask(LETTERS, [staff.world.people["maria"]])[0][0])


@pytest.mark.parametrize("name", ["nobody at all", "stella", "maria", "dana", "nora"])
def test_nobody_but_the_privacy_office_comes_near(visit: Visit, staff: Staff, partner: Office, name: str) -> None:
    one = agreed(partner, "claims")
    for answer in (visit(name).get(HERE), staff.post(visit(name), HERE, **form(one))):
        assert answer.status_code in (302, 403)
        assert "Canary" not in answer.text
    assert waits(staff) == 0


def test_what_an_agreement_covers_leaves_and_the_person_reads_it(
    visit: Visit, staff: Staff, partner: Office, house: Cluster, tmp_path: Path
) -> None:
    one, before = agreed(partner, "claims", "coverage"), staff.newest()
    staff.ask("delete from notices_letter where printed_at is null")
    assert "Canary Review Board" in visit("priya").get(HERE).text
    answer = staff.post(visit("priya"), HERE, **form(one, opens=["claims", "coverage"]))
    assert answer.status_code == 302, answer.text
    assert "It waits to be posted" in visit("priya").get(answer.headers["Location"]).text
    left = visit("maria").get("/member/privacy/left/").text
    assert "Canary Review Board" in left
    assert "under an agreement with us" in left
    page = visit("maria").get("/member/privacy/").text
    assert "<dt>Letters to whom you named</dt><dd>0</dd>" in page
    assert "<dt>Letters under an agreement with us</dt><dd>1</dd>" in page
    assert "It was posted, or waits to be." in page
    assert "to work on what we send out under an agreement" in visit("maria").get("/member/privacy/openings/").text
    kinds = [entry["kind"] for entry in staff.entries("priya", before)]
    assert kinds == ["opened", "released"]
    (letter,) = printed(house, tmp_path)
    for part in ("Canary Review Board", "MARIA ALVAREZ", "Conditions", "Do not sell it", "under our agreement"):
        assert part in letter, part
    assert staff.ask("select count(*) from disclosures_task where subject = %s", [staff.world.people["maria"]]) == [
        (0,)
    ]


def test_under_a_data_use_agreement_nothing_names_anybody(
    visit: Visit, staff: Staff, partner: Office, house: Cluster, tmp_path: Path
) -> None:
    one = agreed(partner, "claims", "coverage", kind="data_use", why="HRESCH")
    other = agreed(partner, "claims", "coverage")
    staff.ask("delete from notices_letter where printed_at is null")
    sent = form(one, opens=["claims", "coverage"], purpose="HRESCH")
    wrong = staff.post(visit("priya"), HERE, **sent | {"agreement": str(other)})
    assert (wrong.status_code, waits(staff)) == (400, 0)
    assert staff.post(visit("priya"), HERE, **sent).status_code == 302
    (letter,) = printed(house, tmp_path)
    for part in ("A limited data set", "the research that our data use agreement names", "Do not try to learn whose"):
        assert part in letter, part
    for part in ("agreed", "in writing", "under our agreement"):
        assert part not in letter, part
    assert "The plan paid" in letter
    sponsors = staff.ask(
        "select p.sponsor, p.group_number from organisations_plan p join benefits_coverage c on c.plan_id = p.id"
        " where c.person_id = %s",
        [staff.world.people["maria"]],
    )
    assert sponsors
    names = {"MARIA", "ALVAREZ", "M-4410", *(word for row in sponsors for word in row if word)}
    assert [word for word in names if word in letter] == []


@pytest.mark.parametrize(
    ("given", "other", "said"),
    [
        ({"ends": "-1 minute"}, {}, "No agreement is in force"),
        ({"kind": "confidentiality"}, {}, "No agreement is in force"),
        ({"why": "HPAYMT"}, {}, "does not cover that purpose"),
        ({}, {"opens": ["claims", "sensitive_claims"]}, "does not cover all of that"),
        ({}, {"number": "M-0000"}, "No member has this number"),
        ({}, {"purpose": "FRAUD"}, "FRAUD"),
    ],
)
def test_what_it_does_not_cover_stays(
    visit: Visit, staff: Staff, partner: Office, given: dict[str, str], other: dict[str, Any], said: str
) -> None:
    answer = staff.post(visit("priya"), HERE, **form(agreed(partner, "claims", **given), **other))
    assert answer.status_code == 400
    assert said in answer.text
    assert waits(staff) == 0


def test_what_the_person_had_restricted_stays_and_they_read_that_it_was_tried(
    visit: Visit, staff: Staff, partner: Office
) -> None:
    one, before = agreed(partner, "claims", "coverage"), staff.newest()
    restricted(staff, "claims")
    answer = staff.post(visit("priya"), HERE, **form(one))
    assert (answer.status_code, waits(staff)) == (400, 0)
    assert "had this restricted" in answer.text
    tried = [entry for entry in staff.entries("priya", before) if entry["kind"] == "release refused"]
    assert [(one["reason"], one["subjects"]) for one in tried] == [("restricted", [staff.world.people["maria"]])]
    assert staff.post(visit("priya"), HERE, **form(one, opens=["coverage"])).status_code == 302


# ---- Past the page


class Desk:
    """An officer's session, past the page."""

    def __init__(self, web: psycopg.Connection, staff: Staff, office: Office) -> None:
        self.web, self.staff, self.office = web, staff, office
        self.person = staff.world.people["maria"]
        self.secret = hashed(staff.secrets["priya"])
        hashes = Hashes(index=operator_key("index"), roster=b"")
        self.index = hashes.by_card("M-4410", "1984-05-21")

    def begin(self, *opens: str, why: str = "HOPERAT", who: str = "priya") -> tuple[str, UUID]:
        task = uuid4()
        values = [hashed(self.staff.secrets[who]), task, self.index, self.office.id, why, [*opens]]
        row = self.web.execute(BEGIN, values).fetchone()
        assert row
        return str(row[0]), task

    def enter(self, task: UUID, *opens: str, why: str = "HOPERAT", web: psycopg.Connection | None = None) -> int:
        return entered(web or self.web, self.secret, [self.person], *opens, why=why, occasion=task)

    def release(self, entry: int, *opens: str, why: str = "HOPERAT", web: psycopg.Connection | None = None) -> str:
        with held(web or self.web, entry):
            values = [self.person, uuid4(), self.office.id, why, [*opens]]
            row = (web or self.web).execute(RELEASE, values).fetchone()
        assert row
        return str(row[0])


@pytest.fixture
def desk(web: psycopg.Connection, visit: Visit, staff: Staff, partner: Office) -> Desk:
    del visit  # its settings say where the keys lie
    return Desk(web, staff, partner)


def test_it_opens_what_is_to_leave_to_whoever_began_it_and_nothing_else(desk: Desk, web: psycopg.Connection) -> None:
    agreed(desk.office, "claims", "coverage")
    said, task = desk.begin("claims")
    assert said == "yes"
    assert desk.begin("claims", who="dana")[0] == "no"
    assert desk.begin("contact")[0] == "no"
    assert refusal(web, desk.enter(task, "coverage")) == "no agreement"
    assert refusal(web, desk.enter(task, "contact")) == "no rule"
    assert refusal(web, desk.enter(task, "claims", why="HPAYMT")) == "no agreement"
    tom = desk.staff.world.people["tom"]
    assert refusal(web, entered(web, desk.secret, [tom], "claims", why="HOPERAT", occasion=task)) == "no rule"
    with held(web, desk.enter(task, "identity", "claims")):
        assert number(web, "select count(*) from wellkept.benefits_claim") > 0
    desk.staff.ask("update disclosures_task set begun_at = now() - interval '10 min' where id = %s", [task])
    assert refusal(web, desk.enter(task, "claims")) == "no rule"


def test_an_agreement_that_ended_a_minute_ago_opens_nothing_and_lets_nothing_out(
    desk: Desk, web: psycopg.Connection
) -> None:
    one = agreed(desk.office, "claims")
    _said, task = desk.begin("claims")
    entry = desk.enter(task, "identity", "claims")
    desk.office.change("update organisations_agreement set ends_at = now() - interval '1 min' where id = %s", one)
    assert desk.release(entry, "claims") == "no basis"
    assert refusal(web, desk.enter(task, "claims")) == "no agreement"
    assert desk.begin("claims")[0] == "no basis"


def test_nobody_lets_out_by_an_agreement_what_they_opened_for_something_else(
    desk: Desk, web: psycopg.Connection
) -> None:
    agreed(desk.office, "claims", why="PATRQT")
    own = entered(web, hashed(desk.staff.secrets["maria"]), None, "identity", "claims")
    with held(web, own):
        row = web.execute(RELEASE, [desk.person, uuid4(), desk.office.id, "PATRQT", ["claims"]]).fetchone()
    assert row == ("no basis",)
    agreed(desk.office, "claims", "coverage")
    _said, task = desk.begin("claims")
    entry = desk.enter(task, "identity", "claims")
    assert desk.release(entry, "claims", why="HPAYMT") == "no basis"
    entry = desk.enter(task, "identity", "claims")
    assert desk.release(entry, "claims") == "sent"
    assert waits(desk.staff) == 1


def test_what_another_officer_began_of_the_same_person_stands(desk: Desk) -> None:
    agreed(desk.office, "claims")
    _said, task = desk.begin("claims")
    other = uuid4()
    desk.staff.ask(
        "insert into disclosures_task (id, account, subject, organisation, purpose, opens)"
        " select %s, gen_random_uuid(), subject, organisation, purpose, opens from disclosures_task where id = %s",
        [other, task],
    )
    assert desk.release(desk.enter(task, "identity", "claims"), "claims") == "sent"
    assert desk.staff.ask("select id from disclosures_task where subject = %s", [desk.person]) == [(other,)]


def test_of_two_who_send_one_at_once_one_sends(desk: Desk, web: psycopg.Connection, house: Cluster) -> None:
    agreed(desk.office, "claims")
    _said, task = desk.begin("claims")
    said: list[str] = []
    first = desk.enter(task, "identity", "claims")
    with house.connect("umr", "web", autocommit=True) as other, house.administer("wellkept_umr") as admin:
        admin.autocommit = True
        second = desk.enter(task, "identity", "claims", web=other)
        sender = threading.Thread(target=lambda: said.append(desk.release(second, "claims", web=other)))
        with held(web, first):
            row = web.execute(RELEASE, [desk.person, uuid4(), desk.office.id, "HOPERAT", ["claims"]]).fetchone()
            sender.start()
            while sender.is_alive() and not number(admin, WAITING):
                pass
        sender.join()
    assert (row, said, waits(desk.staff)) == (("sent",), ["no basis"], 1)


@pytest.mark.parametrize("by", ["agreement", "restriction", "standing", "contract"])
def test_what_waits_is_stopped_where_its_ground_ended_meanwhile(
    visit: Visit, staff: Staff, partner: Office, house: Cluster, tmp_path: Path, by: str
) -> None:
    one = agreed(partner, "claims")
    staff.ask("delete from notices_letter where printed_at is null")
    assert staff.post(visit("priya"), HERE, **form(one)).status_code == 302
    if by == "agreement":
        partner.change("update organisations_agreement set ends_at = now() where id = %s", one)
    elif by == "standing":
        partner.change("update organisations_organisation set standing = 'prior' where id = %s", partner.id)
    elif by == "restriction":
        restricted(staff, "claims")
    try:
        with contract(staff, "claims") if by == "contract" else nullcontext():
            assert printed(house, tmp_path) == []
    finally:
        partner.change("update organisations_organisation set standing = 'current' where id = %s", partner.id)
    assert "stopped before it was posted" in visit("maria").get("/member/privacy/left/").text
