"""The one way off this site: a reviewed link of the register, by its key, through the leaving page.

Policy texts and texts from the database name a link as ``[[link:key]]``, or ``[[link:key|our own words]]``. A key that
does not stand now is its title as plain text; what the register does not know is the words given, or says so.

Serves U-35, P-03.
"""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Final

from django.db import Error
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wellkept.links import queries
from wellkept.links.queries import Link

# A key as the register takes it. Escaping leaves every sign of the mark as it is; no words in it hold markup.
MARK: Final = re.compile(r"\[\[link:([a-z][a-z0-9-]{1,46}[a-z0-9])(?:\|([^\[\]|<>]{1,200}))?\]\]")


# The words and an arrow out of a box; the label is read aloud and seen, never the arrow alone.
LABELLED: Final = (
    '<a class="outside" href="/leaving/{}/">{}<span class="leaves"> <svg viewBox="0 0 16 16" aria-hidden="true"'
    ' focusable="false"><path d="M6 3H3v10h10v-3M9 2h5v5M14 2L7.5 8.5" fill="none" stroke="currentColor"'
    ' stroke-width="1.8"/></svg>{}</span></a>'
)


def linked(text: str) -> SafeString:
    """``text``, escaped unless it is markup of the house, with each mark as its link. Nothing else links."""
    escaped = conditional_escape(text)
    keys = {found[1] for found in MARK.finditer(escaped)}
    if not keys:
        return format_html("{}", escaped)
    known = named(keys)
    shown = [anchor(known.get(found[1]), unescape(found[2] or "")) for found in MARK.finditer(escaped)]
    # The text around the marks is escaped already; its braces are doubled, so that format_html leaves them alone.
    around = MARK.sub("{}", escaped.replace("{", "{{").replace("}", "}}"))
    return format_html(around, *shown)


def outside(key: str, said: str = "") -> SafeString:
    """One link by its key, in ``said`` or by its title."""
    return anchor(named([key]).get(key), said)


def anchor(link: Link | None, said: str) -> SafeString:
    """A link that stands, with its label; the words alone of any other."""
    if link is None:
        return format_html("{}", said or _("a page elsewhere that we do not link to now"))
    if not link.stands:
        return format_html("{}", said or link.title)
    return format_html(LABELLED, link.key, said or link.title, _("leaves this site"))


def named(keys: Iterable[str]) -> Mapping[str, Link]:
    """What the register says of these keys. Without a database no link stands, and none is shown."""
    try:
        return queries.named(keys)
    except Error:
        return {}
