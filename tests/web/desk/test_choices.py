"""A verified caller ends on the phone what they allowed: who may do it, what it ends at once, what everybody reads."""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.access.opening import entered, held, number
from tests.cluster import Cluster
from tests.web.desk.conftest import Call, Visit
from tests.web.desk.staff import Staff
from tests.web.desk.test_calls import SENTENCE, told
from tests.web.member.world import hashed
from wellkept.access import queries as access
from wellkept.consent import appointments, outside
from wellkept.consent.agreed import Agreed
from wellkept.consent.outside import RECIPIENT, Wanted
from wellkept.policy.words import Category, Purpose, Retention

BORN = date(1960, 4, 5)
CHOICES = "select count(*) from wellkept.consent_phone_choices(%s, %s)"
ASK = "select wellkept.consent_phone_ask(%s, %s)::int"
END = "select wellkept.consent_phone_end(%s, %s, %s, gen_random_uuid(), 'x')"
WORD = (
    "insert into consent_authorization (id, person_id, category, collected_under, restricted, to_person, purpose,"
    " opens, since, expires, recipient) values (%s, %s, 'requests', '2026-11-01', false, %s, 'PATRQT',"
    " '[\"identity\", \"claims\"]', now(), now() + interval '30 days', %s)"
)


@dataclass(frozen=True)
class Given:
    """What Maria allowed: Stella helps her, Tom may see her claims, and somebody outside may have her coverage."""

    helper: UUID
    word: UUID
    outside: UUID


@pytest.fixture
def given(visit: Visit, staff: Staff) -> Iterator[Given]:
    """It is allowed as her pages do it, and gone afterwards."""
    del visit
    maria, until = staff.world.people["maria"], datetime.now(UTC) + timedelta(days=30)
    word = uuid4()
    with access.enter(
        hashed(staff.secrets["maria"]),
        purpose=Purpose.PATIENT_REQUEST,
        categories=[Category.IDENTITY, Category.REQUESTS],
    ) as key:
        code = appointments.appoint(
            key, name="Stella Kestrel", born=BORN, opens=[Category.CLAIMS], since=datetime.now(UTC), until=until,
            days=14, agreed=Agreed(("All.",), "x", "en"), collected_under="2026-11-01",
        ).code  # fmt: skip
        wanted = Wanted("Lark Law", ("1 Lane", "Ames, IA 50010"), Purpose.LEGAL, [Category.COVERAGE], until, ("All.",))
        signed = outside.give(key, wanted, form="x", language="en", collected_under="2026-11-01")
        sealed = key.seal(maria, Retention.BENEFITS, RECIPIENT, word, "Tom Wren")
    assert signed
    staff.ask(WORD, [word, maria, staff.world.people["tom"], sealed])
    assert appointments.claim(hashed(staff.secrets["stella"]), code=code, born=BORN)
    helper = staff.ask("select id from consent_appointment where person_id = %s and state = 'stands'", [maria])[0][0]
    yield Given(helper, word, signed)
    staff.ask("delete from accounts_accesscode where place = %s", [helper])
    for table in ("consent_actsfor", "consent_appointment", "consent_authorization"):
        staff.ask(f"delete from {table} where person_id = %s", [maria])


def opens(visit: Visit, staff: Staff) -> int:
    """How Stella fares at Maria's claims."""
    code: int = visit("stella").get(f"/member/family/{staff.world.people['maria']}/claims/").status_code
    return code


def test_each_is_ended_at_once_entered_and_read_by_the_caller(
    visit: Visit, staff: Staff, call: Call, given: Given
) -> None:
    assert opens(visit, staff) == 200
    address, dana = call("choices"), visit("dana")
    assert f'href="{address}choices/"' in dana.get(address).text
    before = staff.newest()
    page = dana.get(f"{address}choices/").text
    for name in ("Stella Kestrel", "Tom Wren", "Lark Law"):
        assert name in page
    shown, opened = staff.entries("dana", before)
    assert (shown["kind"], shown["categories"], opened["kind"]) == ("choices shown", ["requests"], "opened")
    assert opened["categories"] == ["identity"]
    for one in (given.helper, given.word, given.outside):
        place = f"{address}choices/{one}/end/"
        assert dana.get(place).status_code == 200
        assert staff.post(dana, place).headers["Location"] == f"{address}choices/"
        assert staff.post(dana, place).status_code == 403
    assert opens(visit, staff) == 403
    assert "Nothing to end" in dana.get(f"{address}choices/").text
    ends = [one for one in staff.entries("dana", before) if one["kind"].endswith("ended")]
    assert [one["kind"] for one in ends] == ["helper ended", "sharing ended", "authorization ended"]
    assert {str(one["occasion"]) for one in ends} == {address.split("/")[3]}
    assert {one["subjects"][0] for one in ends} == {staff.world.people["maria"]}
    read = re.sub(r"</?strong>", "", visit("maria").get(f"/member/privacy/openings/{address.split('/')[3]}/").text)
    for sentence in (
        "looked up on a call whom you let act for you, or see your record",
        "ended that somebody may act for you",
        "took back that somebody may see your claims",
        "took back that we may send your coverage to somebody you named",
    ):
        assert sentence in read
    noted = staff.ask(
        "select kind from accounts_event where account_id = %s order by at desc limit 3", [staff.accounts["maria"]]
    )
    assert sorted(kind for (kind,) in noted) == ["helper ended", "taken back", "taken back"]


def test_nobody_ends_one_but_on_a_verified_call_about_it(visit: Visit, staff: Staff, call: Call, given: Given) -> None:
    ended = call("choices")
    staff.post(visit("dana"), f"{ended}end/")
    parts = ("choices/", f"choices/{given.helper}/end/")
    pages = [staff.post(visit("dana"), ended + part) for part in parts]
    pages += [staff.post(visit("dana"), call("choices", verified=False) + part) for part in parts]
    pages += [staff.post(visit("dana"), call("other") + part) for part in parts]
    address = call("choices")
    before = staff.newest()
    pages += [staff.post(visit(who), address + part) for who in ("paul", "nora", "priya", "tom") for part in parts]
    pages += [staff.post(visit("dana"), f"{address}choices/{uuid4()}/end/")]
    assert {page.status_code for page in pages} == {403}
    assert {SENTENCE in page.text for page in pages} == {True}
    assert len({told(page.text) for page in pages}) == 1
    for part in parts:
        stranger = staff.post(visit("a stranger"), address + part)
        assert (stranger.status_code, stranger.headers["Location"]) == (302, "/sign-in/")
    assert [staff.entries(who, before) for who in ("paul", "nora", "priya")] == [[], [], []]
    assert opens(visit, staff) == 200


def test_what_is_somebody_else_s_is_not_ended_on_the_call(
    visit: Visit, staff: Staff, call: Call, given: Given, house: Cluster
) -> None:
    address = call("choices")
    staff.ask("update consent_authorization set person_id = %s where id = %s", [staff.world.people["tom"], given.word])
    try:
        assert "Tom Wren" not in visit("dana").get(f"{address}choices/").text
        assert staff.post(visit("dana"), f"{address}choices/{given.word}/end/").status_code == 403
    finally:
        assert staff.ask("select revoked from consent_authorization where id = %s", [given.word]) == [(None,)]
        staff.ask("delete from consent_authorization where id = %s", [given.word])


def test_the_database_names_nobody_before_that_is_entered(
    visit: Visit, staff: Staff, call: Call, given: Given, house: Cluster
) -> None:
    occasion = UUID(call("choices").split("/")[3])
    dana, paul, maria = hashed(staff.secrets["dana"]), hashed(staff.secrets["paul"]), staff.world.people["maria"]
    with house.connect("umr", "web", autocommit=True) as web:

        def named(secret: bytes, *, asks: bool = False) -> int:
            entry = entered(web, dana, [maria], "identity", why="MEMADMIN", occasion=occasion)
            with held(web, entry):
                if asks:
                    number(web, ASK, [secret, occasion])
                return number(web, CHOICES, [secret, occasion])

        assert named(dana) == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute(CHOICES, [dana, occasion])
        assert named(dana, asks=True) == 0
        assert number(web, ASK, [paul, occasion]) == 0
        assert number(web, ASK, [dana, occasion]) == 1
        assert named(dana) == 3
        assert named(paul) == 0


def test_two_who_end_it_at_once_end_it_once(
    visit: Visit, staff: Staff, call: Call, given: Given, house: Cluster
) -> None:
    del visit
    occasion = UUID(call("choices").split("/")[3])
    dana, maria = hashed(staff.secrets["dana"]), staff.world.people["maria"]
    said: list[str] = []
    with house.connect("umr", "web", autocommit=True) as one, house.connect("umr", "web", autocommit=True) as two:
        first, second = (
            entered(web, dana, [maria], "identity", why="MEMADMIN", occasion=occasion) for web in (one, two)
        )

        def late() -> None:
            with held(two, second):
                row = two.execute(END, [dana, occasion, given.outside]).fetchone()
            said.append(str(row[0]) if row else "none")

        with held(one, first):
            row = one.execute(END, [dana, occasion, given.outside]).fetchone()
            racer = threading.Thread(target=late)
            racer.start()
        racer.join()
    assert row
    assert (row[0], said) == ("authorization", [""])
