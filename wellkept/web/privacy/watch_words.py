"""What the watch says in words: why an opening stood out, what an officer can find, and what an inquiry rests on.

Serves B-03, B-10.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wellkept.access.unseen import Inquiry
from wellkept.access.watching import Alarm
from wellkept.ledger.sentences import ROLES
from wellkept.web.shell.templatetags.shell import day

SHORT: Final[Mapping[str, Promise]] = {
    "own": gettext_lazy("Their own record"),
    "household": gettext_lazy("Family of somebody here"),
    "colleague": gettext_lazy("A colleague"),
    "address": gettext_lazy("Same address"),
    "surname": gettext_lazy("Same family name"),
    "street": gettext_lazy("A neighbor"),
    "surge": gettext_lazy("Many people in an hour"),
    "hours": gettext_lazy("Outside working hours"),
    "no case": gettext_lazy("No call and no case"),
}
LONG: Final[Mapping[str, Promise]] = {
    "own": gettext_lazy("Name and birth date are their own. Staff read their own record as members do."),
    "household": gettext_lazy("The person is covered together with somebody who works here."),
    "colleague": gettext_lazy("The person works here, too."),
    "address": gettext_lazy("The person lives in the same house."),
    "surname": gettext_lazy("The person has the same family name. It may be chance."),
    "street": gettext_lazy("The person lives in the same street."),
    "surge": gettext_lazy("They opened far more people in an hour than they usually do."),
    "hours": gettext_lazy("They opened a record on a weekend, or outside the hours in which we work."),
    "no case": gettext_lazy("There was no call, no case and no request to which this belongs."),
}
FINDINGS: Final[Mapping[str, Promise]] = {
    "unrelated": gettext_lazy("Chance: they do not know each other"),
    "assigned": gettext_lazy("It was their work, and nobody else could do it"),
    "spoken": gettext_lazy("They were told to hand such work to a colleague"),
    "ended": gettext_lazy("They may open nothing here any longer"),
    "incident": gettext_lazy("It was wrong: it is handled as an incident"),
}
TONES: Final[Mapping[str, str]] = {"ended": "bad", "incident": "bad", "spoken": "warn"}
KINDS: Final[Mapping[str, Promise]] = {
    "fraud": gettext_lazy("Inquiry into fraud"),
    "legal": gettext_lazy("Legal process"),
}
PAPERS: Final[Mapping[str, Promise]] = {
    "memo": gettext_lazy("Memo of the fraud team"),
    "statement": gettext_lazy("Written statement of an agency"),
    "order": gettext_lazy("Order of a court"),
}
WHY_NOT: Final[Mapping[str, Promise]] = {
    "own": gettext_lazy("Somebody else must decide this."),
    "closed": gettext_lazy("Somebody else was quicker."),
    "days": gettext_lazy("These days will not do. Fraud: at most 90 days. A legal process: at most a year."),
    "nobody": gettext_lazy("Nobody is found by this number and birth date, or more than one person."),
    "budget": gettext_lazy("You looked for too many people this hour. Please wait for the next hour."),
    "no": gettext_lazy("That is not possible any more."),
}


def who(actor: str, role: str) -> str:
    """Somebody of ours and in what capacity: "Dana R., customer service"."""
    named = str(ROLES.get(role, role))
    return f"{actor}, {named}" if actor else named[:1].upper() + named[1:]


def short(alarm: Alarm) -> str:
    """Every reason in a few words."""
    return ", ".join(str(SHORT[one]) for one in alarm.reasons)


def long(alarm: Alarm) -> list[str]:
    """Every reason in a sentence; of many people also how many."""
    said = [str(LONG[one]) for one in alarm.reasons]
    if alarm.people is not None:
        said.append(ngettext("It was %(n)d person.", "It was %(n)d people.", alarm.people) % {"n": alarm.people})
        usual = alarm.usual
        said.append(
            _("No usual hour of theirs is known yet.")
            if usual is None
            else ngettext("Their usual hour: %(n)d person.", "Their usual hour: %(n)d people.", usual) % {"n": usual}
        )
    return said


def state(inquiry: Inquiry) -> tuple[str, str]:
    """How an inquiry stands, and its tone."""
    if inquiry.in_force:
        return _("Kept back until %(day)s") % {"day": day(inquiry.until)}, "warn"
    if inquiry.ended_at is not None:
        return _("Shown since %(day)s") % {"day": day(inquiry.ended_at)}, "good"
    named = {"": _("Waits for a second person"), "declined": _("Declined"), "withdrawn": _("Withdrawn")}
    return named.get(inquiry.outcome, _("Ended")), "old"
