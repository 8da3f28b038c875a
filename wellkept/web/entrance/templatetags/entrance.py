"""What the entrance's templates ask the house."""

from django import template

from wellkept.web.entrance import sign_on

register = template.Library()


@register.simple_tag
def sign_on_name() -> str:
    """The name of the operator's own sign-on; "" where there is none, or none that may be used."""
    return sign_on.named()
