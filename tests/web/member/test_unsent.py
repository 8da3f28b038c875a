"""What was begun and never sent does not lie about for ever, and whose it was reads that it went."""

from uuid import UUID

import psycopg
import pytest

from tests.cluster import Cluster
from tests.demo.roles import as_role
from tests.files import papers
from tests.web.member import book
from tests.web.member.conftest import Visit
from tests.web.member.test_telling import CLAIM, attach, begun, post
from tests.web.member.world import World
from wellkept.cli import jobs


def left(house: Cluster) -> tuple[set[UUID], set[UUID]]:
    """What was begun, and what papers are about whose every part is there."""
    told = book.administered(house, "select id from benefits_told")
    about = book.administered(
        house,
        "select about from files_attachment a where parts = (select count(*) from files_part p"
        " where p.person_id = a.person_id and p.attachment_id = a.id)",
    )
    return {row for (row,) in told}, {row for (row,) in about}


def aged(house: Cluster, number: UUID, days: int) -> None:
    """As though it had been written that long ago, with papers as old."""
    before = f"now() - make_interval(days => {days})"
    book.administered(house, "alter table benefits_told disable trigger user")
    book.administered(house, f"update benefits_told set touched_at = {before} where id = %s", number)
    book.administered(house, "alter table benefits_told enable trigger user")
    book.administered(house, "alter table files_attachment disable trigger user")
    book.administered(house, f"update files_attachment set attached_at = {before} where about = %s", number)
    book.administered(house, "alter table files_attachment enable trigger user")


def test_what_was_left_unsent_for_thirty_days_goes_with_its_papers(visit: Visit, house: Cluster, world: World) -> None:
    maria = visit("maria")
    old, young, paper, sent = (begun(maria) for _each in range(4))
    numbers = [UUID(address.split("/")[3]) for address in (old, young, paper, sent)]
    for address in (old, young, sent):
        attach(maria, address, ("bill.pdf", papers.pdf()))
    post(maria, f"{sent}send/")
    for number, days in zip(numbers, (31, 29, 31, 31), strict=True):
        aged(house, number, days)
    attach(maria, paper, ("bill.pdf", papers.pdf()))
    before = book.last(house)
    with as_role(house, "jobs"):
        jobs.sweep_unsent(0)
    told, about = left(house)
    assert numbers[0] not in told | about
    assert set(numbers[1:]) <= told
    assert set(numbers[1:]) <= about
    (entry,) = book.since(house, before)
    assert (entry.kind, entry.subjects, entry.categories) == ("draft removed", [world.people["maria"]], ["claims"])
    assert "removed what you had begun and not sent for 30 days" in maria.get("/member/privacy/openings/").text
    with as_role(house, "jobs"):
        jobs.sweep_unsent(0)
    assert left(house) == (told, about)


def test_what_is_answered_anew_is_not_left(visit: Visit, house: Cluster) -> None:
    maria = visit("maria")
    address = begun(maria)
    number = UUID(address.split("/")[3])
    aged(house, number, 31)
    assert post(maria, f"{address}edit/", **CLAIM | {"who": "Canary Falls Clinic"}).status_code == 302
    with as_role(house, "jobs"):
        jobs.sweep_unsent(0)
    assert number in left(house)[0]


@pytest.mark.parametrize("role", ["web", "entrance", "intake"])
def test_no_other_role_sweeps(house: Cluster, role: str) -> None:
    with house.connect("umr", role, autocommit=True) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("select wellkept.benefits_sweep_unsent()")
