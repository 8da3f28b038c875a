"""The tries against the paths hold on a sound house, and find a page that looks people up, tells, or lets one read."""

import pytest

from tests.cluster import Cluster
from tests.proof.conftest import Altered, Without, failed
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import registering

pytestmark = pytest.mark.database
PROBES = (
    registering.every_path_answers_alike,
    registering.no_page_can_look_anybody_up,
    registering.what_was_typed_opens_by_an_entry_alone,
)
TELLING = """
from wellkept.web.entrance import register
inner = register.actions.ask
seen = set()
def telling(**named):
    inner(**named)
    seen.add(named["audience"])
    if named["audience"] == "employer" and named["roster"][0] % 2 in (0, 1):
        told.append(named["told"]["organisation"])
told = []
register.actions.ask = telling
path = register.path
def answer(request, audience):
    answer = path(request, audience=audience)
    answer["X-Asked"] = str(len(told))
    return answer
from django.urls import path as at
from wellkept.web.entrance import urls
urls.urlpatterns[:] = [
    at("register/<slug:audience>/", answer) if one.name == "register-path" else one for one in urls.urlpatterns
]
"""
OPEN_DESK = """
from wellkept.web.desk import registrations
registrations.seat = lambda request: registrations.Seat(secret=b"", actor="")
"""
NEVER_KEPT = """
create function wellkept.never_kept() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger never_kept before insert on wellkept.accounts_registration
  for each row execute function wellkept.never_kept()
"""


def rows(ground: Ground) -> list[tuple[object, ...]]:
    with ground.connect("jobs") as jobs:
        return jobs.execute("select id, state from wellkept.accounts_registration order by id").fetchall()


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
def test_it_holds_on_a_sound_house_and_leaves_it_as_it_was(ground: Ground, probe: Probe) -> None:
    before = rows(ground)
    assert failed(probe, ground) == []
    assert rows(ground) == before


def test_a_guest_without_an_access_code_is_given_one(ground: Ground, house: Cluster) -> None:
    with house.administer("wellkept_umr") as connection:
        gone = "delete from wellkept.accounts_accesscode where person_id = %s"
        connection.execute(gone, [ground.members["guest"].person])
    assert failed(registering.every_path_answers_alike, ground) == []


def test_it_finds_a_page_that_tells(without: Without) -> None:
    with without(after=TELLING) as ground:
        found = failed(registering.every_path_answers_alike, ground)
    assert found == ["Find out from a page who is on a list"]


def test_it_finds_a_request_that_is_not_queued(ground: Ground, altered: Altered) -> None:
    with altered(NEVER_KEPT, "drop function wellkept.never_kept cascade"):
        found = failed(registering.every_path_answers_alike, ground)
    assert found == ["Find one request that is queued in another way"]


@pytest.mark.parametrize("role", ["umr_web", "umr_entrance"])
def test_it_finds_a_page_that_may_look(ground: Ground, altered: Altered, role: str) -> None:
    granted = f"grant select on wellkept.organisations_finder to {role}"
    with altered(granted, f"revoke select on wellkept.organisations_finder from {role}"):
        assert failed(registering.no_page_can_look_anybody_up, ground) == ["Look somebody up as a page"]


def test_it_finds_what_was_typed_lying_open(ground: Ground, altered: Altered) -> None:
    granted = "grant select (told) on wellkept.accounts_registration to umr_jobs"
    with altered(granted, "revoke select (told) on wellkept.accounts_registration from umr_jobs"):
        found = failed(registering.what_was_typed_opens_by_an_entry_alone, ground)
    assert found == ["Read what somebody typed without opening it"]


def test_it_finds_a_desk_that_is_open_to_others(without: Without) -> None:
    with without(after=OPEN_DESK) as ground:
        found = failed(registering.what_was_typed_opens_by_an_entry_alone, ground)
    assert found == ["Read requests from another desk"]
