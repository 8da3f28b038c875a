"""The tries against the policy hold on a sound house, and find silence, other words, and a start that should not be."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from os import environ
from pathlib import Path

import pytest

from tests.proof.conftest import Altered, Without, failed, template
from wellkept.policy import packs
from wellkept.proof.ground import Ground, Probe, Said
from wellkept.proof.probes import policy

pytestmark = pytest.mark.database
PROBES = (
    policy.a_page_says_how_long_each_category_is_kept,
    policy.the_page_shows_the_posted_text,
    policy.every_clause_is_bound,
    policy.every_promise_shows_its_newest_try,
)
REHEARSED = (policy.a_new_version_is_announced, policy.two_versions_can_be_compared)
UNCHECKED = """
from wellkept.cli import main, serve
from wellkept.policy import check
check.problems = lambda *given, **named: []
serve.supervise = lambda children, **named: None
main(prog_name="wellkept")
"""
SILENT = """
from wellkept.web.shell import context
context.policy_notice = lambda pack: None
"""
UNCHANGED = """
from wellkept.web.site import history
history.changes = lambda before, after: []
"""
NO_DATABASE = """
settings.DATABASES["default"]["HOST"] = "127.0.0.1"
settings.DATABASES["default"]["PORT"] = 1
settings.DATABASES["default"]["OPTIONS"]["pool"]["timeout"] = 0.5
"""
FOREVER = """
from wellkept.proof import queries
queries.FRESH = 3600.0
"""
BOOT = [sys.executable, "-c", "import wellkept.config.wsgi"]


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
def test_it_holds_on_a_sound_house(ground: Ground, probe: Probe) -> None:
    assert failed(probe, ground) == []


def test_it_holds_in_a_rehearsal(rehearsed_without: Without) -> None:
    with rehearsed_without() as ground:
        assert [name for probe in REHEARSED for name in failed(probe, ground)] == []


def test_it_finds_a_kind_of_data_without_a_time(without: Without) -> None:
    page = template("site/keeping.html").replace('{% include "shell/table.html" %}', "")
    with without(templates={"site/keeping.html": page}) as ground:
        found = failed(policy.a_page_says_how_long_each_category_is_kept, ground)
    assert found == ["Find a kind of data without a time"]


def test_it_finds_changed_text_of_a_posted_version(ground: Ground, tmp_path: Path) -> None:
    copy = tmp_path / "umr"
    shutil.copytree(ground.pack.folder, copy)
    path = copy / "policy" / ground.pack.versions[-1].path.name
    path.write_text(path.read_text(encoding="utf-8").replace("under any circumstances", "as a rule"), encoding="utf-8")
    assert failed(policy.the_page_shows_the_posted_text, replace(ground, pack=packs.load(copy))) == [
        "Find a promise with other words",
        "Find a promise the page leaves out",
    ]


def test_it_finds_a_new_version_that_is_not_announced(rehearsed_without: Without) -> None:
    with rehearsed_without(after=SILENT) as ground:
        assert failed(policy.a_new_version_is_announced, ground) == ["Find a page without the notice"]


def test_it_finds_a_change_that_is_not_shown(rehearsed_without: Without) -> None:
    with rehearsed_without(after=UNCHANGED) as ground:
        assert failed(policy.two_versions_can_be_compared, ground) == ["Change one word in silence"]


def test_it_finds_a_start_with_a_promise_that_nothing_keeps(ground: Ground) -> None:
    def say(words: tuple[str, ...], more: Mapping[str, str]) -> Said:
        done = subprocess.run(
            [sys.executable, "-c", UNCHECKED, *words],
            capture_output=True,
            text=True,
            check=False,
            env=environ | dict(more),
        )
        return Said(done.returncode, done.stdout + done.stderr)

    assert failed(policy.every_clause_is_bound, replace(ground, say=say)) == ["Start with a promise that nothing keeps"]


def test_it_finds_a_promise_without_its_newest_try(without: Without) -> None:
    with without(templates={"site/attempts.html": ""}) as ground:
        assert failed(policy.every_promise_shows_its_newest_try, ground) == ["Find a try that is not shown"]


def test_it_finds_a_verdict_that_is_too_old(without: Without, altered: Altered) -> None:
    worse = (
        "insert into wellkept.proof_try (run, control, name, sentence, outcome, held, at)"
        " select run, control, 'Worse', 'We tried it again.', 'Found', false, now() - interval '16 s'"
        " from wellkept.proof_try where control = 'age-first' and name = 'Try'"
    )
    with without(after=FOREVER) as ground:
        ground.ask("/how-we-keep-it/")
        with altered(worse, "delete from wellkept.proof_try where name = 'Worse'"):
            found = failed(policy.every_promise_shows_its_newest_try, ground)
    assert found == ["Find an old verdict", "Find a try that is not shown"]


def test_it_knows_what_the_operator_attests_beside_what_is_tried(ground: Ground, altered: Altered) -> None:
    tried = (
        "insert into wellkept.proof_try (run, control, name, sentence, outcome, held, at)"
        " select run, 'control-totals', 'Tried', 'We tried it.', 'Refused', true, now() - interval '16 s'"
        " from wellkept.proof_try where control = 'age-first' and name = 'Try'"
    )
    with altered(tried, "delete from wellkept.proof_try where name = 'Tried'"):
        assert failed(policy.every_promise_shows_its_newest_try, ground) == []


def test_a_page_says_when_the_evidence_cannot_be_read(without: Without) -> None:
    with without(before=NO_DATABASE) as ground:
        page = ground.ask("/policy/u-31/").text
    assert "Not known now." in page
    assert "Nothing has tried to break this promise" not in page
    assert "No try has been recorded" not in page


def test_a_web_server_does_not_start_with_a_promise_that_nothing_keeps(ground: Ground) -> None:
    with policy.spoiled(ground, "Kept by: ", "Kept by: nothing-at-all, ") as folder:
        done = subprocess.run(
            BOOT, capture_output=True, text=True, check=False, env=environ | {"WELLKEPT_OPERATORS": str(folder)}
        )
    assert done.returncode == 3
    assert 'is kept by "nothing-at-all", and no control has that id.' in done.stderr
    assert "Traceback" not in done.stderr


def test_a_web_server_does_not_start_where_the_database_decides_otherwise(altered: Altered) -> None:
    told = "update wellkept.access_rule set clause = '{}' where id = 'caller-search'"
    with altered(told.format("U-01"), told.format("U-31")):
        done = subprocess.run(BOOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        3,
        "The database decides by other rules than access.toml: run `wellkept db migrate`.\n",
    )
