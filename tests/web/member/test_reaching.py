"""U-28: what comes back makes an address unconfirmed at once, and whoever owns it is asked, then and each year."""

import re
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from os import environ
from uuid import UUID

import psycopg
import pytest

from tests.cluster import Cluster
from tests.demo.roles import as_role
from tests.exchange.mail.test_returning import report
from tests.web.member import book
from tests.web.member.conftest import Visit
from tests.web.member.mailed import (
    ADDRESS,
    HOW,
    REACH,
    address,
    colleague,
    confirmed,
    events,
    forget,
    given,
    later,
    post,
)
from tests.web.member.test_benefits import text
from tests.web.member.world import World
from wellkept.cli import telling
from wellkept.cli.cluster.server import free_port
from wellkept.notices import returns
from wellkept.proof.mailbox import Mailbox, mailbox

COMMAND = "import sys; from wellkept.cli import main; main(sys.argv[1:], prog_name='wellkept')"
CAME_BACK = "An e-mail to you came back"
YEAR = "Is this still right?"


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with mailbox() as made:
        monkeypatch.setenv("WELLKEPT_SMTP", f"127.0.0.1:{made.port}")
        monkeypatch.setenv("WELLKEPT_ADDRESS", "https://portal.example")
        yield made


@pytest.fixture(autouse=True)
def forgotten(house: Cluster) -> Iterator[None]:
    forget(house)
    yield
    forget(house)


def token_of(box: Mailbox) -> str:
    """The token that the newest mail comes back by."""
    found = re.fullmatch(r"bounces\+([a-z2-7]{26})@lakes\.example", box.returns[-1])
    assert found
    return found[1]


def told(visit: Visit, house: Cluster, world: World, box: Mailbox) -> str:
    """Maria is told of news by mail; the token it would come back by."""
    confirmed(visit, "maria", box)
    assert post(visit, "maria", HOW, act="how", claims="mail", answers="portal")[0] == 302
    news(house, world.people["maria"])
    assert len(box.mails) == 1
    return token_of(box)


def news(house: Cluster, person: UUID) -> None:
    """Something is new for somebody, and whoever is due is told."""
    book.administered(house, "update notices_news set told_at = told_at - interval '2 days'")
    book.administered(
        house,
        "insert into notices_news (id, person_id, category, collected_under, restricted, kind, about, cause, made_at)"
        " values (gen_random_uuid(), %s, 'claims', '2026-11-01', false, 'claims', gen_random_uuid(),"
        " gen_random_uuid(), now() - interval '1 hour')",
        person,
    )
    with as_role(house, "jobs"):
        telling.tell_all(0)


def taken(house: Cluster, token: str, data: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """The mail server hands a returned mail to our command."""
    to = f"bounces+{token}@lakes.example"
    words = ["mail", "take", "--operator", "umr", "--to", to, "--sender", ""]
    quiet = {name: value for name, value in environ.items() if name not in ("WELLKEPT_ROLE", "DJANGO_SETTINGS_MODULE")}
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *words],
        input=report() if data is None else data,
        env=quiet | {"WELLKEPT_STATE": str(house.state)},
        capture_output=True,
        check=False,
    )


def test_what_comes_back_ends_mail_at_once_and_its_owner_is_asked(
    visit: Visit, world: World, house: Cluster, box: Mailbox
) -> None:
    maria = world.people["maria"]
    token = told(visit, house, world, box)
    done = taken(house, token)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert address(house, maria) == (False, True)
    assert events(house, maria) == ["mail came back"]
    box.mails.clear()
    news(house, maria)
    assert box.mails == []
    assert CAME_BACK in text(visit("maria").get("/member/").content)
    assert "we write there no more" in text(visit("maria").get(REACH).content)
    assert CAME_BACK not in text(visit("maria").get("/member/claims/").content)
    assert CAME_BACK not in text(visit("stella").get("/member/").content)
    later(house)
    confirmed(visit, "maria", box)
    assert address(house, maria) == (True, False)
    assert CAME_BACK not in text(visit("maria").get("/member/").content)


def test_a_delay_changes_nothing(visit: Visit, world: World, house: Cluster, box: Mailbox) -> None:
    token = told(visit, house, world, box)
    assert taken(house, token, report(action="delayed", status="4.4.1")).returncode == 0
    assert address(house, world.people["maria"]) == (True, False)


@pytest.mark.usefixtures("django")
def test_a_token_works_once_and_a_guessed_one_never(visit: Visit, world: World, house: Cluster, box: Mailbox) -> None:
    token = told(visit, house, world, box)
    assert not returns.came_back("a" * 26)
    assert address(house, world.people["maria"]) == (True, False)
    assert returns.came_back(token)
    assert not returns.came_back(token)
    later(house)
    confirmed(visit, "maria", box)
    assert not returns.came_back(token)
    assert address(house, world.people["maria"]) == (True, False)
    assert events(house, world.people["maria"]) == ["mail came back"]


@pytest.mark.usefixtures("django")
def test_what_comes_back_from_an_old_address_leaves_the_new_one(
    visit: Visit, world: World, house: Cluster, box: Mailbox
) -> None:
    token = told(visit, house, world, box)
    later(house)
    confirmed(visit, "maria", box, address="canary.other@example.com")
    assert not returns.came_back(token)
    assert address(house, world.people["maria"]) == (True, False)


@pytest.mark.usefixtures("django")
def test_after_thirty_days_a_token_is_forgotten(visit: Visit, world: World, house: Cluster, box: Mailbox) -> None:
    token = told(visit, house, world, box)
    book.administered(house, "update notices_mailed set sent_at = sent_at - interval '30 days'")
    assert not returns.came_back(token)
    assert book.administered(house, "select count(*) > 0 from notices_mailed") == [(True,)]
    with as_role(house, "jobs"):
        returns.sweep()
    assert book.administered(house, "select count(*) from notices_mailed") == [(0,)]


def test_the_role_that_takes_mail_does_that_one_thing(visit: Visit, world: World, house: Cluster, box: Mailbox) -> None:
    token = told(visit, house, world, box)
    with house.connect("umr", "mail", autocommit=True) as connection:
        for statement in (
            "select * from wellkept.notices_mailed",
            "select * from wellkept.notices_address",
            "select * from wellkept.accounts_account",
            "select wellkept.notices_sweep_mailed()",
            "select wellkept.notices_leave('x')",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
        found = connection.execute("select wellkept.notices_mail_came_back(%s)", [returns.hashed(token)]).fetchone()
    assert found == (True,)
    with (
        house.connect("umr", "mail", "keys", autocommit=True) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("select * from wellkept.vault_key")


def test_a_dump_tells_no_token(visit: Visit, world: World, house: Cluster, box: Mailbox) -> None:
    token = told(visit, house, world, box)
    rows = book.administered(house, "select t::text from notices_mailed t")
    assert rows
    for (row,) in rows:
        assert token not in row
        assert token.encode().hex() not in row


def test_a_mailbox_that_the_server_does_not_know_is_as_if_it_came_back(
    visit: Visit, world: World, house: Cluster, box: Mailbox
) -> None:
    confirmed(visit, "maria", box)
    assert post(visit, "maria", HOW, act="how", claims="mail", answers="portal")[0] == 302
    box.refused.add(ADDRESS)
    news(house, world.people["maria"])
    assert box.mails == []
    assert address(house, world.people["maria"]) == (False, True)
    assert book.administered(house, "select told_at from notices_news") == [(None,)]


def test_an_address_the_server_does_not_know_is_said_at_once(
    visit: Visit, world: World, house: Cluster, box: Mailbox
) -> None:
    box.refused.add(ADDRESS)
    status, shown = post(visit, "maria", HOW, act="address", address=ADDRESS)
    assert (status, "No such mailbox is known" in shown) == (400, True)
    assert address(house, world.people["maria"]) == (False, True)


def test_a_year_later_they_are_asked_and_one_word_is_enough(
    visit: Visit, world: World, house: Cluster, box: Mailbox
) -> None:
    confirmed(visit, "maria", box)
    assert YEAR not in text(visit("maria").get("/member/").content)
    book.administered(house, "update notices_address set confirmed_at = confirmed_at - interval '366 days'")
    assert YEAR in text(visit("maria").get("/member/").content)
    before = book.last(house)
    assert post(visit, "maria", REACH, act="right")[0] == 302
    assert [one.kind for one in book.since(house, before)][-1] == "changed"
    assert YEAR not in text(visit("maria").get("/member/").content)
    assert address(house, world.people["maria"]) == (True, False)
    book.administered(house, "update notices_address set right_at = right_at - interval '366 days'")
    assert YEAR in text(visit("maria").get("/member/").content)


def test_whoever_has_no_mail_is_asked_where_letters_go(visit: Visit, world: World, house: Cluster) -> None:
    account = "where person_id = %s"
    book.administered(
        house, f"update accounts_account set created_at = now() - interval '366 days' {account}", world.people["tom"]
    )
    assert "whether letters reach you" in text(visit("tom").get("/member/").content) or YEAR in text(
        visit("tom").get("/member/").content
    )
    shown = text(visit("tom").get(REACH).content)
    assert YEAR in shown
    assert post(visit, "tom", REACH, act="right")[0] == 302
    assert YEAR not in text(visit("tom").get("/member/").content)
    assert book.administered(house, "select person_id from notices_still") == [(world.people["tom"],)]
    book.administered(house, f"update accounts_account set created_at = now() {account}", world.people["tom"])


def test_an_address_that_waits_for_its_code_is_asked_for(visit: Visit, box: Mailbox) -> None:
    given(visit, "maria")
    assert "waits to be confirmed" in text(visit("maria").get("/member/").content)
    assert "nothing goes there yet" in text(visit("maria").get(REACH).content)


def test_somebody_of_another_audience_has_the_same_page(visit: Visit, house: Cluster, world: World) -> None:
    world.secrets["casey"] = "the secret of Casey's session"
    holder = colleague(house, world.secrets["casey"])
    shown = visit("casey").get(REACH)
    assert shown.status_code == 200
    assert "No e-mail address is on file" in text(shown.content)
    assert "No postal address" not in text(shown.content)
    assert post(visit, "casey", REACH, act="list", publications="on")[0] == 302
    assert book.administered(house, "select person_id, left_at from notices_subscription") == [(holder, None)]


def test_a_stranger_is_shown_to_the_sign_in(visit: Visit) -> None:
    answer = visit("a stranger").get(REACH)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")


@pytest.mark.usefixtures("django")
def test_a_question_without_a_session_says_nothing(house: Cluster) -> None:
    with house.connect("umr", "web", autocommit=True) as connection:
        found = connection.execute("select wellkept.notices_asks(%s, 12)", [b"nobody's"]).fetchone()
    assert found == ("",)


def test_the_line_for_returned_mail_notes_them_under_a_role_of_its_own(
    visit: Visit, world: World, house: Cluster, box: Mailbox
) -> None:
    token, port = told(visit, house, world, box), free_port()
    words = ["mail", "listen", "--operator", "umr", "--port", str(port)]
    quiet = {name: value for name, value in environ.items() if name not in ("WELLKEPT_ROLE", "DJANGO_SETTINGS_MODULE")}
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, *words],
        env=quiet | {"WELLKEPT_STATE": str(house.state), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as listening:
        assert listening.stdout is not None
        assert "are taken at 127.0.0.1" in listening.stdout.readline()
        with smtplib.LMTP("127.0.0.1", port) as line:
            line.sendmail("", [f"bounces+{token}@lakes.example"], report())
            with pytest.raises(smtplib.SMTPRecipientsRefused):
                line.sendmail("", ["somebody@example.com"], report())
        assert address(house, world.people["maria"]) == (False, True)
        listening.terminate()
        heard = listening.stdout.read()
    assert (listening.returncode, heard) == (0, "")


def test_returned_mail_is_taken_on_this_machine_alone(house: Cluster) -> None:
    words = ["mail", "listen", "--operator", "umr", "--host", "0.0.0.0", "--port", "2525"]  # noqa: S104  (what is refused)
    done = subprocess.run([sys.executable, "-c", COMMAND, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "on this machine alone" in done.stderr
