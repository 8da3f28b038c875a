"""Changes to the policy are posted on its page, old and new words side by side."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.web.conftest import Visit
from wellkept.policy import controls, packs
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
    monkeypatch.setattr(packs, "today", lambda _pack: found.versions[1].posted)
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


def said(page: str) -> str:
    """What a page holds in the main part, one space between words."""
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


def test_old_and_new_words_stand_side_by_side_marked_in_words_and_not_by_colour_alone(visit: Visit, pack: Pack) -> None:
    page = visit("umr").get("/policy/versions/second/changes/").text
    assert f"[taken out: {' '.join(pack.versions[0].clauses[0].text.split())}]" in said(page)
    assert "[new: Other words.]" in said(page)
    assert page.count("<ins>") == page.count("</ins>") > 0
    assert page.count("<del>") == page.count("</del>") > 0
    assert "This promise is new." in page
    assert "This promise was taken out." in page


def test_a_changed_introduction_is_a_change_too() -> None:
    first, second = revised().versions
    assert history.introduction(first, second) is None
    was, now = history.introduction(first, replace(second, introduction="Hello you.\n\nAnd you.")) or ((), ())
    assert "".join(piece.text for run in was for piece in run).split() == first.introduction.split()
    assert [piece.mark for run in now for piece in run] == ["added"] * len(now)
    assert len(now) == 2


def test_what_keeps_a_promise_is_listed_where_it_changed(
    visit: Visit, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, address = visit("umr"), "/policy/versions/second/changes/"
    assert "What keeps our promises changed" not in client.get(address).text
    first, second = pack.versions
    one, two, *rest = second.clauses
    moved = replace(
        second, clauses=(one, replace(two, kept_by=("age-first", "gone"), not_kept="Broken, 2026-11-22"), *rest)
    )
    monkeypatch.setattr(serving, "pack", lambda: replace(pack, versions=(first, moved)))
    sentence = controls.house()["age-first"].sentence
    (found,) = history.rekept(first, moved)
    assert (found.id, found.came, found.is_not_kept) == (two.id, (sentence, "gone"), "Broken")
    page = said(client.get(address).text)
    assert "What keeps our promises changed" in page
    assert f"New keeper{sentence}" in page


@pytest.mark.usefixtures("pack")
def test_two_versions_have_one_address_whichever_is_named_first(visit: Visit) -> None:
    name = packs.named("umr").versions[0].version
    answer = visit("umr").get(f"/policy/compare/second/{name}/")
    assert answer.headers["Location"] == f"/policy/compare/{name}/second/"


@pytest.mark.parametrize("path", ["compare/", "compare/second/third/", "compare/x/second/"])
@pytest.mark.usefixtures("pack")
def test_what_is_no_version_has_no_comparison(visit: Visit, path: str) -> None:
    assert visit("umr").get(f"/policy/{path}").status_code == 404


def test_any_two_versions_can_be_compared(visit: Visit, pack: Pack) -> None:
    client, name = visit("umr"), pack.versions[0].version
    page = client.get(f"/policy/compare/{name}/second/").text
    assert "[new: Other words.]" in said(page)
    assert "one and the same version" in client.get("/policy/compare/second/second/").text
    everything = client.get("/policy/versions/").text
    assert f'href="/policy/compare/{name}/second/"' in everything
    assert "<select" not in everything
    assert all(f'href="/policy/versions/{one.version}/"' in everything for one in pack.versions)


def test_the_first_version_changed_nothing_before_it(visit: Visit, pack: Pack) -> None:
    name = pack.versions[0].version
    assert visit("umr").get(f"/policy/versions/{name}/changes/").status_code == 404


def test_a_promise_shows_how_it_read_before(visit: Visit, pack: Pack) -> None:
    page = said(visit("umr").get("/policy/u-01/").text)
    assert "How this promise read over time" in page
    assert " ".join(pack.versions[0].clauses[0].text.split()) in page
    assert "[new: Other words.]" in page


def test_a_promise_whose_words_stayed_says_since_when(visit: Visit, pack: Pack) -> None:
    stayed = pack.versions[1].clauses[2].id
    assert len(history.wordings(pack.versions, stayed)) == 1
    assert "It has had the same words since" in visit("umr").get(f"/policy/{stayed.lower()}/").text


def test_an_earlier_version_says_that_it_is_not_in_force(visit: Visit, pack: Pack) -> None:
    client = visit("umr")
    assert "not the version in force" in client.get(f"/policy/versions/{pack.versions[0].version}/").text
    assert "not the version in force" not in client.get("/policy/versions/second/").text


def test_a_version_is_not_shown_before_it_is_posted(visit: Visit, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "today", lambda _pack: pack.versions[1].posted - timedelta(days=1))
    client = visit("umr")
    assert client.get("/policy/versions/second/").status_code == 404
    assert client.get("/policy/versions/second/changes/").status_code == 404
    assert client.get(f"/policy/compare/{pack.versions[0].version}/second/").status_code == 404
    assert "second" not in client.get("/policy/versions/").text
    assert "Other words." not in client.get("/policy/u-01/").text


@pytest.mark.usefixtures("pack")
@pytest.mark.parametrize("path", ["/", "/contact/", "/policy/u-01/", "/no-such-page/"])
def test_a_new_version_is_announced_on_every_page(visit: Visit, path: str) -> None:
    assert "Our privacy policy has a new version" in visit("umr").get(path).text
