"""Reads ``states.toml``: what each state asks about minors, sensitive care and retention, and the strictest default.

Serves U-13 and R-20.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from wellkept.policy import sections
from wellkept.policy.sections import Section
from wellkept.policy.shapes import Pack, StateLaw

KINDS: Final = ("mental_health", "substance_use", "reproductive", "sexually_transmitted")
"""Kinds of care to which a minor can consent alone somewhere, and which are shown to nobody but the person (R-17)."""

CODES: Final = tuple(
    (  # noqa: SIM905  (51 quoted words would be harder to check against a map)
        "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH "
        "OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY"
    ).split()
)

_KEYS: Final = ("minor_consents", "own_care", "sensitive", "retention_years", "source", "reviewed")


def read(path: Path) -> Mapping[str, StateLaw]:
    """Every state and the District of Columbia, and ``default``: what a state does not say is said by the default."""
    whole = sections.document(path)
    default = _law("default", sections.table(whole, "default"), None)
    found = {"default": default}
    for code in whole.values:
        if code not in CODES and code != "default":
            raise sections.refusal(whole, code, f'"{code}" is not a state; write its two letters.')
    for code in CODES:
        own = sections.table(whole, code) if code in whole.values else None
        found[code] = _law(code, own, default) if own else _as_default(code, default)
    return MappingProxyType(found)


def law(pack: Pack, code: str) -> StateLaw:
    """What ``code`` asks; a place we do not know is held to the default, which is the strictest."""
    return pack.states.get(code, pack.states["default"])


def _law(code: str, section: Section, default: StateLaw | None) -> StateLaw:
    sections.only(section, _KEYS)
    ages = dict(default.minor_consents) if default else {}
    if default is None or "minor_consents" in section.values:
        ages |= _ages(sections.table(section, "minor_consents"))
    if default is None and set(ages) != set(KINDS):
        sentence = f"The default must name an age for each of: {', '.join(KINDS)}."
        raise sections.refusal(section, "minor_consents", sentence)
    return StateLaw(
        code=code,
        minor_consents=MappingProxyType(ages),
        sensitive=_sensitive(section, default),
        own_care=_own_care(section, default),
        retention_years=_retention(section, default),
        source=sections.text(section, "source"),
        reviewed=sections.day(section, "reviewed") if "reviewed" in section.values else None,
    )


def _ages(section: Section) -> dict[str, int]:
    for kind in section.values:
        if kind not in KINDS:
            raise sections.refusal(section, kind, f'"{kind}" is not a kind of care we know: {", ".join(KINDS)}.')
    return {kind: sections.number(section, kind, least=0, most=18) for kind in section.values}


def _own_care(section: Section, default: StateLaw | None) -> int:
    """A state that says nothing is held to the default, which is the lowest age any state's row names."""
    if default is not None and "own_care" not in section.values:
        return default.own_care
    return sections.number(section, "own_care", least=default.own_care if default else 0, most=18)


def _sensitive(section: Section, default: StateLaw | None) -> tuple[str, ...]:
    """A state may add to what the default holds sensitive and never take away."""
    own = sections.texts(section, "sensitive") if default is None or "sensitive" in section.values else ()
    base = default.sensitive if default else ()
    return base + tuple(kind for kind in own if kind not in base)


def _retention(section: Section, default: StateLaw | None) -> int:
    if default is not None and "retention_years" not in section.values:
        return default.retention_years
    return sections.number(section, "retention_years", least=default.retention_years if default else 1, most=100)


def _as_default(code: str, default: StateLaw) -> StateLaw:
    return replace(default, code=code)
