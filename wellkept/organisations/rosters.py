"""Rosters of organisations: what one row says, how it is kept, and who is gone that a whole roster names no more.

Runs as the role ``intake``. An organisation is one by its number: a provider by NPI, an agent by producer number, an
employer or a partner by tax number. What an older roster says of one changes nothing.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

import orjson
from django.conf import settings
from django.db import connection, transaction

from wellkept.organisations import finders
from wellkept.policy import practices
from wellkept.policy.rows import as_json, hexes, uuids
from wellkept.policy.words import Retention
from wellkept.vault import blind, envelope, forms
from wellkept.vault.actions import make_keys
from wellkept.vault.queries import operator_key

KINDS: Final = ("provider", "employer", "agent", "partner")
CURRENT, PROSPECTIVE, PRIOR = "current", "prospective", "prior"
STANDINGS: Final = (CURRENT, PROSPECTIVE, PRIOR)
TAX_NUMBER: Final = "organisation.tax_number"
STEP: Final = 500
_ONE: Final[Mapping[str, str]] = {
    "provider": "npi", "employer": "tax_number", "agent": "producer_number", "partner": "tax_number",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """An organisation as a roster lists it. Numbers are in the form that ``formats`` gives them."""

    kind: str
    name: str
    street: str
    city: str
    state: str
    postal_code: str
    tax_number: str
    npi: str = ""
    group_numbers: tuple[str, ...] = ()
    agreement_number: str = ""
    producer_number: str = ""
    standing: str = CURRENT
    as_of: date = date.min


@dataclass(frozen=True, slots=True)
class Leaving:
    """Whom a whole roster names no more: how many of how many, and whether so many may leave unasked."""

    gone: int
    standing: int
    too_many: bool


@dataclass(frozen=True, slots=True)
class Keys:
    """The operator's keys that a roster needs, read once for a file."""

    index: bytes = field(repr=False)
    roster: bytes = field(repr=False)


def keys_here() -> Keys:
    """The keys of the operator this process serves; raises ``LookupError`` before the vault was prepared."""
    return Keys(index=operator_key("index"), roster=operator_key("roster"))


def one(listed: Listed, keys: Keys) -> UUID:
    """The id of an organisation: the same whenever a roster lists it, and nothing without the operator's key."""
    number = forms.number(getattr(listed, _ONE[listed.kind]))
    value = f"{listed.kind}\x1f{number}"
    made = int.from_bytes(blind.exact(key=keys.index, name="organisation.one", value=value), "big")
    made = (made & ~(0xF << 76)) | (8 << 76)  # a name-based UUID, version 8 (RFC 9562 section 5.8)
    return UUID(int=(made & ~(0x3 << 62)) | (0x2 << 62))


def bring(listed: Sequence[Listed], *, keys: Keys, file_id: UUID, collected_under: str) -> int:
    """Keep what a roster says of organisations, each named once; returns how many rows that changed.

    Steps of at most 500 are whole or not at all, each with its ledger entry; to repeat one changes nothing.
    """
    return sum(_step(told, keys, file_id=file_id, collected_under=collected_under) for told in _steps(listed, keys))


def would_change(listed: Sequence[Listed], *, keys: Keys) -> int:
    """How many rows ``bring`` would change."""
    return sum(len(_new(told, keys)) for told in _steps(listed, keys))


def leaving(kind: str, *, since: date) -> Leaving:
    """What a whole roster of that day would end. The limit is the operator's ``full_file_ends_at_most_percent``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) filter (where roster_on < %s), count(*) from wellkept.organisations_organisation"
            " where kind = %s and standing <> %s",
            [since, kind, PRIOR],
        )
        gone, standing = cursor.fetchone()
    most = practices.number(settings.PACK, "full_file_ends_at_most_percent")
    return Leaving(gone, standing, too_many=gone * 100 > most * standing)


def end_absent(kind: str, *, since: date, file_id: UUID) -> int:
    """Everybody of a kind whom no roster named since a day is a prior customer from now on; returns how many."""
    ended = 0
    while some := _absent(kind, since=since):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "update wellkept.organisations_organisation set standing = %s, roster_on = %s, told = %s, file_id = %s"
                " where id = any(%s::uuid[]) and standing <> %s and roster_on < %s",
                [PRIOR, since, b"", file_id, uuids(some), PRIOR, since],
            )
            ended += cursor.rowcount
            _entered(file_id, some)
    return ended


def _absent(kind: str, *, since: date) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select id from wellkept.organisations_organisation"
            " where kind = %s and standing <> %s and roster_on < %s order by id limit %s",
            [kind, PRIOR, since, STEP],
        )
        return [row[0] for row in cursor.fetchall()]


def _steps(listed: Sequence[Listed], keys: Keys) -> list[dict[UUID, Listed]]:
    return [{one(each, keys): each for each in listed[at : at + STEP]} for at in range(0, len(listed), STEP)]


def _step(told: Mapping[UUID, Listed], keys: Keys, *, file_id: UUID, collected_under: str) -> int:
    """One step: rows that say something new with what finds them, and the day of those that say the same again."""
    sealing = make_keys(told, [Retention.BENEFITS])
    with transaction.atomic(), connection.cursor() as cursor:
        new = _new(told, keys, lock=True)
        if new:
            rows = [_row(number, told[number], said, sealing) for number, said in new.items()]
            cursor.execute(WRITE, [file_id, collected_under, as_json(rows)])
            cursor.execute(
                "delete from wellkept.organisations_finder where organisation_id = any(%s::uuid[])", [uuids(new)]
            )
            pairs = [(index, number) for number in new for index in hashes(told[number], keys)]
            cursor.execute(
                "insert into wellkept.organisations_finder (index, organisation_id)"
                " select * from unnest(%s::bytea[], %s::uuid[])",
                [hexes(index for index, _ in pairs), uuids(number for _, number in pairs)],
            )
            _entered(file_id, list(new))
        days = [{"id": number, "as_of": each.as_of} for number, each in told.items()]
        cursor.execute(
            "update wellkept.organisations_organisation o set roster_on = r.as_of"
            " from json_to_recordset(%s::json) as r(id uuid, as_of date) where o.id = r.id and o.roster_on < r.as_of",
            [as_json(days)],
        )
    return len(new)


def _new(told: Mapping[UUID, Listed], keys: Keys, *, lock: bool = False) -> dict[UUID, bytes]:
    """Those that say what is not kept yet, each with the digest of what it says."""
    with connection.cursor() as cursor:
        cursor.execute(LOCKED if lock else KEPT, [uuids(told)])
        kept = {number: (bytes(said), day) for number, said, day in cursor.fetchall()}
    digests = {number: digest(each, keys) for number, each in told.items()}
    return {
        number: digests[number]
        for number, each in told.items()
        if number not in kept or (kept[number][0] != digests[number] and each.as_of >= kept[number][1])
    }


def digest(listed: Listed, keys: Keys) -> bytes:
    """16 bytes that say whether a roster says the same again; its day is left out."""
    said = orjson.dumps({name: value for name, value in asdict(listed).items() if name != "as_of"})
    return hmac.digest(keys.index, b"wellkept.organisation\x1f" + said, hashlib.sha256)[:16]


def hashes(listed: Listed, keys: Keys) -> set[bytes]:
    """Every hash under which what somebody types finds this organisation."""
    return finders.written(
        listed.kind,
        name=listed.name,
        groups=listed.group_numbers,
        numbers={
            "npi": listed.npi,
            "tax_number": listed.tax_number,
            "agreement_number": listed.agreement_number,
            "producer_number": listed.producer_number,
        },
        key=keys.roster,
    )


def _row(number: UUID, listed: Listed, said: bytes, keys: Mapping[tuple[UUID, str], bytes]) -> dict[str, Any]:
    sealed = envelope.seal(
        data_key=keys[number, Retention.BENEFITS], field=TAX_NUMBER, subject=number, row=number, text=listed.tax_number
    )
    return asdict(listed) | {
        "id": number,
        "tax_number": sealed,
        "told": said,
        "group_numbers": list(listed.group_numbers),
    }


def _entered(file_id: UUID, numbers: Sequence[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.organisations_brought(%s, %s::uuid[])", [file_id, uuids(numbers)])


KEPT: Final = "select id, told, roster_on from wellkept.organisations_organisation where id = any(%s::uuid[])"
LOCKED: Final = f"{KEPT} order by id for update"
WRITE: Final = """
insert into wellkept.organisations_organisation as o (id, kind, name, street, city, state, postal_code, npi, tax_number,
  group_numbers, agreement_number, producer_number, standing, roster_on, told, file_id, collected_under)
select id, kind, name, street, city, state, postal_code, npi, tax_number,
  array(select json_array_elements_text(group_numbers)), agreement_number, producer_number, standing, as_of, told,
  %s, %s
from json_to_recordset(%s::json) as r(id uuid, kind text, name text, street text, city text, state text,
  postal_code text, npi text, tax_number bytea, group_numbers json, agreement_number text, producer_number text,
  standing text, as_of date, told bytea)
on conflict (id) do update set (name, street, city, state, postal_code, npi, tax_number, group_numbers,
  agreement_number, producer_number, standing, roster_on, told, file_id, collected_under) = (excluded.name,
  excluded.street, excluded.city, excluded.state, excluded.postal_code, excluded.npi, excluded.tax_number,
  excluded.group_numbers, excluded.agreement_number, excluded.producer_number, excluded.standing, excluded.roster_on,
  excluded.told, excluded.file_id, excluded.collected_under)
"""
