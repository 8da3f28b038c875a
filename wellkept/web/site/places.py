"""Where one can go from the welcome page, each with what lies there.

Serves U-45: the order given here is the order until last month's totals say otherwise.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Place:
    """One public page, as the welcome page names it."""

    href: str
    label: str | Promise
    note: str | Promise


PLACES: Final = (
    Place("/how-to-register/", _("How to register"), _("Five steps, what we ask and why.")),
    Place("/policy/", _("Our privacy policy"), _("Every promise, with where it stands.")),
    Place("/what-we-hold/", _("What we hold"), _("Every field, every cookie and every count.")),
    Place("/how-long-we-keep-it/", _("How long we keep it"), _("Each kind of data with its time and its reason.")),
    Place("/statistics/", _("Visits, counted"), _("How many came and what they read. Nobody is in it.")),
    Place("/words/", _("Words on claims and cards"), _("What they mean, in plain words.")),
    Place("/help/", _("Help"), _("What people ask most.")),
    Place("/programmes/", _("Health programmes"), _("What our policy says, and what is offered.")),
    Place("/publications/", _("Publications"), _("What we bring out to read.")),
    Place("/search/", _("Search"), _("Look for a word on our public pages.")),
)
