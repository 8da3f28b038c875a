"""How something was mended is written by the privacy office or administration, once it is, for anyone to read."""

import re
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest

from tests.cluster import Cluster
from tests.web.desk.staff import Staff, hire
from tests.web.privacy.conftest import Visit
from wellkept.policy import controls
from wellkept.proof import actions, history, queries

CONTROL, PROMISE = "phone-beside-mail", "/policy/u-27/broken/"
WORDS = "A template had lost its warning. We put it back, and a test now fails without it."


@pytest.fixture
def span(house: Cluster) -> Iterator[int]:
    """Something that was broken for sixteen minutes and holds again."""
    with house.connect("umr", "proof", autocommit=True) as proof:
        for held, ago in ((False, 30), (True, 14)):
            run = uuid4()
            proof.execute("insert into wellkept.proof_run values (%s, now(), now(), '2026-11-22', 'mended')", [run])
            proof.execute(
                "insert into wellkept.proof_try (run, control, name, sentence, outcome, held, at)"
                " values (%s, %s, 'Look', 'We looked for the warning.', 'Missing', %s,"
                " now() - make_interval(mins => %s))",
                [run, CONTROL, held, ago],
            )
            actions.span(proof, run, controls.house()[CONTROL])
        row = proof.execute("select max(id) from wellkept.proof_span").fetchone()
    assert row
    queries.KEPT.clear()
    history.READ.clear()
    yield row[0]
    with house.administer("wellkept_umr") as connection:
        for table in ("mended", "span", "try where name = 'Look'", "run where program_version = 'mended'"):
            connection.execute(f"delete from wellkept.proof_{table}")
    queries.KEPT.clear()
    history.READ.clear()


def test_it_waits_until_somebody_writes_how_and_then_anyone_reads_it(visit: Visit, staff: Staff, span: int) -> None:
    officer, anyone = visit("priya"), visit("nobody")
    assert "How it was mended is not written yet." in anyone.get(PROMISE).text
    assert f'href="/privacy/mended/{span}/"' in officer.get("/privacy/mended/").text.partition("<h2>Written</h2>")[0]
    page = officer.get(f"/privacy/mended/{span}/").text
    assert "We looked for the warning." in page
    assert 'href="/policy/u-27/"' in page
    answer = staff.post(officer, f"/privacy/mended/{span}/", words=WORDS)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/privacy/mended/")
    page = anyone.get(PROMISE).text
    assert WORDS in page
    assert "Written by the privacy office on " in page
    assert "Priya" not in page
    assert WORDS in officer.get("/privacy/mended/").text.partition("<h2>Written</h2>")[2]


def test_later_words_stand_in_the_place_of_earlier_ones_which_stay_written(
    visit: Visit, staff: Staff, span: int
) -> None:
    for words in (WORDS, "We put the warning back."):
        staff.post(visit("priya"), f"/privacy/mended/{span}/", words=words)
    page = visit("nobody").get(PROMISE).text
    assert "We put the warning back." in page
    assert WORDS not in page
    assert staff.ask("select count(*) from proof_mended where span = %s", [span]) == [(2,)]


def test_too_few_words_are_asked_for_again(visit: Visit, staff: Staff, span: int) -> None:
    page = staff.post(visit("priya"), f"/privacy/mended/{span}/", words="Fixed.")
    assert page.status_code == 400
    assert "There is a problem" in page.text
    assert staff.ask("select count(*) from proof_mended where span = %s", [span]) == [(0,)]


def test_administration_writes_too_and_nobody_else_does(visit: Visit, staff: Staff, span: int, house: Cluster) -> None:
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        hire(connection, staff, "olga", role="administrator")
        connection.commit()
    for name in ("dana", "nora", "tom"):
        assert visit(name).get("/privacy/mended/").status_code == 403
        assert staff.post(visit(name), f"/privacy/mended/{span}/", words=WORDS).status_code == 403
    assert staff.post(visit("olga"), f"/privacy/mended/{span}/", words=WORDS).status_code == 302
    assert "Written by administration on " in visit("nobody").get(PROMISE).text


def test_the_database_itself_asks_whose_words_they_are(house: Cluster, staff: Staff, span: int) -> None:
    with house.connect("umr", "web", autocommit=True) as web:
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only the privacy office"):
            web.execute("select wellkept.proof_mend(sha256(%s), %s, %s)", [staff.secrets["dana"].encode(), span, WORDS])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute("insert into wellkept.proof_mended (span, words, role, actor) values (1, 'x', 'x', 'x')")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute("select actor from wellkept.proof_mended")


def test_what_is_still_broken_cannot_be_called_mended(visit: Visit, staff: Staff, span: int, house: Cluster) -> None:
    with house.administer("wellkept_umr") as connection:
        connection.execute("update wellkept.proof_span set ended = null, ended_in = null where id = %s", [span])
    assert visit("priya").get(f"/privacy/mended/{span}/").status_code == 404
    assert visit("priya").get("/privacy/mended/999999/").status_code == 404
    assert not re.search(rf"/privacy/mended/{span}/", visit("priya").get("/privacy/mended/").text)
