"""P-17: an address given puts its owner on the list unless they clear the box; they leave at once, and for good."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import Settings

from tests.cluster import Cluster
from tests.demo.roles import as_role
from tests.web.member import book
from tests.web.member.conftest import Visit
from tests.web.member.mailed import ADDRESS, HOW, REACH, colleague, confirmed, events, forget, given, later, post
from tests.web.member.test_benefits import text
from tests.web.member.world import World
from wellkept.cli import publishing
from wellkept.exchange.mail import sending
from wellkept.notices import publications
from wellkept.policy import packs
from wellkept.policy.shapes import Pack
from wellkept.proof.mailbox import Mailbox, mailbox

BOX = "Tell me by e-mail of new publications"


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


@pytest.fixture
def pack(settings: Settings) -> Pack:
    """The operator on the day on which its first publication comes out."""
    pack = packs.named("umr")
    today = packs.today(pack)
    made = replace(pack, publications=tuple(replace(one, day=today) for one in pack.publications))
    settings.PACK = made
    return made


def publish(house: Cluster) -> None:
    with as_role(house, "jobs"):
        publishing.tell_all(0)


def link(box: Mailbox) -> str:
    """The path of the link in the newest mail."""
    (line,) = [one for one in box.mails[-1][1].splitlines() if one.startswith("List-Unsubscribe:")]
    return line.partition("https://portal.example")[2].rstrip(">")


def one_click(path: str, **more: str) -> int:
    """A mail program follows the link: from nowhere, without a cookie."""
    answer = Client().post(path, {"List-Unsubscribe": "One-Click"}, headers=more)
    assert answer.cookies == {}
    return answer.status_code


def standing(house: Cluster, person: UUID) -> tuple[bool, bool] | None:
    found = book.administered(
        house,
        "select joined_at is not null, left_at is not null from notices_subscription where person_id = %s",
        person,
    )
    return found[0] if found else None


def test_a_subscriber_gets_one_mail_that_says_nothing_of_them_or_of_it(
    visit: Visit, world: World, house: Cluster, box: Mailbox, pack: Pack
) -> None:
    confirmed(visit, "maria", box, on=True)
    publish(house)
    publish(house)
    ((to, mail),) = box.mails
    assert to == (ADDRESS,)
    assert "Subject: A new publication\r\n" in mail
    assert "https://portal.example/publications/\r\n" in mail
    for word in ("Maria", "MARIA", str(world.people["maria"]), pack.publications[0].heading, "benefits of"):
        assert word not in mail
    assert pack.phone in mail
    assert "others can read it on its way" in mail


def test_nothing_goes_out_before_the_address_is_confirmed(
    visit: Visit, house: Cluster, box: Mailbox, pack: Pack
) -> None:
    given(visit, "maria", on=True)
    box.mails.clear()
    publish(house)
    assert box.mails == []


def test_a_box_that_is_cleared_puts_nobody_on_the_list(
    visit: Visit, world: World, house: Cluster, box: Mailbox, pack: Pack
) -> None:
    confirmed(visit, "maria", box)
    publish(house)
    assert box.mails == []
    assert standing(house, world.people["maria"]) == (False, True)


def test_the_box_stands_as_the_practice_says_and_the_page_says_so(visit: Visit, box: Mailbox) -> None:
    shown = visit("maria").get(HOW).content.decode()
    assert BOX in shown
    assert "only if you tick this box" in shown
    assert 'name="publications" id="id_publications" checked' not in shown


def test_where_the_policy_says_so_the_box_is_ticked_until_they_left(
    visit_record: Visit, other_world: World, box: Mailbox
) -> None:
    page = visit_record("maria").get(HOW).content.decode()
    assert "unless you clear this box" in page
    (line,) = [one for one in page.split("<") if 'name="publications"' in one]
    assert " checked" in line


def test_one_click_leaves_without_a_session_and_for_good(
    visit: Visit, world: World, house: Cluster, box: Mailbox, pack: Pack
) -> None:
    maria = world.people["maria"]
    confirmed(visit, "maria", box, on=True)
    publish(house)
    path = link(box)
    assert one_click(path) == 200
    assert standing(house, maria) == (True, True)
    assert events(house, maria) == ["publication list left"]
    assert one_click(path) == 200
    assert events(house, maria) == ["publication list left"]
    box.mails.clear()
    book.administered(house, "delete from notices_published")
    publish(house)
    assert box.mails == []
    # A later change of the address keeps it: the box is empty, and stays so.
    later(house)
    page = visit("maria").get(HOW).content.decode()
    (line,) = [one for one in page.split("<") if 'name="publications"' in one]
    assert " checked" not in line
    confirmed(visit, "maria", box, address="canary.other@example.com")
    publish(house)
    assert (box.mails, standing(house, maria)) == ([], (True, True))
    # Their own new choice alone puts them back, and the old link still works.
    assert post(visit, "maria", REACH, act="list", publications="on")[0] == 302
    assert standing(house, maria) == (True, False)
    publish(house)
    assert len(box.mails) == 1
    assert link(box) == path
    assert one_click(path) == 200
    assert standing(house, maria) == (True, True)


def test_looking_at_the_link_leaves_nothing(
    visit: Visit, world: World, house: Cluster, box: Mailbox, pack: Pack
) -> None:
    confirmed(visit, "maria", box, on=True)
    publish(house)
    path, client = link(box), Client()
    page = client.get(path)
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"] or "no-cache" in page.headers["Cache-Control"]
    assert page.content.count(b"<form") == 1
    assert page.cookies == {}
    client.head(path)
    client.options(path)
    client.get(path + "?List-Unsubscribe=One-Click")
    client.post(path)
    client.post(path, {"something": "else"})
    assert standing(house, world.people["maria"]) == (True, False)
    (value,) = [one for one in page.content.decode().split("<input") if 'name="List-Unsubscribe"' in one]
    assert 'value="One-Click"' in value


def test_the_button_works_for_whoever_is_signed_in_too(
    visit: Visit, world: World, house: Cluster, box: Mailbox, pack: Pack
) -> None:
    confirmed(visit, "maria", box, on=True)
    publish(house)
    assert visit("tom").post(link(box), {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert standing(house, world.people["maria"]) == (True, True)


@pytest.mark.usefixtures("django")
def test_a_link_that_is_none_of_ours_gets_the_same_answer(
    visit: Visit, world: World, house: Cluster, box: Mailbox, pack: Pack
) -> None:
    confirmed(visit, "maria", box, on=True)
    publish(house)
    ours, none = link(box), f"/publications/leave/{'a' * 26}/"
    answers = [Client().post(path, {"List-Unsubscribe": "One-Click"}) for path in (none, ours, ours)]
    assert len({(one.status_code, text(one.content)) for one in answers}) == 1
    pages = [Client().get(path) for path in (none, ours)]
    assert len({(one.status_code, text(one.content)) for one in pages}) == 1


def test_a_program_that_sends_parts_is_understood(
    visit: Visit, world: World, house: Cluster, box: Mailbox, pack: Pack
) -> None:
    confirmed(visit, "maria", box, on=True)
    publish(house)
    path = link(box)
    sent = Client().post(
        path,
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
        headers={"origin": "https://mail.example", "sec-fetch-site": "cross-site"},
    )
    assert sent.status_code == 200
    assert standing(house, world.people["maria"]) == (True, True)


def test_two_runs_at_once_send_one_mail(
    visit: Visit, house: Cluster, box: Mailbox, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirmed(visit, "maria", box, on=True)
    together, due, done = threading.Barrier(2), publications.due, []

    def both(*given_: object, **named: object) -> Iterator[UUID]:
        found = list(due(*given_, **named))  # type: ignore[arg-type]
        together.wait(10)
        yield from found

    monkeypatch.setattr(publications, "due", both)

    def run() -> None:
        from django.db import connections

        try:
            publishing.tell_all(0)
            done.append(True)
        finally:
            connections.close_all()

    with as_role(house, "jobs"):
        threads = [threading.Thread(target=run) for _twice in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    assert done == [True, True]
    assert len(box.mails) == 1


def test_what_the_server_did_not_take_is_sent_by_the_next_run(
    visit: Visit, house: Cluster, box: Mailbox, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirmed(visit, "maria", box, on=True)
    before = book.last(house)
    with monkeypatch.context() as patch:
        patch.setenv("WELLKEPT_SMTP", "127.0.0.1:1")
        publish(house)
    assert [one for one in book.since(house, before) if one.kind == "opened"] == []

    def later_(*_given: object) -> None:
        raise sending.MailError("The mail server did not take a mail (SMTPDataError).")

    with monkeypatch.context() as patch:
        patch.setattr(sending, "_handed_over", later_)
        publish(house)
    assert book.administered(house, "select count(*) from notices_published") == [(0,)]
    publish(house)
    assert len(box.mails) == 1
    assert book.administered(house, "select sent_at is not null from notices_published") == [(True,)]


def test_one_whose_mailbox_is_gone_keeps_nobody_waiting(
    visit: Visit, world: World, house: Cluster, box: Mailbox, pack: Pack
) -> None:
    confirmed(visit, "maria", box, on=True)
    confirmed(visit, "stella", box, on=True, address="canary.stella@example.com")
    box.refused.add(ADDRESS)
    publish(house)
    assert [to for to, _mail in box.mails] == [("canary.stella@example.com",)]
    assert events(house, world.people["maria"]) == ["mail came back"]
    box.refused.clear()
    publish(house)
    assert len(box.mails) == 1


def test_each_subscriber_is_opened_once_by_an_entry_of_their_own(
    visit: Visit, world: World, house: Cluster, box: Mailbox, pack: Pack
) -> None:
    confirmed(visit, "maria", box, on=True)
    confirmed(visit, "stella", box, on=True, address="canary.stella@example.com")
    before = book.last(house)
    publish(house)
    entries = [one for one in book.since(house, before) if one.kind == "opened"]
    assert sorted(one.subjects[0] for one in entries) == sorted((world.people["maria"], world.people["stella"]))
    assert {(len(one.subjects), tuple(one.categories)) for one in entries} == {(1, ("contact",))}


def test_a_run_that_stops_is_gone_on_with(
    visit: Visit, house: Cluster, box: Mailbox, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirmed(visit, "maria", box, on=True)
    confirmed(visit, "stella", box, on=True, address="canary.stella@example.com")
    monkeypatch.setattr(publishing, "MOST", 1)
    publish(house)
    assert len(box.mails) == 1
    publish(house)
    publish(house)
    assert sorted(to[0] for to, _mail in box.mails) == [ADDRESS, "canary.stella@example.com"]


def test_old_news_and_what_is_to_come_go_to_nobody(
    visit: Visit, house: Cluster, box: Mailbox, pack: Pack, settings: Settings
) -> None:
    confirmed(visit, "maria", box, on=True)
    today = packs.today(pack)

    def on(day: date) -> Pack:
        return replace(pack, publications=tuple(replace(one, day=day) for one in pack.publications))

    for day in (today + timedelta(days=1), today - timedelta(days=1), today - publishing.TOLD_FOR):
        settings.PACK = on(day)
        publish(house)
    assert box.mails == []
    book.administered(house, "update notices_subscription set joined_at = joined_at - interval '3 days'")
    settings.PACK = on(today - timedelta(days=1))
    publish(house)
    assert len(box.mails) == 1


def test_whose_account_is_closed_gets_none(
    visit: Visit, world: World, house: Cluster, box: Mailbox, pack: Pack
) -> None:
    world.secrets["pat"] = "the secret of Pat's session"
    holder = colleague(house, world.secrets["pat"])
    assert post(visit, "pat", REACH, act="list", publications="on")[0] == 302
    book.administered(
        house,
        "insert into notices_address (id, person_id, category, collected_under, restricted, address, code_hash,"
        " code_until, asked_at, tries, confirmed_at)"
        " values (gen_random_uuid(), %s, 'contact', '2026-11-01', false, '', '', now(), now(), 0, now())",
        holder,
    )
    with as_role(house, "jobs"):
        before = publications.due("any", before=publishing.ended(pack, pack.publications[0]))
        assert holder in list(before)
    book.administered(house, "update accounts_account set closed_at = now() where holder = %s", holder)
    with as_role(house, "jobs"):
        after = publications.due("any", before=publishing.ended(pack, pack.publications[0]))
        assert holder not in list(after)


def test_an_operator_without_publications_asks_nobody_and_sends_nothing(
    visit: Visit, house: Cluster, box: Mailbox, pack: Pack, settings: Settings
) -> None:
    confirmed(visit, "maria", box, on=True)
    settings.PACK = replace(pack, practices=MappingProxyType({**pack.practices, "contents": ("service",)}))
    publish(house)
    assert box.mails == []
    with house.administer("wellkept_umr") as connection:
        connection.execute("delete from wellkept.notices_content where kind = 'publication'")
        with as_role(house, "jobs"):
            assert list(publications.due("any", before=publishing.ended(pack, pack.publications[0]))) == []
        connection.execute(
            "insert into wellkept.notices_content (way, kind, content) values ('mail', 'publication', 'publication')"
        )


def test_the_token_of_the_link_lies_nowhere_in_clear(visit: Visit, house: Cluster, box: Mailbox, pack: Pack) -> None:
    confirmed(visit, "maria", box, on=True)
    publish(house)
    token = link(box).split("/")[3]
    for (row,) in book.administered(house, "select t::text from notices_leavelink t"):
        assert token not in row
        assert token.encode().hex() not in row


def test_what_is_out_can_be_read_by_anybody(visit: Visit, pack: Pack) -> None:
    (one,) = packs.named("umr").publications
    listed = text(visit("a stranger").get("/publications/").content)
    assert one.heading in listed
    assert "You leave with one click" in listed
    assert one.heading in text(visit("a stranger").get(one.href).content)
    assert visit("a stranger").get("/publications/2026-01-01-nothing/").status_code == 404
