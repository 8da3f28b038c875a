"""Organisations register by a code that is posted to their list's address; whoever no list knows waits for a person."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.accounts.asking import answer_all, ask, code_of, forget, printed, rows
from tests.accounts.rostered import BORN, Listed, change, listed, one
from tests.cluster import Cluster
from tests.demo.imported import imported
from tests.demo.roles import as_role
from wellkept.accounts import actions, codes, hashes, registrations
from wellkept.cli import registering

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]
PASSWORD = "seven otters paint the barn"
HASHED = "argon2$no-password-answers-this"
KINDS = ("provider", "employer", "agent", "partner")


@pytest.fixture(autouse=True)
def fresh(house: Cluster) -> None:
    """Nobody waits for anything and nobody was written to today."""
    imported(house)
    forget(house)


def login() -> str:
    return f"otter-{uuid4().hex}"


def coded(house: Cluster, office: Listed, *, email: str = "") -> str:
    """A code for an organisation, as the job makes it: taken where it is made, since only its hash is kept."""
    made: list[str] = []
    inner = codes.new

    def kept() -> str:
        made.append(inner())
        return made[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(codes, "new", kept)
        office.ask(email=email)
        answer_all(house)
    (code,) = made
    return code


def redeem(code: str, *, born: date = BORN, name: str = "") -> str:
    return actions.redeem(code=code, born=born, login=name or login(), password=PASSWORD)


@pytest.mark.parametrize("kind", KINDS)
def test_somebody_of_an_organisation_on_its_list_comes_in_and_administers_it(house: Cluster, kind: str) -> None:
    office = listed(house, kind)
    assert redeem(coded(house, office)) == "yes"
    found = one(
        house,
        "select role, person_id, holder is not null, administers, actor from accounts_account"
        " where organisation_id = %s",
        office.id,
    )
    assert found == (kind, None, True, True, "Ana Ortiz")
    entry = one(
        house,
        "select kind, role, actor, own from ledger_entry where subjects[1] = %s and kind = 'registered'",
        office.id,
    )
    assert entry == ("registered", kind, "Ana Ortiz", False)


def test_the_letter_goes_to_the_address_of_the_list_to_the_attention_of_whoever_asked(
    house: Cluster, tmp_path: Path
) -> None:
    office = listed(house)
    office.ask()
    answer_all(house)
    (letter,) = printed(house, tmp_path)
    for line in (office.name, "12 Mill Road", "Ana Ortiz"):
        assert line in letter
    assert redeem(code_of(letter)) == "yes"


def test_what_was_typed_is_gone_once_it_is_answered_and_so_is_its_key(house: Cluster) -> None:
    listed(house).ask(email="canary@example.org")
    ((registration, length),) = rows(house, "select id, length(told) from accounts_registration")
    assert isinstance(length, int)
    assert length > actions.TOLD_LENGTH
    assert key_of(house, registration) is True
    answer_all(house)
    assert rows(house, "select 1 from accounts_registration") == []
    assert key_of(house, registration) is False


def key_of(house: Cluster, subject: object) -> bool | None:
    with house.administer("wellkept_umr_keys") as connection:
        row = connection.execute(
            "select destroyed_at is null from wellkept.vault_key where subject = %s", [subject]
        ).fetchone()
        return bool(row[0]) if row else None


def test_what_waits_for_a_person_keeps_its_key(house: Cluster) -> None:
    ask(imported(house).people["subscriber"], last="Nobody")
    answer_all(house)
    ((registration,),) = rows(house, "select id from accounts_registration")
    assert key_of(house, registration) is True


def test_every_request_is_one_row_of_one_length_whatever_it_says(house: Cluster) -> None:
    for kind in KINDS:
        listed(house, kind).ask(name="王小明" * 30, email="e" * 80)
    ask(imported(house).people["subscriber"])
    ask(imported(house).people["subscriber"], last="Nobody")
    lengths = rows(house, "select distinct length(told), length(birth_date), state from accounts_registration")
    assert len(lengths) == 1
    assert rows(house, "select count(*) from accounts_registration") == [(6,)]


def test_an_organisation_that_left_its_list_gets_no_code(house: Cluster) -> None:
    listed(house, standing="prior").ask()
    answer_all(house)
    assert rows(house, "select state from accounts_registration") == [("unmatched",)]
    assert rows(house, "select 1 from accounts_accesscode") == []


def test_a_code_of_an_organisation_that_left_since_does_not_work(house: Cluster) -> None:
    office = listed(house)
    code = coded(house, office)
    change(house, "update organisations_organisation set standing = 'prior' where id = %s", office.id)
    assert redeem(code) == "no"
    change(house, "update organisations_organisation set standing = 'current' where id = %s", office.id)
    assert redeem(code) == "yes"


def test_a_code_is_bound_used_once_and_runs_out(house: Cluster) -> None:
    office = listed(house)
    code = coded(house, office)
    assert redeem(code, born=date(1980, 1, 1)) == "no"
    assert redeem(f"{code[:-1]}{'2' if code[-1] != '2' else '3'}") == "no"
    assert redeem(code) == "yes"
    assert redeem(code) == "no"
    late = coded(house, listed(house))
    change(house, "update accounts_accesscode set expires_at = now() where used_at is null")
    assert redeem(late) == "no"


def test_a_code_closes_after_five_wrong_birth_dates(house: Cluster) -> None:
    code = coded(house, listed(house))
    assert [redeem(code, born=date(1980, 1, day)) for day in range(1, 6)] == ["no"] * 5
    assert redeem(code) == "no"


def test_two_who_race_for_one_organisation_leave_one_account(house: Cluster) -> None:
    office = listed(house)
    first = coded(house, office)
    change(house, "update accounts_accesscode set issued_at = now() - interval '2 days'")
    second = coded(house, office)
    gate = Barrier(4, timeout=30)

    def use(code: str) -> str:
        given = [hashes.code(code), hashes.birth_date(BORN), hashes.login(login()), HASHED, "2026-11-01"]
        with house.connect("umr", "entrance", autocommit=True) as connection:
            gate.wait()
            row = connection.execute("select wellkept.accounts_redeem(%s, %s, %s, %s, %s)", given).fetchone()
            assert row
            return str(row[0])

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(use, [first, first, second, second]))
    assert answers == ["no", "no", "no", "yes"]
    assert len(rows(house, "select 1 from accounts_account where organisation_id = %s", office.id)) == 1


def test_who_asks_for_an_organisation_that_somebody_administers_waits_for_a_person(house: Cluster) -> None:
    office = listed(house)
    assert redeem(coded(house, office)) == "yes"
    change(house, "delete from accounts_accesscode")
    office.ask(name="Ben Lund")
    answer_all(house)
    assert rows(house, "select state from accounts_registration") == [("unmatched",)]


def test_an_e_mail_address_becomes_the_holder_s_own_and_is_not_confirmed(house: Cluster) -> None:
    office = listed(house)
    code = coded(house, office, email="ana@example.org")
    assert rows(house, "select 1 from notices_address where id = (select email_row from accounts_accesscode)") == []
    assert redeem(code) == "yes"
    (holder,) = one(house, "select holder from accounts_account where organisation_id = %s", office.id)
    found = one(
        house,
        "select confirmed_at, category, position('ana' in address::text) from notices_address where person_id = %s",
        holder,
    )
    assert found == (None, "contact", 0)
    assert rows(house, "select 1 from accounts_accesscode where email is not null or actor is not null") == []


def test_an_e_mail_address_goes_with_a_code_that_nobody_used(house: Cluster) -> None:
    coded(house, listed(house), email="ana@example.org")
    change(house, "update accounts_accesscode set expires_at = now()")
    with as_role(house, "jobs"):
        registering.sweep(0)
    assert one(house, "select actor, email from accounts_accesscode") == (None, None)


def test_what_nobody_decided_in_ten_business_days_lapses(house: Cluster) -> None:
    ask(imported(house).people["subscriber"], last="Nobody")
    answer_all(house)
    with as_role(house, "jobs"):
        registering.sweep(0)
    assert rows(house, "select state from accounts_registration") == [("unmatched",)]
    change(house, "update accounts_registration set asked_at = now() - interval '20 days'")
    with as_role(house, "jobs"):
        registering.sweep(0)
    assert rows(house, "select state, told from accounts_registration") == [("done", b"")]
    answer_all(house)
    assert rows(house, "select 1 from accounts_registration") == []


def test_the_last_day_is_counted_in_business_days() -> None:
    assert registering.last_day(date(2026, 11, 23), 10) == date(2026, 11, 5)  # Veterans Day is between
    assert registering.last_day(date(2026, 11, 30), 1) == date(2026, 11, 26)


def test_members_with_no_address_wait_for_a_person(house: Cluster) -> None:
    who = imported(house).people["spouse"]
    ask(who)
    (person,) = one(
        house,
        "select person_id from people_finder"
        " where kind = 'roster' and index = (select roster from accounts_registration)",
    )
    change(house, "create table kept_contact as select * from people_contact where person_id = %s", person)
    change(house, "delete from people_contact where person_id = %s", person)
    try:
        answer_all(house)
    finally:
        change(house, "insert into people_contact select * from kept_contact")
        change(house, "drop table kept_contact")
    assert rows(house, "select state from accounts_registration") == [("unmatched",)]


NOTHING_OPEN = "nothing is open"


@pytest.mark.parametrize("role", ["web", "jobs"])
def test_what_was_typed_is_read_by_nobody_unopened(house: Cluster, role: str) -> None:
    ask(imported(house).people["subscriber"], last="Nobody")
    answer_all(house)
    ((registration,),) = rows(house, "select id from accounts_registration")
    with house.connect("umr", role, autocommit=True) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match=NOTHING_OPEN):
            connection.execute("select * from wellkept.accounts_told(%s)", [registration])
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="permission denied"):
            connection.execute("select told from wellkept.accounts_registration")


@pytest.mark.parametrize("role", ["entrance", "intake", "seal", "watch", "proof", "mailroom"])
def test_no_other_role_has_any_part_in_requests(house: Cluster, role: str) -> None:
    with house.connect("umr", role, autocommit=True) as connection:
        for call in (
            "wellkept.accounts_told(gen_random_uuid())",
            "wellkept.accounts_unmatched('')",
            "wellkept.accounts_choose('', gen_random_uuid(), gen_random_uuid())",
            f"wellkept.accounts_issue_code('', 'administrator', {', '.join(['null'] * 9)}, '1 day', '1 day')",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"select * from {call}")


@pytest.mark.parametrize("role", ["administrator", "representative", "access_administrator", "nobody"])
def test_no_code_makes_somebody_who_works_here_whoever_writes_it(house: Cluster, role: str) -> None:
    written = (
        "insert into wellkept.accounts_accesscode"
        " (code_hash, role, organisation_id, holder, place, issued_at, expires_at)"
        " values (sha256(''), %s, %s, %s, %s, now(), now() + interval '1 day')"
    )
    with (
        house.connect("umr", "jobs", autocommit=True) as connection,
        pytest.raises(psycopg.errors.CheckViolation, match="accounts_whose_code"),
    ):
        connection.execute(written, [role, uuid4(), uuid4(), uuid4()])


def test_a_stranger_s_session_sees_no_list_and_decides_nothing(house: Cluster) -> None:
    ask(imported(house).people["subscriber"], last="Nobody")
    answer_all(house)
    ((registration,),) = rows(house, "select id from accounts_registration")
    assert isinstance(registration, UUID)
    assert registrations.unmatched(b"nobody's") == ()
    assert not registrations.choose(b"nobody's", registration, uuid4())
    assert not registrations.refuse(b"nobody's", registration, "not on our list")
    assert rows(house, "select state from accounts_registration") == [("unmatched",)]
