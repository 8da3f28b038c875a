"""The frame and its parts: theme, navigation, notice of a new version, dates, money, tables."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import Settings

from tests.web.conftest import OPERATORS, Visit
from wellkept.policy import packs
from wellkept.policy.shapes import Pack
from wellkept.proof.values import Verdict
from wellkept.web.shell import context, evidence, theme
from wellkept.web.shell.templatetags import shell
from wellkept.web.shell.values import Cell, Column, NavItem, Table


def drawn(source: str, **given: object) -> str:
    return Template("{% load shell %}" + source).render(Context({"pack": packs.named("umr"), **given}))


def test_the_operators_do_not_share_a_layout() -> None:
    assert {theme.layout(packs.named(name)) for name in OPERATORS} == {"desk", "record"}


@pytest.mark.parametrize("operator", OPERATORS)
def test_the_theme_is_the_pack_and_may_be_kept_until_it_changes(visit: Visit, operator: str) -> None:
    pack = packs.named(operator)
    response = visit(operator).get(f"/theme.{theme.digest(pack)}.css")
    assert all(f"--{name}: {value};" in response.text for name, value in pack.theme.items())
    assert response.headers["Content-Type"] == "text/css"
    assert "immutable" in response.headers["Cache-Control"]
    assert theme.digest(replace(pack, theme={**pack.theme, "brand": "#000000"})) != theme.digest(pack)


def test_the_place_one_is_in_is_the_longest_that_fits() -> None:
    nav = (NavItem("Home", "/"), NavItem("Claims", "/claims/"), NavItem("Appeals", "/claims/appeals/"))
    assert context.here(nav, "/claims/appeals/7/") == "/claims/appeals/"
    assert context.here(nav, "/claims/") == "/claims/"
    assert context.here(nav, "/") == "/"
    assert not context.here(nav, "/elsewhere/")


def test_what_lies_beneath_a_place_is_found_under_it() -> None:
    beneath = (NavItem("To look into", "/watch/"), NavItem("Deaths", "/desk/deaths/"))
    nav = (NavItem("Requests", "/"), NavItem("Watch", "/watch/", beneath=beneath))
    assert context.lying(nav, "/desk/deaths/7/") == (nav[1], "/desk/deaths/")
    assert context.lying(nav, "/watch/7/") == (nav[1], "/watch/")
    assert context.lying(nav, "/elsewhere/") == (None, "")


def revised(pack: Pack, *, posted: date, effective: date) -> Pack:
    second = replace(pack.versions[0], version="second", posted=posted, effective=effective)
    return replace(pack, versions=(pack.versions[0], second))


@pytest.mark.parametrize(("begun", "announced"), [(-10, True), (0, True), (59, True), (60, False), (-31, False)])
def test_a_new_version_is_announced_from_its_posting_until_its_notice_ends(
    monkeypatch: pytest.MonkeyPatch, begun: int, *, announced: bool
) -> None:
    effective = date(2027, 3, 1)
    pack = revised(packs.named("umr"), posted=effective - timedelta(days=30), effective=effective)
    monkeypatch.setattr(packs, "today", lambda _pack: effective + timedelta(days=begun))
    assert (context.policy_notice(pack) is not None) is announced


def test_a_first_version_revises_nothing() -> None:
    pack = packs.named("umr")
    assert context.policy_notice(replace(pack, versions=pack.versions[:1])) is None


def verdict(clause: str, state: str, tried: datetime | None) -> Verdict:
    return Verdict(clause, state, tried, None, ())  # type: ignore[arg-type]  # the states come from a table below


def test_the_foot_counts_as_held_only_what_a_try_found_holding(monkeypatch: pytest.MonkeyPatch) -> None:
    pack, now = packs.named("umr"), timezone.now()
    version = pack.versions[0]
    kept = [clause.id for clause in version.clauses if clause.not_kept is None]
    lost = [clause.id for clause in version.clauses if clause.not_kept is not None]
    found = {
        kept[0]: verdict(kept[0], "holding", now),
        kept[1]: verdict(kept[1], "broken", now),
        kept[2]: verdict(kept[2], "attested", None),
        lost[0]: verdict(lost[0], "holding", now),
    }
    monkeypatch.setattr(evidence, "verdicts", lambda *_given, **_named: found)
    tally = evidence.tally(pack, version, RequestFactory().get("/"))
    assert tally is not None
    assert (tally.held, tally.of, tally.at) == (1, len(version.clauses), now)
    assert (tally.tried, tally.waiting) == (2, len(kept) - 3)


def test_the_foot_says_how_many_were_tried_while_some_still_wait(monkeypatch: pytest.MonkeyPatch, visit: Visit) -> None:
    version = packs.now_in_force(packs.named("umr"))
    kept = [clause.id for clause in version.clauses if clause.not_kept is None]
    now = timezone.now()
    found = {name: verdict(name, "holding", now) for name in kept[:5]} | {kept[5]: verdict(kept[5], "broken", now)}
    monkeypatch.setattr(evidence, "verdicts", lambda *_given, **_named: found)
    assert "5 of 6 promises tried so far held, less than a minute ago." in visit("umr").get("/").text
    found |= {name: verdict(name, "holding", now) for name in kept[6:-1]} | {
        kept[-1]: verdict(kept[-1], "attested", None)
    }
    page = visit("umr").get("/").text
    assert f"{len(kept) - 2} of {len(version.clauses)} promises held when last tried" in page


def test_the_foot_claims_nothing_where_nothing_was_tried(monkeypatch: pytest.MonkeyPatch, visit: Visit) -> None:
    monkeypatch.setattr(evidence, "verdicts", lambda *_given, **_named: {})
    assert "promises held" not in visit("umr").get("/").text


def test_evidence_kept_for_those_who_signed_in_is_shown_to_nobody_else() -> None:
    pack = packs.named("umr")
    for value in ("members", "auditors"):
        closed = replace(pack, practices={**pack.practices, "evidence": value})
        assert evidence.verdicts(closed, RequestFactory().get("/")) == {}


def test_dates_and_moments_read_as_people_say_them_where_the_operator_works(settings: Settings) -> None:
    settings.WELLKEPT_OPERATOR = "umr"
    late = datetime(2026, 3, 4, 2, 5, tzinfo=UTC)
    assert shell.day(late) == "March 3, 2026"
    assert shell.moment(late) == "March 3, 2026, 8:05 pm"
    assert shell.moment(datetime(2026, 7, 1, 17, 0, tzinfo=UTC)) == "July 1, 2026, 12:00 pm"
    assert shell.moment(datetime(2026, 7, 1, 5, 0, tzinfo=UTC)) == "July 1, 2026, 12:00 am"
    assert shell.day(date(2026, 3, 3)) == "March 3, 2026"
    assert shell.day(None) == shell.moment(None) == ""


@pytest.mark.parametrize(
    ("past", "said"),
    [(20, "less than a minute ago"), (70, "1 minute ago"), (3590, "59 minutes ago"), (7300, "2 hours ago")],
)
def test_what_is_near_is_said_as_ago(past: int, said: str) -> None:
    assert shell.ago(timezone.now() - timedelta(seconds=past)) == said


def test_what_is_far_is_said_as_a_day() -> None:
    assert shell.ago(datetime(2026, 3, 3, 18, tzinfo=UTC)) == "on March 3, 2026"


def test_an_unknown_sum_is_not_zero() -> None:
    assert shell.money(None) == "not known yet"
    assert shell.money(Decimal(0)) == "$0.00"
    assert shell.money(Decimal("1240.5")) == "$1,240.50"
    assert shell.money(Decimal("-3.1")) == "-$3.10"


def test_a_table_is_also_a_list_and_both_escape_what_they_are_given() -> None:
    table = Table("Lines", (Column("Service"), Column("Billed", numeric=True)), ((Cell("<b>"), Cell("$1.00")),))
    page = drawn("{% include 'shell/table.html' %}", table=table)
    assert page.count("&lt;b&gt;") == 2
    assert '<th scope="row">' in page
    assert '<td class="n">$1.00' in page
    assert "<dt>Billed</dt>" in page


def test_a_panel_keeps_its_content_and_escapes_its_title() -> None:
    page = drawn("{% panel title=head span=7 %}<p>{{ head }}</p>{% endpanel %}", head="<i>")
    assert '<section class="panel span-7"><h2>&lt;i&gt;</h2>' in page
    assert "<p>&lt;i&gt;</p>" in page


def test_a_person_signed_in_is_named_and_can_leave(settings: Settings) -> None:
    settings.WELLKEPT_OPERATOR = "umr"
    request = RequestFactory().get("/")
    request.signed_in_as = "Maria <Alvarez>"  # type: ignore[attr-defined]  # a door says so on the request
    request.form_token = "token-1"  # type: ignore[attr-defined]  # as above
    page = drawn("{% include 'shell/who.html' %}", **context.frame(request))
    assert "Maria &lt;Alvarez&gt;" in page
    assert 'action="/sign-out/"' in page
    assert 'name="token" value="token-1"' in page


@pytest.mark.parametrize(("operator", "inside"), [("umr", "<main"), ("pwer", '<header class="rail">')])
def test_the_places_beneath_stand_on_the_page_of_a_desk_and_in_the_rail_of_a_record(
    visit: Visit, operator: str, inside: str
) -> None:
    visit(operator)
    request = RequestFactory().get("/claims/")
    request.nav = (NavItem("Claims", "/claims/"),)  # type: ignore[attr-defined]  # a door says so on the request
    given = context.frame(request) | {"side": (NavItem("Appeals", "/claims/appeals/"),), "side_label": "Claims"}
    page = Template("{% extends 'shell/side.html' %}").render(Context(given))
    assert page.count('href="/claims/appeals/"') == 1
    before, _, _after = page.partition('href="/claims/appeals/"')
    assert before.rfind(inside) > max(before.rfind("</header>"), before.rfind("</main>"))
