"""Beginning a thread: a question, a request before care, an appeal, an external review (R-15, U-33).

Sent by the person, or by whoever may act for them: a helper with their claims, a personal representative, a parent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.access.queries import changed
from wellkept.benefits import queries as benefits
from wellkept.clocks.business import business_day_after
from wellkept.clocks.law import REVIEW_CHECK_DAYS, appeal_until, review_until
from wellkept.policy import practices
from wellkept.policy.words import Category, Key, Refused
from wellkept.service import cases, threads
from wellkept.service.thread_values import Draft, ThreadLine
from wellkept.web.member import wording
from wellkept.web.member.appeal_forms import FORMS
from wellkept.web.member.door import at, opened, page
from wellkept.web.member.prescribed import refuse_strange
from wellkept.web.member.telling import under
from wellkept.web.shell import naming, papers, serving
from wellkept.web.shell.forms import Form
from wellkept.web.shell.public import takes_files

CARE: Final = (Category.CLAIMS, Category.SENSITIVE_CLAIMS)
TITLES: Final[Mapping[str, Promise]] = {
    "ask": gettext_lazy("Ask about this claim"),
    "claim": gettext_lazy("Appeal this decision"),
    "before": gettext_lazy("Appeal this decision"),
    "request": gettext_lazy("Appeal this decision"),
    "review": gettext_lazy("Ask for an external review"),
    "urgent review": gettext_lazy("Ask for an external review"),
    "letter": gettext_lazy("Appeal a decision from a letter"),
    "care": gettext_lazy("Ask us to decide before care"),
}
CAME: Final[Mapping[str, Promise]] = {
    "waits": gettext_lazy("You sent one about this already, and it is being looked at."),
    "decided": gettext_lazy("This was looked at again already, and decided."),
    "late": gettext_lazy("The time for this has ended. Please call us: there may be a reason that counts."),
}


@dataclass(frozen=True, slots=True)
class Source:
    """What a new thread is about: which form asks, the draft of it, a line that says so, and its last day if any."""

    form: str
    draft: Draft
    about: str = ""
    until: date | None = None


@takes_files("papers that belong to a question or an appeal")
@papers.looked_at_first
def begin(request: HttpRequest, what: str, number: UUID | None = None, person: UUID | None = None) -> HttpResponse:
    """The form, and sending it. What it is about must be there, and open to whoever sends it."""
    with opened(request, *CARE, subject=person) as (key, _who):
        if not threads.acts(key):
            raise Refused(_("Only the person, or who may act for them, can do this."), clause="U-13", reason="no rule")
        source = found(key, what, number)
        form = FORMS[source.form](request.POST or None, request.FILES or None)
        refuse_strange(form, request.POST)
        if request.method == "POST" and form.is_valid():
            thread = sent(key, source, form, request)
            if thread:
                return HttpResponseRedirect(at(person, f"appeals/{thread}/"))
    given = {"form": form, "title": TITLES[source.form], "source": source, "list_at": at(person, "appeals/")}
    return page(request, "appeal_new", given, status=400 if form.errors else 200)


def sent(key: Key, source: Source, form: Form, request: HttpRequest) -> UUID | None:
    """Send it with its papers; None where the form says what is to be mended."""
    kept, said = papers.sealed(form, key, request), form.cleaned_data.get("words", "")
    if not form.is_valid():
        return None
    draft = drafted(source.draft, form)
    if draft.category not in key.categories:
        form.add_error("sensitive", _("You may not open sensitive care of this person."))
        return None
    try:
        came, thread = threads.send(key, draft, words=said, papers=kept, collected_under=under())
    except ValidationError as error:
        form.add_error("words", error)
        return None
    if came == "sent":
        changed(key, draft.category)
        return thread
    if came not in CAME:
        raise Http404
    form.add_error("decided" if came == "late" and "decided" in form.fields else None, str(CAME[came]))
    return None


def drafted(draft: Draft, form: Form) -> Draft:
    """The draft with what the form adds: how urgent, how sensitive, and the day of a letter."""
    category = Category.SENSITIVE_CLAIMS if form.cleaned_data.get("sensitive") else draft.category
    return Draft(
        kind=draft.kind, category=category, due_on=draft.due_on, claim=draft.claim, before=draft.before,
        setting=hurried(form) or draft.setting,
        decided_on=form.cleaned_data.get("decided") or draft.decided_on,
    )  # fmt: skip


def hurried(form: Form) -> str:
    """How urgent the form says it is; "" where it does not ask.

    More of care that goes on is decided within 24 hours where it is asked at least that long before the care ends,
    else as anything urgent (29 CFR 2560.503-1(f)(2)(ii)(B)). The day it ends counts whole.
    """
    told = form.cleaned_data
    if told.get("setting") == "ongoing" and told["ends"] <= serving.today(serving.pack()):
        return "urgent"
    return "urgent" if told.get("urgent") else told.get("setting", "")


def found(key: Key, what: str, number: UUID | None) -> Source:
    """What it is about; raises ``Http404`` where there is no such thing, or nothing to appeal."""
    if what == "ask" and number:
        return of_claim(key, number, appeal=False)
    ours = "plans" in serving.pack().law
    if not ours:
        raise Http404
    if what == "claim" and number:
        return of_claim(key, number, appeal=True)
    if what == "before" and number:
        return of_refused(key, number)
    kind = "request" if what == "care" else "appeal"
    return Source(what, Draft(kind=kind, category=Category.CLAIMS, due_on=answered_by()))


def of_claim(key: Key, number: UUID, *, appeal: bool) -> Source:
    """A question about a claim, or an appeal of what was decided on it."""
    story = benefits.claim(key, number)
    if story is None:
        raise Http404
    category = Category.SENSITIVE_CLAIMS if story.claim.sensitive else Category.CLAIMS
    about = f"{wording.provider(story.claim)}, {naming.served(story.claim)}"
    if not appeal:
        return Source("ask", Draft("inquiry", category, answered_by(), claim=number), about)
    if not story.adverse or story.claim.decided_on is None:
        raise Http404
    decided = story.claim.decided_on
    draft = Draft("appeal", category, answered_by(), setting="after", claim=number, decided_on=decided)
    return Source("claim", draft, about, appeal_until(decided))


def of_refused(key: Key, number: UUID) -> Source:
    """An appeal of a receipt or a request, or an external review of an appeal, as far as it can be taken further."""
    line = threads.thread(key, number)
    if line is None:
        case = cases.case(key, number)
        if case is None or case.kind != "claim" or case.state != "refused" or case.closed_at is None:
            raise Http404
        decided = day_of(case.closed_at)
        draft = Draft("appeal", Category(case.category), answered_by(), setting="after", before=number)
        about = _("The receipt with number %(number)s") % {"number": case.number}
        return Source("before", draft, about, appeal_until(decided))
    about = _("Number %(number)s") % {"number": line.number}
    closed, urgent = day_of(line.closed_at) if line.closed_at else None, line.setting == "urgent"
    if not goes_on(line):
        raise Http404
    if line.kind == "request":
        draft = Draft("appeal", line.category, answered_by(), setting=line.setting, before=number)
        return Source("before" if urgent else "request", draft, about, appeal_until(closed) if closed else None)
    checked = business_day_after(serving.today(serving.pack()), REVIEW_CHECK_DAYS)
    setting = "urgent" if urgent else ""
    draft = Draft("review", line.category, checked, setting=setting, claim=line.claim, before=number)
    return Source("urgent review" if urgent else "review", draft, about, review_until(closed) if closed else None)


def goes_on(line: ThreadLine) -> bool:
    """Whether it can be taken further: refused, not decided in time (29 CFR 2560.503-1(l)), or an open urgent appeal.

    Of the last, an external review goes on at the same time (45 CFR 147.136(d)(3)(i)(A)).
    """
    if line.kind not in ("request", "appeal"):
        return False
    meanwhile = line.kind == "appeal" and line.setting == "urgent" and line.closed_at is None
    return line.state == "refused" or line.late(timezone.now()) or meanwhile


def answered_by() -> date:
    """The last day to answer what no law times: as many business days as this operator promises."""
    pack = serving.pack()
    return business_day_after(serving.today(pack), practices.number(pack, "cases_in_business_days"))


def day_of(moment: datetime) -> date:
    """The day it was where the operator works."""
    return moment.astimezone(ZoneInfo(serving.pack().time_zone)).date()
