"""Which organisation is meant by what somebody typed: keyed hashes that the roster's import wrote (P-14, P-15).

A hash is of the kind, the name as people may spell it, and the numbers of that kind. Everything has to be right at
once, and nothing of what was typed can be read back from it without the operator's key.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Final
from uuid import UUID

from django.db import connection

from wellkept.policy.rows import hexes
from wellkept.vault import blind, forms
from wellkept.vault.queries import operator_key

INDEX: Final = "organisation.presented"
# What says only that it is a firm, or what somebody has studied. Nobody leaves or adds it on purpose.
_FORMS: Final = frozenset(
    (
        "inc",
        "incorporated",
        "llc",
        "lc",
        "pllc",
        "llp",
        "lllp",
        "lp",
        "ltd",
        "limited",
        "corp",
        "corporation",
        "co",
        "company",
        "pc",
        "pa",
        "plc",
        "psc",
        "pcc",
        "sc",
        "chartered",
        "na",
        "md",
        "do",
        "dds",
        "dmd",
        "dpm",
        "od",
        "dc",
        "phd",
        "np",
        "rn",
    )
)
_SPELLINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "saint": "st", "street": "st", "mount": "mt", "fort": "ft", "center": "ctr", "centre": "ctr",
        "associates": "assoc", "associate": "assoc", "association": "assoc", "hospital": "hosp",
        "university": "univ", "department": "dept", "manufacturing": "mfg", "international": "intl",
        "national": "natl", "brothers": "bros", "services": "svcs", "service": "svcs", "svc": "svcs",
        "medical": "med", "insurance": "ins", "agency": "agcy", "group": "grp", "district": "dist",
    }
)  # fmt: skip
_SILENT: Final = frozenset(("and", "the", "of"))
_WORD: Final = re.compile(r"[^\s,;:/()&+_-]+")
_SPACED: Final = re.compile(r"(?<!\w)(\w)\s+(?=\w(?!\w))")
# A point and an apostrophe stand within words: L.L.C., O'Neil.
_WITHIN: Final = str.maketrans("", "", ".'`\u2019\u00b4")
NEEDED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "provider": ("npi", "tax_number"),
        "employer": ("group_number", "tax_number"),
        "agent": ("producer_number", "tax_number"),
        "partner": ("agreement_number", "tax_number"),
    }
)
"""The numbers without which nobody of that kind is found."""


def presented(  # one name for each thing a form asks
    kind: str,
    *,
    name: str,
    npi: str = "",
    tax_number: str = "",
    group_number: str = "",
    agreement_number: str = "",
    producer_number: str = "",
) -> bytes:
    """16 bytes under which the roster knows an organisation by what somebody says of it, or does not.

    Numbers are compared without spaces and hyphens; ``name`` without case, accents, marks, legal form and the usual
    short forms. An agent may name a group they are appointed to; each group they name makes a hash of its own. Raises
    ``ValueError`` where the name or a number that ``NEEDED`` lists says nothing: a blank matches nobody.
    """
    numbers = {
        "npi": npi,
        "tax_number": tax_number,
        "group_number": group_number,
        "agreement_number": agreement_number,
        "producer_number": producer_number,
    }
    return _hash(operator_key("roster"), kind, plain(turned(name)), numbers)


def written(kind: str, *, name: str, groups: Collection[str], numbers: Mapping[str, str], key: bytes) -> set[bytes]:
    """Every hash under which an organisation is found: each way to turn its name, each of its groups.

    ``key`` is the operator key *roster*, read once for a file.
    """
    named = {plain(name), plain(turned(name))}
    several = [*groups, ""] if kind == "agent" else list(groups) if kind == "employer" else [""]
    return {_hash(key, kind, one, {**numbers, "group_number": group}) for one in named for group in several}


def found(hashes: Collection[bytes]) -> list[UUID]:
    """The organisations that every one of these hashes finds, of those that have not left; at most six.

    Several may come joined into one, as a request keeps them. Asked by the job that answers requests to register, as
    the role ``jobs``: exactly one is a match.
    """
    asked = apart(hashes)
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.organisations_found(%s::bytea[])", [hexes(asked)])
        organisations: list[UUID] = cursor.fetchone()[0]
        return organisations


def apart(hashes: Collection[bytes]) -> set[bytes]:
    """Hashes one by one, of which several may be joined."""
    return {joined[at : at + blind.SHORT] for joined in hashes for at in range(0, len(joined), blind.SHORT)}


def plain(name: str) -> str:
    """A name as it is compared: letters and digits, without legal form, small words and other spellings of one word.

    A name of nothing else keeps its words: *The Company* is not nothing.
    """
    words = list(_words(name))
    kept = [_SPELLINGS.get(word, word) for word in words if word not in _FORMS | _SILENT]
    return "".join(kept or words) or forms.letters(name)


def turned(name: str) -> str:
    """A name with what stands after its only comma in front, as people are listed: *Novák, Eva* is *Eva Novák*.

    A legal form or degree after a comma is no first name: *Lake Clinic, LLC* stays.
    """
    parts = [part for part in name.split(",") if any(word not in _FORMS for word in _words(part))]
    return f"{parts[1]} {parts[0]}" if len(parts) == 2 else name


def _words(name: str) -> Iterator[str]:
    # What people space out is one word: P. C., L L C.
    for word in _WORD.findall(_SPACED.sub(r"\1", name.translate(_WITHIN))):
        if letters := forms.letters(word):
            yield letters


def _hash(key: bytes, kind: str, name: str, numbers: Mapping[str, str]) -> bytes:
    needed = NEEDED.get(kind)
    if needed is None:
        raise ValueError(f"{kind!r} is no kind of organisation.")
    # A number of marks alone says nothing, though ``forms`` would keep it.
    said = {which: forms.number(number) if re.search(r"\w", number) else "" for which, number in numbers.items()}
    if not name or not all(said[which] for which in needed):
        raise ValueError("An organisation is found by its name and every number of its kind.")
    asked = (*needed, "group_number") if kind == "agent" else needed
    value = "\x1f".join((kind, name, *(said[which] for which in asked)))
    return blind.exact(key=key, name=INDEX, value=value)
