"""The addresses of the public pages, from the routes themselves, so that no page can be forgotten.

Serves U-01, R-12.
"""

from collections.abc import Iterator
from typing import Final

from django.urls import URLPattern, URLResolver, get_resolver

from wellkept.policy import packs, publications
from wellkept.policy.shapes import Pack
from wellkept.web.shell import serving
from wellkept.web.site.audiences import AUDIENCES

DOOR: Final = "wellkept.web.site."
AFTER_A_FORM: Final = ("preferences/saved/",)
"""Pages that only answer a form and say nothing by themselves."""


def public_pages(pack: Pack) -> list[str]:
    """Every page a person can read without signing in, in the order of the routes, then those of the policy."""
    routed = (f"/{route}" for route in routes())
    return [*routed, *(one.href for one in AUDIENCES), *to_read(pack), *of_the_policy(pack)]


def routes(mark: str = "public_reason") -> list[str]:
    """The routes of the site that lead to one page each: no place in them for a value, and no file's ending.

    Of their views only those that carry ``mark``.
    """
    found = [(str(one.pattern), one) for one in patterns(get_resolver())]
    return [
        route
        for route, one in found
        if "<" not in route
        and (not route or route.endswith("/"))
        and one.callback.__module__.startswith(DOOR)
        and vars(one.callback).get(mark)
        and route not in AFTER_A_FORM
    ]


def patterns(under: URLResolver) -> Iterator[URLPattern]:
    """Every route at the root: the doors, which have a name before them, are none of ours."""
    for one in under.url_patterns:
        if isinstance(one, URLPattern):
            yield one
        elif str(one.pattern) == "":
            yield from patterns(one)


def to_read(pack: Pack) -> list[str]:
    """The page of each publication that is out."""
    return [one.href for one in publications.out(pack, serving.today(pack))]


def of_the_policy(pack: Pack) -> list[str]:
    """The page of each promise, of each posted version, and of what each version changed."""
    today = serving.today(pack)
    posted = [one.version for one in pack.versions if one.posted <= today]
    return [
        *(f"/policy/{one.id.lower()}/" for one in packs.in_force(pack, today).clauses),
        *(f"/policy/versions/{one}/" for one in posted),
        *(f"/policy/versions/{one}/changes/" for one in posted[1:]),
    ]
