"""The tries against the doors of organisations hold on a sound house, and find each control that is taken away."""

import pytest

from tests.proof.conftest import Altered, Without, failed
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import offices

pytestmark = pytest.mark.database
PROBES = (
    offices.only_administrators_say_who_comes_in,
    offices.an_invitation_is_for_one_person,
    offices.accounts_lapse,
    offices.each_audience_agrees_first,
)
ANYBODY = """
create or replace function wellkept.accounts_may_administer(p_secret bytea) returns text
  language plpgsql security definer set search_path = wellkept, pg_temp as $$ begin return 'yes'; end $$
"""
SHOWN_AGAIN = """
from wellkept.accounts import colleagues
inner = colleagues.invite
kept = {}
def again(secret, *, name, born, days):
    made = inner(secret, name=name, born=born, days=days)
    if made.answer == "yes":
        kept[name] = made
    return kept.get(name, made)
colleagues.invite = again
"""
NEVER_TAKEN_BACK = """
create function wellkept.never_taken_back() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger never_taken_back before delete on wellkept.accounts_accesscode
  for each row execute function wellkept.never_taken_back()
"""
AGREED = """
create or replace function wellkept.consent_unacknowledged(p_account uuid, p_role text)
  returns table (name text, version text, need text)
  language plpgsql stable security definer set search_path = wellkept, pg_temp as $$ begin return; end $$
"""


def body(ground: Ground, name: str) -> str:
    """A function as it is, to put it back."""
    with ground.connect("proof") as proof:
        row = proof.execute(
            "select pg_get_functiondef(p.oid) from pg_proc p where p.pronamespace = 'wellkept'::regnamespace"
            " and p.proname = %s",
            [name],
        ).fetchone()
    assert row
    return str(row[0])


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
def test_it_holds_on_a_sound_house(ground: Ground, probe: Probe) -> None:
    assert failed(probe, ground) == []


def test_it_finds_a_colleague_who_changes_who_comes_in(ground: Ground, altered: Altered) -> None:
    with altered(ANYBODY, body(ground, "accounts_may_administer")):
        found = failed(offices.only_administrators_say_who_comes_in, ground)
    assert found == ["Change who comes in, as a colleague who administers nothing"]


def test_it_finds_a_code_that_is_shown_again(without: Without) -> None:
    with without(after=SHOWN_AGAIN) as ground:
        assert failed(offices.an_invitation_is_for_one_person, ground) == ["See the code of an invitation again"]


def test_it_finds_a_withdrawn_code_that_still_works(ground: Ground, altered: Altered) -> None:
    back = "drop function wellkept.never_taken_back cascade"
    with altered(NEVER_TAKEN_BACK, back):
        assert failed(offices.an_invitation_is_for_one_person, ground) == ["Use a code that was taken back"]


def test_it_finds_sessions_that_outlive_their_account(ground: Ground, altered: Altered) -> None:
    on = "alter table wellkept.accounts_session {} trigger accounts_session_lapse"
    with altered(on.format("disable"), on.format("enable")):
        assert failed(offices.accounts_lapse, ground) == ["Keep a session longer than its account"]


def test_it_finds_accounts_that_last_longer(ground: Ground, altered: Altered) -> None:
    longer = "update wellkept.accounts_lapse set days = {}"
    with altered(longer.format(300), longer.format(90)):
        assert failed(offices.accounts_lapse, ground) == ["Find an account that is good for longer"]


def test_it_finds_a_door_that_opens_before_its_terms(ground: Ground, altered: Altered) -> None:
    with altered(AGREED, body(ground, "consent_unacknowledged")):
        found = failed(offices.each_audience_agrees_first, ground)
    assert {f"Come in as {offices.words(kind)} before any terms" for kind in offices.KINDS} <= set(found)


def test_it_finds_a_rule_that_asks_for_no_terms(ground: Ground, altered: Altered) -> None:
    rule = "update wellkept.access_rule set needs = '{}' where id = 'own-contact-agent'"
    with altered(rule, rule.replace("'{}'", "'{terms}'")):
        found = failed(offices.each_audience_agrees_first, ground)
    assert "Find a way around the terms" in found
