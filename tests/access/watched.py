"""Somebody who works here and the watch that finds what stands out of what they open."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.access.opening import entered
from tests.cast import Cast, on_a_call
from tests.cluster import Cluster

NAMES = ("ours", "another", "home", "road", "dana", "nora")
# The watch leaves what comes after a transaction that still runs; the server's own housekeeping is one now and then.
SETTLED = """
select case when e.xact < pg_snapshot_xmin(pg_current_snapshot()) then true else pg_sleep(0.02) is null end
  from ledger_entry e order by e.xact desc limit 1
"""
TRIES = 1500
RAISED = "select reasons from access_alarm where account = %s and subject is not distinct from %s order by found_at, id"


@dataclass
class Watched:
    """A cast whose representative's own surname, street and household are known."""

    house: Cluster
    cast: Cast
    admin: psycopg.Connection
    web: psycopg.Connection
    watcher: psycopg.Connection
    hash: dict[str, bytes] = field(default_factory=lambda: {name: uuid4().bytes for name in NAMES})

    def opened(self, person: UUID, *, who: str = "representative", call: UUID | None = None) -> int:
        """Somebody's identity is opened on a verified call."""
        call = call or on_a_call(self.admin, self.cast, person)
        return entered(self.web, self.cast.secret[who], [person], "identity", why="MEMADMIN", occasion=call)

    def look(self, *, settled: bool = True) -> int:
        """The watcher looks through everything, once nothing older is at work (half a minute at most)."""
        for _each in range(TRIES if settled else 0):
            row = self.admin.execute(SETTLED).fetchone()
            if row is None or row[0]:
                break
        found = 0
        while True:
            looked, raised = self.watcher.execute(
                "select looked, raised from wellkept.watch_look(10000)"
            ).fetchone() or (0, 0)
            found += int(raised)
            if not looked:
                return found

    def raised(self, person: UUID | None, *, who: str = "representative") -> list[set[str]]:
        """The reasons of every alarm about somebody's openings of a person, without those that hang on the clock."""
        rows = self.admin.execute(RAISED, [self.cast.accounts[who], person]).fetchall()
        return [set(reasons) for (reasons,) in rows if reasons != ["hours"]]

    def near(self, person: UUID, **given: str) -> None:
        """What a file said of a person."""
        self.admin.execute(
            "insert into access_near (person_id, surname, address, street) values (%s, %s, %s, %s)",
            [person, *(self.hash.get(given.get(name, "")) for name in ("surname", "address", "street"))],
        )

    def is_person(self, person: UUID, name: str, household: UUID | None = None) -> None:
        """A record that is known by name and birth date, in a household."""
        self.admin.execute(
            "insert into people_finder (index, kind, plan_id, person_id) values (%s, 'name_birth', %s, %s)",
            [self.hash[name], self.cast.plan, person],
        )
        if household:
            self.admin.execute(
                "insert into people_household (household_id, person_id) values (%s, %s)", [household, person]
            )


@pytest.fixture
def watched(
    house: Cluster, cast: Cast, administrator: psycopg.Connection, web: psycopg.Connection
) -> Iterator[Watched]:
    administrator.autocommit = True
    with house.connect("umr", "watch", autocommit=True) as watcher:
        one = Watched(house, cast, administrator, web, watcher)
        one.look()
        for name, known in (("representative", "dana"), ("nurse", "nora")):
            administrator.execute(
                "insert into access_staffnear (account, surnames, addresses, streets, persons, told_by)"
                " values (%s, %s, %s, %s, %s, 'Priya')",
                [cast.accounts[name], [one.hash["ours"]], [one.hash["home"]], [one.hash["road"]], [one.hash[known]]],
            )
        yield one
        administrator.execute("delete from access_staffnear where account = any (%s)", [list(cast.accounts.values())])
        administrator.execute("delete from access_alarm where account = any (%s)", [list(cast.accounts.values())])
        administrator.execute("delete from access_usual where account = any (%s)", [list(cast.accounts.values())])
        administrator.execute("delete from people_finder where index = any (%s)", [list(one.hash.values())])
        administrator.execute("delete from access_spent_count where account = any (%s)", [list(cast.accounts.values())])
        administrator.execute("delete from access_spent where account = any (%s)", [list(cast.accounts.values())])


def alarm_of(watched: Watched, person: UUID) -> UUID:
    """An alarm about the representative's opening of somebody."""
    watched.near(person, surname="ours")
    watched.opened(person)
    watched.look()
    row = watched.admin.execute("select id from access_alarm where subject = %s", [person]).fetchone()
    assert row
    return UUID(str(row[0]))


def close(watched: Watched, who: str, alarm: UUID, finding: str = "unrelated") -> str:
    row = watched.web.execute(
        "select wellkept.watch_close(%s, %s, %s)", [watched.cast.secret[who], alarm, finding]
    ).fetchone()
    assert row
    return str(row[0])
