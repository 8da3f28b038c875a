"""An external review goes to a reviewer by the one way out: under an agreement in force, with conditions (U-11, U-19).

It holds what was written from the first request on, and the claim it is about. Papers that were sent are named; they
are asked for by our number.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from wellkept.benefits import prescribed, told
from wellkept.benefits import queries as benefits
from wellkept.disclosures import actions as disclosures
from wellkept.disclosures import agreed
from wellkept.disclosures.actions import Leaving
from wellkept.disclosures.agreed import Recipient
from wellkept.disclosures.conditions import conditions
from wellkept.files import queries as files
from wellkept.people.queries import identity
from wellkept.policy import packs
from wellkept.policy.asked import Asks
from wellkept.policy.holding import Serves
from wellkept.policy.words import Category, Key, Purpose, Refused
from wellkept.service import cases, threads
from wellkept.service.cases import LONGEST
from wellkept.service.thread_values import ThreadLine
from wellkept.web.desk import appeals, tables, words
from wellkept.web.desk.cases import closed, own
from wellkept.web.desk.frame import Seat, clause, seat
from wellkept.web.shell import leaving, serving
from wellkept.web.shell.forms import Form
from wellkept.web.shell.leaving import Clause
from wellkept.web.shell.templatetags.shell import day, money

WHY_NOT: Final[dict[str, str | Promise]] = {
    "no basis": gettext_lazy("No agreement in force covers this any more. Nothing left."),
    "restricted": gettext_lazy("The person had this restricted. They have to end that first."),
    "no letter": gettext_lazy("It has no address to go to. Nothing left."),
}


class PassOn(Form):
    """Which reviewer gets it, and the words that the member reads."""

    asks = Asks(
        "external review sent", "2026-11-22", "appeals",
        {"reviewer": "disclosures_release.basis_id", "words": "service_casestep.words"},
        serves=Serves.ANSWER,
    )  # fmt: skip

    reviewer = forms.ChoiceField(label=gettext_lazy("Which reviewer gets it?"), choices=(), widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("In words the member reads"), max_length=LONGEST - 100, widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("Say who reviews it, and by when. A letter with the same words goes out."),
    )  # fmt: skip

    def __init__(self, *given: Any, found: Mapping[str, Recipient] = MappingProxyType({}), **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        """``found`` are those with an agreement in force, by its id."""
        super().__init__(*given, **named)
        self.fields["reviewer"].choices = [  # type: ignore[attr-defined]
            (number, _("%(name)s, until %(day)s") % {"name": one.name, "day": day(one.until)})
            for number, one in found.items()
        ]


def pass_on(request: HttpRequest, case: UUID) -> HttpResponse:
    """Send one of one's own to a reviewer from outside, once; the clock of the reviewer begins."""
    here = seat(request)
    work = own(here, case)
    with appeals.opened(here, work) as key:
        line = appeals.found(key, case)
        if line.kind != "review":
            raise closed()
        if line.passed_at is not None:
            raise Refused(_("This was sent to a reviewer already."), clause=clause(), reason="not the case")
        found = reviewers(here.secret, line)
        form = PassOn(request.POST or None, found=found)
        if request.method == "POST" and form.is_valid() and passed(here, key, line, form, found):
            return HttpResponseRedirect("/desk/cases/")
        person = identity(key)
        given = {
            "form": form, "case": work, "any": bool(found), "name": words.name(person),
            "facts": tables.identity(person), "nav_here": "/desk/cases/",
        }  # fmt: skip
    return render(request, "desk/appeal_pass_on.html", given, status=400 if form.errors else 200)


def passed(here: Seat, key: Key, line: ThreadLine, form: PassOn, found: Mapping[str, Recipient]) -> bool:
    """Let it leave and enter the step, both or neither; False where the form says why not."""
    said = form.cleaned_data["words"].strip()
    came = send(key, line, found[form.cleaned_data["reviewer"]])
    if came != "sent":
        form.add_error("reviewer", str(WHY_NOT[came]))
        return False
    came, step = threads.answer(here.secret, key, line, what="passed on", words=said, papers=())
    if came != "done":
        why = {"self": _("You decided this before. The law wants somebody else to look again: give it back.")}
        sentence = why.get(came, _("This waits for the member's answer, or was decided."))
        raise Refused(sentence, clause=clause(), reason="not the case")
    appeals.told(key, line, step=step, what="passed on", said=said)
    return True


def reviewers(secret: bytes, line: ThreadLine) -> dict[str, Recipient]:
    """Who may have it under an agreement in force that is no data use agreement, by the agreement's id."""
    found = agreed.recipients(secret) if line.kind == "review" else ()
    return {
        str(one.id): one for one in found if one.kind != "data_use" and one.covers(Purpose.PAYMENT, [line.category])
    }


def send(key: Key, line: ThreadLine, to: Recipient) -> str:
    """Let the review leave to the reviewer; returns "sent", or a word of ``WHY_NOT``. Either is entered."""
    pack = serving.original()
    with override("en"):
        said = conditions(pack, purpose=Purpose.PAYMENT, sensitive=line.category is Category.SENSITIVE_CLAIMS)
        clauses = [("Conditions", said), *parts(key, line)]
        paper = leaving.paper(
            pack, title=f"External review {line.number}", recipient=(to.name, *to.address), clauses=clauses
        )
    what = Leaving(
        basis="agreement", basis_id=to.organisation, purpose=Purpose.PAYMENT, opens=[line.category], recipient=to.name,
        described=f"External review {line.number} ({to.number})", conditions=said, template="policy", paper=paper,
    )  # fmt: skip
    return disclosures.release(key, what, collected_under=packs.now_in_force(pack).version)


def parts(key: Key, line: ThreadLine) -> Iterator[Clause]:
    """Whose it is, the claim, what was written before, and what was written for the review."""
    yield from leaving.record(key, identity(key), (), limited=False)
    before, known = earlier(key, line), {one.id: one for one in threads.threads(key)}
    for claim in dict.fromkeys(one.claim for one in (*map(known.get, before), line) if one and one.claim):
        story = benefits.claim(key, claim)
        if story:
            yield "The claim", [leaving.claimed(story.claim)]
    for number in (*before, line.id):
        if number not in known:
            yield from receipt(key, number)
        for one in threads.messages(key, number):
            if one.words or one.papers:
                yield (
                    written(one.at, member=one.what == "wrote"),
                    [*one.words.splitlines(), *(named(paper.name) for paper in one.papers)],
                )


def earlier(key: Key, line: ThreadLine) -> list[UUID]:
    """What was decided before, the oldest first: the receipt or request, then each appeal that rests on it."""
    known, found = {one.id: one for one in threads.threads(key)}, list[UUID]()
    before = line.before
    while before and before not in found:
        found.insert(0, before)
        before = known[before].before if before in known else None
    return found


def receipt(key: Key, number: UUID) -> Iterator[Clause]:
    """A receipt that was told on our pages, with its papers by name, and what was written about it."""
    sent, case = told.one(key, number), cases.case(key, number)
    if sent:
        answers = [f"{one.asks}: {answer(one)}" for one in prescribed.said(sent.form, sent.answers)]
        yield "The receipt", [*answers, *(named(paper.name) for paper in files.papers(key, number))]
    for one in case.steps if case else ():
        if one.words:
            yield written(one.at, member=one.what == "told"), one.words.splitlines()


def answer(one: prescribed.Said) -> str:
    """What was answered: the text, the day or the amount."""
    return one.text or (day(one.day) if one.day else money(one.amount))


def named(paper: str) -> str:
    """A paper in the letter: its name alone."""
    return f"With a paper: {paper or 'its name was removed'}"


def written(at: datetime, *, member: bool) -> str:
    """Who wrote it, and when."""
    return f"{'The member' if member else 'We'} wrote on {day(at)}"
