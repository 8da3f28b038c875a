"""Agreements in words, for the two doors that show them: their parties' own, and the privacy office's.

Serves U-11, P-08.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.access.plain import plain
from wellkept.organisations.agreements import Agreement
from wellkept.policy.words import Purpose
from wellkept.web.shell.templatetags.shell import day, moment

KINDS: Final[Mapping[str, str | Promise]] = {
    "business_associate": gettext_lazy("Business associate agreement"),
    "confidentiality": gettext_lazy("Confidentiality agreement"),
    "data_use": gettext_lazy("Data use agreement"),
    "affiliate": gettext_lazy("Affiliate agreement"),
    "appointment": gettext_lazy("Appointment"),
}
OF_KINDS: Final[Mapping[str, str | Promise]] = {
    "provider": gettext_lazy("Doctor's office"),
    "employer": gettext_lazy("Employer"),
    "agent": gettext_lazy("Agent"),
    "partner": gettext_lazy("Business partner"),
}
STATES: Final[Mapping[str, tuple[str | Promise, str]]] = {
    "in force": (gettext_lazy("In force"), "good"),
    "soon": (gettext_lazy("Ends soon"), "warn"),
    "not begun": (gettext_lazy("Not begun"), "old"),
    "expired": (gettext_lazy("Ran out"), "bad"),
    "ended": (gettext_lazy("Ended"), "bad"),
}
"""Each state with its word and tone."""


def covers(one: Agreement) -> str:
    """What it covers, and for what."""
    told = {
        "categories": ", ".join(plain(name) for name in one.categories),
        "purposes": ", ".join(plain(Purpose(name).name) for name in one.purposes),
    }
    return _("%(categories)s; for %(purposes)s") % told


def until(one: Agreement) -> str:
    """How long it holds, or held. Its last day ends where the operator works."""
    if one.ended_at:
        return _("Ended on %(moment)s") % {"moment": moment(one.ended_at)}
    told = {"from": day(one.begins_at), "until": day(one.ends_at - timedelta(seconds=1))}
    return _("From %(from)s until the end of %(until)s") % told
