"""Reads TOML so that every fault can be named with its file and its line."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from wellkept.policy.shapes import PackError

_HEADER = re.compile(r"^\s*\[{1,2}\s*([^\[\]]+?)\s*\]{1,2}\s*(#.*)?$")
_LINE_OF_FAULT = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class Section:
    """One table of a TOML file: its values, and enough of where it stands to say so when a value is wrong."""

    path: Path
    source: str
    header: str
    nth: int
    values: Mapping[str, object]


def fault(path: Path, line: int, sentence: str) -> PackError:
    """The error that says ``sentence`` about ``line`` of ``path``."""
    return PackError(f"{path}:{line}: {sentence}")


def document(path: Path) -> Section:
    """The whole file at ``path``; raises ``PackError`` where it is missing, unreadable or not TOML."""
    try:
        source = path.read_text(encoding="utf-8")
        return Section(path, source, "", 0, tomllib.loads(source))
    except FileNotFoundError:
        raise fault(path, 1, "This file is missing from the pack.") from None
    except (UnicodeDecodeError, OSError) as error:
        raise fault(path, 1, f"This file cannot be read as UTF-8 text: {error}.") from None
    except tomllib.TOMLDecodeError as error:
        found = _LINE_OF_FAULT.search(str(error))
        sentence = f"This is not TOML: {_LINE_OF_FAULT.sub('', str(error)).strip()}."
        raise fault(path, int(found[1]) if found else len(source.splitlines()) or 1, sentence) from None


def line_of(section: Section, key: str = "") -> int:
    """The line of ``key`` in ``section``, or of the section's own header, counted from 1."""
    at, seen, header = 1, -1, ""
    for number, line in enumerate(section.source.splitlines(), start=1):
        if found := _HEADER.match(line):
            header = found[1].replace('"', "")
            seen += header == section.header
            if header == section.header and seen == section.nth:
                at = number
        elif header == section.header and seen == (section.nth if section.header else -1) and _is_key(line, key):
            return number
    return at


def _is_key(line: str, key: str) -> bool:
    return bool(key) and re.match(rf'^\s*"?{re.escape(key)}"?\s*=', line) is not None


def refusal(section: Section, key: str, sentence: str) -> PackError:
    """The error that says ``sentence`` about ``key`` of ``section``."""
    return fault(section.path, line_of(section, key), sentence)


def only(section: Section, allowed: Iterable[str]) -> None:
    """Refuses any key of ``section`` that is not among ``allowed``."""
    for key in section.values:
        if key not in set(allowed):
            raise refusal(section, key, f'"{key}" means nothing here.')


def value(section: Section, key: str) -> object:
    """The value of ``key``, which must be there."""
    if key not in section.values:
        raise refusal(section, key, f'"{key}" is missing here.')
    return section.values[key]


def text(section: Section, key: str) -> str:
    """The text of ``key``, which must not be empty."""
    found = value(section, key)
    if not isinstance(found, str) or not found.strip():
        raise refusal(section, key, f'"{key}" must be some text in quotes.')
    return found


def number(section: Section, key: str, *, least: int = 0, most: int | None = None) -> int:
    """The whole number of ``key``, between ``least`` and ``most``."""
    found = value(section, key)
    if not isinstance(found, int) or isinstance(found, bool):
        raise refusal(section, key, f'"{key}" must be a whole number.')
    if found < least or (most is not None and found > most):
        bounds = f"at least {least}" if most is None else f"between {least} and {most}"
        raise refusal(section, key, f'"{key}" must be {bounds}, and {found} is not.')
    return found


def flag(section: Section, key: str) -> bool:
    """Yes or no."""
    found = value(section, key)
    if not isinstance(found, bool):
        raise refusal(section, key, f'"{key}" must be true or false.')
    return found


def day(section: Section, key: str) -> date:
    """A day without a time."""
    found = value(section, key)
    if type(found) is not date:
        raise refusal(section, key, f'"{key}" must be a day such as 2026-11-22, without quotes.')
    return found


def texts(section: Section, key: str) -> tuple[str, ...]:
    """A list of distinct texts."""
    found = value(section, key)
    if not isinstance(found, list) or not all(isinstance(item, str) and item.strip() for item in found):
        raise refusal(section, key, f'"{key}" must be a list of texts in quotes.')
    if len(set(found)) != len(found):
        raise refusal(section, key, f'"{key}" names something twice.')
    return tuple(found)


def table(section: Section, key: str) -> Section:
    """The table ``[key]`` of ``section``."""
    found = value(section, key)
    if not isinstance(found, dict):
        raise refusal(section, key, f'"{key}" must be a table.')
    return Section(section.path, section.source, _under(section, key), 0, found)


def tables(section: Section, key: str) -> tuple[Section, ...]:
    """The tables ``[[key]]`` of ``section``, in their order."""
    found = value(section, key)
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise refusal(section, key, f'"{key}" must be written as [[{key}]].')
    return tuple(Section(section.path, section.source, _under(section, key), at, item) for at, item in enumerate(found))


def _under(section: Section, key: str) -> str:
    return f"{section.header}.{key}" if section.header else key


def text_map(section: Section) -> Mapping[str, str]:
    """Every key of ``section`` with its text."""
    return MappingProxyType({key: text(section, key) for key in section.values})
