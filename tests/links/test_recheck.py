"""What looks find suspends a link by a rule, and only where the operator lets a program ask other sites."""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from uuid import UUID

import pytest
from pytest_django import Settings

from tests.cluster import Cluster
from tests.links.officers import Officers, approved, judged, proposed
from wellkept.cli import rechecking
from wellkept.links import queries
from wellkept.links.actions import Found
from wellkept.policy import packs

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]
ONE, OTHER = b"1" * 32, b"2" * 32
Note = Callable[..., str]


@pytest.fixture
def note(house: Cluster) -> Note:
    """A look that is kept as the role of jobs, some days ago."""

    def keep(link: UUID, result: str, *, what: str = "page", digest: bytes | None = None, days: int = 0) -> str:
        with house.connect("umr", "jobs", autocommit=True) as jobs:
            row = jobs.execute(
                "select wellkept.links_note(%s, %s, %s, null, null, %s)", [link, what, result, digest]
            ).fetchone()
        with house.administer("wellkept_umr") as admin:
            admin.execute(
                "update wellkept.links_check set at = at - make_interval(days => %s)"
                " where id = (select max(id) from wellkept.links_check where link = %s)",
                [days, link],
            )
        assert row is not None
        return str(row[0])

    return keep


def stands(key: str) -> bool:
    return queries.named([key])[key].stands


@pytest.mark.parametrize("result", ["redirected", "certificate", "forbidden"])
@pytest.mark.parametrize("what", ["page", "policy"])
def test_some_findings_suspend_at_once_and_a_fine_look_lifts_it(
    officers: Officers, note: Note, result: str, what: str
) -> None:
    key, link = approved(officers)
    note(link, result, what=what)
    assert not stands(key)
    note(link, "fine", what=what, digest=ONE)
    assert stands(key)


@pytest.mark.parametrize(
    "results", [("unreachable", "unreachable"), ("missing", "unreachable"), ("missing", "missing")]
)
def test_no_answer_suspends_the_second_time_in_a_row(officers: Officers, note: Note, results: tuple[str, str]) -> None:
    key, link = approved(officers)
    note(link, results[0])
    assert stands(key)
    assert queries.named([key])[key].marked
    note(link, results[1])
    assert not stands(key)


def test_no_answer_now_and_then_suspends_nothing(officers: Officers, note: Note) -> None:
    key, link = approved(officers)
    for result in ("unreachable", "fine", "unreachable", "fine"):
        note(link, result, digest=ONE if result == "fine" else None)
        assert stands(key)


@pytest.mark.parametrize("what", ["page", "policy"])
def test_changed_words_are_marked_and_suspend_after_two_weeks(officers: Officers, note: Note, what: str) -> None:
    key, link = approved(officers)
    assert note(link, "fine", what=what, digest=ONE) == "fine"
    assert note(link, "fine", what=what, digest=OTHER, days=13) == "changed"
    assert (stands(key), queries.named([key])[key].marked) == (True, True)
    note(link, "fine", what=what, digest=OTHER)
    assert stands(key)
    officers.ask("update wellkept.links_check set at = at - interval '2 days' where link = %s", link)
    assert not stands(key)
    note(link, "fine", what=what, digest=ONE)
    assert stands(key)


def test_words_that_can_no_longer_be_read_are_a_change(officers: Officers, note: Note) -> None:
    key, link = approved(officers)
    assert note(link, "fine") == "fine"
    assert note(link, "fine", digest=ONE) == "fine"
    assert note(link, "fine") == "changed"
    assert queries.named([key])[key].marked


def test_what_was_seen_before_the_second_review_is_what_later_looks_are_compared_with(
    officers: Officers, note: Note
) -> None:
    key, link = proposed(officers)
    judged(officers, link, "first")
    note(link, "fine", digest=ONE)
    judged(officers, link, "second")
    assert note(link, "fine", digest=OTHER) == "changed"
    assert queries.named([key])[key].marked


def test_a_new_edition_begins_with_what_its_reviewers_saw(officers: Officers, note: Note) -> None:
    key, link = approved(officers)
    note(link, "fine", digest=ONE)
    note(link, "fine", digest=OTHER)
    _key, second = proposed(officers, key=key)
    note(second, "fine", digest=OTHER)
    judged(officers, second, "first")
    judged(officers, second, "second")
    assert (stands(key), queries.named([key])[key].marked) == (True, False)


def test_a_name_that_only_moved_is_marked_like_changed_words(officers: Officers, note: Note) -> None:
    key, link = approved(officers)
    note(link, "moved")
    assert (stands(key), queries.named([key])[key].marked) == (True, True)
    officers.ask("update wellkept.links_check set at = at - interval '15 days' where link = %s", link)
    assert not stands(key)


def test_officers_read_what_was_found(officers: Officers, note: Note) -> None:
    _key, link = approved(officers)
    note(link, "redirected", what="policy")
    (entry,) = queries.editions(officers.secrets["first"], link)
    assert (entry.state, entry.page_trouble, entry.policy_trouble) == ("suspended", None, "redirected")
    (look,) = queries.looks(officers.secrets["first"], link)
    assert (look.what, look.result) == ("policy", "redirected")


def test_nothing_asks_another_site_until_the_operator_says_so(
    officers: Officers, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    _key, link = approved(officers)
    asked: list[str] = []

    def looks(address: str) -> Found:
        asked.append(address)
        return Found("fine", 200, digest=ONE)

    kept: list[tuple[UUID, str, str]] = []
    due = queries.Due(link, "https://words.example.org/health/", "https://words.example.org/privacy/")

    def note(number: UUID, what: str, found: Found) -> str:
        kept.append((number, what, found.result))
        return found.result

    monkeypatch.setattr("wellkept.cli.rechecking.queries.due", lambda _limit: [due])
    monkeypatch.setattr("wellkept.cli.rechecking.actions.note", note)
    assert not rechecking.recheck(looks=looks)
    assert asked == []
    pack = packs.named("umr")
    settings.PACK = replace(pack, practices=MappingProxyType({**pack.practices, "links_rechecked": True}))
    assert rechecking.recheck(looks=looks) == {"fine": 2}
    assert asked == [due.address, due.policy_address]
    assert kept == [(link, "page", "fine"), (link, "policy", "fine")]


def test_what_is_due_was_not_looked_at_for_a_while_and_may_still_stand(
    house: Cluster, officers: Officers, note: Note
) -> None:
    _key, fresh = approved(officers)
    _key, old = approved(officers)
    _key, waits = proposed(officers)
    _key, refused = proposed(officers)
    judged(officers, refused, "first", met=[])
    note(fresh, "fine", digest=ONE)
    note(old, "fine", digest=ONE, days=1)
    with house.connect("umr", "jobs") as jobs:
        due = {number for number, *_more in jobs.execute("select * from wellkept.links_due(200)").fetchall()}
    assert {old, waits} <= due
    assert not {fresh, refused} & due
