"""The tries to open a record for an organisation hold, and find each control taken away."""

import pytest

from tests.proof.conftest import Altered, failed
from tests.proof.test_consent import as_it_is
from wellkept.proof.ground import Ground
from wellkept.proof.probes.releasing import an_agreement_bounds_what_leaves

pytestmark = pytest.mark.database
TIES = (
    "create or replace function wellkept.disclosures_ties(p_account uuid, p_subject uuid, p_occasion uuid)"
    " returns text[] language plpgsql stable security definer set search_path = wellkept, pg_temp"
    " as $$ begin return '{release}'; end $$"
)
RELEASING = (
    "create or replace function wellkept.disclosures_releasing(p_account uuid, p_subject uuid, p_purpose text,"
    " p_category text) returns boolean language plpgsql stable security definer"
    " set search_path = wellkept, pg_temp as $$ begin return true; end $$"
)


def test_it_holds_on_a_sound_house(ground: Ground) -> None:
    assert failed(an_agreement_bounds_what_leaves, ground) == []


def test_it_finds_a_record_that_opens_with_no_release_begun(ground: Ground, altered: Altered) -> None:
    with (
        altered(TIES, as_it_is(ground, "disclosures_ties")),
        altered(RELEASING, as_it_is(ground, "disclosures_releasing")),
    ):
        found = failed(an_agreement_bounds_what_leaves, ground)
    assert found == ["Open a record to send it on, with no release begun"]


def test_it_finds_a_release_that_anybody_begins(ground: Ground, altered: Altered) -> None:
    kept = as_it_is(ground, "disclosures_begin")
    anybody = kept.replace("wellkept.watch_officer(p_secret)", "wellkept.people_life_desk(p_secret)")
    assert anybody != kept
    with altered(anybody, kept):
        assert failed(an_agreement_bounds_what_leaves, ground) == ["Begin a release as customer service"]
