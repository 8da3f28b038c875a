"""A theme from one colour, with each pair of colours that carries words readable on the other.

Serves B-08, R-12. Source: WCAG 2.2, success criterion 1.4.3 (contrast of 4.5 to 1) and its relative luminance.
"""

import re
from collections.abc import Mapping
from typing import Final

LEAST: Final = 4.5
WHITE: Final = "#ffffff"
_COLOUR: Final = re.compile(r"^#[0-9a-f]{6}$")
_CHANNELS: Final = (0.2126, 0.7152, 0.0722)


def complaint(colour: str) -> str:
    """Why ``colour`` cannot carry an operator's pages, as a sentence; "" where it can."""
    if not _COLOUR.match(colour):
        return 'Write the colour as a sign and six hex digits in small letters, such as "#0b5566".'
    found = contrast(colour, WHITE)
    if found < LEAST:
        return (
            f"White words on {colour} are hard to read: contrast {found:.1f}, and 4.5 is the least. Take a darker one."
        )
    return ""


def theme(brand: str, *, dark_top: bool) -> Mapping[str, str]:
    """The colours of ``[theme]`` that follow from an operator's own colour, under a dark top of the page or a white."""
    dark = mixed(brand, "#000000", 0.4)
    top = {"top": dark, "top-ink": WHITE, "top-accent": mixed(brand, WHITE, 0.8)}
    return {
        "brand": brand,
        "brand-dark": dark,
        "brand-soft": mixed(brand, WHITE, 0.9),
        "band": mixed(brand, "#000000", 0.6),
        "accent": brand,
        **(top if dark_top else {"top-accent": brand}),
    }


def mixed(colour: str, other: str, share: float) -> str:
    """``colour`` with ``share`` (0 to 1) of ``other`` in it."""
    return "#" + "".join(
        f"{round(one * (1 - share) + two * share):02x}" for one, two in zip(_parts(colour), _parts(other), strict=True)
    )


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    return sum(weight * _linear(part / 255) for weight, part in zip(_CHANNELS, _parts(colour), strict=True))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
