"""One request: what the person wrote, the opening they ask about, and the answer, which is a person's decision.

Serves U-33, P-19. Each look at a request is entered in the ledger and stands in the person's list.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from wellkept.access import queries as access
from wellkept.ledger.sentences import plainly
from wellkept.notices import news
from wellkept.people.queries import identity
from wellkept.policy import packs
from wellkept.policy.words import Category, Key, Purpose
from wellkept.rights import actions, queries
from wellkept.rights import work as rights
from wellkept.rights.work import WorkLine
from wellkept.web.privacy.forms import Answer
from wellkept.web.privacy.frame import Office, office
from wellkept.web.privacy.work import waiting
from wellkept.web.shell import serving


def answer(request: HttpRequest, number: UUID) -> HttpResponse:
    """Show the request; with POST answer it, once."""
    here = office(request)
    line = next((one for one in rights.work(here.secret) if one.id == number), None)
    if line is None:
        raise Http404
    form = Answer(request.POST or None)
    with opened(here, line) as key:
        if form.is_valid() and answered(key, line, form, by=here.actor):
            return HttpResponseRedirect(f"/privacy/requests/{number}/")
        given = {"one": waiting(line), "form": form, **asked(key, line)}
    return render(request, "privacy/answer.html", given, status=400 if form.errors else 200)


@contextmanager
def opened(here: Office, line: WorkLine) -> Iterator[Key]:
    """Open who asked and what they asked, because they asked. The visit is the occasion."""
    categories = [Category.IDENTITY, Category.REQUESTS]
    with access.enter(here.secret, purpose=Purpose.OPERATIONS, categories=categories, subjects=[line.person]) as key:
        yield key


def answered(key: Key, line: WorkLine, form: Answer, *, by: str) -> bool:
    """Whether the answer is written, or was before; False where its words will not do, which the form then says.

    What is written is news for the person.
    """
    try:
        written = actions.answer(
            key, person=line.person, number=line.id, words=form.cleaned_data["words"], by=by, now=timezone.now()
        )
    except ValidationError as error:
        form.add_error("words", error)
        return False
    if written:
        under = packs.now_in_force(serving.pack()).version
        news.add(
            key, person=line.person, kind="answers", about=line.id, category=Category.REQUESTS, collected_under=under
        )
    return True


def asked(key: Key, line: WorkLine) -> dict[str, object]:
    """The request in full, who asked, and the opening it is about."""
    about = rights.questioned(key, line.entry)
    return {
        "asked": queries.request(key, line.id),
        "person": identity(key),
        "about": about,
        "sentence": plainly(about.told) if about else "",
    }
