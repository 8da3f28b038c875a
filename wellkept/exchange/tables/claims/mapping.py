"""A mapping: which column of an administrator's extract is which of our fields, and how its values are to be read.

A TOML file: ``name``; ``dates``, the one form of every day; ``[columns]`` field = "their column"; ``[constants]``
field = "what holds for every row"; ``[values.FIELD]`` "their word" = "our word", whatever the case.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from wellkept.exchange.tables.claims.fields import FIELDS
from wellkept.exchange.tables.columns import Column, Reader, day
from wellkept.exchange.tables.reading import folded

SHIPPED: Final = Path(__file__).parent.parent / "mappings"
DATES: Final = {
    "YYYY-MM-DD": re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})", re.ASCII),
    "YYYYMMDD": re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})", re.ASCII),
    "MM/DD/YYYY": re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})", re.ASCII),
    "MMDDYYYY": re.compile(r"(?P<m>\d{2})(?P<d>\d{2})(?P<y>\d{4})", re.ASCII),
    "DD/MM/YYYY": re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})", re.ASCII),
    "DD.MM.YYYY": re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})", re.ASCII),
}
PARTS: Final = frozenset({"name", "dates", "columns", "constants", "values"})


class MappingError(ValueError):
    """The mapping cannot be used; the text says why, for the operator."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A mapping understood. ``columns`` are theirs, ``fields`` what each of them holds of ours, by their name."""

    name: str
    dates: str
    columns: tuple[Column, ...]
    fields: Mapping[str, tuple[str, ...]]
    constants: Mapping[str, object]

    @property
    def known(self) -> frozenset[str]:
        """The fields that some column or constant gives."""
        return frozenset(self.constants) | {field for fields in self.fields.values() for field in fields}

    def column_of(self, field: str) -> str:
        """Their name of one of our fields; ours where it is a constant."""
        return next((column for column, fields in self.fields.items() if field in fields), field)


def shipped() -> dict[str, Path]:
    """The mappings that come with Wellkept, by name."""
    return {path.stem: path for path in sorted(SHIPPED.glob("*.toml"))}


def read(path: Path) -> Plan:
    """The mapping in a file; raises ``MappingError``, and ``OSError`` where the file cannot be read."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(f"The mapping is no TOML file: {error}.") from None
    return plan(written)


def plan(written: Mapping[str, Any]) -> Plan:
    """The mapping that was written; raises ``MappingError``."""
    _only(written, PARTS, "the mapping")
    columns, constants = _texts(written, "columns"), _texts(written, "constants")
    values = _values(written)
    for part, names in (("columns", columns), ("constants", constants), ("values", values)):
        _only(names, FIELDS, f"[{part}]")
    both = sorted(set(columns) & set(constants))
    if both:
        raise MappingError(f"Given as a column and as a constant: {', '.join(both)}.")
    missing = [name for name, field in FIELDS.items() if field.required and name not in columns | constants]
    if missing:
        raise MappingError(f"The mapping does not say where to find: {', '.join(missing)}.")
    dates = written.get("dates", "YYYY-MM-DD")
    if dates not in DATES:
        raise MappingError(f"dates is none of: {', '.join(DATES)}.")
    silent = sorted(name for name in values if FIELDS[name].required and not all(values[name].values()))
    if silent:
        raise MappingError(f"[values] makes nothing of a value that every row needs: {', '.join(silent)}.")
    readers = {name: _reader(name, values.get(name, {}), dates) for name in columns | constants}
    return Plan(
        name=str(written.get("name", "")), dates=dates, columns=tuple(_columns(columns, readers)),
        fields=_by_column(columns), constants=_constants(constants, readers),
    )  # fmt: skip


def _only(written: Iterable[str], known: Iterable[str], where: str) -> None:
    strange = sorted(set(written) - set(known))
    if strange:
        raise MappingError(f"{where[0].upper()}{where[1:]} holds what we have no field for: {', '.join(strange)}.")


def _texts(written: Mapping[str, Any], part: str) -> dict[str, str]:
    found: Any = written.get(part, {})
    if not isinstance(found, dict) or not all(isinstance(text, str) and text.strip() for text in found.values()):
        raise MappingError(f'[{part}] holds lines of the form: field = "text".')
    return dict(found)


def _values(written: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    found: Any = written.get("values", {})
    tables = found.values() if isinstance(found, dict) else [None]
    if not all(isinstance(t, dict) and all(isinstance(word, str) for word in t.values()) for t in tables):
        raise MappingError('[values.FIELD] holds lines of the form: "their word" = "our word".')
    return dict(found)


def _by_column(columns: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    names: dict[str, str] = {}
    fields: dict[str, tuple[str, ...]] = {}
    for field, column in columns.items():
        name = names.setdefault(folded(column), column)
        fields[name] = (*fields.get(name, ()), field)
    return fields


def _columns(columns: Mapping[str, str], readers: Mapping[str, Reader]) -> Iterable[Column]:
    """Their columns, each read as the field that it holds, or as the tuple of several."""
    for name, fields in _by_column(columns).items():
        held = [FIELDS[field] for field in fields]
        read = _all_of([readers[field] for field in fields])
        meaning = " ".join(field.meaning for field in held)
        yield Column(name, meaning, read, held[0].example, required=any(field.required for field in held))


def _all_of(readers: list[Reader]) -> Reader:
    return readers[0] if len(readers) == 1 else lambda cell: tuple(read(cell) for read in readers)


def _constants(constants: Mapping[str, str], readers: Mapping[str, Reader]) -> dict[str, object]:
    found: dict[str, object] = {}
    for field, text in constants.items():
        try:
            found[field] = readers[field](text.strip())
        except ValueError as error:
            raise MappingError(f"The constant {field} {error}.") from None
    return found


def _reader(field: str, values: Mapping[str, str], dates: str) -> Reader:
    own = FIELDS[field].read
    read = _days(dates) if own is day else own
    return _translated(read, values) if values else read


def _translated(read: Reader, values: Mapping[str, str]) -> Reader:
    """Their words as ours; a word that is not translated has to be one of ours. "" says nothing."""
    ours = {theirs.strip().casefold(): word for theirs, word in values.items()}

    def translate(cell: str) -> object:
        word = ours.get(cell.casefold(), cell)
        try:
            return read(word) if word else None
        except ValueError as error:
            raise ValueError(f"{error}, and the mapping translates no such word") from None

    return translate


def _days(dates: str) -> Callable[[str], str]:
    """Days of one form, as ISO 8601 text: two forms in one file would be two meanings of 03/04."""
    form = DATES[dates]

    @lru_cache(maxsize=16_384)
    def read(cell: str) -> str:
        found = form.fullmatch(cell)
        if not found:
            raise ValueError(f"is no day of the form {dates}")
        try:
            return date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat()
        except ValueError:
            raise ValueError("is a day that no calendar has") from None

    return read
