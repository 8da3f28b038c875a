"""Where care is given: offices on a plan's roster, brought by file and found by name, kind of care and place.

Distances are great circles between the middles of two ZIP codes (haversine, Earth's mean radius 3,958.8 miles). Nothing
is asked of anybody outside: places come from a file, and without one the same ZIP code, its first three digits and the
state take their part (U-29).
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import connection

from wellkept.policy.rows import as_json
from wellkept.vault import forms

PAGE: Final = 20
RADII: Final = (5, 10, 25, 50, 100)
"""Miles one can choose from."""
_MILES: Final = (
    "2 * 3958.8 * asin(least(1, sqrt(power(sind((p.latitude - c.latitude) / 2), 2)"
    " + cosd(c.latitude) * cosd(p.latitude) * power(sind((p.longitude - c.longitude) / 2), 2))))"
)
# A degree of latitude is 69 miles; one of longitude at most that, and at 72 degrees north less than a third of it.
_NEAR: Final = (
    " join wellkept.organisations_place p on p.postal_code = o.postal_code"
    " join wellkept.organisations_place c on c.postal_code = %(postal_code)s"
    " and p.latitude between c.latitude - %(radius)s / 68.7 and c.latitude + %(radius)s / 68.7"
    " and p.longitude between c.longitude - %(radius)s / (68.7 * greatest(cosd(c.latitude), 0.2))"
    " and c.longitude + %(radius)s / (68.7 * greatest(cosd(c.latitude), 0.2))"
)
_COLUMNS: Final = (
    "o.id, o.npi, o.name, o.specialty, o.street, o.city, o.state, o.postal_code, o.phone, o.accepts_new, o.network,"
    " o.languages, o.as_of"
)


@dataclass(frozen=True, slots=True)
class Office:
    """One office as a roster told it. ``accepts_new`` is None where the roster does not say."""

    id: UUID
    npi: str
    name: str
    specialty: str
    street: str
    city: str
    state: str
    postal_code: str
    phone: str
    accepts_new: bool | None
    network: str
    languages: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Place:
    """The middle of a ZIP code, in degrees."""

    postal_code: str
    latitude: Decimal
    longitude: Decimal


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for; "" is anything. ``radius``, in miles, counts where the ZIP code's place is known."""

    name: str = ""
    specialty: str = ""
    postal_code: str = ""
    radius: int = 25
    page: int = 1


@dataclass(frozen=True, slots=True)
class Near:
    """An office, and how many miles away; None where places are not known."""

    office: Office
    miles: float | None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of offices, nearest first, how many there are, and whether distances are known."""

    offices: tuple[Near, ...]
    total: int
    measured: bool


def find(search: Search) -> Found:
    """The offices that fit, nearest first; by name where no ZIP code is given."""
    asked = {
        "words": _query(search.name),
        "specialty": search.specialty,
        "postal_code": search.postal_code,
        "radius": search.radius,
        "size": PAGE,
        "skipped": (search.page - 1) * PAGE,
    }
    measured = bool(search.postal_code) and _placed(search.postal_code)
    rows = _ask(_statement(search, measured=measured), asked)
    return Found(
        tuple(Near(Office(*row[:13]), float(row[13]) if measured else None) for row in rows),
        total=rows[0][14] if rows else 0,
        measured=measured,
    )


def specialties() -> list[str]:
    """The kinds of care that rosters name, in the order of the alphabet."""
    rows = _ask("select distinct specialty from wellkept.organisations_office where specialty <> '' order by 1", {})
    return [row[0] for row in rows]


def bring_offices(offices: Sequence[Office], *, collected_under: str) -> None:
    """Write offices; what an older roster says of one changes nothing."""
    rows = [asdict(office) | {"search": searchable(office.name)} for office in offices]
    _do(
        "insert into wellkept.organisations_office as o (id, npi, name, specialty, street, city, state, postal_code,"
        " phone, accepts_new, network, languages, as_of, search, collected_under)"
        " select r.id, npi, name, specialty, street, city, state, postal_code, phone, accepts_new, network, languages,"
        " as_of, search, %s from json_to_recordset(%s::json) as r(id uuid, npi text, name text, specialty text,"
        " street text, city text, state text, postal_code text, phone text, accepts_new boolean, network text,"
        " languages text, as_of date, search text)"
        " on conflict (id) do update set (npi, name, specialty, street, city, state, postal_code, phone, accepts_new,"
        " network, languages, as_of, search, collected_under) = (excluded.npi, excluded.name, excluded.specialty,"
        " excluded.street, excluded.city, excluded.state, excluded.postal_code, excluded.phone, excluded.accepts_new,"
        " excluded.network, excluded.languages, excluded.as_of, excluded.search, excluded.collected_under)"
        " where excluded.as_of >= o.as_of",
        [collected_under, as_json(rows)],
    )


def forget_offices(*, network: str, before: date) -> int:
    """Remove the offices of a network that no roster named since a day; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("delete from wellkept.organisations_office where network = %s and as_of < %s", [network, before])
        return int(cursor.rowcount)


def bring_places(places: Sequence[Place]) -> None:
    """Write where ZIP codes lie; the last file stands."""
    rows = [
        {"postal_code": one.postal_code, "latitude": str(one.latitude), "longitude": str(one.longitude)}
        for one in places
    ]
    _do(
        "insert into wellkept.organisations_place (postal_code, latitude, longitude)"
        " select distinct on (postal_code) postal_code, latitude, longitude"
        " from json_to_recordset(%s::json)"
        " as r(postal_code text, latitude double precision, longitude double precision)"
        " on conflict (postal_code) do update set latitude = excluded.latitude, longitude = excluded.longitude",
        [as_json(rows)],
    )


def searchable(name: str) -> str:
    """A name as it is searched: its words without accents and case."""
    return " ".join(forms.letters(word) for word in name.split())


def _statement(search: Search, *, measured: bool) -> str:
    tests = ["true"]
    if search.name.strip():
        tests.append("to_tsvector('simple', o.search) @@ %(words)s::tsquery")
    if search.specialty:
        tests.append("o.specialty = %(specialty)s")
    if measured:
        miles, near = _MILES, _NEAR
        tests.append(f"{_MILES} <= %(radius)s")
    else:
        miles, near = "null::double precision", ""
        if search.postal_code:
            tests.append(_SAME_PART)
    order = "miles, o.name" if measured else f"{_RANK}, o.name" if search.postal_code else "o.name"
    return (
        f"select {_COLUMNS}, {miles} as miles, count(*) over () from wellkept.organisations_office o{near}"  # noqa: S608
        f" where {' and '.join(tests)} order by {order}, o.id limit %(size)s offset %(skipped)s"
    )  # every word of it is ours; what people typed travels beside it


_STATE: Final = (
    "(select s.state from wellkept.organisations_office s where s.postal_code ^@ left(%(postal_code)s, 3)"
    " order by s.postal_code = %(postal_code)s desc limit 1)"
)
_SAME_PART: Final = f"(o.postal_code ^@ left(%(postal_code)s, 3) or o.state = {_STATE})"
_RANK: Final = (
    "case when o.postal_code = %(postal_code)s then 0 when o.postal_code ^@ left(%(postal_code)s, 3) then 1 else 2 end"
)


def _query(name: str) -> str:
    """Words that each begin a word of the name, as a tsquery; quotation marks cannot occur in what is left."""
    words = re.findall(r"\w+", searchable(name))
    return " & ".join(f"'{word}':*" for word in words[:8])


def _placed(postal_code: str) -> bool:
    return bool(_ask("select 1 from wellkept.organisations_place where postal_code = %(at)s", {"at": postal_code}))


def _ask(statement: str, arguments: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _do(statement: str, arguments: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
