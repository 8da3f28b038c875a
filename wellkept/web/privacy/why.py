"""Why something may be opened, or may not: from the policy, about nobody in particular.

Serves B-09.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wellkept.access.why import explain
from wellkept.policy import packs
from wellkept.policy.words import Category, Purpose, Role
from wellkept.web.privacy.forms import Why
from wellkept.web.privacy.frame import office
from wellkept.web.shell import serving


def why(request: HttpRequest) -> HttpResponse:
    """Ask for role, tie, purpose and category; explain the decision. The address may hold it: it is about nobody."""
    office(request)
    form = Why(request.GET or None)
    given: dict[str, object] = {"form": form}
    if form.is_valid():
        pack = serving.pack()
        told = form.cleaned_data
        given["found"] = explain(
            pack,
            packs.now_in_force(pack).clauses,
            role=Role(told["role"]),
            relationships=[told["relationship"]],
            purpose=Purpose(told["purpose"]),
            category=Category(told["category"]),
            met=told["met"],
        )
    return render(request, "privacy/why.html", given, status=400 if form.errors else 200)
