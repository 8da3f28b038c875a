"""Why one account may open one person's record, or may not, now: asked of the gate itself, and entered.

Serves B-09, B-03. The person reads that somebody asked. What was typed travels in the form alone, never in an address.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wellkept.access.explained import Asked, asked_by, sentences
from wellkept.access.why import clause_of
from wellkept.accounts import hashes
from wellkept.intake.naming import BY_CARD, Hashes
from wellkept.policy import packs
from wellkept.policy.words import Category, Purpose, Refused
from wellkept.vault.queries import operator_key
from wellkept.web.privacy.frame import office
from wellkept.web.privacy.why_forms import WhyOne
from wellkept.web.shell import serving


def asking(request: HttpRequest) -> HttpResponse:
    """Ask of an entry, or of an account and a person; the answer names all that decides, and opens nothing."""
    here = office(request)
    form = WhyOne(request.POST or None)
    given: dict[str, object] = {"form": form}
    if form.is_valid():
        try:
            given |= answered(here.secret, form)
        except Refused as error:
            if error.reason != "nobody found":
                raise
            form.add_error("entry" if form.cleaned_data["entry"] else "number", error.sentence)
    return render(request, "privacy/why_one.html", given, status=400 if form.errors else 200)


def answered(secret: bytes, form: WhyOne) -> dict[str, object]:
    """What the page shows of an answer. Raises ``Refused`` as ``asked_by`` does."""
    told = form.cleaned_data
    purpose, category = Purpose(told["purpose"]), Category(told["category"])
    clauses = packs.now_in_force(serving.pack()).clauses
    found = asked_by(secret, meant(form), purpose=purpose, category=category)
    verdict, *lines = sentences(found, purpose=purpose, category=category, clauses=clauses)
    return {
        "found": found,
        "verdict": verdict,
        "lines": lines,
        "clause": clause_of(clauses, found.clause) if found.role and found.clause else None,
    }


def meant(form: WhyOne) -> Asked:
    """Whom the form means. A card's number and a birth date become a keyed hash, a sign-in name another."""
    told = form.cleaned_data
    index = None
    if told["number"]:
        card = Hashes(index=operator_key("index"), roster=b"")
        index = card.by_card(told["number"], told["birth_date"].isoformat())
    return Asked(
        entry=told["entry"],
        login=hashes.login(told["login"]) if told["login"] else None,
        kind=BY_CARD if index else None,
        index=index,
    )
