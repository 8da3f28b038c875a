"""The tries against versions hold on a sound house, and find what is lost, hidden, or told otherwise to programs."""

import pytest

from tests.cluster import Cluster
from tests.proof.conftest import Altered, Without, failed, template
from tests.proof.test_links import source
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import versions

pytestmark = pytest.mark.database
PROBES = (
    versions.each_sign_in_keeps_its_version,
    versions.nobody_meets_a_version_in_silence,
    versions.any_two_versions_can_be_compared,
    versions.programs_read_what_people_read,
)
NO_NOTICE = "settings.MIDDLEWARE.remove('wellkept.web.shell.unread.Unread')"
DEAF = """
from wellkept.accounts import visits
visits.say_read = lambda secret, **named: True
"""
UNCHANGED = """
from wellkept.web.site import history
history.changes = lambda before, after: []
"""
HIDDEN = """
from wellkept.web.site import history
history.posted = lambda pack, day: pack.versions[-1:]
"""
OTHER_WORDS = """
from dataclasses import replace
from wellkept.web.site import policy_data
inner = policy_data.speaking
def speaking(pack, version):
    for code, one in inner(pack, version):
        first = replace(one.clauses[0], text="We may.")
        yield code, replace(one, clauses=(first, *one.clauses[1:]))
policy_data.speaking = speaking
"""
FETCHED = """
from wellkept.web.site import policy_data
policy_data.CONTEXT = "https://elsewhere.example/context.jsonld"
"""
FLATTERING = """
from wellkept.web.site import policy_data
inner = policy_data.evidence_of
policy_data.evidence_of = lambda row, pack: inner(row, pack) | {"state": "holding"}
"""


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
def test_it_holds_on_a_sound_house(ground: Ground, probe: Probe) -> None:
    assert failed(probe, ground) == []


def test_it_finds_a_sign_in_that_keeps_no_version(ground: Ground, house: Cluster, altered: Altered) -> None:
    whole = source(house, "accounts_begin_session")
    forgetful = whole.replace("0), p_policy, p_method", "0), null, p_method")
    assert forgetful != whole
    with altered(forgetful, whole):
        found = failed(versions.each_sign_in_keeps_its_version, ground)
    assert found == ["Lose the version of a sign-in"]


def test_it_finds_a_version_that_is_forgotten(without: Without) -> None:
    page = template("entrance/met.html").replace('{% include "shell/versions_met.html" %}', "")
    with without(templates={"entrance/met.html": page}) as ground:
        assert failed(versions.each_sign_in_keeps_its_version, ground) == ["Forget it when the sign-in ends"]


def test_it_finds_a_version_met_in_silence(without: Without) -> None:
    with without(before=NO_NOTICE) as ground:
        found = failed(versions.nobody_meets_a_version_in_silence, ground)
    assert found == ["Meet a version of the policy in silence"]


def test_it_finds_a_reader_who_is_asked_again(without: Without, altered: Altered) -> None:
    unread = "update wellkept.accounts_met set read_at = null"
    with altered(unread, "select 1"), without(after=DEAF) as ground:
        found = failed(versions.nobody_meets_a_version_in_silence, ground)
    assert found == ["Ask again whoever has read it"]


def test_it_finds_a_word_that_is_hidden(without: Without) -> None:
    with without(after=UNCHANGED) as ground:
        assert failed(versions.any_two_versions_can_be_compared, ground) == ["Hide a word that came or went"]


def test_it_finds_a_version_that_was_taken_away(without: Without) -> None:
    with without(after=HIDDEN) as ground:
        assert "Take a version away" in failed(versions.any_two_versions_can_be_compared, ground)


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (OTHER_WORDS, ["Tell programs other words"]),
        (FLATTERING, ["Tell programs another state"]),
        (FETCHED, ["Have its reader ask another site"]),
    ],
    ids=["words", "state", "context"],
)
def test_it_finds_what_is_told_otherwise_to_programs(without: Without, change: str, names: list[str]) -> None:
    with without(after=change) as ground:
        assert failed(versions.programs_read_what_people_read, ground) == names
