"""Words made beforehand for answers that come often. They are a beginning: whoever answers reads and changes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Canned:
    """A text by what it is for. ``kinds`` are the kinds of case it fits; ``what`` is the answer it goes with."""

    title: Promise
    text: Promise
    kinds: tuple[str, ...]
    what: str


WORDS: Final[Mapping[str, Canned]] = {
    "receipt-unreadable": Canned(
        _("The paper cannot be read"),
        _("We cannot read the paper you sent. Please send a clearer picture of it. Our days stand still until then."),
        ("claim", "change", "other_insurance"),
        "asked",
    ),
    "receipt-without-day": Canned(
        _("The day of care is missing"),
        _("Your receipt does not say on which day you got the care. Please ask the office for one that does."),
        ("claim",),
        "asked",
    ),
    "receipt-refused": Canned(
        _("Not covered, and how to appeal"),
        _(
            "Your plan does not cover this. You can appeal within 180 days. Write to us why, and add papers if you have"
            " some. You can ask for everything we looked at, free of charge."
        ),
        ("claim",),
        "refused",
    ),
    "employer-asked": Canned(
        _("Your employer decides"),
        _("Your employer decides about this change. We have told them. Their next list brings it to us."),
        ("change", "call"),
        "accepted",
    ),
    "other-plan-first": Canned(
        _("The other plan pays first"),
        _("We noted it. The other plan pays first, and yours pays after it. Please send us what the other plan paid."),
        ("other_insurance",),
        "accepted",
    ),
    "done": Canned(
        _("It is done"),
        _("What you asked for on the phone is done. Is something not right? Please call us."),
        ("call",),
        "accepted",
    ),
}


def fitting(kind: str) -> tuple[tuple[str, Canned], ...]:
    """The texts that fit a kind of case, by their short names."""
    return tuple((name, one) for name, one in WORDS.items() if kind in one.kinds)


def chosen(name: str, kind: str) -> Canned | None:
    """The text of that name; None where there is none for this kind."""
    return next((one for key, one in fitting(kind) if key == name), None)
