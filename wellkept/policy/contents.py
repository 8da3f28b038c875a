"""What each message of ours is: a service, a publication, a programme, an offer. What a pack forbids, nobody sends.

Serves U-15. There is no kind for what somebody else promotes, so nothing here can be that. The database holds the same
list, and takes no letter and no news of a kind that is not on it.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import psycopg

from wellkept.policy import practices
from wellkept.policy.shapes import Pack


class Content(StrEnum):
    """What a message serves: what somebody asked for or must know, reading, a health programme, our own goods."""

    SERVICE = "service"
    PUBLICATION = "publication"
    PROGRAMME = "programme"
    OFFER = "offer"


MESSAGES: Final[Mapping[tuple[str, str], Content]] = {
    ("letter", "access code"): Content.SERVICE,
    ("letter", "access ends"): Content.SERVICE,
    ("letter", "claim answer"): Content.SERVICE,
    ("letter", "call"): Content.SERVICE,
    ("letter", "agreement ends"): Content.SERVICE,
    ("letter", "explanation"): Content.SERVICE,
    ("letter", "id card"): Content.SERVICE,
    ("letter", "news"): Content.SERVICE,
    ("letter", "privacy notice"): Content.SERVICE,
    ("letter", "privacy reminder"): Content.SERVICE,
    ("letter", "helper code"): Content.SERVICE,
    ("letter", "representative"): Content.SERVICE,
    ("letter", "release"): Content.SERVICE,
    ("news", "claims"): Content.SERVICE,
    ("news", "answers"): Content.SERVICE,
    ("mail", "news"): Content.SERVICE,
    ("mail", "confirm"): Content.SERVICE,
    ("mail", "privacy notice"): Content.SERVICE,
    ("mail", "privacy reminder"): Content.SERVICE,
    ("mail", "publication"): Content.PUBLICATION,
    ("mail", "recovery link"): Content.SERVICE,
    ("mail", "sign-in code"): Content.SERVICE,
    ("mail", "address changed"): Content.SERVICE,
}
"""Every message this house can make, by how it travels and its kind."""


def rows(pack: Pack) -> list[tuple[str, str, str]]:
    """How it travels, its kind and what it is, for each message this operator may send; sorted."""
    allowed = practices.names(pack, "contents")
    return sorted((way, kind, content.value) for (way, kind), content in MESSAGES.items() if content.value in allowed)


def may(pack: Pack, way: str, kind: str) -> bool:
    """Whether this operator sends messages of that kind."""
    return any((way, kind) == (row[0], row[1]) for row in rows(pack))


def problems(pack: Pack) -> list[str]:
    """A sentence where the pack allows what its policy promises never to do, or brings out what it does not allow."""
    if pack.publications and Content.PUBLICATION.value not in practices.names(pack, "contents"):
        return [f'{pack.publications[0].path}:1: "contents" of operator.toml allows no publication.']
    if "U" in pack.promises and Content.OFFER.value in practices.names(pack, "contents"):
        return [f'{pack.folder / "operator.toml"}:1: U-15 promises to promote nothing, and "contents" allows offers.']
    return []


def load(connection: psycopg.Connection, pack: Pack) -> None:
    """Replace what the database takes by what the pack allows, in one transaction. Runs as the owner."""
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("delete from wellkept.notices_content")
        cursor.executemany("insert into wellkept.notices_content (way, kind, content) values (%s, %s, %s)", rows(pack))


def differences(connection: psycopg.Connection, pack: Pack) -> list[str]:
    """A sentence where the database takes other messages than the pack allows; empty when they agree."""
    found = connection.execute("select way, kind, content from wellkept.notices_content").fetchall()
    if sorted(found) == rows(pack):
        return []
    return ["The database takes other kinds of messages than operator.toml allows: run `wellkept db migrate`."]
