"""The public site as a whole: a page for each kind of visitor, found by programs, and every address of it there."""

import re
from dataclasses import replace

import pytest

from tests.web.conftest import OPERATORS, Visit
from wellkept.policy import packs, practices
from wellkept.web.shell import serving
from wellkept.web.site import popular
from wellkept.web.site.addresses import public_pages, routes
from wellkept.web.site.audiences import AUDIENCES, Audience
from wellkept.web.site.places import PLACES


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("one", AUDIENCES, ids=lambda one: one.slug)
def test_each_kind_of_visitor_has_a_page_that_invites_only_whom_the_operator_does(
    visit: Visit, operator: str, one: Audience
) -> None:
    page = visit(operator).get(one.href).text
    invited = one.role.value in practices.names(packs.named(operator), "audiences")
    assert ("You cannot register here yet" in page) is not invited
    assert ('href="/how-to-register/"' in page.partition("<main")[2]) is invited
    assert packs.named(operator).phone in page.partition("<main")[2]
    assert 'href="/policy/' in page.partition("<main")[2]


def test_whoever_the_operator_invites_is_invited(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = packs.named("umr")
    more = replace(pack, practices={**pack.practices, "audiences": ("member", "provider")})
    monkeypatch.setattr(serving, "pack", lambda: more)
    client = visit("umr")
    page = client.get("/for/providers/").text
    assert "You cannot register here yet" not in page
    assert 'href="/register/"' in page.partition("<main")[2]
    assert client.get("/").text.count("You can register here.") == 2


def test_nobody_else_has_a_page(visit: Visit) -> None:
    assert visit("umr").get("/for/everyone/").status_code == 404


def test_programmes_are_offered_only_where_the_policy_keeps_their_promise(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "None is offered here yet" in visit("umr").get("/programmes/").text
    assert "makes no promise about programmes" in visit("pwer").get("/programmes/").text
    pack = packs.named("umr")
    kept = tuple(replace(one, not_kept=None) for one in pack.versions[-1].clauses)
    monkeypatch.setattr(serving, "pack", lambda: replace(pack, versions=(replace(pack.versions[-1], clauses=kept),)))
    assert "None is offered" not in visit("umr").get("/programmes/").text


def test_how_to_register_says_each_thing_that_is_asked_and_for_how_long_the_code_lasts(visit: Visit) -> None:
    page = visit("umr").get("/how-to-register/").text
    assert all(word in page for word in ("birth date", "Member number", "Group number", "First and last name"))
    assert f"for {packs.named('umr').practices['access_code_days']} days" in page
    assert "We do not ask for a social security number." in page


def test_the_welcome_page_orders_its_links_by_what_is_read(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    def order(operator: str) -> list[str]:
        page = visit(operator).get("/").text.partition('class="rows places"')[2]
        return re.findall(r'<li><a href="([^"]+)">', page)[: len(PLACES)]

    declared = [one.href for one in PLACES]
    assert order("umr") == order("pwer") == declared
    monkeypatch.setattr(popular, "routes", lambda _operator: ("/words/", "/help/"))
    assert order("umr")[:3] == ["/words/", "/help/", declared[0]]
    assert order("pwer") == declared


@pytest.mark.parametrize("operator", OPERATORS)
def test_the_site_map_names_every_page_in_every_language_and_each_is_there(visit: Visit, operator: str) -> None:
    client = visit(operator)
    answer = client.get("/sitemap.xml")
    assert answer.headers["Content-Type"] == "application/xml"
    pack, text = packs.named(operator), answer.text
    found = re.findall(r"<url><loc>([^<]+)</loc>", text)
    alternates = re.findall(r'<xhtml:link rel="alternate" hreflang="([^"]+)" href="([^"]+)"/>', text)
    assert text.count("<url>") == text.count("</url>") == len(found)
    assert len(found) == len(set(found)) == len(public_pages(pack)) * len(pack.languages)
    assert all(one.startswith(f"http://{pack.hosts[0]}/") for one in found)
    codes = [code for code, _href in alternates]
    assert {code: codes.count(code) for code in set(codes)} == dict.fromkeys([*pack.languages, "x-default"], len(found))
    assert {href for _code, href in alternates} == set(found)
    for one in found[::9]:
        if "statistics" not in one and "links" not in one and "hold" not in one and "requests" not in one:
            assert client.get(one.partition(pack.hosts[0])[2]).status_code == 200, one


def test_a_route_of_the_site_is_on_the_map_unless_it_is_a_file_or_takes_a_value() -> None:
    assert {"", "policy/", "contact/", "search/", "how-to-register/"} <= set(routes())
    assert not any(one.startswith(("sign-in", "register", "member", "desk", ".well-known")) for one in routes())
    assert not any("<" in one or "." in one for one in routes())


@pytest.mark.parametrize("operator", OPERATORS)
def test_a_page_names_its_own_address_and_never_the_one_asked_for(visit: Visit, operator: str) -> None:
    client = visit(operator)
    host = packs.named(operator).hosts[0]
    page = client.get("/policy/?utm=1", headers={"host": "127.0.0.1", "x-forwarded-host": "evil.example"}).text
    assert f'<link rel="canonical" hreflang="en" href="http://{host}/policy/">' in page
    assert f'<link rel="canonical" hreflang="es" href="http://{host}/es/policy/">' in client.get("/es/policy/").text
    assert "canonical" not in client.get("/no-such-page/").text
    assert "canonical" not in client.get("/member/").text


def test_in_production_every_address_is_the_operators_own(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    real = replace(packs.named("umr"), production=True, hosts=("benefits.example",), ribbon="")
    monkeypatch.setattr(serving, "original", lambda: real)
    client = visit("umr")
    assert (
        "Canonical: https://benefits.example/.well-known/security.txt" in client.get("/.well-known/security.txt").text
    )
    assert "Sitemap: https://benefits.example/sitemap.xml" in client.get("/robots.txt").text
    assert '"canonical" hreflang="en" href="https://benefits.example/terms/"' in client.get("/terms/").text


def test_programs_are_kept_out_of_doors_and_forms_and_find_the_mark(visit: Visit) -> None:
    client = visit("pwer")
    robots = client.get("/robots.txt").text
    assert all(f"Disallow: /{door}/\n" in robots for door in ("register", "sign-in", "member", "desk", "search"))
    assert "Disallow: /policy" not in robots
    icon = client.get("/favicon.ico")
    assert icon.headers["Content-Type"] == "image/svg+xml"
    assert icon.text == packs.named("pwer").mark


@pytest.mark.parametrize("operator", OPERATORS)
def test_the_number_is_said_aloud_and_each_mailbox_bears_its_warning(visit: Visit, operator: str) -> None:
    pack, page = packs.named(operator), visit(operator).get("/contact/").text
    assert pack.phone_spoken in page
    assert "seven, one, one" in page
    boxes = re.findall(r'<li><strong>[^<]+</strong> <a href="mailto:.*?</li>', page, re.DOTALL)
    assert len(boxes) == len(pack.mailboxes)
    assert all("Others can read it on its way" in one and 'href="tel:' in one for one in boxes)


def test_whoever_cannot_use_a_page_learns_how_to_complain(visit: Visit) -> None:
    page = visit("umr").get("/accessibility/").text
    assert "To complain, call or write to the privacy office." in page
    assert "Office for Civil Rights" in page
    assert 'href="/preferences/"' in page
    assert "400 Harbor Street" in page
