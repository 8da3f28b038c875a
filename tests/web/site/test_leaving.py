"""Before leaving: the page names the site, says it is not ours, and leads to nothing that was not reviewed."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from tests.cluster import Cluster
from tests.links.officers import PAGE, PARTNERS, TODAY, Officers, approved, at_work, judged, proposed
from wellkept.links import actions
from wellkept.policy import packs

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]
PAYLOADS = Path(__file__).parents[4] / "shared" / "data" / "adversarial" / "payloads"
HOSTILE = (
    "https://evil.example", "//evil.example", "/\\evil.example", "https:evil.example", "plain-words@evil.example",
    "..//evil.example", "%2f%2fevil.example", "javascript:alert(1)",
    "plain-words?next=https://evil.example", "\r\nLocation: x",
)  # fmt: skip
OWN = {"sec-fetch-site": "same-origin"}


@pytest.fixture(scope="module")
def officers(house: Cluster) -> Iterator[Officers]:
    with at_work(house) as found:
        yield found


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The hosts that were counted as a way out."""
    found: list[str] = []
    monkeypatch.setattr("wellkept.web.site.leaving.counters.left", found.append)
    return found


def words(page: Any) -> str:
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_the_page_names_the_site_and_says_what_it_is_not(visitor: Client, officers: Officers) -> None:
    key, _link = approved(officers, until=TODAY + timedelta(days=100))
    page = visitor.get(f"/leaving/{key}/")
    said = words(page)
    assert page.status_code == 200
    assert "words.example.org" in said
    assert PAGE.title in said
    assert f"It is not ours, and {packs.named('umr').display_name} does not endorse it." in said
    assert "falls under its own privacy policy" in said
    assert "Read the privacy policy of Plain Words Library" in said
    assert "Last reviewed" in said
    assert f"{TODAY + timedelta(days=100):%B} " in said
    assert "Not re-checked by a program" in said
    assert "https://words.example.org" not in re.findall(r'href="([^"]+)"', page.content.decode())


@pytest.mark.parametrize(
    ("to", "address"), [("", PAGE.address), ("policy", PAGE.policy_address), ("https://evil.example/", PAGE.address)]
)
def test_the_way_out_leads_to_the_register_s_addresses_alone(
    visitor: Client, officers: Officers, left: list[str], to: str, address: str
) -> None:
    key, _link = approved(officers)
    page = visitor.post(
        f"/leaving/{key}/?next=https://evil.example/", {"to": to, "url": "https://evil.example/"}, headers=OWN
    )
    assert (page.status_code, page.headers["Location"]) == (303, address)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert left == ["words.example.org"]


def test_looking_at_the_page_counts_as_leaving_for_nobody(visitor: Client, officers: Officers, left: list[str]) -> None:
    key, _link = approved(officers)
    visitor.get(f"/leaving/{key}/")
    visitor.head(f"/leaving/{key}/")
    assert left == []


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_whoever_is_sent_from_elsewhere_reads_the_page_first(
    visitor: Client, officers: Officers, left: list[str], site: str
) -> None:
    key, _link = approved(officers)
    page = visitor.post(f"/leaving/{key}/", headers={"sec-fetch-site": site, "origin": "https://evil.example"})
    assert page.status_code == 200
    assert "You are about to leave this site" in words(page)
    assert left == []


def test_a_browser_that_says_nothing_of_where_it_was_leaves_as_any(visitor: Client, officers: Officers) -> None:
    key, _link = approved(officers)
    assert visitor.post(f"/leaving/{key}/", headers={"origin": "null"}).status_code == 303


def test_only_this_page_lets_its_form_end_elsewhere(visitor: Client, officers: Officers) -> None:
    key, _link = approved(officers, policy_address="https://policies.example.org/words/")
    policy = visitor.get(f"/leaving/{key}/").headers["Content-Security-Policy"]
    assert "form-action 'self' https://words.example.org https://policies.example.org;" in policy
    assert "default-src 'none'" in policy
    assert visitor.get(f"/leaving/{key}/").headers["Referrer-Policy"] == "no-referrer"
    assert "form-action 'self';" in visitor.get("/links/").headers["Content-Security-Policy"]


def waiting(officers: Officers) -> str:
    return proposed(officers)[0]


def half(officers: Officers) -> str:
    key, link = proposed(officers)
    judged(officers, link, "first")
    return key


def twice_the_same(officers: Officers) -> str:
    key, link = proposed(officers)
    assert [judged(officers, link, "first"), judged(officers, link, "first")] == ["done", "twice"]
    return key


def expired(officers: Officers) -> str:
    return approved(officers, until=TODAY - timedelta(days=2))[0]


def ended(officers: Officers) -> str:
    over = replace(PARTNERS, begins=TODAY - timedelta(days=90), ends=TODAY - timedelta(days=2))
    return approved(officers, agreement=over)[0]


def refusing(officers: Officers) -> str:
    key, link = proposed(officers)
    judged(officers, link, "first", refusing=["dangerous"], refusing_words="It is.")
    judged(officers, link, "second")
    return key


def withdrawn(officers: Officers) -> str:
    key, link = approved(officers)
    actions.withdraw(officers.secrets["first"], link, why="Closed.")
    return key


@pytest.mark.parametrize("make", [waiting, half, twice_the_same, expired, ended, refusing, withdrawn])
def test_what_does_not_stand_has_no_page_and_no_way_out(
    visitor: Client, officers: Officers, left: list[str], make: Callable[[Officers], str]
) -> None:
    key = make(officers)
    assert visitor.get(f"/leaving/{key}/").status_code == 404
    assert visitor.post(f"/leaving/{key}/", headers=OWN).status_code == 404
    assert f"/leaving/{key}/" not in visitor.get("/links/").content.decode()
    assert left == []


def test_a_partner_s_page_says_who_collects_and_bears_both_names(visitor: Client, officers: Officers) -> None:
    key, _link = approved(officers, agreement=PARTNERS, owner="Harbor Mail Pharmacy")
    said = words(visitor.get(f"/leaving/{key}/"))
    assert "Harbor Mail Pharmacy, Inc. collects what you enter there" in said
    assert f"{packs.named('umr').display_name} and Harbor Mail Pharmacy have an agreement." in said
    assert "under its own privacy policy. We do not control that policy." in said
    assert "You may see our mark there beside theirs." in said


def test_a_name_in_another_script_is_shown_in_both(visitor: Client, officers: Officers) -> None:
    key, _link = approved(officers, address="https://xn--bcher-kva.example/")
    assert "bücher.example (xn--bcher-kva.example)" in words(visitor.get(f"/leaving/{key}/"))


def test_what_officers_wrote_is_text(visitor: Client, officers: Officers) -> None:
    key, _link = approved(officers, title="<b>Bold</b> & <script>x</script>", owner='"><a href="https://evil.example">')
    page = visitor.get(f"/leaving/{key}/").content.decode() + visitor.get("/links/").content.decode()
    assert "<script>x" not in page
    assert "<b>Bold" not in page
    assert 'href="https://evil' not in page


def payloads() -> list[str]:
    found = [
        line
        for path in sorted(PAYLOADS.glob("Open_Redirect*"))
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines()
        if line.strip()
    ]
    return [*HOSTILE, *found]


def test_no_key_is_an_address(visitor: Client, officers: Officers, left: list[str]) -> None:
    key, _link = approved(officers)
    hostile = payloads()
    for one in hostile:
        for address in (f"/leaving/{quote(one, safe='/')}/", f"/leaving/{key}/{quote(one, safe='/')}"):
            page = visitor.post(address, {"to": one, "next": one}, headers=OWN)
            assert (
                not page.headers.get("Location", "/").startswith(("http", "//", "/\\"))
                or page.headers["Location"] == PAGE.address
            ), one
            assert page.status_code != 200 or "about to leave" not in page.content.decode(), one
        page = visitor.post(f"/leaving/{key}/?next={quote(one)}", {"to": one}, headers=OWN)
        assert page.headers["Location"] in (PAGE.address, PAGE.policy_address), one
    assert set(left) <= {"words.example.org"}
    assert len(hostile) > 10


def test_the_list_shows_what_stands_until_when(visitor: Client, officers: Officers) -> None:
    key, _link = approved(officers, title="Walks by the lake", until=TODAY + timedelta(days=50))
    page = visitor.get("/links/").content.decode()
    assert f'<a class="outside" href="/leaving/{key}/">Walks by the lake' in page
    assert "leaves this site" in page
    assert "Two of us reviewed each one." in page
    assert f"{TODAY + timedelta(days=50):%B}" in page
