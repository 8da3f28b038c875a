"""P-17: the box beside the address on a form of registration counts once its owner is in; later choices stand."""

from uuid import UUID, uuid4

import pytest

from tests.accounts.asking import answer_all, forget, rows
from tests.accounts.rostered import BORN, NUMBERS, Listed, change, listed, one
from tests.cluster import Cluster
from tests.demo.imported import imported
from tests.demo.roles import as_role
from wellkept.accounts import actions, codes
from wellkept.notices import publications, returns
from wellkept.web.entrance.paths import PATHS
from wellkept.web.shell import subscribing

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]


@pytest.fixture(autouse=True)
def fresh(house: Cluster) -> None:
    """Nobody waits for anything and nobody chose."""
    imported(house)
    forget(house)
    change(house, "delete from notices_subscription")


def came_in(house: Cluster, office: Listed, monkeypatch: pytest.MonkeyPatch, **said: str) -> UUID:
    """One of its people asks to register, says this besides, and uses the code; returns the holder of the account."""
    made: list[str] = []
    inner = codes.new

    def kept() -> str:
        made.append(inner())
        return made[-1]

    monkeypatch.setattr(codes, "new", kept)
    told = {"name": "Ana Ortiz", "organisation": office.name, **said} | NUMBERS[office.kind]
    actions.ask(audience=office.kind, roster=office.presented(), born=BORN, told=told)
    answer_all(house)
    login = f"otter-{uuid4().hex}"
    assert actions.redeem(code=made[-1], born=BORN, login=login, password="words in a long row of them") == "yes"
    (holder,) = one(house, "select holder from accounts_account where organisation_id = %s", office.id)
    assert isinstance(holder, UUID)
    return holder


def standing(house: Cluster) -> list[tuple[object, ...]]:
    return rows(house, "select person_id, joined_at is not null, left_at is not null from notices_subscription")


@pytest.mark.parametrize(("said", "joined"), [("yes", True), ("no", False)])
def test_the_box_counts_once_they_are_in(
    house: Cluster, monkeypatch: pytest.MonkeyPatch, said: str, joined: object
) -> None:
    holder = came_in(house, listed(house), monkeypatch, email="ana@example.org", publications=said)
    assert standing(house) == [(holder, joined, not joined)]


def test_without_an_address_nobody_is_on_any_list(house: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    came_in(house, listed(house), monkeypatch)
    assert standing(house) == []


@pytest.mark.parametrize("path", sorted(PATHS))
def test_no_path_needs_an_address_or_says_anything_of_the_list_without_one(path: str) -> None:
    form = PATHS[path]({subscribing.FIELD: "on"})
    assert not form.is_valid()
    assert {"email", subscribing.FIELD} & set(form.errors) == set()
    assert subscribing.told(form) == {}


def test_nothing_of_it_goes_out_while_the_address_is_not_confirmed(
    house: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    from django.utils import timezone

    holder = came_in(house, listed(house), monkeypatch, email="ana@example.org", publications="yes")
    assert rows(house, "select confirmed_at from notices_address where person_id = %s", holder) == [(None,)]
    with as_role(house, "jobs"):
        assert holder not in list(publications.due("any", before=timezone.now() + timedelta(days=1)))
    change(house, "update notices_address set confirmed_at = now() where person_id = %s", holder)
    with as_role(house, "jobs"):
        assert holder in list(publications.due("any", before=timezone.now() + timedelta(days=1)))


def test_a_choice_that_the_account_made_stands(house: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    holder = came_in(house, listed(house), monkeypatch, email="ana@example.org", publications="no")
    with as_role(house, "jobs"):
        publications.first_choice(holder, on=True, collected_under="2026-11-01")
    assert standing(house) == [(holder, False, True)]


def test_whoever_never_came_in_is_forgotten_and_whoever_left_is_not(house: Cluster) -> None:
    gone, left = uuid4(), uuid4()
    with as_role(house, "jobs"):
        publications.first_choice(gone, on=True, collected_under="2026-11-01")
        publications.first_choice(left, on=False, collected_under="2026-11-01")
        change(house, "update notices_subscription set joined_at = joined_at - interval '61 days'")
        change(house, "update notices_subscription set left_at = left_at - interval '61 days'")
        returns.sweep()
    assert standing(house) == [(left, False, True)]
