"""Your privacy: its five parts on one page, and what lies beneath each (B-03, U-33)."""

from collections import Counter
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from wellkept.consent import words
from wellkept.disclosures import queries as disclosures
from wellkept.ledger import queries as ledger
from wellkept.policy.words import Category
from wellkept.rights import queries as rights
from wellkept.web.member import clock
from wellkept.web.member.door import opened, page

SHOWN: Final = (Category.OPENINGS, Category.REQUESTS)


def privacy(request: HttpRequest) -> HttpResponse:
    """Who opened my record; what left, by its basis; my choices; my requests; take it with me."""
    now = timezone.now()
    with opened(request, *SHOWN) as (key, _who):
        counts = ledger.counts(key)
        asked = rights.requests(key)
        lent = len({one.to for one in words.words(key) if one.holds(now)})
        left = Counter(one.basis for one in disclosures.releases(key) if one.stopped_at is None)
    given = {"left": left, "counts": counts, "requests": [clock.clocked(one) for one in asked], "lent": lent}
    return page(request, "privacy", given)
