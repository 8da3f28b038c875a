"""What is written down on a call: a note, something left to do, a letter, a new code, what an answer did not settle.

Serves P-19, U-34, U-05. The caller reads each of them.
"""

import json
from datetime import UTC, date, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.accounts import hashes
from wellkept.clocks.answers import answer_due
from wellkept.clocks.business import business_day_after
from wellkept.files.letterhead import letterhead
from wellkept.notices import actions as letters
from wellkept.people.queries import identity
from wellkept.policy import packs, practices
from wellkept.policy.words import Category, Key
from wellkept.rights import escalations
from wellkept.service import handing, notes
from wellkept.service.actions import replace_code
from wellkept.service.queries import CallLine
from wellkept.web.desk import words
from wellkept.web.desk.after_forms import Left, NewCode, Posted, Unsettled, Write
from wellkept.web.desk.calls import who
from wellkept.web.desk.frame import Seat, closed, on_call, opened, seat
from wellkept.web.desk.over import gives_back
from wellkept.web.shell import serving

LETTER = "call"


def verified(request: HttpRequest, call: UUID) -> tuple[Seat, CallLine]:
    """The seat and the call, once its caller was verified; otherwise the one refusal."""
    here = seat(request)
    line = on_call(here, call)
    if line.verified is None:
        raise closed()
    return here, line


def page(request: HttpRequest, name: str, line: CallLine, form: object, given: dict[str, object]) -> HttpResponse:
    """A page of what is written down on a call."""
    shown = {"call": line, "call_in_words": words.call_in_words(line), "form": form}
    return render(request, f"desk/{name}.html", shown | given, status=400 if getattr(form, "errors", None) else 200)


@gives_back(Write)
def note(request: HttpRequest, call: UUID) -> HttpResponse:
    """Earlier notes, once the caller is verified, and a note of this call, which can be written before as well."""
    here = seat(request)
    line = on_call(here, call)
    form = Write(request.POST or None)
    categories = [Category.IDENTITY, *([Category.CALLS] if line.verified else [])]
    with opened(here, line, *categories) as key:
        if request.method == "POST" and form.is_valid():
            if not notes.write(here.secret, key, call, words=form.cleaned_data["words"], collected_under=under()):
                raise closed()
            return HttpResponseRedirect(f"/desk/calls/{call}/notes/")
        given = who(key) | {"notes": notes.notes(key) if line.verified else (), "shows_notes": bool(line.verified)}
    return page(request, "notes", line, form, given)


@gives_back(Left)
def left(request: HttpRequest, call: UUID) -> HttpResponse:
    """Leave something to do; the number of its case is what the caller can quote."""
    here, line = verified(request, call)
    form = Left(request.POST or None)
    with opened(here, line, Category.IDENTITY, Category.CALLS) as key:
        given = who(key)
        if request.method == "POST" and form.is_valid():
            told, pack = form.cleaned_data, serving.pack()
            due_on = business_day_after(serving.today(pack), practices.number(pack, "cases_in_business_days"))
            number = handing.follow_up(
                here.secret, key, call, step=told["step"], words=told["words"], due_on=due_on, collected_under=under()
            )
            if not number:
                raise closed()
            return page(request, "left", line, Left(), given | {"number": number, "due_on": due_on})
    return page(request, "left", line, form, given)


@gives_back(Posted)
def letter(request: HttpRequest, call: UUID) -> HttpResponse:
    """A letter about the call, one a call, to where the person wants our letters; the mail room finds out where."""
    here, line = verified(request, call)
    form = Posted(request.POST or None)
    with opened(here, line, Category.IDENTITY, Category.CALLS) as key:
        given = who(key)
        if request.method == "POST" and form.is_valid():
            given["sent"] = posted(key, line, form.cleaned_data["words"])
            given["done"] = True
    return page(request, "letter_of_call", line, form, given)


def posted(key: Key, line: CallLine, said: str) -> bool:
    """Put the letter into the print queue; False where one of this call waits there or went out."""
    pack, person = serving.pack(), identity(key)
    data = {
        "from": letterhead(pack), "lang": "en", "made_on": packs.today(pack).isoformat(),
        "title": _("About your call"), "foot": _("Questions? Call %(phone)s.") % {"phone": pack.phone},
        "says": [one for one in said.splitlines() if one.strip()],
    }  # fmt: skip
    return letters.ask_for(
        key, kind=LETTER, about=line.id, body=json.dumps({"template": "letter", "data": data}),
        category=Category.CALLS, plan=person.plan_id if person else None, collected_under=under(),
    )  # fmt: skip


def code(request: HttpRequest, call: UUID) -> HttpResponse:
    """A new access code by letter to the address on file; what is typed here cannot change where it goes."""
    here, line = verified(request, call)
    with opened(here, line, Category.IDENTITY) as key:
        given = who(key)
        person = identity(key)
        born = person.birth_date if person else None
        given["possible"] = born is not None
        if request.method == "POST" and born is not None:
            given["done"] = replace_code(here.secret, call, hashes.birth_date(born))
    return page(request, "new_code", line, NewCode(), given)


@gives_back(Unsettled)
def unsettled(request: HttpRequest, call: UUID) -> HttpResponse:
    """Write down what an answer did not settle: it becomes a request, with the same clock. A letter needs no caller."""
    here = seat(request)
    line = on_call(here, call)
    if line.verified is None and line.about != "letter":
        raise closed()
    form = Unsettled(request.POST or None)
    with opened(here, line, Category.IDENTITY) as key:
        given = who(key)
        if request.method == "POST" and form.is_valid():
            given["due_on"] = escalated(here, key, line, form.cleaned_data["words"])
            return page(request, "unsettled", line, Unsettled(), given)
    return page(request, "unsettled", line, form, given)


def escalated(here: Seat, key: Key, line: CallLine, said: str) -> date:
    """Make the request; returns the day by which it is answered."""
    pack = serving.pack()
    days = practices.number(pack, "answers_in_business_days")
    due_on = answer_due(datetime.now(UTC), days, ZoneInfo(pack.time_zone))
    escalations.escalate(here.secret, key, line.id, number=uuid4(), words=said, due_on=due_on, collected_under=under())
    return due_on


def under() -> str:
    """The policy version in force, under which everything is collected."""
    return packs.now_in_force(serving.pack()).version
