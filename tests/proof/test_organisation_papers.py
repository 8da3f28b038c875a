"""The tries against papers of organisations hold on a sound house, and find each control that is taken away (U-42)."""

import pytest

from tests.proof.conftest import Altered, failed
from tests.proof.test_offices import body
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import organisation_papers as papers

pytestmark = pytest.mark.database
PROBES = (
    papers.papers_open_by_ticket_alone,
    papers.customers_of_all_times_read_their_own,
    papers.each_look_at_papers_is_listed,
)
ANYBODY = """
create or replace function wellkept.organisations_ties(p_account uuid, p_subject uuid, p_occasion uuid) returns text[]
  language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
begin return '{own_organisation,organisation_administrator}'; end $$
"""
RULE = (
    "insert into wellkept.access_rule (id, role, relationship, purpose, category, needs, clause)"
    " values ('papers-of-anybody', 'representative', 'none', 'HOPERAT', 'papers', '{}', 'U-42')"
)
NO_RULE = "delete from wellkept.access_rule where id = 'papers-of-anybody'"
NEEDS = "update wellkept.access_rule set needs = {} where id = 'own-papers-provider'"
LOOSE = "alter table wellkept.organisations_paper {} row level security"


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
def test_it_holds_on_a_sound_house(ground: Ground, probe: Probe) -> None:
    assert failed(probe, ground) == []


def test_it_finds_papers_that_anybody_s_organisation_opens(ground: Ground, altered: Altered) -> None:
    with altered(ANYBODY, body(ground, "organisations_ties")):
        found = failed(papers.papers_open_by_ticket_alone, ground)
    assert {f"Open a clinic's papers as {who}" for who in ("another clinic", "an employer", "an agent")} <= set(found)


def test_it_finds_a_rule_that_asks_for_no_case(ground: Ground, altered: Altered) -> None:
    with altered(RULE, NO_RULE):
        found = failed(papers.papers_open_by_ticket_alone, ground)
    assert found == ["Open a clinic's papers as a representative without a case"]


def test_it_finds_papers_that_no_lock_protects(ground: Ground, altered: Altered) -> None:
    with altered(LOOSE.format("disable"), LOOSE.format("enable")):
        found = failed(papers.papers_open_by_ticket_alone, ground)
    assert found == ["Read papers without an entry"]


def test_it_finds_papers_kept_among_somebody_else_s(ground: Ground, altered: Altered) -> None:
    kept = body(ground, "organisations_keep_paper")
    loose = kept.replace("p_organisation = any (wellkept.held_subjects())", "true")
    loose = loose.replace(
        "if not found then return 'no'; end if;", "v_standing := coalesce(v_standing, 'current');", 1
    ).replace("'{papers}'", "wellkept.held_categories()")
    loose = loose.replace("if v_theirs then", "if false then")
    seen = "create policy everything on wellkept.organisations_paper for select using (true)"
    with altered(f"{loose}; {seen}", f"drop policy everything on wellkept.organisations_paper; {kept}"):
        found = failed(papers.customers_of_all_times_read_their_own, ground)
    assert "Put a paper among somebody else's" in found


def test_it_finds_a_rule_for_some_customers_alone(ground: Ground, altered: Altered) -> None:
    asks = "(select a.needs from wellkept.access_rule a where a.id = 'own-papers-employer' limit 1)"
    with altered(NEEDS.format("'{terms}'"), NEEDS.format(asks)):
        found = failed(papers.customers_of_all_times_read_their_own, ground)
    assert "Find papers that only some customers read" in found


def test_it_finds_a_list_that_leaves_refusals_out(ground: Ground, altered: Altered) -> None:
    whole = body(ground, "organisations_openings")
    mute = whole.replace("(m.kind = 'refused' and", "(false and")
    mute = mute.replace("where (m.categories &&", "where (m.kind <> 'refused' and m.categories &&")
    assert (mute.count("(false and"), mute.count("m.kind <> 'refused'")) == (1, 1)
    with altered(mute, whole):
        found = failed(papers.each_look_at_papers_is_listed, ground)
    assert "Ask in vain without being listed" in found


def test_it_finds_a_list_that_a_colleague_opens(ground: Ground, altered: Altered) -> None:
    rule = "update wellkept.access_rule set relationship = '{}' where id = 'papers-openings-provider'"
    with altered(rule.format("own_organisation"), rule.format("organisation_administrator")):
        found = failed(papers.each_look_at_papers_is_listed, ground)
    assert found == ["Read the list as a colleague"]
