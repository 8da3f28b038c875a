"""The register of links at work: what is due, a proposal, an entry with its reviews and history, a review, an end.

Serves U-35, U-36, P-03, P-04. Nothing here is about a person, so nothing is opened; each act is an entry of the ledger.
"""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.consent.actions import owed
from wellkept.links import actions, queries
from wellkept.links.criteria import CRITERIA
from wellkept.links.queries import Entry
from wellkept.policy import practices
from wellkept.policy.words import Refused
from wellkept.web.privacy import link_words as words
from wellkept.web.privacy.frame import Office, office
from wellkept.web.privacy.link_forms import PARTNER, Judge, Propose, Withdraw
from wellkept.web.shell import serving

HERE = "/privacy/links/"


def register(request: HttpRequest) -> HttpResponse:
    """Every key by what is due: what waits for a review first, what ends soon next."""
    here = at_work(request)
    entries = queries.entries(here.secret)
    rows = words.rows(entries, today=serving.today(serving.pack()))
    given = {"groups": words.groups(rows), "lead": words.lead(rows), "rechecked": rechecked()}
    return render(request, "privacy/links.html", given)


def propose(request: HttpRequest) -> HttpResponse:
    """Propose a page, or with ``?again=`` the next edition of one that is in the register."""
    here = at_work(request)
    form = Propose(request.POST or None, initial=again(here, request.GET.get("again", "")))
    if request.method == "POST" and form.is_valid():
        number = actions.propose(here.secret, form.proposal())
        if number is None:
            raise Http404
        return HttpResponseRedirect(f"{HERE}{number}/")
    return render(request, "privacy/link_propose.html", {"form": form}, status=400 if form.errors else 200)


def entry(request: HttpRequest, number: UUID) -> HttpResponse:
    """An entry: what was proposed, where it stands, who reviewed it, what looks found, and its other editions."""
    here = at_work(request)
    one, others = found(here, number)
    today = serving.today(serving.pack())
    given = {
        "one": words.row(one, today=today),
        "others": [words.row(other, today=today) for other in others],
        "reviews": [words.reviewed(review) for review in queries.reviews(here.secret, number)],
        "looks": [words.looked(look) for look in queries.looks(here.secret, number)],
        "may_review": one.state == "waiting" and not one.mine,
        "withdraw": Withdraw(),
        "rechecked": rechecked(),
    }
    return render(request, "privacy/link.html", given)


def review(request: HttpRequest, number: UUID) -> HttpResponse:
    """Judge an entry by five criteria and by what refuses. Whoever judged it before may not do so again."""
    here = at_work(request)
    one, _others = found(here, number)
    form = Judge(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        answer = actions.review(
            here.secret,
            number,
            met=[name for name in CRITERIA if told[name] == "yes"],
            words={name: told[f"{name}_words"] for name in CRITERIA},
            refusing=told["refusing"],
            refusing_words=told["refusing_words"],
            until=told["until"],
        )
        if answer != "done":
            raise ValidationError(str(words.ANSWERS[answer]))
        return HttpResponseRedirect(f"{HERE}{number}/")
    if one.mine or one.state != "waiting":
        raise ValidationError(str(words.ANSWERS["twice" if one.mine else "not waiting"]))
    given = {"one": words.row(one, today=serving.today(serving.pack())), "form": form}
    return render(request, "privacy/link_review.html", given, status=400 if form.errors else 200)


def withdraw(request: HttpRequest, number: UUID) -> HttpResponse:
    """Take a link away at once, with the reason."""
    here = at_work(request)
    one, _others = found(here, number)
    form = Withdraw(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not actions.withdraw(here.secret, number, why=form.cleaned_data["why"]):
            raise ValidationError(_("This link was withdrawn before."))
        return HttpResponseRedirect(f"{HERE}{number}/")
    given = {"one": words.row(one, today=serving.today(serving.pack())), "form": form}
    return render(request, "privacy/link_withdraw.html", given, status=400 if form.errors else 200)


def at_work(request: HttpRequest) -> Office:
    """An officer who has signed what officers sign. Raises ``Refused``."""
    here = office(request)
    if owed(here.secret):
        raise Refused(_("There is something to agree to first."), reason="needs agreement")
    return here


def found(here: Office, number: UUID) -> tuple[Entry, list[Entry]]:
    """An entry and the other editions of its key; raises ``Http404``."""
    editions = queries.editions(here.secret, number)
    one = next((edition for edition in editions if edition.id == number), None)
    if one is None:
        raise Http404
    return one, [edition for edition in editions if edition.id != number]


def again(here: Office, number: str) -> dict[str, object]:
    """What an entry says, to be proposed again; empty where no entry is named."""
    try:
        one = next((e for e in queries.editions(here.secret, UUID(number)) if e.id == UUID(number)), None)
    except ValueError:
        return {}
    names = ("key", "title", "address", "policy_address", "owner", "is_health_content", "sponsor", "kind", *PARTNER)
    return {name: getattr(one, name) for name in (*names, "mark_allowed")} if one else {}


def rechecked() -> bool:
    """Whether this operator has links looked at again by a program."""
    return practices.flag(serving.pack(), "links_rechecked")
