"""Deaths: told on a call, confirmed by a second one of us who saw the paper; undone by two as well.

Serves U-31, P-01. The caller is not the person: nothing but the identity opens, and nothing of the record is said. The
list names nobody. The record stays as protected as it was (45 CFR 164.502(f)), for 50 years.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.access import queries as access
from wellkept.people import deaths
from wellkept.people.deaths import Telling, Waiting
from wellkept.policy import packs
from wellkept.policy.words import Category, Key, Purpose, Refused, Role
from wellkept.web.desk import frame, words
from wellkept.web.desk.calls import who
from wellkept.web.desk.death_forms import STANDING, Mistake, Named, Seen, Told
from wellkept.web.desk.frame import NOT_ON_THE_CALL, Seat, clause, on_call, opened, spent
from wellkept.web.shell import serving
from wellkept.web.shell.forms import Form
from wellkept.web.shell.templatetags.shell import day
from wellkept.web.shell.values import NavItem

KINDS: Final[Mapping[str, Promise]] = {
    "death": gettext_lazy("A death to confirm"),
    "estate": gettext_lazy("An estate's address to confirm"),
    "undo": gettext_lazy("A death that was a mistake"),
}
ACTS: Final[Mapping[str, type[Form]]] = {"death": Told, "estate": Named, "undo": Mistake}


def tell(request: HttpRequest, call: UUID) -> HttpResponse:
    """On a call: that the person died; of the dead whom to write to, or that it was a mistake."""
    here = frame.seat(request)
    line = on_call(here, call)
    with opened(here, line, Category.IDENTITY) as key:
        known, given = deaths.known(here.secret, call), who(key) | {"call": line}
        step = "death" if known is None else request.POST.get("step", request.GET.get("step", ""))
        if known is not None and (known.step or step not in ("estate", "undo")):
            return render(request, "desk/death_known.html", given | {"known": known})
        form = ACTS[step](request.POST or None)
        if request.method == "POST" and form.is_valid():
            written(here, key, form, call=call, row=known.id if known else uuid4(), step=step)
            return HttpResponseRedirect(f"/desk/calls/{call}/death/")
    given |= {"form": form, "step": step, "call_in_words": words.call_in_words(line)}
    return render(request, "desk/death.html", given, status=400 if form.errors else 200)


def written(here: Seat, key: Key, form: Form, *, call: UUID, row: UUID, step: str) -> None:
    """Write down what the caller said, for somebody else to decide."""
    if isinstance(form, Told):
        told, estate = form.telling(), form.estate()
    else:
        told, estate = Telling(None, form.cleaned_data["by"], form.cleaned_data["stands"]), None
    under = packs.now_in_force(serving.pack()).version
    if deaths.tell(here.secret, key, call, row, step=step, told=told, estate=estate, collected_under=under) == "no":
        raise closed()


def listed(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, oldest first. No name stands here."""
    here = either(request)
    rows = [{"line": line, "kind": KINDS[line.step]} for line in deaths.waiting(here.secret)]
    return render(request, "desk/deaths.html", {"rows": rows})


def one(request: HttpRequest, number: UUID) -> HttpResponse:
    """One that waits: who it is about and what was told, and the answer of the second person."""
    here = either(request)
    with seen(here, number) as key:
        waits = deaths.one(here.secret, key, number)
        if waits is None:
            raise closed()
        form = Seen(request.POST or None, step=waits.step)
        if request.method == "POST" and form.is_valid():
            answer = form.cleaned_data
            done = deaths.decide(here.secret, key, number, yes=True, paper=answer["paper"], seen=answer["seen"])
            return answered(done)
        given = who(key) | {"number": number, "waits": waits, "kind": KINDS[waits.step], "said": said(waits)}
    return render(request, "desk/death_one.html", given | {"form": form}, status=400 if form.errors else 200)


def decline(request: HttpRequest, number: UUID) -> HttpResponse:
    """The second person finds that nothing is to be changed."""
    here = either(request)
    if request.method != "POST":
        return HttpResponseRedirect(f"/desk/deaths/{number}/")
    with seen(here, number) as key:
        return answered(deaths.decide(here.secret, key, number, yes=False))


def answered(done: str) -> HttpResponse:
    """Back to the list; a refusal for whoever told it, and for the second of two at once."""
    if done == "yes":
        return HttpResponseRedirect("/desk/deaths/")
    if done == "first":
        raise Refused(_("You wrote this down. Somebody else must look at it."), clause=clause(), reason="two people")
    raise Refused(_("Somebody decided this before you."), clause=clause(), reason="not waiting")


def said(waits: Waiting) -> list[tuple[str, str]]:
    """What was told, as label and value."""
    told, estate = waits.told, waits.estate
    rows = [(_("Written down by"), waits.actor), (_("Written down on"), day(waits.asked_at))]
    if told:
        how = _("The person") if told.stands == "self" else str(STANDING.get(told.stands, ""))
        rows += [(_("Told by"), told.by), (_("Stands to the person as"), how)]
    if waits.step == "death":
        rows.append((_("Day of death"), day(told.day) if told and told.day else _("Nobody said it")))
    if waits.step != "undo":
        named = "\n".join((estate.name, *estate.address)) if estate else _("Nobody is named yet")
        rows.append((_("Represents the estate"), named))
    return rows


def either(request: HttpRequest) -> Seat:
    """A representative, or a privacy officer, who has these pages beside their own. Raises ``Refused`` for others."""
    secret = getattr(request, "session_secret_hash", None)
    found = access.who(secret) if secret else None
    if secret is None or found is None or found.role != Role.PRIVACY_OFFICER:
        return frame.seat(request)
    actor = found.actor or _("Privacy office")
    vars(request)["signed_in_as"] = _("%(name)s, privacy officer") % {"name": actor}
    vars(request)["nav"] = (
        NavItem(_("Requests"), "/privacy/"),
        NavItem(_("Deaths"), "/desk/deaths/"),
        NavItem(_("Papers of representatives"), "/desk/authorities/"),
    )
    return Seat(secret=secret, actor=actor)


def closed() -> Refused:
    """The one answer where nothing waits, or not for the reader."""
    sentence = _("Nothing is open here. It opens while it waits for a second person.")
    return Refused(sentence, clause=clause(), reason="not waiting")


@contextmanager
def seen(here: Seat, number: UUID) -> Iterator[Key]:
    """Open who one of them is about, for the length of the block, with its entry."""
    subject = deaths.person(here.secret, number)
    if subject is None:
        raise closed()
    try:
        with access.enter(
            here.secret, purpose=Purpose.MEMBER_ADMINISTRATION, categories=[Category.IDENTITY], subjects=[subject]
        ) as key:
            yield key
    except Refused as error:
        if error.reason in NOT_ON_THE_CALL:
            raise closed() from None
        if error.reason == "budget":
            raise spent(error) from None
        raise
