"""Five paths: each asks what it needs and says why, refuses what has no right shape, and answers everybody alike."""

import re
from collections.abc import Mapping
from datetime import date
from uuid import uuid4

import pytest

from tests.accounts.people import BORN, ask
from tests.accounts.rostered import listed
from tests.cluster import Cluster
from tests.web.entrance.conftest import Browser
from tests.web.entrance.forms import born, who
from tests.web.entrance.test_register import fields, waiting
from wellkept.accounts import codes, hashes
from wellkept.policy import packs
from wellkept.web.entrance import register
from wellkept.web.entrance.paths import AUDIENCES, PATHS

pytestmark = pytest.mark.database
CHILD = date(2018, 5, 6)
PLACE = {"street": "12 Canary Street", "city": "Canaryville", "state": "WI", "zip_code": "54403"}
OFFICE = {"name": "Canary Quillfeather", "organisation": "Canary Office", **PLACE}
TYPED: Mapping[str, dict[str, str]] = {
    "member": {k: v for k, v in who(BORN).items() if not k.startswith("birth")},
    "provider": OFFICE | {"npi": "1234567893", "tax_number": "00-1234567"},
    "employer": OFFICE | {"group_number": "76-410035", "tax_number": "00-1234567"},
    "agent": OFFICE | {"producer_number": "P-2210", "tax_number": "00-1234567"},
    "partner": OFFICE | {"agreement_number": "BA-2024-17", "tax_number": "00-1234567"},
}
ALL = tuple(TYPED)


@pytest.fixture(autouse=True)
def every_audience(monkeypatch: pytest.MonkeyPatch) -> None:
    """All five, whatever this operator offers."""
    monkeypatch.setattr(register, "offered", lambda: ALL)


def typed(path: str, day: date = BORN, **other: str) -> dict[str, str]:
    return born(day) | TYPED[path] | other


def test_every_audience_has_its_path_and_its_words() -> None:
    assert set(PATHS) == set(AUDIENCES) == set(ALL)
    assert packs.named("umr").practices["audiences"] == ("member", "provider", "employer")
    assert packs.named("pwer").practices["audiences"] == ALL


@pytest.mark.parametrize("path", ALL)
def test_a_path_asks_what_it_declares_marks_what_is_optional_and_hides_nothing(browser: Browser, path: str) -> None:
    page = browser().post("/register/which/", born(BORN) | {"audience": path}).text
    assert fields(page) == [*born(BORN), *(name for name in list(PATHS[path]().fields) if name != "birth_date")]
    optional = {"email", "group_numbers", "publications"} & set(PATHS[path]().fields)
    assert page.count("(optional)</span>") == len(optional)
    assert 'type="hidden"' not in page
    assert all(field.help_text for field in PATHS[path]().fields.values())


@pytest.mark.parametrize("path", ALL)
def test_the_required_answers_are_enough(house: Cluster, browser: Browser, path: str) -> None:
    before = waiting(house)
    answer = browser().post(f"/register/{path}/", typed(path))
    assert answer.status_code == 200
    assert "Here is what happens now" in answer.text
    assert waiting(house) == before + 1


@pytest.mark.parametrize("path", ALL)
def test_every_required_answer_is_asked_for_by_name(house: Cluster, browser: Browser, path: str) -> None:
    before = waiting(house)
    for name in TYPED[path]:
        page = browser().post(f"/register/{path}/", typed(path) | {name: " "})
        assert page.status_code == 400, name
        assert f'href="#id_{name}"' in page.text, name
    assert waiting(house) == before


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        ("provider", "npi", "1234567890"),
        ("provider", "npi", "123456789"),
        ("provider", "tax_number", "000-00-0000"),
        ("employer", "tax_number", "07-1234567"),
        ("employer", "tax_number", "123"),
        ("employer", "group_number", "!!"),
        ("agent", "producer_number", "?"),
        ("agent", "group_numbers", "76-410035\n!!"),
        ("agent", "group_numbers", "\n".join(f"G-{n}" for n in range(11))),
        ("partner", "agreement_number", "x"),
        ("partner", "email", "no address"),
        ("employer", "state", "Wisconsin"),
        ("employer", "zip_code", "123"),
    ],
)
def test_what_has_no_right_shape_is_refused_beside_its_field_and_nothing_is_queued(
    house: Cluster, browser: Browser, path: str, name: str, value: str
) -> None:
    before = waiting(house)
    page = browser().post(f"/register/{path}/", typed(path) | {name: value})
    assert page.status_code == 400
    assert f'href="#id_{name}"' in page.text
    assert "Canary" in page.text  # nothing typed is lost
    assert waiting(house) == before


@pytest.mark.parametrize("path", [one for one in ALL if one != "member"])
def test_whoever_is_on_the_list_gets_the_bytes_of_whoever_is_not(house: Cluster, browser: Browser, path: str) -> None:
    seen, office = set(), listed(house, path)
    for name in (office.name, "Nobody of that name"):
        before = waiting(house)
        answer = browser().post(f"/register/{path}/", typed(path, organisation=name))
        seen.add((answer.status_code, answer.content, tuple(sorted(answer.headers.items()))))
        assert waiting(house) == before + 1
    assert len(seen) == 1
    assert ask(house, "select count(*) from wellkept.accounts_registration where roster = %s", office.presented())


@pytest.mark.parametrize("path", ["which", *ALL])
def test_a_child_ends_each_path_and_leaves_nothing(house: Cluster, browser: Browser, path: str) -> None:
    client, before = browser(), waiting(house)
    told = typed("member" if path == "which" else path, CHILD) | {"audience": "provider"}
    page = client.post(f"/register/{path}/", told)
    assert "You cannot register here" in page.text
    assert "parent or guardian" in page.text
    assert "anary" not in page.text
    assert waiting(house) == before
    again = client.post(f"/register/{path}/", told | born(BORN))
    assert "You cannot register here" in again.text
    assert waiting(house) == before


@pytest.mark.parametrize("path", ALL)
def test_nothing_typed_lies_open_anywhere(house: Cluster, browser: Browser, path: str) -> None:
    browser().post(f"/register/{path}/", typed(path, email="canary@example.org"))
    kept = repr(ask(house, "select * from wellkept.accounts_registration"))
    kept += repr(ask(house, "select args::text from wellkept.procrastinate_jobs"))
    assert not re.search(r"(?i)canary|quillfeather|1986-04-28|1234567", kept)


def test_a_path_that_is_not_offered_is_not_there(
    house: Cluster, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "offered", lambda: ("member", "employer"))
    before = waiting(house)
    for path in ("agent", "partner", "provider", "administrator", "nobody"):
        assert browser().get(f"/register/{path}/").status_code == 404
        assert browser().post(f"/register/{path}/", born(BORN)).status_code == 404
    page = browser().post("/register/which/", born(BORN) | {"audience": "agent"})
    assert page.status_code == 400
    assert waiting(house) == before
    assert browser().get("/register/employer/").headers["Location"] == "/register/"


def test_where_only_members_register_nobody_is_asked_which(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "offered", lambda: ("member",))
    assert "member_number" in fields(browser().post("/register/", born(BORN)).text)


def test_of_a_tax_number_four_digits_are_kept() -> None:
    form = PATHS["employer"](typed("employer"))
    assert form.is_valid()
    assert form.told()["tax_number"] == "4567"
    assert "001234567" not in repr(form.told())


def test_a_child_with_a_code_of_an_organisation_leaves_it_as_it_was(house: Cluster, browser: Browser) -> None:
    office, code = listed(house), codes.new()
    arguments = [hashes.code(code), office.id, uuid4(), office.id, hashes.birth_date(CHILD)]
    ask_all = (
        "insert into wellkept.accounts_accesscode (code_hash, role, organisation_id, holder, place, birth_date,"
        " issued_at, expires_at) values (%s, 'provider', %s, %s, %s, %s, now(), now() + interval '1 day') returning 1"
    )
    assert ask(house, ask_all, *arguments)
    told = {"code": code, "login": "canary-child", "password": "seven otters paint the barn"}
    page = browser().post("/register/code/", born(CHILD) | told)
    assert "You cannot register here" in page.text
    found = "select used_at, tries from wellkept.accounts_accesscode where organisation_id = %s"
    assert ask(house, found, office.id) == [(None, 0)]
    assert ask(house, "select 1 from wellkept.accounts_account where organisation_id = %s", office.id) == []
