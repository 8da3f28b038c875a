"""How much time is left for a case, in words: in hours where the law counts in hours, else in days."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

HOUR = timedelta(hours=1)


def days_left(due_on: date, today: date) -> tuple[str, str]:
    """The calendar days left until a day is over, in words, and their tone."""
    left = (due_on - today).days
    if left < 0:
        return ngettext("%(n)d day overdue", "%(n)d days overdue", -left) % {"n": -left}, "bad"
    if left == 0:
        return _("today is the last day"), "warn"
    return ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}, "warn" if left < 3 else ""


def hours_left(due_at: datetime, now: datetime) -> tuple[str, str]:
    """The hours left, in words, and their tone: whole ones, and none counted twice."""
    if due_at <= now:
        late = (now - due_at) // HOUR
        return ngettext("%(n)d hour overdue", "%(n)d hours overdue", late) % {"n": late}, "bad"
    left = (due_at - now) // HOUR
    return ngettext("%(n)d hour left", "%(n)d hours left", left) % {"n": left}, "bad" if left < 12 else "warn"
