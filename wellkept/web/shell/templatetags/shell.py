"""Filters for dates, money and telephone numbers as people read them, and the block tags of the shell."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wellkept.policy import sayings
from wellkept.proof.values import Verdict
from wellkept.web.shell import serving
from wellkept.web.shell.values import Cell

register = template.Library()
LATE: Final = timedelta(minutes=5)
"""How long a round of tries may take before the next try of a promise is late."""

_DAY: Final = {"en": "F j, Y", "es": r"j \d\e F \d\e Y"}
_HALVES: Final = {"en": ("am", "pm"), "es": ("a.\u00a0m.", "p.\u00a0m.")}


@register.filter
def day(value: date | datetime | None) -> str:
    """A day as "March 3, 2026" or "3 de marzo de 2026"; "" for None."""
    if value is None:
        return ""
    return date_format(_local(value) if isinstance(value, datetime) else value, _DAY[serving.language()])


@register.filter
def moment(value: datetime | None) -> str:
    """A moment as "March 3, 2026, 2:14 pm" or "3 de marzo de 2026, 2:14 p. m.", where the operator works; else ""."""
    if value is None:
        return ""
    return f"{day(_local(value).date())}, {hour(value)}"


@register.filter
def hour(value: datetime) -> str:
    """The hour and minute of a moment as "2:14 pm" or "2:14 p. m.", where the operator works."""
    local = _local(value)
    return f"{local.hour % 12 or 12}:{local:%M} {half_of(local.hour)}"


def half_of(hour: int) -> str:
    """Which half of the day an hour of 0 to 23 is in: "am" or "p. m."."""
    return _HALVES[serving.language()][hour >= 12]


@register.filter
def ago(value: datetime) -> str:
    """How long ago ``value`` was: minutes within the hour, hours within the day, then the day itself."""
    past: timedelta = timezone.now() - value
    minutes = int(past.total_seconds() // 60)
    if minutes < 1:
        return _("less than a minute ago")
    if minutes < 60:
        return ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}
    if minutes < 1440:
        return ngettext("%(n)d hour ago", "%(n)d hours ago", minutes // 60) % {"n": minutes // 60}
    return _("on %(day)s") % {"day": day(value)}


@register.filter
def lasting(value: timedelta | None) -> str:
    """How long something lasted, in its greatest whole unit up to days: "16 minutes"; "" for None."""
    if value is None:
        return ""
    minutes = int(value.total_seconds() // 60)
    if minutes < 1:
        return _("less than a minute")
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if minutes < 1440:
        return ngettext("%(n)d hour", "%(n)d hours", minutes // 60) % {"n": minutes // 60}
    return ngettext("%(n)d day", "%(n)d days", minutes // 1440) % {"n": minutes // 1440}


@register.filter
def on_time(verdict: Verdict) -> bool:
    """Whether the next try of a promise is not late: only then does a page say what is so now."""
    return verdict.due is not None and timezone.now() < verdict.due + LATE


@register.filter
def money(value: Decimal | None) -> str:
    """Dollars and cents as "$1,240.00"; "not known yet" for None, because an unknown sum is never zero."""
    if value is None:
        return _("not known yet")
    return f"-${-value:,.2f}" if value < 0 else f"${value:,.2f}"


@register.filter
def tel(value: str) -> SafeString:
    """A telephone number of the North American plan as a link that dials it from anywhere (RFC 3966)."""
    digits = "".join(filter(str.isdigit, value))
    return format_html('<a class="keep" href="tel:+1{}">{}</a>', digits.removeprefix("1"), value)


@register.filter
def said(value: object) -> str:
    """A text that was put together in English (what a try did, what a control does), in the language of the page."""
    return sayings.said(str(value or ""))


@register.simple_tag
def tag(word: str, tone: str = "") -> SafeString:
    """A word of status. ``tone`` is good, warn, bad, old or nothing; the word alone must say it."""
    return format_html('<span class="tag {}">{}</span>', tone, word)


@register.simple_tag(name="cell")
def cell_html(cell: Cell) -> SafeString:
    """A cell of a table: a word of status, a link or plain text, and its note beneath."""
    text: str = cell.text
    if cell.tone:
        text = tag(cell.text, cell.tone)
    elif cell.href:
        text = format_html('<a href="{}">{}</a>', cell.href, cell.text)
    return format_html("{}{}", text, format_html(' <span class="note">{}</span>', cell.note) if cell.note else "")


@register.simple_block_tag
def panel(content: str, title: str = "", span: int = 12, *, level: int = 2, plain: bool = False) -> str:
    """A panel ``span`` of the grid's twelve columns wide: {% panel title=... span=7 %}...{% endpanel %}."""
    given = {"content": content, "title": title, "span": span, "level": level, "plain": plain}
    return render_to_string("shell/panel.html", given)


@register.simple_block_tag
def notice(content: str, title: str = "", tone: str = "") -> str:
    """A notice in the page: {% notice title=... tone="warn" %}...{% endnotice %}. Tone: good, warn, bad, old."""
    return render_to_string("shell/notice.html", {"content": content, "title": title, "tone": tone})


def _local(value: datetime) -> datetime:
    """A moment as the clocks of the operator show it."""
    return value.astimezone(ZoneInfo(serving.pack().time_zone))
