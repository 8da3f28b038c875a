"""What stays though an agreement is in force: by an employer's contract, for research, and to whoever has left."""

import psycopg
import pytest

from tests.access.opening import number, refusal
from tests.accounts.offices import Office
from tests.cluster import Cluster
from tests.web.desk.staff import Staff
from tests.web.privacy.conftest import Visit
from tests.web.privacy.test_releases import (
    HERE,
    Desk,
    agreed,
    contract,
    desk,
    form,
    nothing_leaves,
    partner,
    waits,
    web,
)  # fmt: skip

__all__ = ("desk", "nothing_leaves", "partner", "web")
pytestmark = pytest.mark.database


def test_what_the_contract_of_the_employer_keeps_in_stays_and_they_read_that_it_was_tried(
    visit: Visit, staff: Staff, partner: Office
) -> None:
    one, before = agreed(partner, "claims", "coverage"), staff.newest()
    with contract(staff, "claims"):
        answer = staff.post(visit("priya"), HERE, **form(one, opens=["claims", "coverage"]))
        assert (answer.status_code, waits(staff)) == (400, 0)
        assert "The contract of the employer of their plan keeps this here." in answer.text
        tried = [entry for entry in staff.entries("priya", before) if entry["kind"] == "release refused"]
        assert [one["reason"] for one in tried] == ["contract"]
        assert "the contract of the employer of your plan" in visit("maria").get("/member/privacy/openings/").text
        assert staff.post(visit("priya"), HERE, **form(one, opens=["coverage"])).status_code == 302
    with contract(staff, None, why="HPAYMT"), contract(staff, "claims", role="partner"):
        assert staff.post(visit("priya"), HERE, **form(one)).status_code == 302


def test_a_contract_that_begins_meanwhile_keeps_in_what_was_begun(desk: Desk) -> None:
    agreed(desk.office, "claims")
    _said, task = desk.begin("claims")
    entry = desk.enter(task, "identity", "claims")
    with contract(desk.staff, None):
        assert desk.release(entry, "claims") == "contract"
        assert desk.begin("claims")[0] == "contract"
    assert desk.release(desk.enter(task, "identity", "claims"), "claims") == "sent"


def test_nothing_leaves_to_an_organisation_that_has_left(desk: Desk, web: psycopg.Connection, visit: Visit) -> None:
    agreed(desk.office, "claims")
    offered = "select count(*) from wellkept.disclosures_recipients(%s) where organisation = %s"
    standing = "update organisations_organisation set standing = %s where id = %s"
    _said, task = desk.begin("claims")
    entry = desk.enter(task, "identity", "claims")
    assert number(web, offered, [desk.secret, desk.office.id]) == 1
    desk.office.change(standing, "prior", desk.office.id)
    try:
        assert desk.release(entry, "claims") == "no basis"
        assert refusal(web, desk.enter(task, "claims")) == "no agreement"
        assert desk.begin("claims")[0] == "no basis"
        assert number(web, offered, [desk.secret, desk.office.id]) == 0
        assert "Canary" not in visit("priya").get(HERE).text
    finally:
        desk.office.change(standing, "current", desk.office.id)


@pytest.mark.parametrize("kind", ["data_use", "business_associate", "affiliate"])
def test_for_research_only_a_limited_data_set_leaves(desk: Desk, house: Cluster, kind: str) -> None:
    with house.administer("wellkept_umr") as admin, admin.transaction(force_rollback=True):
        admin.execute("set search_path = wellkept")
        # As if such an agreement could be recorded; all of it is undone.
        checks = admin.execute(
            "select conname from pg_constraint where conrelid = 'organisations_agreement'::regclass and contype = 'c'"
            " and pg_get_constraintdef(oid) like '%HRESCH%'"
        ).fetchall()
        for (name,) in checks:
            admin.execute(f'alter table organisations_agreement drop constraint "{name}"')
        admin.execute(
            "insert into organisations_agreement (id, kind, organisation_id, number, digest, categories, purposes,"
            " begins_at, ends_at, recorded_by, recorded_actor, collected_under) values (gen_random_uuid(), %s, %s,"
            " 'R-1', sha256('x'), '{claims}', '{HRESCH}', now() - interval '1 day', now() + interval '1 day',"
            " gen_random_uuid(), 'O.', '')",
            [kind, desk.office.id],
        )
        asked = "select disclosures_based(%s, 'agreement', %s, 'HRESCH', '{claims}')"
        row = admin.execute(asked, [desk.person, desk.office.id]).fetchone()
    assert row == (kind == "data_use",)
