"""What the database holds of somebody who signed in: nothing they could present, nothing they are called (U-30)."""

import base64
import hashlib
import json
from collections.abc import Iterator

import pytest

from tests.accounts.people import BORN, PASSWORD, entered, issued, redeem, registered
from tests.accounts.test_closed import sent
from tests.accounts.test_passkeys import SITE, owned
from tests.accounts.ways import App
from tests.cluster import Cluster
from wellkept.accounts import actions, codes, mailed, passkeys, ways
from wellkept.accounts.actions import secret_hash

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]
TABLES = "select tablename::text from pg_tables where schemaname = 'wellkept' order by tablename"


def lines(house: Cluster, database: str) -> Iterator[tuple[str, bytes]]:
    """Every row of every table as COPY writes it, raw."""
    with house.administer(database) as connection:
        tables = [str(row[0]) for row in connection.execute(TABLES).fetchall()]
        for table in tables:
            with connection.cursor().copy(f'copy (select * from wellkept."{table}") to stdout') as rows:
                for row in rows:
                    yield table, bytes(row)


def test_a_dump_holds_no_password_code_secret_name_or_birth_date(house: Cluster) -> None:
    card = issued(house)
    name, asked = "canaryquillfeather", "CANARY-MEMBER-4711"
    assert redeem(card, login=name) == "yes"
    secret = entered(name)
    actions.ask_for_code(member=asked, group="CANARY-GROUP-12", name="Canary Quillfeather", born=BORN)
    typed = (PASSWORD, card.code, codes.canonical(card.code), secret, name, asked, "CANARY-GROUP-12", "Quillfeather")
    hidden = [one.casefold().encode() for one in (*typed, "1986-04-28", "19860428", "04281986")]
    hidden += [one.hex().encode() for one in hidden]
    hidden += [hashlib.sha256(one.encode()).hexdigest().encode() for one in (PASSWORD, card.code, name)]
    seen, found = set(), []
    for database in ("wellkept_umr", "wellkept_umr_keys"):
        for table, row in lines(house, database):
            seen.add(table)
            found += [(table, one) for one in hidden if one in row.lower()]
    assert {"accounts_account", "accounts_session", "accounts_registration", "ledger_entry"} <= seen
    assert found == []


def test_a_dump_holds_no_second_way_either(house: Cluster) -> None:
    card = registered(house)
    session = secret_hash(entered(card.login))
    app = ways.begin_app(session)
    assert app
    assert ways.confirm_app(session, App(app).code())
    label = "Canary Quillfeather's phone"
    device = owned(card, secret=session, label=label)
    recovery = ways.new_codes(session)
    half = actions.sign_in(login=card.login, password=PASSWORD)
    assert half
    number = passkeys.options("second", secret=secret_hash(half.secret), site=SITE)
    assert number
    asked = mailed.ask(login=card.login, before=None)
    code = sent(house, card)
    raw = base64.b32decode(app)
    plain = [app, label, *recovery, *(codes.canonical(one) for one in recovery), half.secret, asked, code]
    plain += [codes.canonical(code), json.loads(number)["challenge"], f"{device.key.private_numbers().private_value:x}"]
    hidden = [one.casefold().encode() for one in plain] + [raw.hex().encode(), raw]
    hidden += [one.hex().encode() for one in hidden]
    hidden += [hashlib.sha256(codes.canonical(one).encode()).hexdigest().encode() for one in (*recovery, code)]
    found = []
    for database in ("wellkept_umr", "wellkept_umr_keys"):
        for table, row in lines(house, database):
            found += [(table, one) for one in hidden if one in row.lower()]
    assert found == []


def test_a_request_to_register_is_two_keyed_hashes_and_a_time(house: Cluster) -> None:
    actions.ask_for_code(member="CANARY-1", group="CANARY-2", name="Canary Quillfeather", born=BORN)
    with house.administer("wellkept_umr") as connection:
        row = connection.execute(
            "select length(roster), length(birth_date) from wellkept.accounts_registration"
            " order by asked_at desc limit 1"
        ).fetchone()
    assert row == (32, 16)
