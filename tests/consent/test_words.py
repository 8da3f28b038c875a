"""A person's word that somebody may see their record: only theirs to give, exact, and gone when it is taken back."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.access.opening import entered, entry_of, held, number, refusal
from tests.cluster import Cluster
from tests.households import settled
from tests.web.member.world import World, hashed

pytestmark = pytest.mark.database

GIVE = "select wellkept.consent_give(%s, %s, %s, %s::text[], %s, ''::bytea, '2026-11-01', 'x', '', 'en')"


@pytest.fixture(scope="module")
def world(house: Cluster, tmp_path_factory: pytest.TempPathFactory) -> World:
    return settled(house, "umr", tmp_path_factory.mktemp("words"))


@pytest.fixture(autouse=True)
def no_words(world: World, admin: psycopg.Connection) -> None:
    admin.execute("delete from consent_authorization where person_id = any (%s)", [list(world.people.values())])
    admin.execute("delete from access_spent")
    admin.execute("delete from access_spent_count")


def later(**many: float) -> datetime:
    return datetime.now(UTC) + timedelta(**many)


def given(
    web: psycopg.Connection, world: World, who: str, to: str | UUID, *opens: str, until: datetime | None = None,
    person: UUID | None = None, categories: tuple[str, ...] = ("identity", "requests"),
) -> UUID | None:  # fmt: skip
    """One's word, as a page writes it; None where the database says that it may not be given."""
    made, entry = uuid4(), entered(web, hashed(world.secrets[who]), None, *categories)
    recipient = world.people[to] if isinstance(to, str) else to
    values: list[Any] = [person or world.people[who], made, recipient, list(opens), until or later(days=30)]
    with held(web, entry):
        row = web.execute(GIVE, values).fetchone()
    return made if row and row[0] else None


def take_back(web: psycopg.Connection, world: World, who: str, word: UUID) -> bool:
    with held(web, entered(web, hashed(world.secrets[who]), None, "identity", "requests")):
        row = web.execute("select wellkept.consent_take_back(%s, %s)", [world.people[who], word]).fetchone()
    return bool(row and row[0])


def opens(web: psycopg.Connection, world: World, reader: str, subject: str, *categories: str) -> int:
    """How many claims somebody opens of somebody."""
    entry = entered(web, hashed(world.secrets[reader]), [world.people[subject]], "identity", *categories)
    with held(web, entry):
        return number(web, "select count(*) from wellkept.benefits_claim")


def why_not(web: psycopg.Connection, world: World, reader: str, subject: str, *categories: str) -> str:
    return refusal(web, entered(web, hashed(world.secrets[reader]), [world.people[subject]], *categories))


def test_a_spouses_word_opens_what_it_says_to_whom_it_says_and_no_more(
    web: psycopg.Connection, world: World, house: Cluster
) -> None:
    assert why_not(web, world, "ann", "ben", "claims") == "no rule"
    assert given(web, world, "ben", "ann", "claims")
    entry = entered(web, hashed(world.secrets["ann"]), [world.people["ben"]], "identity", "claims")
    assert (entry_of(house, entry)["reason"], entry_of(house, entry)["own"]) == ("authorised", False)
    assert opens(web, world, "ann", "ben", "claims") == 2
    for more in ("coverage", "sensitive_claims"):
        assert why_not(web, world, "ann", "ben", more) == "no word"
        assert why_not(web, world, "ann", "ben", "claims", more) == "no word"
    for more in ("openings", "requests", "contact", "enrolment"):
        assert why_not(web, world, "ann", "ben", "claims", more) == "no rule"
    for reader in ("lucas", "nina", "stella", "exspouse"):
        assert why_not(web, world, reader, "ben", "claims") == "no rule"
    assert why_not(web, world, "ben", "ann", "claims") == "no rule"


def test_a_word_that_ended_adds_nothing_to_the_one_in_force(web: psycopg.Connection, world: World) -> None:
    assert given(web, world, "ben", "ann", "claims", "sensitive_claims")
    assert given(web, world, "ben", "ann", "coverage")
    for ended in ("claims", "sensitive_claims"):
        assert why_not(web, world, "ann", "ben", ended) == "no word"
    assert opens(web, world, "ann", "ben", "coverage") == 0


def test_an_adult_childs_sensitive_claims_need_their_own_tick(web: psycopg.Connection, world: World) -> None:
    assert given(web, world, "lucas", "ann", "sensitive_claims")
    assert opens(web, world, "ann", "lucas", "sensitive_claims") == 1
    assert why_not(web, world, "ann", "lucas", "claims") == "no word"


def test_a_minor_of_sixteen_can_say_it_of_what_no_parent_sees(web: psycopg.Connection, world: World) -> None:
    assert given(web, world, "sixteen_ca", "ann", "sensitive_claims")
    assert opens(web, world, "ann", "sixteen_ca", "claims", "sensitive_claims") == 3
    assert why_not(web, world, "ben", "sixteen_ca", "sensitive_claims") == "no rule"


def test_taken_back_it_opens_nothing_at_the_next_click(web: psycopg.Connection, world: World, house: Cluster) -> None:
    word = given(web, world, "ben", "ann", "claims")
    assert word
    assert opens(web, world, "ann", "ben", "claims") == 2
    assert not take_back(web, world, "ann", word)
    assert not take_back(web, world, "lucas", word)
    assert opens(web, world, "ann", "ben", "claims") == 2
    assert take_back(web, world, "ben", word)
    assert why_not(web, world, "ann", "ben", "claims") == "no rule"
    assert not take_back(web, world, "ben", word)


def test_a_word_taken_back_between_entering_and_holding_leaves_one_entry_and_no_second(
    web: psycopg.Connection, world: World, house: Cluster
) -> None:
    word = given(web, world, "ben", "ann", "claims")
    assert word
    entry = entered(web, hashed(world.secrets["ann"]), [world.people["ben"]], "identity", "claims")
    with house.connect("umr", "web", autocommit=True) as other:
        assert take_back(other, world, "ben", word)
    with held(web, entry):
        assert number(web, "select count(*) from wellkept.benefits_claim") == 2
    assert entry_of(house, entry)["subjects"] == [world.people["ben"]]
    assert why_not(web, world, "ann", "ben", "claims") == "no rule"


def test_it_ends_at_its_moment_and_lasts_a_year_at_most(
    web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    assert given(web, world, "ben", "ann", "claims", until=later(days=400)) is None
    assert given(web, world, "ben", "ann", "claims", until=later(seconds=-1)) is None
    assert given(web, world, "ben", "ann", "claims", until=later(days=366))
    admin.execute("update consent_authorization set expires = now() where person_id = %s", [world.people["ben"]])
    assert why_not(web, world, "ann", "ben", "claims") == "no rule"


@pytest.mark.parametrize(
    ("who", "to"),
    [("ben", "stella"), ("ben", "exspouse"), ("exspouse", "ann"), ("lucas", "nina"), ("ben", "ben"), ("stella", "ann")],
)
def test_nobody_is_named_who_is_not_covered_with_one(web: psycopg.Connection, world: World, who: str, to: str) -> None:
    assert given(web, world, who, to, "claims") is None
    assert given(web, world, who, uuid4(), "claims") is None


@pytest.mark.parametrize(
    "what", [(), ("openings",), ("claims", "requests"), ("identity",), ("claims", "claims"), ("x",)]
)
def test_only_what_is_offered_is_given(web: psycopg.Connection, world: World, what: tuple[str, ...]) -> None:
    assert given(web, world, "ben", "ann", *what) is None


def test_nobody_gives_another_persons_word(web: psycopg.Connection, world: World) -> None:
    for person in ("lucas", "nina"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            given(web, world, "ann", "ann", "claims", person=world.people[person])
    entry = entered(web, hashed(world.secrets["ann"]), [world.people["nina"]], "identity", "claims")
    with held(web, entry, undo=True), pytest.raises(psycopg.errors.InsufficientPrivilege):
        web.execute(GIVE, [world.people["nina"], uuid4(), world.people["ann"], ["claims"], later(days=1)])


def test_a_word_needs_the_kind_of_data_it_is_kept_as(web: psycopg.Connection, world: World) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        given(web, world, "ben", "ann", "claims", categories=("identity",))


@pytest.mark.parametrize(
    "statement",
    [
        "insert into wellkept.consent_authorization select * from wellkept.consent_authorization",
        "update wellkept.consent_authorization set expires = now() + interval '9 years'",
        "update wellkept.consent_authorization set revoked = null",
        "delete from wellkept.consent_authorization",
        "select * from wellkept.consent_recipient",
        "select wellkept.access_ties(null, null, now())",
        "select * from wellkept.people_household",
        "select wellkept.access_children(null, 9)",
    ],
)
def test_the_role_of_pages_writes_no_word_beside_the_functions(
    web: psycopg.Connection, world: World, statement: str
) -> None:
    entry = entered(web, hashed(world.secrets["ben"]), None, "identity", "requests")
    with held(web, entry, undo=True), pytest.raises(psycopg.errors.InsufficientPrivilege):
        web.execute(statement)


def test_of_eight_words_at_once_one_is_in_force(house: Cluster, world: World, admin: psycopg.Connection) -> None:
    def say() -> None:
        with house.connect("umr", "web", autocommit=True) as own:
            given(own, world, "ben", "ann", "claims")

    racers = [threading.Thread(target=say) for _ in range(8)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    row = admin.execute(
        "select count(*), count(*) filter (where revoked is null) from consent_authorization where person_id = %s",
        [world.people["ben"]],
    ).fetchone()
    assert row == (8, 1)


def test_both_doings_stand_in_the_ledger_for_the_person(
    web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    word = given(web, world, "ben", "ann", "claims", "sensitive_claims")
    assert word
    assert take_back(web, world, "ben", word)
    rows = admin.execute(
        "select kind, subjects, categories, own from ledger_entry where kind in ('shared', 'sharing ended')"
        " and subjects[1] = %s order by id desc limit 2",
        [world.people["ben"]],
    ).fetchall()
    what = ["claims", "sensitive_claims"]
    person = [world.people["ben"]]
    assert rows == [("sharing ended", person, what, True), ("shared", person, what, True)]


def test_what_is_rolled_back_was_never_said(web: psycopg.Connection, world: World) -> None:
    entry = entered(web, hashed(world.secrets["ben"]), None, "identity", "requests")
    with held(web, entry, undo=True):
        web.execute(GIVE, [world.people["ben"], uuid4(), world.people["ann"], ["claims"], later(days=1)])
    assert why_not(web, world, "ann", "ben", "claims") == "no rule"


def test_no_word_is_given_of_which_nothing_shown_is_kept(web: psycopg.Connection, world: World) -> None:
    values = [world.people["ben"], uuid4(), world.people["ann"], ["claims"], later(days=1)]
    for nothing in ("''", "null"):
        with held(web, entered(web, hashed(world.secrets["ben"]), None, "identity", "requests")):
            assert web.execute(GIVE.replace("'x', '', 'en'", f"{nothing}, '', 'en'"), values).fetchone() == (False,)
