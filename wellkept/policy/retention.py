"""Reads how long each category is kept; one without a declared end, or a reasoned "no end", is refused (U-20)."""

from collections.abc import Mapping
from types import MappingProxyType

from wellkept.policy import sections
from wellkept.policy.sections import Section
from wellkept.policy.shapes import Keeping
from wellkept.policy.words import Category


def read(section: Section) -> Mapping[Category, Keeping]:
    """Every category with how long it is kept and why."""
    sections.only(section, [category.value for category in Category])
    for category in Category:
        if category not in section.values:
            raise sections.refusal(section, "", f'The category "{category}" does not say how long it is kept.')
    return MappingProxyType({category: _keeping(sections.table(section, category)) for category in Category})


def _keeping(section: Section) -> Keeping:
    sections.only(section, ("years", "after", "because"))
    endless = section.values.get("years") == "no end"
    return Keeping(
        years=None if endless else sections.number(section, "years", most=100),
        after=sections.text(section, "after"),
        because=sections.text(section, "because"),
    )
