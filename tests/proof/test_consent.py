"""The tries to send something out and to open what is restricted hold, and find each control taken away."""

import pytest

from tests.proof.conftest import Altered, failed, one
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import consent

pytestmark = pytest.mark.database
PROBES = (consent.nothing_leaves_without_a_word, consent.no_word_makes_a_sale, consent.a_restriction_counts_at_once)
YES = (
    "create or replace function wellkept.{} returns boolean language plpgsql {} security definer"
    " set search_path = wellkept, pg_temp as $$ begin return {}; end $$"
)
BASED = "disclosures_based(p_person uuid, p_basis text, p_basis_id uuid, p_purpose text, p_opens text[])"
LETS = "consent_lets_out(p_person uuid, p_id uuid, p_purpose text, p_opens text[])"
RESTRICTS = "consent_restricts(p_subject uuid, p_role text, p_purpose text, p_category text)"


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
def test_it_holds_on_a_sound_house(ground: Ground, probe: Probe) -> None:
    assert failed(probe, ground) == []


def as_it_is(ground: Ground, name: str) -> str:
    """The text of a function, by which it is put back."""
    with ground.connect("proof") as proof:
        return one(proof, "select pg_get_functiondef(%s::regproc)", f"wellkept.{name.partition('(')[0]}")


def test_it_finds_what_leaves_on_any_ground(ground: Ground, altered: Altered) -> None:
    with altered(YES.format(BASED, "stable", "true"), as_it_is(ground, BASED)):
        found = failed(consent.nothing_leaves_without_a_word, ground)
    assert "Send it with no word" in found
    assert "Send it after it was taken back" in found


def test_it_finds_a_word_that_outlives_its_end(ground: Ground, altered: Altered) -> None:
    kept = as_it_is(ground, LETS)
    longer = kept.replace("and a.revoked is null", "").replace("and a.expires > clock_timestamp()", "")
    assert longer != kept
    with altered(longer, kept):
        found = failed(consent.nothing_leaves_without_a_word, ground)
    assert found == ["Send it after its last day", "Send it after it was taken back"]


def test_it_finds_a_letter_that_a_page_writes_by_hand(ground: Ground, altered: Altered) -> None:
    trigger = "alter table wellkept.notices_letter {} trigger disclosures_alone"
    with altered(trigger.format("disable"), trigger.format("enable")):
        assert failed(consent.nothing_leaves_without_a_word, ground) == ["Write such a letter by hand"]


def test_it_finds_a_release_without_its_conditions(ground: Ground, altered: Altered) -> None:
    kept = as_it_is(ground, "disclosures_release")
    bare = kept.replace("coalesce(length(p_conditions), 0) = 0 or", "")
    assert bare != kept
    with altered(bare, kept):
        assert failed(consent.nothing_leaves_without_a_word, ground) == ["Send it without conditions"]


def test_it_finds_a_word_that_makes_a_sale(ground: Ground, altered: Altered) -> None:
    kept = as_it_is(ground, "consent_authorize")
    sold = kept.replace("'HRESCH')", "'HRESCH', 'SALE')")
    assert sold != kept
    with altered(sold, kept):
        assert failed(consent.no_word_makes_a_sale, ground) == ["Sign for a sale"]


def test_it_finds_a_restriction_that_the_gate_does_not_ask_about(ground: Ground, altered: Altered) -> None:
    with altered(YES.format(RESTRICTS, "stable", "false"), as_it_is(ground, RESTRICTS)):
        assert failed(consent.a_restriction_counts_at_once, ground) == ["Open what is restricted"]
