"""The tries against the lock hold on a sound house, and find each piece of it that is taken away."""

import re

import pytest

from tests.cluster import Cluster
from tests.proof.conftest import Altered, failed, one
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import lock

pytestmark = pytest.mark.database
RULE = (
    "insert into wellkept.access_rule (id, role, relationship, purpose, category, needs, clause)"
    " values ('behind', 'member', 'self', '{}', 'claims', '{{}}', 'U-12')"
)
NO_RULE = "delete from wellkept.access_rule where id = 'behind'"
PROBES = (
    lock.nothing_without_an_entry,
    lock.no_rollback_hides_an_opening,
    lock.every_other_purpose_is_refused,
    lock.the_database_holds_the_declared_rules,
    lock.nothing_opens_without_an_agreement,
    lock.no_purpose_sells,
    lock.the_release_role_reads_nothing,
    lock.no_role_reaches_another_operator,
    lock.why_agrees_with_the_gate,
    lock.a_budget_stops_a_surge,
)


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
def test_it_holds_on_a_sound_house(ground: Ground, probe: Probe) -> None:
    assert failed(probe, ground) == []


def test_it_finds_a_table_whose_policy_was_dropped(ground: Ground, house: Cluster, altered: Altered) -> None:
    with house.administer("wellkept_umr") as connection:
        test = one(
            connection, "select qual from pg_policies where tablename = 'benefits_claim' and policyname = 'opened'"
        )
        roles = one(
            connection,
            "select array_to_string(roles, ', ') from pg_policies where tablename = 'benefits_claim' and "
            "policyname = 'opened'",
        )
    back = (
        "set search_path = wellkept;"
        f"create policy opened on wellkept.benefits_claim to {roles} using ({test}) with check ({test})"
    )
    with altered("drop policy opened on wellkept.benefits_claim", back):
        assert "Find a table without its lock" in failed(lock.nothing_without_an_entry, ground)
    assert failed(lock.nothing_without_an_entry, ground) == []


def test_it_finds_a_second_way_in(ground: Ground, altered: Altered) -> None:
    back = "drop policy aside on wellkept.benefits_claim"
    with altered("create policy aside on wellkept.benefits_claim to umr_web using (true)", back):
        found = failed(lock.nothing_without_an_entry, ground)
    assert found[:2] == ["Read records with no entry", "Find a table without its lock"]


def test_it_finds_a_hold_that_takes_an_uncommitted_entry(ground: Ground, house: Cluster, altered: Altered) -> None:
    with house.administer("wellkept_umr") as connection:
        hold = one(connection, "select pg_get_functiondef('wellkept.gate_hold'::regproc)")
    loose = re.sub(r"e\.xact = pg_current_xact_id\(\) or |perform wellkept\.require_durable\([^)]*\);", "", hold)
    assert loose != hold
    with altered(loose, hold):
        assert failed(lock.no_rollback_hides_an_opening, ground) == ["Read under a note that is not saved yet"]


def test_it_finds_a_rule_that_was_added_behind_the_pack(ground: Ground, altered: Altered) -> None:
    with altered(RULE.format("HRESCH"), NO_RULE):
        assert failed(lock.every_other_purpose_is_refused, ground) == ["Open a record for every other purpose"]
        assert failed(lock.the_database_holds_the_declared_rules, ground) == ["Find a rule nobody declared"]


def test_it_finds_a_declared_rule_that_is_gone(ground: Ground, altered: Altered) -> None:
    gone = "update wellkept.access_rule set id = 'hidden' where id = 'caller-search'"
    back = "update wellkept.access_rule set id = 'caller-search' where id = 'hidden'"
    with altered(gone, back):
        assert "Find a declared rule that is gone" in failed(lock.the_database_holds_the_declared_rules, ground)


def test_it_finds_a_budget_that_was_lifted(ground: Ground, altered: Altered) -> None:
    lifted = "update wellkept.access_budget set people_an_hour = {} where role = 'representative'"
    with altered(lifted.format("null"), lifted.format(ground.pack.budgets["representative"])):  # type: ignore[index]
        assert failed(lock.a_budget_stops_a_surge, ground) == ["Look up one person too many"]


def test_it_finds_a_rule_that_needs_no_agreement(ground: Ground, altered: Altered) -> None:
    needs = "update wellkept.access_rule set needs = '{}' where id = 'caller-search'"
    with altered(needs, needs.replace("{}", "{agreement}")):
        assert failed(lock.nothing_opens_without_an_agreement, ground) == ["Find a way around the agreement"]


def test_it_finds_a_purpose_of_sale(ground: Ground, altered: Altered) -> None:
    with altered(RULE.format("HMARKT"), NO_RULE):
        assert len(failed(lock.no_purpose_sells, ground)) == 2


def test_it_finds_a_grant_to_the_release_role(ground: Ground, altered: Altered) -> None:
    grant = "grant select (id) on wellkept.benefits_claim to umr_release"
    with altered(grant, "revoke all (id) on wellkept.benefits_claim from umr_release"):
        assert failed(lock.the_release_role_reads_nothing, ground) == ["Take records out"]


def test_it_finds_a_role_that_reaches_another_operator(ground: Ground, altered: Altered) -> None:
    grant = "grant connect on database wellkept_pwer to umr_web"
    with altered(grant, "revoke connect on database wellkept_pwer from umr_web"):
        assert failed(lock.no_role_reaches_another_operator, ground) == ["Reach another operator's records"]


def test_it_finds_an_explanation_that_is_not_true(ground: Ground, altered: Altered) -> None:
    with altered(RULE.format("HRESCH"), NO_RULE):
        assert failed(lock.why_agrees_with_the_gate, ground) == ["Catch an explanation that is not true"]
