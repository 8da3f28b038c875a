"""News is told the way a person chose, says nothing of what it is, and goes to no address that was not confirmed."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import Error

from tests.cluster import Cluster
from tests.demo.roles import as_role
from tests.web.member import book
from tests.web.member.conftest import Visit
from tests.web.member.test_benefits import text
from tests.web.member.test_privacy import form
from tests.web.member.world import World
from wellkept.access import queries as access
from wellkept.benefits import news as told
from wellkept.cli import telling
from wellkept.exchange.mail import sending
from wellkept.exchange.mail.texts import Mail
from wellkept.policy import packs
from wellkept.policy.words import Category, Purpose
from wellkept.proof.mailbox import Mailbox, mailbox

HOW, NEWS = "/member/news/how/", "/member/news/"
ADDRESS = "canary.address@example.com"


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with mailbox() as made:
        monkeypatch.setenv("WELLKEPT_SMTP", f"127.0.0.1:{made.port}")
        monkeypatch.setenv("WELLKEPT_ADDRESS", "https://portal.example")
        yield made


@pytest.fixture(autouse=True)
def forgotten(house: Cluster) -> None:
    """Nothing was told and nothing chosen before."""
    for table in ("news", "choice", "address", "letter"):
        book.administered(house, f"delete from notices_{table}")


def happened(house: Cluster, person: UUID, *, category: str = "claims", ago: str = "1 hour") -> UUID:
    """A claim of the person was decided some time ago."""
    claim = uuid4()
    book.administered(
        house,
        "insert into notices_news (id, person_id, category, collected_under, restricted, kind, about, cause, made_at)"
        " values (gen_random_uuid(), %s, %s, '2026-11-01', false, 'claims', %s, gen_random_uuid(),"
        " now() - %s::interval)",
        person, category, claim, ago,
    )  # fmt: skip
    return claim


def post(visit: Visit, name: str, path: str, **said: str) -> tuple[int, str]:
    """What becomes of a form that somebody sends."""
    browser = visit(name)
    answer = browser.post(path, {**form(browser.get(path).content), **said})
    return answer.status_code, text(answer.content)


def code_in(box: Mailbox) -> str:
    (found,) = re.findall(r"^([2-9A-Z]{8})\r?$", box.mails[-1][1], re.MULTILINE)
    return str(found)


def confirmed(visit: Visit, name: str, box: Mailbox) -> None:
    """The address is given and confirmed, and mail chosen."""
    assert post(visit, name, HOW, act="address", address=ADDRESS)[0] == 302
    assert post(visit, name, HOW, act="code", code=code_in(box).lower())[0] == 302
    assert post(visit, name, HOW, act="how", claims="mail", answers="portal")[0] == 302
    box.mails.clear()


def tell(house: Cluster) -> None:
    with as_role(house, "jobs"):
        telling.tell_all(0)


def test_a_mail_says_sign_in_and_nothing_else(visit: Visit, world: World, house: Cluster, box: Mailbox) -> None:
    confirmed(visit, "maria", box)
    claim = happened(house, world.people["maria"], category="sensitive_claims")
    tell(house)
    ((to, mail),) = box.mails
    assert to == (ADDRESS,)
    assert "Sign in to see it:\n\nhttps://portal.example/sign-in/" in mail.replace("\r", "")
    assert "never write in a mail what it is" in mail
    for canary in ("Maria", "MARIA", "claim", str(claim), str(world.people["maria"]), "sensitive"):
        assert canary not in mail
    assert "Auto-Submitted: auto-generated" in mail


def test_nobody_is_told_twice_of_the_same_or_twice_a_day(
    visit: Visit, world: World, house: Cluster, box: Mailbox
) -> None:
    confirmed(visit, "maria", box)
    happened(house, world.people["maria"])
    happened(house, world.people["maria"])
    tell(house)
    tell(house)
    happened(house, world.people["maria"])
    tell(house)
    assert len(box.mails) == 1


def test_what_was_read_or_just_came_is_not_told(visit: Visit, world: World, house: Cluster, box: Mailbox) -> None:
    confirmed(visit, "maria", box)
    happened(house, world.people["maria"], ago="1 minute")
    tell(house)
    assert box.mails == []
    happened(house, world.people["maria"])
    assert post(visit, "maria", NEWS)[0] == 302
    tell(house)
    assert box.mails == []


def test_without_a_choice_nothing_goes_out(visit: Visit, world: World, house: Cluster, box: Mailbox) -> None:
    happened(house, world.people["tom"])
    tell(house)
    assert box.mails == []
    assert book.administered(house, "select count(*) from notices_letter where kind = 'news'") == [(0,)]
    assert "A claim was decided or changed" in text(visit("tom").get(NEWS).content)


def test_nothing_goes_to_an_address_before_its_code_was_typed(
    visit: Visit, world: World, house: Cluster, box: Mailbox
) -> None:
    assert post(visit, "maria", HOW, act="address", address=ADDRESS)[0] == 302
    status, shown = post(visit, "maria", HOW, act="how", claims="mail", answers="portal")
    assert status == 400
    assert "Select a valid choice" in shown or "confirm it" in shown
    book.administered(
        house,
        "insert into notices_choice (id, person_id, category, collected_under, restricted, kind, channel)"
        " values (gen_random_uuid(), %s, 'contact', '2026-11-01', false, 'claims', 'mail')",
        world.people["maria"],
    )
    happened(house, world.people["maria"])
    box.mails.clear()
    tell(house)
    assert box.mails == []


def test_five_wrong_codes_end_the_right_one(visit: Visit, box: Mailbox) -> None:
    assert post(visit, "maria", HOW, act="address", address=ADDRESS)[0] == 302
    for _try in range(5):
        status, shown = post(visit, "maria", HOW, act="code", code="22222222")
        assert status == 400
        assert "That is not the code" in shown
    assert post(visit, "maria", HOW, act="code", code=code_in(box))[0] == 400


def test_a_code_is_asked_for_once_a_minute(visit: Visit, box: Mailbox) -> None:
    assert post(visit, "maria", HOW, act="address", address=ADDRESS)[0] == 302
    status, shown = post(visit, "maria", HOW, act="address", address="other@example.com")
    assert status == 400
    assert "less than a minute ago" in shown
    assert len(box.mails) == 1


def test_forgetting_and_giving_in_turn_sends_no_more_codes(visit: Visit, box: Mailbox, house: Cluster) -> None:
    assert post(visit, "maria", HOW, act="address", address=ADDRESS)[0] == 302
    status, shown = post(visit, "maria", HOW, act="forget")
    assert status == 400
    assert "In a minute you can remove the address" in shown
    assert post(visit, "maria", HOW, act="address", address=ADDRESS)[0] == 400
    assert len(box.mails) == 1
    book.administered(house, "update notices_address set asked_at = asked_at - interval '1 minute'")
    assert post(visit, "maria", HOW, act="forget")[0] == 302
    assert book.administered(house, "select 1 from notices_address") == []


def test_a_letter_says_no_more_than_a_mail(visit: Visit, world: World, house: Cluster) -> None:
    assert post(visit, "maria", HOW, act="how", claims="letter", answers="portal")[0] == 302
    happened(house, world.people["maria"])
    tell(house)
    assert book.administered(house, "select person_id, category from notices_letter where kind = 'news'") == [
        (world.people["maria"], "contact")
    ]


def test_where_no_server_is_named_mail_is_not_offered(visit: Visit) -> None:
    shown = text(visit("maria").get(HOW).content)
    assert "This portal sends no e-mail" in shown
    assert "E-mail address\n" not in shown


def test_a_server_that_does_not_answer_leaves_the_news_to_be_told(
    visit: Visit, world: World, house: Cluster, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirmed(visit, "maria", box)
    happened(house, world.people["maria"])
    with monkeypatch.context() as patch:
        patch.setenv("WELLKEPT_SMTP", "127.0.0.1:1")
        tell(house)
    assert box.mails == []
    tell(house)
    assert len(box.mails) == 1


def test_an_address_that_is_removed_is_gone_and_mail_with_it(
    visit: Visit, world: World, house: Cluster, box: Mailbox
) -> None:
    confirmed(visit, "maria", box)
    assert post(visit, "maria", HOW, act="forget")[0] == 302
    assert book.administered(house, "select count(*) from notices_address") == [(0,)]
    box.mails.clear()
    happened(house, world.people["maria"])
    tell(house)
    assert box.mails == []


def test_an_address_lies_nowhere_in_clear(visit: Visit, house: Cluster, box: Mailbox) -> None:
    confirmed(visit, "maria", box)
    ((kept,),) = book.administered(house, "select address from notices_address")
    assert b"canary" not in bytes(kept)


def test_anothers_news_is_nobodys(visit: Visit, world: World, house: Cluster) -> None:
    happened(house, world.people["maria"])
    assert "Nothing is new" in text(visit("stella").get(NEWS).content)
    for path in (NEWS, HOW):
        answer = visit("a stranger").get(path)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")


@pytest.mark.parametrize("kind", list(Mail))
def test_no_mail_takes_anything_of_a_person(kind: Mail) -> None:
    pack = packs.named("umr")
    made = [sending.message(kind, to=to, pack=pack, code="ABCD2345") for to in ("a@example.com", "b@example.org")]
    first, second = (
        {name: value for name, value in mail.items() if name not in ("To", "Date", "Message-ID")} for mail in made
    )
    assert first == second
    assert made[0].get_content() == made[1].get_content()


def test_a_mail_header_cannot_be_smuggled_in_an_address() -> None:
    with pytest.raises(ValueError, match=r"(?i)linefeed|newline|CR|header"):
        sending.message(Mail.NEWS, to="a@example.com\r\nBcc: all@example.com", pack=packs.named("umr"))


@pytest.mark.usefixtures("django")
def test_a_decision_is_news_once_and_for_nobody_else(house: Cluster, world: World) -> None:
    maria, nobody = world.people["maria"], uuid4()
    ((decision, claim),) = book.administered(
        house, "select id, claim_id from benefits_decision where person_id = %s and category = 'claims' limit 1", maria
    )
    with as_role(house, "intake"):
        file = uuid4()
        access.begin(file, kind="file")
        for _twice in range(2):
            with access.enter_as_machine(
                subjects=[maria, nobody], purpose=Purpose.PAYMENT, categories=[Category.CLAIMS], occasion=file,
                relationship="file",
            ):  # fmt: skip
                assert told.readers([maria, nobody, world.people["tom"]]) == {maria}
                told.decided([maria], [decision], category=Category.CLAIMS, collected_under="2026-11-01")
    rows = book.administered(house, "select person_id, about, cause from notices_news")
    assert rows == [(maria, claim, decision)]


@pytest.mark.usefixtures("django")
def test_nobody_is_told_in_a_category_that_is_not_open(house: Cluster, world: World) -> None:
    with as_role(house, "intake"):
        file = uuid4()
        access.begin(file, kind="file")
        with (
            pytest.raises(Error, match="not open"),
            access.enter_as_machine(
                subjects=[world.people["maria"]], purpose=Purpose.PAYMENT, categories=[Category.CLAIMS], occasion=file,
                relationship="file",
            ),
        ):  # fmt: skip
            told.decided([], [], category=Category.SENSITIVE_CLAIMS, collected_under="2026-11-01")


def test_what_an_old_file_says_again_is_no_news() -> None:
    today = datetime.now(UTC).date()
    assert told.lately(today.isoformat())
    assert not told.lately((today - timedelta(days=61)).isoformat())
    assert not told.lately("")
