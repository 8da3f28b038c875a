"""A guardian's or a court's paper about a minor opens what the law of their state leaves a parent, and no more."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.access.opening import entered, held
from tests.cast import Cast, on_a_call
from tests.consent.helping import BORN, EVERYTHING, later, opens, why_not
from tests.consent.standing import stands
from tests.consent.test_representatives import DECIDE, TELL
from tests.households import today
from tests.web.member.world import World, hashed

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("nobody_helps", "days_as_they_were")]
KINDS = ("guardian", "court_order", "power_of_attorney")
SETS = "update people_person set {} = %s where person_id = %s"
DECIDING = "select kind, id from consent_deciding(%s, %s, 'PATRQT', %s)"
ACTING = "select opens, (expires at time zone (select zone from access_place))::date, holds from consent_acting_for(%s)"


@pytest.fixture
def days_as_they_were(world: World, admin: psycopg.Connection) -> Iterator[None]:
    people = [world.people["nina"], world.people["lucas"]]
    asked = "select person_id, own_care_on, own_sensitive_on from people_person where person_id = any (%s)"
    before = admin.execute(asked, [people]).fetchall()
    yield
    for person, care, sensitive in before:
        admin.execute(SETS.format("own_care_on"), [care, person])
        admin.execute(SETS.format("own_sensitive_on"), [sensitive, person])


@pytest.mark.parametrize("kind", KINDS)
def test_it_opens_sensitive_care_while_it_is_not_the_minors_own_and_the_rest_until_it_is(
    web: psycopg.Connection, world: World, admin: psycopg.Connection, kind: str
) -> None:
    nina, on = world.people["nina"], today("umr")
    made = stands(admin, world, "nina", "stella", kind, *EVERYTHING)
    pair = [world.accounts["stella"], nina]
    assert opens(web, world, "stella", "nina", "claims", "coverage") == 2
    assert why_not(web, world, "stella", "nina", "sensitive_claims") == "no word"
    assert admin.execute(DECIDING, [*pair, "sensitive_claims"]).fetchall() == []
    assert admin.execute(DECIDING, [*pair, "claims"]).fetchall() == [(kind, made)]
    admin.execute(SETS.format("own_sensitive_on"), [on + timedelta(days=1), nina])
    assert opens(web, world, "stella", "nina", "sensitive_claims") == 1
    admin.execute(SETS.format("own_sensitive_on"), [on, nina])
    assert why_not(web, world, "stella", "nina", "sensitive_claims") == "no word"
    admin.execute(SETS.format("own_care_on"), [on + timedelta(days=1), nina])
    assert acting(admin, world) == [(["claims", "coverage"], on + timedelta(days=1), True)]
    for come in (on, None):
        admin.execute(SETS.format("own_care_on"), [come, nina])
        assert why_not(web, world, "stella", "nina", "claims") == "no rule"
        assert why_not(web, world, "stella", "nina", "identity") == "no rule"
        assert acting(admin, world) == []


@pytest.mark.parametrize("teen", ["teen_or", "teen_sc", "sixteen_nowhere"])
def test_it_opens_nothing_of_a_minor_whose_care_is_their_own_in_their_state(
    web: psycopg.Connection, world: World, admin: psycopg.Connection, teen: str
) -> None:
    stands(admin, world, teen, "stella", "guardian", *EVERYTHING)
    assert why_not(web, world, "stella", teen, "claims") == "no rule"


def test_it_ends_with_the_eighteenth_birthday_and_one_about_an_adult_goes_on(
    web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    stands(admin, world, "birthday", "stella", "guardian", *EVERYTHING)
    assert why_not(web, world, "stella", "birthday", "claims") == "no rule"
    stands(admin, world, "lucas", "stella", "guardian", *EVERYTHING, adult=True)
    assert opens(web, world, "stella", "lucas", *EVERYTHING) == 3
    # A file says later that they are a minor: then the paper is about one.
    admin.execute(SETS.format("own_care_on"), [today("umr") + timedelta(days=9), world.people["lucas"]])
    assert opens(web, world, "stella", "lucas", "claims") == 2
    assert why_not(web, world, "stella", "lucas", "sensitive_claims") == "no word"


def test_none_is_written_down_or_confirmed_that_would_open_nothing(
    web: psycopg.Connection, world: World, cast: Cast, admin: psycopg.Connection
) -> None:
    first, second, code = cast.secret["representative"], cast.secret["second"], uuid4().bytes
    seen = today("umr") - timedelta(days=1)

    def told(who: str, *, adult: bool, only: str = "claims") -> tuple[str, UUID]:
        call, made = on_a_call(admin, cast, world.people[who], verified=False), uuid4()
        tell = TELL.replace("{claims}", f"{{{only}}}").replace("true)", f"{adult})")
        with held(web, entered(web, first, [world.people[who]], "identity", why="MEMADMIN", occasion=call)):
            row = web.execute(tell, [first, call, made, "guardian", later(days=90), BORN]).fetchone()
        return str(row[0]) if row else "", made

    assert told("teen_or", adult=False)[0] == "own"
    assert told("nina", adult=True, only="sensitive_claims")[0] == "own"
    said, made = told("nina", adult=False)
    assert said == "yes"
    day: date | None
    for day, answer in ((None, "own"), (today("umr") + timedelta(days=9), "yes")):
        admin.execute(SETS.format("own_care_on"), [day, world.people["nina"]])
        with held(web, entered(web, second, [world.people["nina"]], "identity", why="MEMADMIN")):
            assert web.execute(DECIDE, [second, made, True, "court", seen, code]).fetchone() == (answer,)


def acting(admin: psycopg.Connection, world: World) -> list[tuple[object, ...]]:
    """For whom Stella acts, as her page is told."""
    return admin.execute(ACTING, [hashed(world.secrets["stella"])]).fetchall()
