"""What contracts of employers take away from our rules. They cannot add to them: there is nothing here that gives.

Serves U-13, R-20.
"""

from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from wellkept.organisations import agreements as room
from wellkept.policy import packs
from wellkept.web.privacy import agreement_words as words
from wellkept.web.privacy.agreement_forms import EndContract, Narrow
from wellkept.web.privacy.links import at_work
from wellkept.web.shell import proving, serving

HERE: Final = "/privacy/agreements/contracts/"
ROUTE: Final = "privacy-contracts"


def listing(request: HttpRequest) -> HttpResponse:
    """What every contract takes away."""
    here = at_work(request)
    found = room.contracts(here.secret)
    return render(request, "privacy/contracts.html", {"table": words.contract_table(found) if found else None})


def narrow(request: HttpRequest) -> HttpResponse:
    """Record that a contract keeps somebody out."""
    here = at_work(request)
    if request.method != "POST" and not proving.recently(request, minutes=10):
        return proving.ask(request, ROUTE)
    form = Narrow(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        plans = room.plans_of(told["plan"])
        answer = "plan"
        if len(plans) == 1:
            answer = room.narrow(
                here.secret, plan=plans[0], number=told["number"], role=told["role"], purpose=told["purpose"],
                opens=told["opens"], days=(told["begins"], told["ends"]),
                collected_under=packs.now_in_force(serving.pack()).version,
            )  # fmt: skip
        if answer == "done":
            return HttpResponseRedirect(HERE)
        if answer == "prove":
            return proving.ask(request, ROUTE)
        form.add_error("plan" if answer == "plan" else None, str(words.ANSWERS[answer]))
    return render(request, "privacy/contract_narrow.html", {"form": form}, status=400 if form.errors else 200)


def end(request: HttpRequest, number: UUID) -> HttpResponse:
    """End what a contract takes away; our rules hold again at once."""
    here = at_work(request)
    found = next((one for one in room.contracts(here.secret) if one.id == number), None)
    if found is None:
        raise Http404
    if request.method != "POST" and not proving.recently(request, minutes=10):
        return proving.ask(request, ROUTE)
    form = EndContract(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = room.end_contract(here.secret, number, why=form.cleaned_data["why"])
        if answer == "done":
            return HttpResponseRedirect(HERE)
        if answer == "prove":
            return proving.ask(request, ROUTE)
        form.add_error(None, str(words.ANSWERS[answer]))
    given = {"form": form, "one": found, "narrowed": words.narrowed(found)}
    return render(request, "privacy/contract_end.html", given, status=400 if form.errors else 200)
