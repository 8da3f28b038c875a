"""The family of the browser that asks, such as Firefox: what a session and an event keep of it, and nothing finer.

Serves U-22, U-30. The names are those of the statistics; a program that crawls or does not say what it is has none.
"""

from django.http import HttpRequest

from wellkept.statistics import agents

NAMELESS = (agents.CRAWLER, agents.NONE, agents.OTHER)


def family(user_agent: str) -> str:
    """The family from a closed list; "" where it is none of them."""
    found = agents.family(user_agent)
    return "" if found in NAMELESS else found


def of(request: HttpRequest) -> str:
    """The family of the browser that asks."""
    return family(request.META.get("HTTP_USER_AGENT", ""))
