"""Whoever stands for a member by a paper: written down on a call, confirmed by a second one of us who saw the paper.

Serves U-31, P-01, P-25; 45 CFR 164.502(g). The caller is not verified as the person: nothing but the identity opens.
The second one sees the code and never the birth date it is bound to.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.access import queries as access
from wellkept.consent import representatives
from wellkept.consent.representatives import Waiting
from wellkept.ledger.sentences import CATEGORIES, listed
from wellkept.people import ages
from wellkept.people.queries import identity
from wellkept.policy import packs, practices
from wellkept.policy.words import Category, Key, Purpose, Refused
from wellkept.web.desk import authority_letter, frame, words
from wellkept.web.desk.authority_forms import KIND, Over, Paper, Saw
from wellkept.web.desk.calls import who
from wellkept.web.desk.deaths import closed, either
from wellkept.web.desk.frame import NOT_ON_THE_CALL, Seat, clause, on_call, opened, spent
from wellkept.web.shell import own_address, proving, serving
from wellkept.web.shell.templatetags.shell import day

OWN: Final = gettext_lazy(
    "They are a minor, and this part of their record is their own by the law of their state. No paper opens it for"
    " somebody else."
)


def tell(request: HttpRequest, call: UUID) -> HttpResponse:
    """On a call: what stands about this person, and the form for another paper."""
    here = frame.seat(request)
    line = on_call(here, call)
    form = Paper(request.POST or None)
    with opened(here, line, Category.IDENTITY) as key:
        if request.method == "POST" and form.is_valid() and written(here, key, form, call):
            return HttpResponseRedirect(f"/desk/calls/{call}/authority/")
        known = [(one, KIND[one.kind]) for one in representatives.known(here.secret, call)]
        given = who(key) | {"call": line, "form": form, "known": known, "call_in_words": words.call_in_words(line)}
    return render(request, "desk/authority.html", given, status=400 if form.errors else 200)


def written(here: Seat, key: Key, form: Paper, call: UUID) -> bool:
    """Whether it was written down for somebody else to decide; where not, the form says why."""
    said = form.cleaned_data
    adult, last = grown(key, said["until"])
    answer = representatives.tell(
        here.secret, key, call, kind=said["kind"], name=said["name"], born=said["birth_date"],
        opens=[Category(one) for one in said["opens"]], until=ends(last), adult=adult,
        collected_under=packs.now_in_force(serving.pack()).version,
        letter=authority_letter.told(serving.original(), kind=said["kind"], name=said["name"]),
    )  # fmt: skip
    if answer == "waits":
        form.add_error(None, _("A paper about this person waits already. It is decided first."))
    elif answer == "own":
        form.add_error("opens", str(OWN))
    elif answer == "no":
        form.add_error("kind", _("An executor stands for the dead alone, and everybody else for the living."))
    return answer == "yes"


def grown(key: Key, last: date) -> tuple[bool, date]:
    """Whether whoever is open is of age, and the last day of a paper about them: a minor's ends before they are.

    Of whoever no birth date is known, a child as a file names one is taken for a minor.
    """
    person = identity(key)
    day = ages.of_age(person) if person else None
    if day is None:
        children = {code for codes in serving.pack().family.parents.values() for code in codes}
        return person is None or person.relationship not in children, last
    if day <= serving.today(serving.pack()):
        return True, last
    return False, min(last, day - timedelta(days=1))


def end(request: HttpRequest, call: UUID, number: UUID) -> HttpResponse:
    """On a call: one ends at once, with the reason."""
    here = frame.seat(request)
    line = on_call(here, call)
    form = Over(request.POST or None)
    with opened(here, line, Category.IDENTITY) as key:
        if request.method == "POST" and form.is_valid():
            standing = {one.id: one.kind for one in representatives.known(here.secret, call)}
            if number not in standing:
                raise closed()
            letter = authority_letter.ended(serving.original(), kind=standing[number])
            reason = form.cleaned_data["reason"]
            if not representatives.end(here.secret, key, call, number, reason=reason, letter=letter):
                raise closed()
            return HttpResponseRedirect(f"/desk/calls/{call}/authority/")
        given = who(key) | {"call": line, "form": form, "call_in_words": words.call_in_words(line)}
    return render(request, "desk/authority_end.html", given, status=400 if form.errors else 200)


def listing(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, oldest first. No name stands here."""
    here = either(request)
    rows = [{"line": line, "kind": KIND[line.kind]} for line in representatives.waiting(here.secret)]
    return render(request, "desk/authorities.html", {"rows": rows})


def one(request: HttpRequest, number: UUID) -> HttpResponse:
    """One that waits, and the answer of the second person; with yes the code, this once."""
    here = either(request)
    vars(request)["private"] = True
    form, pack = Saw(request.POST or None), serving.pack()
    with seen(here, number) as key:
        waits = representatives.one(here.secret, key, number)
        if waits is None:
            raise closed()
        given = who(key) | {"number": number, "waits": waits, "kind": KIND[waits.kind], "said": said(waits)}
        if request.method == "POST" and form.is_valid():
            days = practices.number(pack, "access_code_days")
            done = representatives.decide(
                here.secret, key, number, yes=True, paper=form.cleaned_data["paper"], seen=form.cleaned_data["seen"],
                days=days, letter=good_news(waits),
            )  # fmt: skip
            if done.answer == "prove":
                return proving.ask(request, "desk-authorities")
            if done.answer in ("moved", "own"):
                late = _("They have no account, and a call changed their address less than 14 days ago."
                         " Our letter may not reach them. Confirm it when the 14 days are over.")  # fmt: skip
                form.add_error(None, late if done.answer == "moved" else str(OWN))
                return render(request, "desk/authority_one.html", given | {"form": form}, status=400)
            answered(done.answer)
            until = serving.today(pack) + timedelta(days=days)
            where = f"{own_address.origin(request)}/register/code/"
            return render(
                request, "desk/authority_code.html", given | {"code": done.code, "until": until, "where": where}
            )
    return render(request, "desk/authority_one.html", given | {"form": form}, status=400 if form.errors else 200)


def decline(request: HttpRequest, number: UUID) -> HttpResponse:
    """The second person finds that the paper does not say so."""
    here = either(request)
    if request.method == "POST":
        with seen(here, number) as key:
            waits = representatives.one(here.secret, key, number)
            if waits is None:
                raise closed()
            letter = authority_letter.declined(serving.original(), kind=waits.kind)
            answered(representatives.decide(here.secret, key, number, yes=False, letter=letter).answer)
    return HttpResponseRedirect("/desk/authorities/")


def answered(done: str) -> None:
    """A refusal for whoever wrote it down, for the second of two at once, and for a paper that cannot be."""
    if done == "first":
        raise Refused(_("You wrote this down. Somebody else must look at it."), clause=clause(), reason="two people")
    if done != "yes":
        raise Refused(_("Somebody decided this before you."), clause=clause(), reason="not waiting")


def said(waits: Waiting) -> list[tuple[str, str]]:
    """What the paper says, as label and value."""
    zone = ZoneInfo(serving.pack().time_zone)
    return [
        (_("Name"), waits.name),
        (_("As"), str(KIND[waits.kind])),
        (_("May see"), listed(str(CATEGORIES[one]) for one in CATEGORIES if one in waits.opens)),
        (_("Until"), day((waits.expires - timedelta(seconds=1)).astimezone(zone).date())),
        (_("Written down by"), waits.actor),
        (_("Written down on"), day(waits.asked_at)),
    ]


def good_news(waits: Waiting) -> str:
    """The letter to whoever has no account, that it was confirmed."""
    pack = serving.original()
    last = (waits.expires - timedelta(seconds=1)).astimezone(ZoneInfo(pack.time_zone))
    return authority_letter.confirmed(pack, kind=waits.kind, name=waits.name, opens=waits.opens, last=last)


def ends(last: date) -> datetime:
    """The moment the day is over where the operator works."""
    zone = ZoneInfo(serving.pack().time_zone)
    return datetime.combine(last + timedelta(days=1), time.min, tzinfo=zone).astimezone(UTC)


@contextmanager
def seen(here: Seat, number: UUID) -> Iterator[Key]:
    """Open who one of them is about, for the length of the block, with its entry."""
    subject = representatives.person(here.secret, number)
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
