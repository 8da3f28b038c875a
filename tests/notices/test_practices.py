"""Everybody is told of the privacy policy: when they are new, when it changed, and in time again (45 CFR 164.520)."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as live
from django.db import ProgrammingError
from django.utils import timezone

from tests.accounts.asking import answer_all, ask, forget, printed, rows
from tests.cluster import Cluster
from tests.demo.imported import imported
from tests.demo.roles import as_role
from wellkept.cli import practising
from wellkept.exchange.mail import sending
from wellkept.notices import actions, addresses, practices
from wellkept.notices.models import Informed
from wellkept.people import confidential
from wellkept.policy import packs

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]


@pytest.fixture(autouse=True)
def untold(house: Cluster, django: None) -> Iterator[None]:
    """Nobody was told of anything, before and after."""
    imported(house)
    clear(house)
    yield
    clear(house)


def clear(house: Cluster) -> None:
    forget(house)
    with house.administer("wellkept_umr") as connection:
        connection.execute("delete from wellkept.notices_informed")


def tell(house: Cluster) -> None:
    with as_role(house, "jobs"):
        practising.tell_all(0)


def told(house: Cluster) -> list[tuple[object, ...]]:
    return rows(house, "select person_id, version, why, way from notices_informed order by at")


def letters(house: Cluster, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """What the letters of one run say, before they are sealed."""
    said: list[dict[str, object]] = []
    write = actions.write

    def heard(*given: object, **named: object) -> object:
        said.append({"kind": named["kind"], **json.loads(str(named["body"]))["data"]})
        return write(*given, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(actions, "write", heard)
        tell(house)
    return said


def first_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the day on which the first version took effect."""
    monkeypatch.setattr(packs, "today", lambda pack: pack.versions[0].effective)


def test_whoever_is_covered_is_told_once_by_letter(house: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    first_version(monkeypatch)
    said = letters(house, monkeypatch)
    assert said
    assert {one["kind"] for one in said} == {"privacy notice"}
    text = " ".join(str(line) for line in said[0]["says"])  # type: ignore[attr-defined]
    assert "/policy/." in text
    assert "a copy on paper when you ask, free of charge" in text
    assert {row[1:] for row in told(house)} == {(live.PACK.versions[0].version, "enrolment", "letter")}
    assert letters(house, monkeypatch) == []


def test_only_subscribers_with_coverage_now_are_told(house: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(house)
    found = {row[0] for row in told(house)}
    covered = (
        "select 1 from benefits_coverage c where c.person_id = p.person_id"
        " and (c.ends_on is null or c.ends_on >= current_date)"
    )
    wanted = rows(house, f"select person_id from people_person p where relationship = '18' and exists ({covered})")
    accounts = rows(
        house,
        "select a.person_id from accounts_account a join people_person p on p.person_id = a.person_id"
        " where a.closed_at is null"
        " and not exists (select 1 from benefits_coverage c where c.person_id = a.person_id)",
    )
    assert found == {row[0] for row in wanted} | {row[0] for row in accounts}
    dependents = rows(house, "select count(*) from people_person where relationship <> '18'")
    assert dependents[0][0] != 0


def test_a_changed_policy_is_told_again_with_what_changed(house: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        first_version(patch)
        tell(house)
    second = live.PACK.versions[1]
    monkeypatch.setattr(packs, "today", lambda _pack: second.effective)
    forget(house)
    said = letters(house, monkeypatch)
    assert len(said) == len(told(house)) / 2
    assert {row[1:3] for row in told(house)[len(said) :]} == {(second.version, "revision")}
    lines = [str(line) for line in said[0]["says"]]  # type: ignore[attr-defined]
    assert any(line.startswith("U-02 ") for line in lines)
    assert not any(line.startswith("U-01 ") for line in lines)
    assert any(f"/policy/versions/{second.version}/changes/" in line for line in lines)


def test_a_version_that_only_keeps_its_promises_otherwise_is_no_revision() -> None:
    pack = packs.named("umr")
    newest = pack.versions[-1]
    kept = tuple(replace(clause, kept_by=("other",), not_kept=None) for clause in newest.clauses)
    later = replace(newest, version="later", effective=newest.effective + timedelta(days=1), clauses=kept)
    assert practising.revised(replace(pack, versions=(*pack.versions, later)), later) is False
    assert practising.revised(pack, newest) is True
    assert practising.revised(pack, pack.versions[0]) is False


def test_everybody_is_reminded_after_three_years_and_not_before(
    house: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(house)
    forget(house)
    with house.administer("wellkept_umr") as connection:
        connection.execute("update wellkept.notices_informed set at = at - interval '35 months'")
    assert letters(house, monkeypatch) == []
    with house.administer("wellkept_umr") as connection:
        connection.execute("update wellkept.notices_informed set at = at - interval '1 month'")
    said = letters(house, monkeypatch)
    assert {one["kind"] for one in said} == {"privacy reminder"}
    assert said
    assert letters(house, monkeypatch) == []


def lend(monkeypatch: pytest.MonkeyPatch, over: sending.Post) -> None:
    """Let the line to the mail server be this one."""

    @contextmanager
    def line() -> Iterator[sending.Post]:
        yield over

    monkeypatch.setattr(sending, "configured", lambda: True)
    monkeypatch.setattr(sending, "line", line)


def test_whose_mailbox_is_gone_is_told_by_letter(house: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_given: object) -> None:
        raise sending.NoSuchAddressError("The mail server knows no such mailbox.")

    lend(monkeypatch, gone)
    confirmed = addresses.AddressLine("x@y.example", timezone.now(), None)
    monkeypatch.setattr(addresses, "address", lambda _key: confirmed)
    tell(house)
    assert {row[3] for row in told(house)} == {"letter"}


def test_a_server_that_is_away_leaves_them_due(house: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELLKEPT_SMTP", "127.0.0.1:1")
    confirmed = addresses.AddressLine("x@y.example", timezone.now(), None)
    monkeypatch.setattr(addresses, "address", lambda _key: confirmed)
    tell(house)
    assert told(house) == []


def test_a_person_with_a_confirmed_address_gets_a_mail_and_one_who_wants_no_paper_neither(
    house: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    lend(monkeypatch, lambda made, _back: sent.append(str(made["Subject"])))
    confirmed = addresses.AddressLine("x@y.example", timezone.now(), None)
    waits = addresses.AddressLine("x@y.example", None, timezone.now())
    answers = iter([confirmed, waits])
    monkeypatch.setattr(addresses, "address", lambda _key: next(answers, waits))
    mailing = confidential.Mailing((), paper=False, confidential=True)
    monkeypatch.setattr(confidential, "mailing", lambda _key: mailing)
    tell(house)
    ways = [row[3] for row in told(house)]
    assert (ways.count("mail"), ways.count("portal"), ways.count("letter")) == (1, len(ways) - 1, 0)
    assert sent == ["Our privacy policy"]
    assert rows(house, "select count(*) from notices_letter") == [(0,)]


def test_a_mail_that_is_not_taken_leaves_the_person_due(house: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_given: object) -> None:
        raise sending.MailError("The mail server did not take a mail (OSError).")

    lend(monkeypatch, refused)
    confirmed = addresses.AddressLine("x@y.example", timezone.now(), None)
    monkeypatch.setattr(addresses, "address", lambda _key: confirmed)
    tell(house)
    assert told(house) == []


def test_a_day_tells_so_many_and_says_aloud_when_it_is_too_late(
    house: Cluster, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(practising, "MOST", 2)
    tell(house)
    assert len(told(house)) == 2
    assert "People wait" not in caplog.text
    until = packs.now_in_force(live.PACK).effective + timedelta(days=61)
    monkeypatch.setattr(packs, "today", lambda _pack: until)
    tell(house)
    assert len(told(house)) == 4
    assert "People wait to be told" in caplog.text


def test_every_person_is_opened_with_an_entry_of_their_own(house: Cluster) -> None:
    before = rows(house, "select coalesce(max(id), 0) from ledger_entry")[0][0]
    tell(house)
    entered = rows(
        house, "select subjects from ledger_entry where id > %s and role = 'jobs' and kind = 'opened'", before
    )
    assert {row[0][0] for row in entered} == {row[0] for row in told(house)}  # type: ignore[index]


def test_pages_of_people_leave_nobody_out(house: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    with as_role(house, "jobs"):
        every = list(practices.due(version="any", revised=False, months=36))
        monkeypatch.setattr(practices, "PAGE", 7)
        assert list(practices.due(version="any", revised=False, months=36)) == every
    assert len(every) > 7


def test_the_letter_with_the_access_code_says_where_the_policy_is(house: Cluster, tmp_path: Path) -> None:
    ask(imported(house).people["subscriber"])
    answer_all(house)
    (text,) = printed(house, tmp_path)
    assert "/policy/" in text
    assert "we post you a copy on paper, free of charge" in text


def test_an_opening_for_anything_else_shows_none_of_it(house: Cluster) -> None:
    with as_role(house, "web"), pytest.raises(ProgrammingError, match="permission denied"):
        Informed.objects.exists()
