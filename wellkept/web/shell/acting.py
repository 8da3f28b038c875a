"""Who wrote or sent something for a person, in words: the name they were named by, and by what tie they act."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.service.thread_values import Message

TIES: Final[Mapping[str, Promise]] = {
    "helper": gettext_lazy("a helper"),
    "personal_representative": gettext_lazy("a personal representative"),
    "parent": gettext_lazy("a parent"),
    "parent_young": gettext_lazy("a parent"),
}


def by(one: Message) -> str:
    """Who did a step: "Ana R. (a helper)", "a parent", or one of us by name; "" where it was the person."""
    tie = TIES.get(one.actor)
    if tie is None:
        return one.actor
    return _("%(name)s (%(tie)s)") % {"name": one.name, "tie": tie} if one.name else str(tie)
