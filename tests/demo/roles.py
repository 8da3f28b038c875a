"""Django's own connections as another role of UMR, over real commits, in the tests' own process."""

import contextlib
from collections.abc import Iterator

from django.db import connections

from tests.cluster import Cluster
from wellkept.cli import cluster as server


@contextlib.contextmanager
def as_role(house: Cluster, role: str) -> Iterator[None]:
    """Let the connections of this thread, and of those it starts meanwhile, be that role's."""
    aliases = {"default": "records", "keys": "keys"}
    before = {alias: dict(connections.databases[alias]) for alias in aliases}
    shut(aliases)
    for alias, which in aliases.items():
        parts = server.parameters(operator="umr", role=role, database=which, state=house.state)
        options = {name: value for name, value in before[alias]["OPTIONS"].items() if name != "pool"}
        names = {"HOST": "host", "PORT": "port", "NAME": "dbname", "USER": "user", "PASSWORD": "password"}
        own = {name: parts[part] for name, part in names.items()}
        connections.databases[alias].update(own | {"OPTIONS": options})
    try:
        yield
    finally:
        shut(aliases)
        for alias in aliases:
            connections.databases[alias].update(before[alias])


def shut(aliases: dict[str, str]) -> None:
    """Close what this thread has open, and the pools; the next use opens anew."""
    for alias in aliases:
        connections[alias].close()
        close_pool = getattr(connections[alias], "close_pool", None)
        if close_pool is not None:
            close_pool()
        with contextlib.suppress(AttributeError):
            delattr(connections, alias)
