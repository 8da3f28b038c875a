"""``{% outside "key" %}`` and ``{{ text|linked }}``: how a template leads off this site. There is no other way."""

from django import template
from django.utils.safestring import SafeString

from wellkept.web.shell import outside as leading

register = template.Library()


@register.simple_tag
def outside(key: str, said: str = "") -> SafeString:
    """A reviewed link by its key, in these words or by its title; plain words where it does not stand."""
    return leading.outside(key, said)


@register.filter
def linked(text: str) -> SafeString:
    """A text with its ``[[link:key]]`` marks as links. Text is escaped; only markup of the house stays markup."""
    return leading.linked(text)
