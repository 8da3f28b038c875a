"""Ten thousand openings that end well, are rolled back or are killed: each left its entry, and the counters agree."""

import contextlib
import random
import threading
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.access.opening import CLAIMS, HOLD, SEARCH, number
from tests.cast import Cast, account, session
from tests.cluster import Cluster

pytestmark = [pytest.mark.database, pytest.mark.release]
ROUNDS, READERS, PEOPLE = 10_000, 4, 40
ENDINGS = ("commit", "rollback", "kill")
WEIGHTS = (60, 38, 2)


class Reader(threading.Thread):
    """A representative who finds somebody, holds the entry, looks, and ends in one way or another."""

    def __init__(self, house: Cluster, secret: bytes, finders: dict[bytes, UUID], seed: int) -> None:
        super().__init__()
        self.house, self.secret, self.finders = house, secret, finders
        self.chance = random.Random(seed)  # noqa: S311  (which attack comes next is no secret)
        self.read: list[tuple[int, UUID]] = []
        self.done = 0
        self.fault: Exception | None = None

    def run(self) -> None:
        try:
            while self.done < ROUNDS // READERS:
                with (
                    contextlib.suppress(psycopg.errors.AdminShutdown),
                    self.house.connect("umr", "web", autocommit=True) as web,
                ):
                    while self.done < ROUNDS // READERS:
                        self.done += 1
                        self.open(web)
        except Exception as error:  # noqa: BLE001  (told to the test, which is another thread)
            self.fault = error

    def open(self, web: psycopg.Connection) -> None:
        index, person = self.chance.choice(list(self.finders.items()))
        entry = number(web, SEARCH, [self.secret, "name", index, "MEMADMIN"])
        web.execute("select wellkept.gate_flush()")
        web.execute("begin")
        web.execute(HOLD, [entry])
        number(web, CLAIMS)
        assert web.execute("select wellkept.held_subjects()").fetchone() == ([person],)
        self.read.append((entry, person))
        ending = self.chance.choices(ENDINGS, WEIGHTS)[0]
        if ending == "kill":
            web.execute("select pg_terminate_backend(pg_backend_pid())")
        else:
            web.execute(ending)


def representative(administrator: psycopg.Connection) -> tuple[UUID, bytes]:
    made = account(administrator, role="representative", person=None, actor="Reader")
    secret = session(administrator, made, role="representative", person=None, actor="Reader", secret=str(made))
    administrator.execute(
        "insert into consent_acknowledgement (account_id, document, version, at)"
        " select %s, name, version, now() from consent_document where audience = 'representative'",
        [made],
    )
    return made, secret


def test_whatever_ends_an_opening_its_entry_stays_and_the_counters_agree(
    house: Cluster, administrator: psycopg.Connection, cast: Cast
) -> None:
    finders = {uuid4().bytes: uuid4() for _ in range(PEOPLE)}
    for index, person in finders.items():
        row = f'{{"index": "\\\\x{index.hex()}", "kind": "name", "person_id": "{person}", "plan_id": "{uuid4()}"}}'
        administrator.execute(
            "insert into people_finder select x.* from json_populate_record(null::people_finder, %s) x", [row]
        )
    staff = [representative(administrator) for _ in range(READERS)]
    readers = [Reader(house, secret, finders, seed) for seed, (_, secret) in enumerate(staff)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert [reader.fault for reader in readers] == [None] * READERS
    for (made, _), reader in zip(staff, readers, strict=True):
        found = administrator.execute(
            "select id, subjects[1] from ledger_entry where account = %s and kind = 'searched'", [made]
        ).fetchall()
        assert set(reader.read) <= set(found)
        assert len(found) == reader.done == ROUNDS // READERS
        people = {person for _, person in found}
        spent = number(administrator, "select count(*) from access_spent where account = %s", [made])
        counted = number(administrator, "select sum(people) from access_spent_count where account = %s", [made])
        hours = number(administrator, "select count(*) from access_spent_count where account = %s", [made])
        assert spent == counted
        assert len(people) <= spent <= hours * len(people)
