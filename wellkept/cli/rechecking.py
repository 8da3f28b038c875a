"""The job that looks again at the pages our links lead to, where the operator lets a program of ours ask other sites.

Serves U-35, P-03. Two rooms meet here: what looks, and the register that keeps what was seen.
"""

from collections import Counter
from collections.abc import Callable
from typing import Final

from django.conf import settings

from wellkept.exchange.pages.looking import look
from wellkept.links import actions, queries
from wellkept.links.actions import Found
from wellkept.policy import practices

AT_ONCE: Final = 100


def switched_on() -> bool:
    """Whether this operator lets a program of ours ask other sites."""
    return practices.flag(settings.PACK, "links_rechecked")


def recheck(timestamp: int = 0, *, looks: Callable[[str], Found] = look) -> Counter[str]:
    """Look at each page that is due, and at its policy; returns how often each finding came. Nothing, switched off."""
    del timestamp
    found: Counter[str] = Counter()
    if not switched_on():
        return found
    for due in queries.due(AT_ONCE):
        for what, address in (("page", due.address), ("policy", due.policy_address)):
            found[actions.note(due.id, what, looks(address))] += 1
    return found
