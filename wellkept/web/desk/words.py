"""What a representative reads of a person in a few words."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.people.queries import Identity
from wellkept.service.queries import CallLine
from wellkept.service.values import on_the_desk
from wellkept.web.shell.templatetags.shell import day, moment

# To the subscriber, as an 834 says it (INS02). A code that is not here is told as "family member".
RELATIONSHIPS: Final[Mapping[str, Promise]] = {
    "18": gettext_lazy("the employee"),
    "01": gettext_lazy("husband or wife"),
    "19": gettext_lazy("child"),
    "53": gettext_lazy("life partner"),
    "09": gettext_lazy("adopted child"),
    "10": gettext_lazy("foster child"),
    "17": gettext_lazy("stepchild"),
    "03": gettext_lazy("parent"),
    "26": gettext_lazy("guardian"),
}


def relationship(code: str) -> str:
    """How somebody stands to the employee who has the plan; "" where no file said it."""
    return str(RELATIONSHIPS.get(code, _("family member"))) if code else ""


def name(person: Identity | None) -> str:
    """The whole name; a plain word where none is on file any more."""
    return person.full if person and person.full else _("Somebody whose name is not on file")


def born(value: date | None) -> str:
    """A birth date."""
    return day(value) or _("birth date not on file")


def in_short(person: Identity) -> str:
    """Name, birth date and relationship on one line, as a search shows them."""
    parts = (name(person), _("born %(day)s") % {"day": born(person.birth_date)}, relationship(person.relationship))
    return ", ".join(part for part in parts if part)


def hour(value: datetime) -> str:
    """The hour of a moment: "2:14 pm"."""
    return moment(value).rpartition(", ")[2]


def next_hour(now: datetime) -> str:
    """When the next hour begins, as the operator's clocks show it."""
    return hour(now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1))


def call_in_words(line: CallLine) -> str:
    """A call without a name: "Call at 2:14 pm about a claim"."""
    return _("Call at %(hour)s about %(about)s") % {"hour": hour(line.began), "about": on_the_desk(line.about)}
