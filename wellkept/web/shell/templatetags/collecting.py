"""The tag that puts the notice of U-04 on a page: {% collecting %} at an entrance, {% collecting form %} at a form."""

from django import template
from django.template import Context

from wellkept.policy.asked import Asks
from wellkept.web.shell.collecting import Asking
from wellkept.web.shell.collecting import collecting as told
from wellkept.web.shell.forms import Form

register = template.Library()


@register.inclusion_tag("shell/collecting.html", takes_context=True)
def collecting(context: Context, *asking: object) -> dict[str, object]:
    """What this page asks and keeps. What is no form, such as one that is not shown today, is passed over."""
    forms: list[Asking] = [one for one in asking if isinstance(one, Form | Asks)]
    return {"told": told(context["request"].path_info, forms)}
