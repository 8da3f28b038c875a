"""What the entrance's templates ask the house."""

from django import template

from wellkept.accounts import recovery
from wellkept.web.entrance import sign_on
from wellkept.web.shell import serving

register = template.Library()


@register.simple_tag
def sign_on_name() -> str:
    """The name of the operator's own sign-on; "" where there is none, or none that may be used."""
    return sign_on.named()


@register.simple_tag
def mails_a_link() -> bool:
    """Whether this operator mails a link to whoever forgot their password (P-09)."""
    return recovery.way(serving.pack()) != "code"
