"""What a reviewer is asked of another site: five criteria, each to be met, and what refuses a link by itself.

Serves U-35, U-36, P-03. The two lists stand in ``sql/links.sql`` as well; a test compares them.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from wellkept.policy.kinds import Words

CRITERIA: Final[Mapping[str, Words]] = {
    "source": _("Source: is it plain who made it, and do they know their subject?"),
    "content": _("Content: is it right, up to date and dated?"),
    "workability": _("Workability: does it work on a phone, by keyboard and without an account?"),
    "design": _("Graphics and design: is it easy to read, with advertising marked as such?"),
    "scope": _("Scope: does it fit what our readers come for?"),
}
SHORT: Final[Mapping[str, Words]] = {
    "source": _("Source"),
    "content": _("Content"),
    "workability": _("Workability"),
    "design": _("Graphics and design"),
    "scope": _("Scope"),
}
FOUND: Final[Mapping[str, Words]] = {
    "source": _("What you found of its source"),
    "content": _("What you found of its content"),
    "workability": _("What you found of how it works"),
    "design": _("What you found of its design"),
    "scope": _("What you found of its scope"),
}
REFUSING: Final[Mapping[str, Words]] = {
    "misleads": _("Its sponsored health content misleads."),
    "ineffective": _("It praises or sells something that does not work."),
    "dangerous": _("It praises or sells something that is dangerous."),
    "hides_sponsor": _("It hides who pays for what it says."),
    "no_policy": _("It has no privacy policy that a visitor can read."),
    "asks_why": _("It asks for personal data and does not say why."),
    "sells": _("It sells or trades what visitors tell it."),
}
"""One of these refuses a link, whatever else is good about it."""
