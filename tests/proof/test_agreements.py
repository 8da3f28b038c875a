"""The tries against agreements hold on a sound house, and find each control that is taken away."""

import pytest

from tests.proof.conftest import Altered, failed
from tests.proof.test_offices import body
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import agreements

pytestmark = pytest.mark.database
PROBES = (
    agreements.nothing_is_reached_without_an_agreement,
    agreements.only_the_privacy_office_agrees,
    agreements.a_contract_cannot_widen,
    agreements.each_audience_signs_before_it_opens,
)
DEFINER = " language plpgsql stable security definer set search_path = wellkept, pg_temp as $$ begin {} end $$"
APPOINTED = (
    "create or replace function wellkept.organisations_appointed(p_agent uuid, p_employer uuid, p_purpose text,"
    " p_category text) returns boolean"
    + DEFINER.format(
        "return exists (select 1 from wellkept.organisations_agreement a where a.organisation_id = p_agent"
        " and a.with_id = p_employer and {});"
    )
)
IN_FORCE = "a.begins_at <= now() and a.ends_at > now()"
COVERS = "p_purpose = any (a.purposes) and p_category = any (a.categories)"
ANYBODY = (
    "create or replace function wellkept.organisations_officer(p_secret bytea, out account uuid, out actor text,"
    " out occasion uuid, out proved boolean)"
    + DEFINER.format("account := gen_random_uuid(); actor := 'Anybody'; proved := true;")
)
ANYTHING = (
    "create or replace function wellkept.organisations_narrow(p_secret bytea, p_id uuid, p_plan uuid, p_number text,"
    " p_role text, p_purpose text, p_opens text, p_begins date, p_ends date, p_collected_under text) returns text"
    " language plpgsql security definer set search_path = wellkept, pg_temp as $$ begin return 'done'; end $$"
)


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
def test_it_holds_on_a_sound_house(ground: Ground, probe: Probe) -> None:
    assert failed(probe, ground) == []


@pytest.mark.parametrize(
    ("instead", "found"),
    [
        (f"a.ended_at is null and {COVERS}", ["Reach an employer with an appointment that has not begun"]),
        (f"{IN_FORCE} and {COVERS}", ["Reach an employer with an appointment that was ended"]),
        (
            f"a.ended_at is null and {IN_FORCE} and p_purpose = any (a.purposes)",
            ["Reach an employer with an appointment that covers other data"],
        ),
        (
            f"a.ended_at is null and {IN_FORCE} and p_category = any (a.categories)",
            ["Reach an employer with an appointment for another purpose"],
        ),
    ],
)
def test_it_finds_an_appointment_that_opens_too_much(
    ground: Ground, altered: Altered, instead: str, found: list[str]
) -> None:
    with altered(APPOINTED.format(instead), body(ground, "organisations_appointed")):
        assert failed(agreements.nothing_is_reached_without_an_agreement, ground) == found


def test_it_finds_appointments_that_nobody_looks_into(ground: Ground, altered: Altered) -> None:
    always = (
        "create or replace function wellkept.organisations_appointed(p_agent uuid, p_employer uuid, p_purpose text,"
    )
    always += " p_category text) returns boolean" + DEFINER.format("return true;")
    with altered(always, body(ground, "organisations_appointed")):
        found = failed(agreements.nothing_is_reached_without_an_agreement, ground)
    assert len(found) == 4


def test_it_finds_somebody_else_who_agrees(ground: Ground, altered: Altered) -> None:
    with altered(ANYBODY, body(ground, "organisations_officer")):
        found = failed(agreements.only_the_privacy_office_agrees, ground)
    assert "Record an agreement as a member" in found
    assert "Record an agreement, signed out" in found


def test_it_finds_a_table_that_pages_read(ground: Ground, altered: Altered) -> None:
    give = "grant select on wellkept.organisations_agreement to umr_web"
    with altered(give, give.replace("grant", "revoke").replace(" to ", " from ")):
        assert failed(agreements.only_the_privacy_office_agrees, ground) == ["Read agreements from the tables"]


def test_it_finds_a_contract_that_names_more(ground: Ground, altered: Altered) -> None:
    with altered(ANYTHING, body(ground, "organisations_narrow")):
        assert len(failed(agreements.a_contract_cannot_widen, ground)) == 5


def test_it_finds_an_audience_that_owes_no_agreement(ground: Ground, altered: Altered) -> None:
    later = "update wellkept.consent_document set effective = {} where name = 'agent-agreement'"
    with altered(later.format("now() + interval '1 year'"), later.format("timestamptz '2026-11-01 05:00+00'")):
        found = failed(agreements.each_audience_signs_before_it_opens, ground)
    assert found == ["Come in as somebody of an agency without the agreement"]


@pytest.mark.parametrize(("rule", "needs"), [("case-payment", "agreement"), ("child-record", "terms")])
def test_it_finds_a_rule_that_asks_for_no_agreement(ground: Ground, altered: Altered, rule: str, needs: str) -> None:
    put = f"update wellkept.access_rule set needs = string_to_array('%s', ' ') where id = '{rule}'"
    with altered(put % "", put % needs):
        found = failed(agreements.each_audience_signs_before_it_opens, ground)
    assert found == ["Find a rule without an agreement to sign"]


def test_it_finds_a_rule_that_lets_an_organisation_in_without_one(ground: Ground, altered: Altered) -> None:
    rule = (
        "insert into wellkept.access_rule (id, role, relationship, purpose, category, needs, clause)"
        " values ('try', 'partner', 'case', 'HOPERAT', 'claims', '{agreement}', 'P-08')"
    )
    with altered(rule, "delete from wellkept.access_rule where id = 'try'"):
        found = failed(agreements.each_audience_signs_before_it_opens, ground)
    assert found == ["Find a rule without an agreement in force"]
