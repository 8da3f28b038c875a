"""What is typed for a call that is over comes back, and nothing of it was kept; and whom a case can be handed to."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.cast import account, session
from tests.web.desk import test_cases as told
from tests.web.desk.conftest import MARIA, Call, Visit
from tests.web.desk.staff import AGREED, Staff
from tests.web.desk.test_after import NOTE
from tests.web.desk.test_appeals import letter, main
from tests.web.member.world import hashed

WRITTEN = "select count(*) from service_note where call_id = %s"


@pytest.mark.parametrize(
    ("at", "form"),
    [
        ("notes/", {}),
        ("left/", {"step": "call"}),
        ("letter/", {}),
        ("unsettled/", {}),
        ("appeal/", letter(setting="urgent")),
    ],
)
def test_what_was_typed_comes_back_when_the_call_is_over(
    visit: Visit, staff: Staff, call: Call, at: str, form: dict[str, str]
) -> None:
    dana, address = visit("dana"), call("claim")
    staff.post(dana, f"{address}end/")
    before = staff.newest()
    answer = staff.post(dana, f"{address}{at}", **form | {"words": NOTE})
    assert answer.status_code == 403
    page = main(answer)
    for part in ("The call is over", "ended at", "Nothing was kept", NOTE):
        assert part in page
    for part in ("ALVAREZ", "Alvarez", "M-4410"):
        assert part not in answer.text
    assert [entry["kind"] for entry in staff.entries("dana", before)] == []
    for who in ("paul", "nora", "priya", "maria", "stranger"):
        theirs = staff.post(visit(who), f"{address}{at}", **form | {"words": NOTE})
        assert theirs.status_code in (302, 403)
        assert NOTE not in theirs.text
    assert "Nothing is open here" in main(dana.get(f"{address}{at}"))


def test_the_next_call_ends_the_last_one_and_the_page_says_so_before(visit: Visit, staff: Staff, call: Call) -> None:
    dana, first = visit("dana"), call("claim")
    assert "Beginning this one ends it" in main(staff.post(dana, "/desk/find/", **MARIA))
    second = call("card")
    page = main(staff.post(dana, f"{first}notes/", words=NOTE))
    assert NOTE in page
    assert staff.ask(WRITTEN, [first.split("/")[3]]) == [(0,)]
    staff.post(dana, f"{second}end/")
    assert "Beginning this one ends it" not in main(staff.post(dana, "/desk/find/", **MARIA))


def test_a_note_that_the_database_does_not_take_is_never_said_to_be_kept(
    visit: Visit, staff: Staff, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    dana, address = visit("dana"), call("claim")

    def late(*_given: object, **_named: object) -> bool:
        staff.ask("update service_call set ended = now() where id = %s", [address.split("/")[3]])
        return False

    monkeypatch.setattr("wellkept.service.notes.write", late)
    answer = staff.post(dana, f"{address}notes/", words=NOTE)
    assert (answer.status_code, NOTE in main(answer)) == (403, True)


@pytest.fixture
def made_up(staff: Staff) -> Iterator[str]:
    """A made-up representative who has signed everything, as the standing family has one; their secret."""
    secret = f"made up {uuid4()}"
    with staff.house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        number = account(connection, role="representative", person=None, actor="Standing probe")
        session(connection, number, role="representative", person=None, actor="Standing probe", secret=secret)
        connection.execute(AGREED, [number, "representative"])
        connection.commit()
    staff.accounts["made up"], staff.secrets["made up"] = number, secret
    yield secret
    for table in ("consent_acknowledgement", "accounts_session"):
        staff.ask(f"delete from {table} where account_id = %s", [number])
    staff.ask("delete from accounts_account where id = %s", [number])
    del staff.accounts["made up"], staff.secrets["made up"]


@pytest.mark.usefixtures("made_up")
def test_no_case_is_handed_to_made_up_staff(visit: Visit, staff: Staff) -> None:
    case = told.taken(staff, visit, told.told(staff, visit("maria")))
    page = main(visit("dana").get(f"{case}hand-over/"))
    assert "Paul R." in page
    assert "Standing probe" not in page
    chosen = {"to": str(staff.accounts["made up"]), "words": "Yours."}
    assert staff.post(visit("dana"), f"{case}hand-over/", **chosen).status_code == 403
    with staff.house.connect("umr", "web") as web:
        secret = hashed(staff.secrets["made up"])
        names = {name for _number, name in web.execute("select * from wellkept.service_colleagues(%s)", [secret])}
    assert names <= {"Standing probe"}
