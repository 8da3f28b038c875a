"""What people write to us on the public site: taken by one representative, answered, and destroyed.

Serves P-16, P-12, U-03, U-31, P-01. The list shows a subject and a day. What was typed opens to the one who took it,
to answer and for no other purpose; each look is an entry. With the answer everything typed goes.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.access import queries as access
from wellkept.accounts.letter import plain_name
from wellkept.files import paper
from wellkept.files.letterhead import letterhead
from wellkept.inquiries import actions, queries, words
from wellkept.inquiries.queries import Line
from wellkept.policy import practices
from wellkept.policy.words import Category, Key, Purpose, Refused
from wellkept.web.desk.frame import Seat, seat, spent
from wellkept.web.desk.inquiry_forms import End, Letter
from wellkept.web.shell import serving
from wellkept.web.shell.downloads import download

PLACE = ("street", "more")


def listed(request: HttpRequest) -> HttpResponse:
    """What one answers oneself, what waits, and what colleagues answer: subjects and days alone."""
    here = seat(request)
    pack = serving.pack()
    lines, today = queries.work(here.secret), serving.today(pack)
    given = {
        "mine": [row(one, today) for one in lines if one.mine],
        "waiting": [row(one, today) for one in lines if not one.actor],
        "others": [row(one, today) for one in lines if one.actor and not one.mine],
        "days": practices.number(pack, "inquiries_in_business_days"),
    }
    return render(request, "desk/inquiries.html", given)


def row(line: Line, today: date) -> dict[str, object]:
    """A line of the list in words."""
    return {
        "line": line,
        "subject": subject(line),
        "reply": str(words.REPLIES[line.reply]),
        "late": line.due_on < today,
    }


def subject(line: Line) -> str:
    """What an inquiry is about."""
    return _("Papers by post") if line.kind == "materials" else str(words.TOPICS.get(line.topic, line.topic))


def take(request: HttpRequest, inquiry: UUID) -> HttpResponse:
    """Take one that waits, and open it."""
    here = seat(request)
    if request.method == "POST" and actions.take(here.secret, inquiry):
        return HttpResponseRedirect(f"/desk/inquiries/{inquiry}/")
    if request.method == "POST":
        raise Refused(_("Somebody else took this, or it was answered."), clause=clause(), reason="not the inquiry")
    return HttpResponseRedirect("/desk/inquiries/")


def give_back(request: HttpRequest, inquiry: UUID) -> HttpResponse:
    """Give one's own back, for a colleague to take."""
    here = seat(request)
    if request.method == "POST":
        actions.give_back(here.secret, inquiry)
    return HttpResponseRedirect("/desk/inquiries/")


def one(request: HttpRequest, inquiry: UUID) -> HttpResponse:
    """What was typed, and what came of it, which destroys it."""
    here = seat(request)
    line = own(here, inquiry)
    form = End(request.POST or None, way=way(line))
    with opened(here, line) as key:
        if request.method == "POST" and form.is_valid():
            actions.close(here.secret, key, how=form.cleaned_data["how"])
            return HttpResponseRedirect("/desk/inquiries/")
        told = typed(key)
    return page(request, line, told, form, Letter())


def letter(request: HttpRequest, inquiry: UUID) -> HttpResponse:
    """The answer, or what goes with the papers, as a PDF for a window envelope. Nothing of it is kept."""
    here = seat(request)
    line = own(here, inquiry)
    form = Letter(request.POST or None)
    if request.method != "POST" or line.reply != "post":
        return HttpResponseRedirect(f"/desk/inquiries/{inquiry}/")
    with opened(here, line) as key:
        told = typed(key)
    if not form.is_valid():
        return page(request, line, told, End(way=way(line)), form)
    made = paper.pdf("letter", written(line, told, form.cleaned_data["words"]))
    return download(made, name=_("letter.pdf"), media_type="application/pdf")


def written(line: Line, told: Mapping[str, str], said: str) -> dict[str, object]:
    """The data of the letter. A name that was typed bears no address and no number to call."""
    pack = serving.pack()
    name = plain_name(told.get("name", ""))
    paragraphs = [" ".join(one.split()) for one in said.replace("\r", "").split("\n\n")]
    return {
        "from": letterhead(pack),
        "lang": serving.language(),
        "made_on": serving.today(pack).isoformat(),
        "title": _("The papers you asked for") if line.kind == "materials" else _("Our answer to your question"),
        "foot": _("With this letter we destroyed what you had typed on our site."),
        "to": [name, *postal(told)],
        "says": [_("Dear %(name)s,") % {"name": name}, *[one for one in paragraphs if one]],
    }


def page(request: HttpRequest, line: Line, told: Mapping[str, str], form: End, letter_form: Letter) -> HttpResponse:
    """The page of one inquiry."""
    pack = serving.pack()
    known = words.papers(pack, serving.today(pack))
    given = {
        "line": line,
        "subject": subject(line),
        "told": told,
        "place": postal(told),
        "form": form,
        "letter": letter_form,
        "papers": [known.get(key, (key, "")) for key in told.get("what", "").split()],
        "failed": letter_form if letter_form.errors else form,
    }
    return render(request, "desk/inquiry.html", given, status=400 if form.errors or letter_form.errors else 200)


def postal(told: Mapping[str, str]) -> list[str]:
    """The lines of the address as an envelope bears them; none where none was given."""
    if not told.get("street"):
        return []
    city = f"{told.get('city', '')}, {told.get('state', '').upper()} {told.get('zip_code', '')}"
    return [*(told[name] for name in PLACE if told.get(name)), city]


def way(line: Line) -> str:
    """Which ends fit."""
    return "materials" if line.kind == "materials" else line.reply


def typed(key: Key) -> Mapping[str, str]:
    """What was typed; a page that is not there where it was answered meanwhile."""
    told = queries.told(key)
    if told is None:
        raise Http404
    return told


def own(here: Seat, inquiry: UUID) -> Line:
    """An inquiry that the representative took; everything else is the one refusal."""
    line = queries.mine(here.secret, inquiry)
    if line is None:
        raise closed()
    return line


def closed() -> Refused:
    """The one answer to whoever did not take it."""
    sentence = _("Nothing is open here. An inquiry opens to the one who took it, until it is answered or given back.")
    return Refused(sentence, clause=clause(), reason="not the inquiry")


def clause() -> str:
    """The promise that the rule for inquiries serves, at this operator."""
    return next((one.clause for one in serving.pack().rules if one.relationship == "inquiry"), "")


@contextmanager
def opened(here: Seat, line: Line) -> Iterator[Key]:
    """Open what was typed, for the length of the block, with its entry."""
    try:
        with access.enter(
            here.secret,
            purpose=Purpose.OPERATIONS,
            categories=[Category.INQUIRY],
            subjects=[line.id],
            occasion=line.occasion,
        ) as key:
            yield key
    except Refused as error:
        if error.reason in ("no rule", "not your occasion"):
            raise closed() from None
        if error.reason == "budget":
            raise spent(error) from None
        raise
