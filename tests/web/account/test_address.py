"""An e-mail address is changed: the new one by its code, the old one may take it back for 72 hours (P-18)."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError
from django.test import Client

from tests.accounts.people import ask, change
from tests.cluster import Cluster
from tests.web.account.holders import Holder, doubted, member, noted, of_role
from tests.web.entrance.conftest import Browser, browser  # noqa: F401  (a fixture)
from wellkept.access import queries as access
from wellkept.accounts import own
from wellkept.notices import addresses, returns
from wellkept.people import confidential
from wellkept.people.confidential import Channel
from wellkept.policy.words import Category, Purpose
from wellkept.proof.mailbox import Mailbox, mailbox
from wellkept.web.shell.visitor import token

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("browser")]
HERE = "/account/address/"
OLD, NEW, THIRD = "old.canary@mail.example", "new.canary@mail.example", "third.canary@mail.example"


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with mailbox() as made:
        monkeypatch.setenv("WELLKEPT_SMTP", f"127.0.0.1:{made.port}")
        monkeypatch.setenv("WELLKEPT_ADDRESS", "https://portal.example")
        yield made


def code(box: Mailbox) -> str:
    return str(re.findall(r"^([2-9A-Z]{8})\r?$", box.mails[-1][1], re.MULTILINE)[0])


def link(mail: str) -> str:
    return str(re.findall(r"https://portal\.example(/account/address/undo/[a-z2-7]+/)", mail)[0])


def later(house: Cluster, holder: Holder) -> None:
    """A minute goes by."""
    change(
        house,
        "update wellkept.notices_address set asked_at = asked_at - interval '2 minutes' where person_id = %s",
        holder.card.person,
    )


def changed(house: Cluster, box: Mailbox, holder: Holder, to: str) -> None:
    later(house, holder)
    assert holder.post(HERE, act="address", address=to).status_code == 302
    assert box.mails[-1][0] == (to,)
    assert holder.post(HERE, act="code", code=code(box).lower()).status_code == 302


def told(box: Mailbox, to: str) -> list[str]:
    """What went to an address besides codes."""
    return [mail for recipients, mail in box.mails if recipients == (to,) and "/undo/" in mail]


def press(path: str) -> tuple[int, str]:
    """Open the link of a mail in a browser that never signed in, and press its button."""
    client = Client(headers={"sec-fetch-site": "same-origin"})
    answer = client.post(path)
    assert not client.cookies, "it signs nobody in"
    return answer.status_code, answer.text


def in_use(holder: Holder) -> str:
    return " ".join(re.findall(r"<dd class=\"keep-short\">([^<]*)</dd>", holder.get(HERE)))


def test_the_first_address_is_confirmed_and_nobody_is_told(house: Cluster, box: Mailbox) -> None:
    holder = member(house)
    changed(house, box, holder, OLD)
    assert in_use(holder) == OLD
    assert len(box.mails) == 1
    assert noted(house, holder.card)[-2:] == ["address given", "address confirmed"]


def test_the_old_one_stays_in_use_until_the_new_one_is_confirmed(house: Cluster, box: Mailbox) -> None:
    holder = member(house)
    changed(house, box, holder, OLD)
    later(house, holder)
    holder.post(HERE, act="address", address=NEW)
    assert in_use(holder) == OLD
    assert told(box, OLD) == []
    assert holder.post(HERE, act="code", code="22222222").status_code == 400
    assert in_use(holder) == OLD
    assert holder.post(HERE, act="code", code=code(box)).status_code == 302
    assert in_use(holder) == NEW


def test_the_old_one_is_told_and_its_link_takes_the_change_back(house: Cluster, box: Mailbox) -> None:
    holder = member(house)
    changed(house, box, holder, OLD)
    thief = holder.again()
    changed(house, box, thief, NEW)
    (mail,) = told(box, OLD)
    for canary in (holder.card.login, NEW, OLD.partition("@")[0]):
        assert canary not in mail.partition("\r\n\r\n")[2]
    path = link(mail)
    looked = Client().get(path)
    assert looked.status_code == 200
    assert thief.works(), "a mere look did it"
    assert "no-store" in looked.headers["Cache-Control"]
    assert press(path)[0] == 200
    assert not thief.works()
    assert not holder.works()
    assert in_use(holder.again()) == OLD
    assert noted(house, holder.card).count("address undone") == 1
    assert press(path)[0] == 404, "it works once"


def test_a_link_that_is_none_says_what_one_that_ran_out_says(house: Cluster, box: Mailbox) -> None:
    holder = member(house)
    changed(house, box, holder, OLD)
    changed(house, box, holder, NEW)
    path = link(told(box, OLD)[0])
    change(
        house,
        "update wellkept.notices_formeraddress set until = now() - interval '1 second' where person_id = %s",
        holder.card.person,
    )
    late, none = press(path), press("/account/address/undo/abcdefghijklmnopqrstuvwxyz/")
    assert late == none
    assert late[0] == 404
    assert Client().get(path).status_code == 404
    assert in_use(holder) == NEW
    assert holder.works()


def test_who_changes_it_twice_cannot_undo_the_undoing(house: Cluster, box: Mailbox) -> None:
    holder = member(house)
    changed(house, box, holder, OLD)
    changed(house, box, holder, NEW)
    changed(house, box, holder, THIRD)
    first, second = link(told(box, OLD)[0]), link(told(box, NEW)[0])
    assert press(first)[0] == 200
    assert press(second)[0] == 404
    assert in_use(holder.again()) == OLD


def test_the_later_change_alone_can_be_taken_back_too(house: Cluster, box: Mailbox) -> None:
    holder = member(house)
    changed(house, box, holder, OLD)
    changed(house, box, holder, NEW)
    changed(house, box, holder, THIRD)
    assert press(link(told(box, NEW)[0]))[0] == 200
    assert in_use(holder.again()) == NEW
    assert press(link(told(box, OLD)[0]))[0] == 200
    assert in_use(holder.again()) == OLD


def test_removing_it_is_told_and_can_be_taken_back(house: Cluster, box: Mailbox) -> None:
    holder = member(house)
    changed(house, box, holder, OLD)
    later(house, holder)
    assert holder.post(HERE, act="forget").status_code == 302
    assert in_use(holder) == ""
    assert press(link(told(box, OLD)[0]))[0] == 200
    assert in_use(holder.again()) == OLD


def test_a_change_nobody_can_be_told_of_does_not_stand(
    house: Cluster, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = member(house)
    changed(house, box, holder, OLD)
    later(house, holder)
    holder.post(HERE, act="address", address=NEW)
    said, port = code(box), box.port
    monkeypatch.setenv("WELLKEPT_SMTP", "127.0.0.1:9")
    answer = holder.post(HERE, act="code", code=said)
    assert answer.status_code == 403
    assert "nothing has changed" in answer.text
    assert in_use(holder) == OLD
    monkeypatch.setenv("WELLKEPT_SMTP", f"127.0.0.1:{port}")
    assert holder.post(HERE, act="code", code=said).status_code == 302
    assert in_use(holder) == NEW


def test_an_undoing_and_a_change_at_once_end_in_one_address(house: Cluster, box: Mailbox) -> None:
    holder = member(house)
    changed(house, box, holder, OLD)
    changed(house, box, holder, NEW)
    name = link(told(box, OLD)[0]).split("/")[-2]
    person = holder.card.person
    with house.connect("umr", "entrance") as racer, house.administer("wellkept_umr") as other:
        asked = "select wellkept.accounts_undo_address(%s)"
        with ThreadPoolExecutor(1) as pool:
            with other.transaction():
                other.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"address {person}"])
                waits = pool.submit(lambda: racer.execute(asked, [returns.hashed(name)]).fetchone())
                # The change that holds the lock puts another address beside.
                other.execute(
                    "insert into wellkept.notices_address (id, person_id, category, collected_under, restricted,"
                    " address, code_hash, code_until, asked_at, tries, confirmed_at) values (gen_random_uuid(), %s,"
                    " 'contact', 'x', false, '\\x00', '\\x00', now(), now(), 0, now())",
                    [person],
                )
            assert waits.result() == (True,)
    rows = ask(house, "select 1 from wellkept.notices_address where person_id = %s", person)
    assert len(rows) == 1
    assert in_use(holder.again()) == OLD


def test_the_old_address_lies_sealed_and_for_72_hours_only(house: Cluster, box: Mailbox) -> None:
    holder = member(house)
    changed(house, box, holder, OLD)
    changed(house, box, holder, NEW)
    ((row, hours),) = ask(
        house,
        "select f.*::text, extract(epoch from until - replaced_at) / 3600 from wellkept.notices_formeraddress f"
        " where person_id = %s",
        holder.card.person,
    )
    assert OLD not in str(row)
    assert OLD.encode().hex() not in str(row)
    assert hours == 72
    change(house, "update wellkept.notices_formeraddress set until = now() where person_id = %s", holder.card.person)
    with house.connect("umr", "jobs") as connection:
        connection.execute("select wellkept.notices_sweep_former()")
    assert ask(house, "select 1 from wellkept.notices_formeraddress where person_id = %s", holder.card.person) == []


def test_not_me_brings_back_the_address_from_before(house: Cluster, box: Mailbox) -> None:
    holder = member(house)
    changed(house, box, holder, OLD)
    changed(house, box, holder, NEW)
    changed(house, box, holder, THIRD)
    holder.post(f"/account/not-me/{doubted(holder.get())[0]}/")
    ((used,),) = ask(house, "select count(*) from wellkept.notices_address where person_id = %s", holder.card.person)
    assert used == 1
    assert not own.may_undo(link(told(box, NEW)[0]).split("/")[-2])
    assert "address undone" in noted(house, holder.card)


def test_the_web_role_can_neither_read_nor_take_away_what_is_put_aside(house: Cluster) -> None:
    found = ask(
        house,
        "select has_table_privilege('umr_web', 'wellkept.notices_formeraddress', p) from unnest(array['select',"
        " 'update', 'delete']) p",
    )
    assert [row[0] for row in found] == [False] * 3


@pytest.mark.parametrize(("page", "back"), [(HERE, "account-address"), ("/member/news/how/", "member-news-how")])
@pytest.mark.parametrize("act", ["address", "forget"])
def test_whoever_has_not_shown_lately_that_it_is_them_is_asked_first(
    house: Cluster, box: Mailbox, page: str, back: str, act: str
) -> None:
    holder = member(house)
    changed(house, box, holder, OLD)
    later(house, holder)
    change(
        house,
        "update wellkept.accounts_session set proved_at = now() - interval '16 min' where secret_hash = %s",
        holder.digest,
    )
    asked = holder.post(page, act=act, address=NEW)
    assert asked.headers["Location"] == f"/sign-in/again/?to={back}"
    assert in_use(holder) == OLD
    assert len(box.mails) == 1


def test_an_address_that_would_break_a_header_is_none(house: Cluster, box: Mailbox) -> None:
    holder = member(house)
    assert holder.post(HERE, act="address", address='"a\x0bb"@mail.example').status_code == 400
    assert box.mails == []


def test_the_database_takes_no_address_from_whoever_has_not_shown_it(house: Cluster) -> None:
    holder = member(house)
    change(
        house,
        "update wellkept.accounts_session set proved_at = now() - interval '16 min' where secret_hash = %s",
        holder.digest,
    )
    with (
        pytest.raises(DatabaseError, match="shows first"),
        access.enter(holder.digest, purpose=Purpose.PATIENT_REQUEST, categories=[Category.CONTACT]) as key,
    ):
        addresses.give(key, NEW, collected_under="2026-11-22")


def test_the_database_writes_no_confidential_address_of_whoever_has_not_shown_it(house: Cluster) -> None:
    holder = member(house)

    def give() -> None:
        with access.enter(holder.digest, purpose=Purpose.PATIENT_REQUEST, categories=[Category.CONTACT]) as key:
            given = ("1 Mill Road", "Wausau", "WI", "54403")
            confidential.give(
                key, channel=Channel.LETTER, address=given, collected_under="2026-11-22", now=datetime.now(UTC)
            )

    give()
    change(
        house,
        "update wellkept.accounts_session set proved_at = now() - interval '16 min' where secret_hash = %s",
        holder.digest,
    )
    with pytest.raises(DatabaseError, match="shows first"):
        give()


@pytest.mark.parametrize("page", ["/member/contact/", "/member/contact/end/"])
def test_where_letters_go_is_changed_by_whoever_showed_lately_that_it_is_them(house: Cluster, page: str) -> None:
    """A new access code goes there, and with it every way in."""
    holder = member(house)
    change(
        house,
        "update wellkept.accounts_session set proved_at = now() - interval '16 min' where secret_hash = %s",
        holder.digest,
    )
    asked = holder.post(page, channel="letter", line1="1 Thief Way", city="Wausau", state="WI", zip="54403")
    assert asked.headers["Location"] == "/sign-in/again/?to=member-contact"
    kept = "select 1 from wellkept.people_confidential where person_id = %s"
    assert ask(house, kept, holder.card.person) == []


@pytest.mark.parametrize("role", ["provider", "representative", "employer"])
def test_every_audience_changes_its_own(house: Cluster, box: Mailbox, role: str) -> None:
    client = of_role(house, role)
    form = {"token": token(client.cookies["umr_session"].value)}
    assert client.post(HERE, {"act": "address", "address": OLD, **form}).status_code == 302
    assert client.post(HERE, {"act": "code", "code": code(box), **form}).status_code == 302
    assert OLD in client.get(HERE).text


def test_a_stranger_is_sent_to_sign_in(browser: Browser, box: Mailbox) -> None:  # noqa: F811
    for answer in (browser().get(HERE), browser().post(HERE, {"act": "forget"})):
        assert answer.headers["Location"] == "/sign-in/"
    assert box.mails == []
