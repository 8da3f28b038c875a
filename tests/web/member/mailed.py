"""What tests of mail lay down and look up: an address somebody confirmed, the list, and what the database holds."""

import hashlib
import re
from uuid import UUID, uuid4

from tests.cluster import Cluster
from tests.web.member import book
from tests.web.member.conftest import Visit
from tests.web.member.test_benefits import text
from tests.web.member.test_privacy import form
from wellkept.proof.mailbox import Mailbox

HOW, REACH = "/member/news/how/", "/account/reach/"
ADDRESS = "canary.address@example.com"
TABLES = ("mailed", "published", "subscription", "leavelink", "still", "choice", "address", "news", "letter")


def forget(house: Cluster) -> None:
    """Nothing was given, sent or chosen."""
    for table in TABLES:
        book.administered(house, f"delete from notices_{table}")
    book.administered(house, "delete from accounts_event where kind in ('mail came back', 'publication list left')")


def post(visit: Visit, name: str, path: str, **said: str) -> tuple[int, str]:
    """What becomes of a form that somebody sends; a box that is not named is left empty."""
    browser = visit(name)
    asked = {key: value for key, value in form(browser.get(path).content).items() if key != "publications"}
    answer = browser.post(path, {**asked, **said})
    return answer.status_code, text(answer.content)


def code_in(box: Mailbox) -> str:
    """The code in the newest mail."""
    (found,) = re.findall(r"^([2-9A-Z]{8})\r?$", box.mails[-1][1], re.MULTILINE)
    return str(found)


def later(house: Cluster, minutes: int = 2) -> None:
    """So many minutes have gone by since the last code was sent."""
    book.administered(house, "update notices_address set asked_at = asked_at - make_interval(mins => %s)", minutes)


def given(visit: Visit, name: str, *, on: bool = False, address: str = ADDRESS) -> None:
    """Somebody gives an address, and ticks the box or not."""
    more = {"publications": "on"} if on else {}
    assert post(visit, name, HOW, act="address", address=address, **more)[0] == 302


def confirmed(visit: Visit, name: str, box: Mailbox, *, on: bool = False, address: str = ADDRESS) -> None:
    """Somebody gives an address and types its code."""
    given(visit, name, on=on, address=address)
    assert post(visit, name, HOW, act="code", code=code_in(box))[0] == 302
    box.mails.clear()


def address(house: Cluster, person: UUID) -> tuple[object, ...] | None:
    """Whether the person's address is confirmed, and whether mail came back; None where there is none."""
    found = book.administered(
        house,
        "select confirmed_at is not null, came_back_at is not null from notices_address where person_id = %s",
        person,
    )
    return found[0] if found else None


def events(house: Cluster, person: UUID) -> list[str]:
    """What their account was told of mail and of the list."""
    rows = book.administered(
        house,
        "select e.kind from accounts_event e join accounts_account a on a.id = e.account_id where a.holder = %s"
        " and e.kind in ('mail came back', 'publication list left') order by e.at",
        person,
    )
    return [str(row[0]) for row in rows]


def colleague(house: Cluster, secret: str, *, role: str = "provider") -> UUID:
    """Somebody of another audience, signed in under that secret; returns the holder of the account."""
    account, holder, visit = uuid4(), uuid4(), uuid4()
    book.administered(
        house,
        "insert into accounts_account"
        " (id, role, person_id, holder, login, password, actor, created_at, failures, collected_under)"
        " values (%s, %s, null, %s, %s, '!', 'Casey Q.', now(), 0, '2026-11-01')",
        account, role, holder, account.bytes,
    )  # fmt: skip
    book.administered(
        house,
        "insert into ledger_occasion (id, kind, account, role, actor) values (%s, 'visit', %s, %s, 'Casey Q.')",
        visit, account, role,
    )  # fmt: skip
    book.administered(
        house,
        "insert into accounts_session (secret_hash, account_id, holder, role, actor, occasion, began, seen, idle,"
        " expires) values (%s, %s, %s, %s, 'Casey Q.', %s, now(), now(), '1 hour', now() + interval '1 day')",
        hashlib.sha256(secret.encode()).digest(), account, holder, role, visit,
    )  # fmt: skip
    book.administered(
        house,
        "insert into consent_acknowledgement (account_id, document, version, at)"
        " select %s, d.name, d.version, now() from consent_document d where d.audience = %s",
        account, role,
    )  # fmt: skip
    return holder
