"""Changes to the policy are posted on its page, old and new words side by side."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.web.conftest import Visit
from wellkept.policy import packs
from wellkept.policy.shapes import Pack
from wellkept.web.shell import serving
from wellkept.web.site import history


def revised() -> Pack:
    """UMR with a second version posted today: the first promise reworded, the second gone, one new."""
    pack = packs.named("umr")
    first = pack.versions[0]
    one, two, *rest = first.clauses
    reworded = replace(one, text="Other words.", body_html="<p>Other words.</p>")
    new = replace(two, id="U-99", heading="A new promise", text="New.", body_html="<p>New.</p>")
    today = max(serving.today(pack), first.effective + timedelta(days=1))
    second = replace(first, version="second", posted=today, effective=today, clauses=(reworded, *rest, new))
    return replace(pack, versions=(first, second))


@pytest.fixture
def pack(monkeypatch: pytest.MonkeyPatch) -> Pack:
    found = revised()
    monkeypatch.setattr(serving, "pack", lambda: found)
    monkeypatch.setattr(serving, "today", lambda _pack: found.versions[1].posted)
    return found


def test_changes_are_what_reads_otherwise_what_is_new_and_what_went() -> None:
    first, second = revised().versions
    found = history.changes(first, second)
    assert [one.id for one in found] == ["U-01", "U-99", "U-02"]
    assert found[1].before is None
    assert found[2].after is None


def test_how_a_promise_is_kept_is_no_change_of_its_words() -> None:
    first = packs.named("umr").versions[0]
    kept = tuple(replace(clause, kept_by=("other",), not_kept=None) for clause in first.clauses)
    assert history.changes(first, replace(first, clauses=kept)) == []


def test_old_and_new_words_stand_side_by_side(visit: Visit, pack: Pack) -> None:
    page = visit("umr").get("/policy/versions/second/changes/").text
    assert pack.versions[0].clauses[0].body_html in page
    assert "Other words." in page
    assert "This promise is new." in page
    assert "This promise was taken out." in page


def test_the_first_version_changed_nothing_before_it(visit: Visit, pack: Pack) -> None:
    name = pack.versions[0].version
    assert visit("umr").get(f"/policy/versions/{name}/changes/").status_code == 404


def test_a_promise_shows_how_it_read_before(visit: Visit, pack: Pack) -> None:
    page = visit("umr").get("/policy/u-01/").text
    assert "Other wordings" in page
    assert pack.versions[0].clauses[0].body_html in page


def test_an_earlier_version_says_that_it_is_not_in_force(visit: Visit, pack: Pack) -> None:
    client = visit("umr")
    assert "not the version in force" in client.get(f"/policy/versions/{pack.versions[0].version}/").text
    assert "not the version in force" not in client.get("/policy/versions/second/").text


def test_a_version_is_not_shown_before_it_is_posted(visit: Visit, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "today", lambda _pack: pack.versions[1].posted - timedelta(days=1))
    client = visit("umr")
    assert client.get("/policy/versions/second/").status_code == 404
    assert client.get("/policy/versions/second/changes/").status_code == 404
    assert "Other words." not in client.get("/policy/u-01/").text


@pytest.mark.usefixtures("pack")
@pytest.mark.parametrize("path", ["/", "/contact/", "/policy/u-01/", "/no-such-page/"])
def test_a_new_version_is_announced_on_every_page(visit: Visit, path: str) -> None:
    assert "Our privacy policy has a new version" in visit("umr").get(path).text
