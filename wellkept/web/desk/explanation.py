"""The explanation of benefits of one of the caller's claims, in the words the member reads (U-29).

Serves U-12, U-31, P-01, P-12. A claim that the call does not open and one that is not there are told in the same way.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from wellkept.benefits import cards
from wellkept.benefits import queries as benefits
from wellkept.people.queries import identity
from wellkept.policy.words import Category
from wellkept.web.desk import words
from wellkept.web.desk.frame import opened
from wellkept.web.desk.showing import showing
from wellkept.web.shell import explaining, serving


def explanation(request: HttpRequest, call: UUID, claim: UUID) -> HttpResponse:
    """The paper as a page, while the call goes on and its reason opens claims; a claim not decided has none."""
    here, line = showing(request, call, Category.CLAIMS)
    pack = serving.pack()
    with opened(here, line, Category.IDENTITY, Category.CLAIMS) as key:
        story = benefits.claim(key, claim)
        if story is None:
            raise Http404
        said = explaining.explanation(
            story, who=identity(key), plan=cards.plan_of(key, claim), pack=pack, today=serving.today(pack)
        )
    given = {"call": line, "call_in_words": words.call_in_words(line), "claim": claim, "said": said}
    return render(request, "desk/explanation.html", given)
