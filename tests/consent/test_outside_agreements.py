"""What leaves under an agreement of ours: by nobody's own click, and never past a restriction."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.access.opening import MACHINE, flushed, held, number
from tests.cluster import Cluster
from tests.consent.test_outside import authorized, decided, limited, nothing, officer, released, world
from tests.web.member.world import World

__all__ = ("nothing", "officer", "world")
pytestmark = pytest.mark.database

AGREED = (
    "insert into organisations_agreement (id, kind, organisation_id, number, digest, categories, purposes, begins_at,"
    " ends_at, recorded_by, recorded_actor, collected_under) values (gen_random_uuid(), 'business_associate', %s,"
    " 'BA-77', sha256('x'), '{claims}', '{HPAYMT}', now() - interval '1 day', now() + interval '1 day',"
    " gen_random_uuid(), 'x', 'x')"
)


@pytest.fixture
def associate(admin: psycopg.Connection) -> Iterator[UUID]:
    """An organisation with an agreement in force about claims, for payment."""
    made = uuid4()
    admin.execute(
        "insert into organisations_organisation (id, kind, name, street, city, state, postal_code, npi, tax_number,"
        " group_numbers, agreement_number, producer_number, standing, roster_on, told, file_id, collected_under)"
        " values (%s, 'partner', 'Invented Partner', '1 Made Up St', 'Wausau', 'WI', '54403', '', '', '{}', '', '',"
        " 'current', '2026-11-01', '', %s, '2026')",
        [made, uuid4()],
    )
    admin.execute(AGREED, [made])
    yield made
    admin.execute("delete from organisations_agreement where organisation_id = %s", [made])
    admin.execute("delete from organisations_organisation where id = %s", [made])


def test_no_member_sends_by_an_agreement_of_ours(web: psycopg.Connection, world: World, associate: UUID) -> None:
    sent = released(web, world, "ann", associate, "claims", why="HPAYMT", by="agreement", recipient=b"x")
    assert sent == "no basis"


@pytest.mark.parametrize("sort", ["recipient", "paid"])
def test_what_waits_to_be_printed_under_an_agreement_stops_at_a_restriction(
    house: Cluster, web: psycopg.Connection, world: World, officer: bytes, admin: psycopg.Connection, associate: UUID,
    sort: str,
) -> None:  # fmt: skip
    ann, letter, job = world.people["ann"], uuid4(), uuid4()
    admin.execute(
        "insert into disclosures_release (id, person_id, category, collected_under, restricted, at, basis, basis_id,"
        " purpose, opens, recipient, described, conditions) values (%s, %s, 'openings', 'x', false, now(), 'agreement',"
        " %s, 'HPAYMT', '[\"claims\"]', 'x', 'x', 'x')",
        [letter, ann, associate],
    )

    def leaves() -> bool:
        with house.connect("umr", "mailroom", autocommit=True) as mailroom:
            mailroom.execute("select wellkept.gate_begin(%s, 'job', 'post')", [job])
            entry = number(mailroom, MACHINE, [[ann], "MEMADMIN", ["claims"], job, "letter"])
            with held(mailroom, flushed(mailroom, entry)):
                row = mailroom.execute("select wellkept.disclosures_leaves(%s)", [letter]).fetchone()
        return bool(row and row[0])

    assert leaves()
    claim = admin.execute("select id from benefits_claim where person_id = %s order by id", [ann]).fetchone()
    assert claim
    one = limited(web, world, "ann", sort, "claims" if sort == "recipient" else claim[0])
    assert one
    assert leaves()
    assert decided(web, world, officer, "ann", one, granted=True) == "done"
    assert not leaves()
    row = admin.execute("select stopped_at is not null from disclosures_release where id = %s", [letter]).fetchone()
    assert row == (True,)


def test_ten_letters_of_one_person_leave_in_a_day(
    web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    word = authorized(web, world, "ann", "claims")
    assert [released(web, world, "ann", word, "claims") for _each in range(11)] == ["sent"] * 10 + ["full"]
    admin.execute(
        "update disclosures_release set at = now() - interval '25 hours' where person_id = %s", [world.people["ann"]]
    )
    assert released(web, world, "ann", word, "claims") == "sent"
