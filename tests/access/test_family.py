"""Who opens what of whose record in a family: by machine, as everybody, of everybody, in every category."""

import hashlib
from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.access.opening import entered, entry_of, held, number, refusal
from tests.cluster import Cluster
from tests.households import PEOPLE, settled
from tests.web.member.world import World, hashed
from wellkept.policy import packs
from wellkept.policy.words import Category

pytestmark = pytest.mark.database

NAMES = tuple(one.name for one in PEOPLE)
FAMILY = tuple(one.name for one in PEOPLE if one.number == "FAM1")
CARE = ("coverage", "claims")
# Whose record a parent opens: nobody from their own day on, no foster child, no stepchild of the subscriber's.
MINORS = {"nina", "adopted", "teen_wi", "sixteen_ca", "tonight"}
PARENTS = {
    "ann": MINORS | {"gone"},
    "ben": MINORS | {"gone", "stepchild"},
    "stella": {"cora"},
    "bereft": {"kid"},
}
COVERED = set(FAMILY) - {"exspouse", "gone"}
COUPLE = {"ann", "ben"}


def named(reader: str, subject: str) -> bool:
    """Whether the reader is told the name: covered together, and one of them is the subscriber or the spouse."""
    if {reader, subject} <= COVERED:
        return bool({reader, subject} & COUPLE)
    return {reader, subject} == {"stella", "cora"}


def expected(reader: str, subject: str) -> set[str]:
    if reader == subject:
        own = packs.named("umr").rules[0]
        return {str(category) for category in own.categories}
    opens = {"identity", *CARE} if subject in PARENTS.get(reader, set()) else set()
    return opens | ({"identity"} if named(reader, subject) else set())


@pytest.fixture(scope="module")
def world(house: Cluster, tmp_path_factory: pytest.TempPathFactory) -> World:
    return settled(house, "umr", tmp_path_factory.mktemp("families"))


@pytest.fixture
def admin(house: Cluster) -> Iterator[psycopg.Connection]:
    with house.administer("wellkept_umr") as connection:
        connection.autocommit = True
        connection.execute("set search_path = wellkept")
        yield connection


def may(web: psycopg.Connection, world: World, reader: str, subject: UUID) -> set[str]:
    row = web.execute(
        "select wellkept.gate_may(%s, %s, %s::text[])",
        [hashed(world.secrets[reader]), subject, [str(category) for category in Category]],
    ).fetchone()
    assert row
    return set(row[0])


@pytest.mark.parametrize("reader", NAMES)
def test_everybody_opens_of_everybody_what_the_table_says_and_nothing_else(
    web: psycopg.Connection, world: World, reader: str
) -> None:
    found = {subject: may(web, world, reader, world.people[subject]) for subject in NAMES}
    assert found == {subject: expected(reader, subject) for subject in NAMES}


@pytest.mark.parametrize(
    ("reader", "subject"),
    [("ann", "ben"), ("ann", "lucas"), ("ben", "ann"), ("nina", "teen_wi"), ("lucas", "ann"), ("stella", "nina"),
     ("exspouse", "nina"), ("ann", "stepchild"), ("ann", "birthday"), ("ann", "teen_or"), ("ann", "sixteen_nowhere"),
     ("ann", "nina"), ("ben", "teen_wi")],
)  # fmt: skip
def test_what_may_not_be_opened_is_refused_by_the_gate_itself(
    web: psycopg.Connection, world: World, reader: str, subject: str
) -> None:
    for category in {str(one) for one in Category} - expected(reader, subject):
        entry = entered(web, hashed(world.secrets[reader]), [world.people[subject]], category)
        assert refusal(web, entry) == "no rule", category


def test_an_opening_of_a_child_names_the_child_what_was_opened_and_the_tie(
    web: psycopg.Connection, world: World, house: Cluster
) -> None:
    entry = entered(web, hashed(world.secrets["ann"]), [world.people["nina"]], "identity", "claims")
    with held(web, entry):
        assert number(web, "select count(*) from wellkept.benefits_claim") == 2
    said = entry_of(house, entry)
    assert (said["kind"], said["own"], said["reason"]) == ("opened", False, "parent")
    assert (said["subjects"], said["categories"]) == ([world.people["nina"]], ["identity", "claims"])


def test_ones_own_opening_names_no_tie(web: psycopg.Connection, world: World, house: Cluster) -> None:
    said = entry_of(house, entered(web, hashed(world.secrets["ann"]), None, "identity"))
    assert (said["own"], said["reason"]) == (True, None)


def test_one_child_too_many_closes_the_whole_opening(web: psycopg.Connection, world: World) -> None:
    secret = hashed(world.secrets["ann"])
    for other in ("lucas", "cora", "ben", "stepchild"):
        for people in ([world.people["nina"], world.people[other]], [world.people[other], world.people["nina"]]):
            assert refusal(web, entered(web, secret, people, "claims")) == "no rule"
    assert refusal(web, entered(web, secret, [world.people["nina"], uuid4()], "claims")) == "no rule"


def test_ones_own_id_among_others_widens_nothing(web: psycopg.Connection, world: World) -> None:
    secret, own = hashed(world.secrets["ann"]), world.people["ann"]
    assert refusal(web, entered(web, secret, [own, world.people["nina"]], "sensitive_claims")) == "no rule"
    assert refusal(web, entered(web, secret, [own, own, world.people["lucas"]], "identity", "claims")) == "no rule"
    shaped = f"[0:1]={{{own},{world.people['lucas']}}}"
    assert refusal(web, entered(web, secret, shaped, "claims")) == "no rule"


def test_a_category_more_closes_the_whole_opening(web: psycopg.Connection, world: World) -> None:
    secret = hashed(world.secrets["ann"])
    for more in (
        "sensitive_claims",
        "openings",
        "requests",
        "contact",
        "enrolment",
        "everything",
        "claims,sensitive_claims",
    ):
        assert refusal(web, entered(web, secret, [world.people["nina"]], "claims", more)) == "no rule"


def test_no_purpose_but_ones_own_request_opens_a_child(web: psycopg.Connection, world: World) -> None:
    for purpose in ("TREAT", "HPAYMT", "HOPERAT", "MEMADMIN", "CAREMGT", "HLEGAL"):
        entry = entered(web, hashed(world.secrets["ann"]), [world.people["nina"]], "claims", why=purpose)
        assert refusal(web, entry) == "no rule"


def test_what_is_restricted_for_members_is_not_opened_by_a_parent(
    web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    child = world.people["sixteen_ca"]
    admin.execute(
        "insert into consent_restriction (id, person_id, category, collected_under, restricted, role, since)"
        " values (%s, %s, 'requests', 'x', false, 'member', now())",
        [uuid4(), child],
    )
    assert may(web, world, "ann", child) == set()
    assert refusal(web, entered(web, hashed(world.secrets["ann"]), [child], "claims")) == "restricted"
    assert "claims" in may(web, world, "sixteen_ca", child)
    admin.execute("delete from consent_restriction where person_id = %s", [child])


def test_a_restricted_row_of_a_child_is_not_shown_to_a_parent(
    web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    admin.execute(
        "update benefits_claim set restricted = true where ctid = (select ctid from benefits_claim"
        " where person_id = %s and category = 'claims' limit 1)",
        [world.people["teen_wi"]],
    )
    entry = entered(web, hashed(world.secrets["ann"]), [world.people["teen_wi"]], "claims")
    with held(web, entry):
        assert number(web, "select count(*) from wellkept.benefits_claim") == 1


@pytest.mark.parametrize(
    ("moment", "ties"),
    [("2027-03-01 05:00:00+00", 1), ("2027-03-01 05:59:59+00", 1), ("2027-03-01 06:00:00+00", 0)],
)
def test_the_day_begins_where_the_operator_works(
    world: World, admin: psycopg.Connection, moment: str, ties: int
) -> None:
    assert packs.named("umr").time_zone == "America/Chicago"
    child = world.people["adopted"]
    admin.execute("begin")
    admin.execute("update people_person set own_care_on = '2027-03-01' where person_id = %s", [child])
    row = admin.execute(
        "select cardinality(array_positions(access_ties(%s, %s, %s::timestamptz), 'parent'))",
        [world.people["ann"], child, moment],
    ).fetchone()
    admin.execute("rollback")
    assert row == (ties,)


def test_the_eighteenth_birthday_ends_it_that_day(web: psycopg.Connection, world: World) -> None:
    assert "claims" in may(web, world, "ann", world.people["tonight"])
    assert may(web, world, "ann", world.people["birthday"]) == {"identity"}


def test_a_child_too_young_for_any_care_alone_is_a_parents_whole(
    web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    child = world.people["nina"]
    admin.execute("update people_person set own_sensitive_on = current_date + 900 where person_id = %s", [child])
    assert may(web, world, "ann", child) == {"identity", *CARE, "sensitive_claims"}
    assert may(web, world, "exspouse", child) == set()
    admin.execute("update people_person set own_sensitive_on = null where person_id = %s", [child])
    assert "sensitive_claims" not in may(web, world, "ann", child)


def test_with_no_zone_known_nobody_is_a_parent(world: World, admin: psycopg.Connection) -> None:
    admin.execute("begin")
    admin.execute("delete from access_place")
    row = admin.execute("select access_ties(%s, %s, now())", [world.people["ann"], world.people["nina"]]).fetchone()
    admin.execute("rollback")
    assert row == ([],)


def test_a_joined_record_is_ones_own_until_the_join_ends(
    web: psycopg.Connection, world: World, admin: psycopg.Connection, house: Cluster
) -> None:
    one, other = sorted((world.people["stella"], world.people["bereft"]))
    admin.execute(
        "insert into people_join (id, one, other, reason, reason_other, asked_by, asked_actor, confirmed_at,"
        " confirmed_by) values (%s, %s, %s, '', '', %s, 'A', now(), %s)",
        [uuid4(), one, other, uuid4(), uuid4()],
    )
    entry = entered(web, hashed(world.secrets["stella"]), [world.people["bereft"]], "claims", "sensitive_claims")
    with held(web, entry):
        assert number(web, "select count(*) from wellkept.benefits_claim") == 3
    assert entry_of(house, entry)["own"] is True
    admin.execute("update people_join set ended_at = now() where one = %s", [one])
    entry = entered(web, hashed(world.secrets["stella"]), [world.people["bereft"]], "claims")
    assert refusal(web, entry) == "no rule"


@pytest.mark.parametrize("function", ["access_family", "access_openers", "consent_given_to"])
def test_lists_of_ones_own_are_closed_over_a_childs_record(
    web: psycopg.Connection, world: World, function: str
) -> None:
    more = ", '{}'::uuid[]" if function == "access_openers" else ""
    for people, asked in (("nina", "nina"), ("nina", "ann"), ("ann", "nina")):
        subjects = None if people == "ann" else [world.people[people]]
        entry = entered(web, hashed(world.secrets["ann"]), subjects, "identity")
        with held(web, entry, undo=True), pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute(f"select * from wellkept.{function}(%s{more})", [world.people[asked]])


def test_whoever_is_signed_out_learns_of_nobody(web: psycopg.Connection, world: World) -> None:
    invented = hashlib.sha256(b"nobody").digest()
    row = web.execute("select wellkept.gate_may(%s, %s, '{identity}')", [invented, world.people["nina"]]).fetchone()
    assert row == ([],)


def test_openings_of_a_child_name_only_what_the_parent_may_open(
    web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    child = world.people["nina"]
    entered(web, hashed(world.secrets["nina"]), None, "identity", "claims", "sensitive_claims")
    for categories in (["claims", "sensitive_claims"], ["sensitive_claims"], ["messages"]):
        admin.execute(
            "insert into ledger_entry (kind, account, role, actor, subjects, purpose, categories)"
            " values ('opened', %s, 'nurse', 'Nurse N', %s, 'CAREMGT', %s)",
            [uuid4(), [child], categories],
        )
    entry = entered(web, hashed(world.secrets["ann"]), [child], "identity", "coverage", "claims")
    with held(web, entry):
        rows = web.execute("select role, mine, categories from wellkept.access_openings(%s, 100)", [child]).fetchall()
    assert {category for *_, categories in rows for category in categories} <= {"coverage", "claims"}
    assert [categories for role, _, categories in rows if role == "nurse"] == [["claims"]]
    assert all(mine for role, mine, _ in rows if role == "member")


def test_a_letter_that_a_child_asked_for_is_not_told_to_a_parent(
    web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    child, run = world.people["adopted"], uuid4()
    admin.execute("insert into ledger_occasion (id, kind, role, label) values (%s, 'job', 'jobs', 'letters')", [run])
    for role in ("jobs", "mail_room", "intake"):
        admin.execute(
            "insert into ledger_entry (kind, role, occasion, subjects, purpose, categories, own)"
            " values ('opened', %s, %s, %s, 'MEMADMIN', '{identity,contact,claims}', true)",
            [role, run, [child]],
        )
    entry = entered(web, hashed(world.secrets["ann"]), [child], "identity", "coverage", "claims")
    with held(web, entry):
        rows = web.execute("select role, label from wellkept.access_openings(%s, 100)", [child]).fetchall()
    assert ("intake", "letters") in rows
    assert not {"jobs", "mail_room"} & {role for role, _ in rows}


def test_what_the_mail_room_opened_is_told_as_a_machines_and_not_as_ones_own(
    web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    lucas = world.people["lucas"]
    admin.execute(
        "insert into ledger_entry (kind, role, subjects, purpose, categories, own)"
        " values ('opened', 'mail_room', %s, 'MEMADMIN', '{identity,contact,claims}', true)",
        [[lucas]],
    )
    told = "select role from wellkept.ledger_openings(%s, %s, null, 100)"
    with held(web, entered(web, hashed(world.secrets["lucas"]), None, "identity", "openings")):
        assert ("mail_room",) in web.execute(told, [lucas, "machines"]).fetchall()
        assert ("mail_room",) not in web.execute(told, [lucas, "you"]).fetchall()


def test_a_subscriber_who_is_covered_no_more_is_told_no_name_of_an_adult_and_stays_a_parent(
    web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    ann = world.people["ann"]
    admin.execute("update benefits_coverage set ends_on = current_date - 30 where person_id = %s", [ann])
    found = {name: may(web, world, "ann", world.people[name]) for name in ("ben", "lucas", "teen_or", "nina")}
    admin.execute("update benefits_coverage set ends_on = null where person_id = %s", [ann])
    assert found == {"ben": set(), "lucas": set(), "teen_or": set(), "nina": {"identity", *CARE}}


@pytest.mark.parametrize("reader", ["ann", "ben"])
def test_the_whole_list_of_a_childs_openings_is_the_childs_alone(
    web: psycopg.Connection, world: World, reader: str
) -> None:
    asked = world.people["nina"]
    for call in ("ledger_openings(%s, 'all', null, 10)", "ledger_opening_counts(%s)", "ledger_entry_of(%s, 1)"):
        entry = entered(web, hashed(world.secrets[reader]), [asked], "identity", "claims")
        with held(web, entry, undo=True), pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute(f"select * from wellkept.{call}", [asked])
