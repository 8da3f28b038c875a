"""What the probes of one round keep open among them: connections of each role, and who issues access codes."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import psycopg

from wellkept.cli import cluster, probing
from wellkept.proof.ground import Member

Connect = Callable[[str], psycopg.Connection[Any]]
Issue = Callable[[Member, int, int], list[str]]


class Lent(psycopg.Connection[Any]):
    """A connection that is kept when it is closed, as if new, for whoever asks for its role next."""

    kept: list["Lent"] | None = None

    def close(self) -> None:
        """Give it back; end it where the server ended it, or it cannot be made as if new."""
        if self.kept is None or self.closed:
            super().close()
            return
        if any(one is self for one in self.kept):
            return
        try:
            self.rollback()
            self.autocommit = True
            self.execute("discard all")
        except psycopg.Error:
            super().close()
        else:
            self.kept.append(self)


def answers(known: Lent) -> bool:
    """Whether the server is still at the other end of a connection that was given back."""
    try:
        known.execute("select 1")
    except psycopg.Error:
        return False
    return True


@contextmanager
def lending(*, operator: str, database: str) -> Iterator[Connect]:
    """A function that lends a connection of a role in autocommit. What was given back is ended at the end.

    A new connection costs the server many times what it costs to make one as if new.
    """
    given_back = defaultdict[str, list[Lent]](list)

    def lend(role: str) -> psycopg.Connection[Any]:
        while given_back[role]:
            if answers(known := given_back[role].pop()):
                return known
        # A statement that is prepared would not be there any more once the connection is as if new.
        made = cluster.connect(
            operator=operator, role=role, database=database, kind=Lent, autocommit=True, prepare_threshold=None
        )
        if isinstance(made, Lent):
            made.kept = given_back[role]
        return made

    try:
        yield lend
    finally:
        for made in (one for several in given_back.values() for one in several):
            made.kept = None
            made.close()


@contextmanager
def issuing(operator: str) -> Iterator[Issue]:
    """A function that issues so many access codes for one of the family, which run out in so many minutes.

    The process that holds the keys for it starts with the first, and ends at the end.
    """
    with ExitStack() as started:
        clerks: list[probing.Clerk] = []

        def issue(member: Member, count: int, minutes: int) -> list[str]:
            if not clerks:
                clerks.append(started.enter_context(probing.clerk(operator=operator, role="jobs")))
            asked: dict[str, object] = {"members": [[member.number, member.birth_date, minutes]] * count}
            try:
                return [code for _person, code in clerks[0](asked)["members"]]
            except cluster.ClusterError:
                clerks.clear()
                raise

        yield issue
