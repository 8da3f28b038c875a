"""Confidential communications: another address or channel for what we send one person (R-05, 45 CFR 164.522(b)).

It stands beside the address a file told and is never overwritten by one. No household member and no member of staff
opens it: the row is restricted, and the database shows such a row to the person alone. Letters ask ``mailing``. Where
the person died, all of them go to whom the estate is represented by, or to nobody (``deaths``).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from wellkept.people import deaths
from wellkept.people.deaths import Estate
from wellkept.people.models import Confidential
from wellkept.people.queries import reach
from wellkept.policy.words import Category, Key, Retention
from wellkept.vault import blind
from wellkept.vault.queries import operator_key

FIELD: Final = "contact.confidential_address"


class Channel(StrEnum):
    """How we may reach the person: by a letter to another address, or on these pages alone."""

    LETTER = "letter"
    PORTAL = "portal"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asked for. ``address`` is its lines as given; empty where the channel is the portal."""

    channel: Channel
    address: tuple[str, ...]
    since: datetime


@dataclass(frozen=True, slots=True)
class Mailing:
    """Where paper to one person goes. ``address`` is empty where none is known, ``paper`` False where none may go.

    ``estate`` is the name of who represents the estate; None while the person lives, "" where nobody is named.
    """

    address: tuple[str, ...]
    paper: bool
    confidential: bool
    estate: str | None = None


def wish(key: Key) -> Wish | None:
    """What the one person who is open asked for; None where nothing stands. The opening names ``contact``."""
    (person,) = key.subjects
    row = Confidential.objects.filter(person_id=person).values_list("channel", "address", "since").first()
    if row is None or not row[0]:
        return None
    channel, sealed, since = row
    return Wish(Channel(channel), _unsealed(key, person, bytes(sealed)), since)


def standing(key: Key) -> Wish | Estate | None:
    """What holds on a record for those joined with it: the estate of who died, else what they asked for."""
    return deaths.estate(key) or wish(key)


def mailing(key: Key, *, elsewhere: Wish | Estate | None = None) -> Mailing:
    """Where paper to the one person who is open goes: where they asked, else where a file said.

    ``elsewhere`` is what the same person asked for on a record that is joined with this one: it holds where nothing
    stands on this one. Of the dead, letters wait until it is known who represents the estate.
    """
    asked = deaths.estate(key) or (elsewhere if isinstance(elsewhere, Estate) else wish(key) or elsewhere)
    if isinstance(asked, Estate):
        return Mailing(asked.address, paper=True, confidential=True, estate=asked.name)
    if asked is None:
        told = reach(key)
        return Mailing(told.address if told else (), paper=True, confidential=False)
    return Mailing(asked.address, paper=asked.channel is Channel.LETTER, confidential=True)


def hashed(address: Sequence[str]) -> bytes:
    """A keyed hash of an address, by which two are known to be the same without either being kept."""
    return blind.exact(key=operator_key("index"), name="contact.postal", value="\n".join(address))


def give(key: Key, *, channel: Channel, address: Sequence[str], collected_under: str, now: datetime) -> None:
    """Write what the one person who is open asks for, over what stood. The opening names ``contact``."""
    (person,) = key.subjects
    text = json.dumps(list(address)) if channel is Channel.LETTER else ""
    _write(
        person, channel=channel.value, since=now, collected_under=collected_under,
        address=key.seal(person, Retention.CONTACT, FIELD, person, text) if text else b"",
    )  # fmt: skip


def end(key: Key, *, now: datetime) -> bool:
    """End it, and keep nothing of the address; returns False where nothing stood."""
    (person,) = key.subjects
    standing = Confidential.objects.filter(person_id=person).exclude(channel="")
    return bool(standing.update(channel="", address=b"", since=now))


def _write(person: UUID, **given: object) -> None:
    """One row a person: two tabs that give at once leave what was given last."""
    row = Confidential(id=person, person_id=person, category=Category.CONTACT, restricted=True, **given)
    Confidential.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["person_id", "id"], update_fields=list(given)
    )


def _unsealed(key: Key, person: UUID, sealed: bytes) -> tuple[str, ...]:
    """The lines of the address; none where its key was destroyed by a removal (B-04)."""
    if not sealed:
        return ()
    try:
        return tuple(json.loads(key.unseal(person, Retention.CONTACT, FIELD, person, sealed)))
    except LookupError:
        return ()
