"""Who may act for me: helpers I name for part of my account, and whoever stands for me by a paper (U-19, R-17).

The code is shown once, to be handed over, or goes out in a letter; no mail carries it. Each look of a helper stands
here and in the list of openings, as theirs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wellkept.consent import appointments
from wellkept.consent.agreed import Agreed
from wellkept.consent.appointments import OFFERED, Act, Appointed
from wellkept.ledger.sentences import CATEGORIES, listed
from wellkept.policy import packs, practices
from wellkept.policy.words import Category
from wellkept.web.member import helper_letter
from wellkept.web.member.door import opened, page, secret
from wellkept.web.member.helper_forms import Helper
from wellkept.web.shell import own_address, proving, serving
from wellkept.web.shell.naming import written
from wellkept.web.shell.templatetags.shell import day

HERE: Final = "/member/helpers/"
ROOM: Final = 10
"""Minutes. Whoever begins to fill in the form has five more to send it."""

KINDS: Final[Mapping[str, str | Promise]] = {
    "helper": gettext_lazy("Helper"),
    "guardian": gettext_lazy("Guardian"),
    "power_of_attorney": gettext_lazy("Power of attorney"),
    "court_order": gettext_lazy("By order of a court"),
    "executor": gettext_lazy("Executor of the estate"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody who may act, as the page shows them. ``state`` is waits, stands, later or ended."""

    one: Appointed
    kind: str
    what: str
    last: date
    state: str


@dataclass(frozen=True, slots=True)
class Looked:
    """A look of a helper, in words."""

    act: Act
    what: str


def listing(request: HttpRequest) -> HttpResponse:
    """Everybody who may act for the reader, and who did until it ended."""
    with opened(request, Category.REQUESTS) as (key, _who):
        found = [shown(one) for one in appointments.appointed(key)]
    now = [one for one in found if one.state != "ended"]
    return page(request, "helpers", {"now": now, "ended": [one for one in found if one.state == "ended"]})


def name(request: HttpRequest) -> HttpResponse:
    """The form; then the one page that shows the code."""
    form = Helper(request.POST if request.method == "POST" else None)
    vars(request)["private"] = True
    if request.method != "POST" and not proving.recently(request, minutes=ROOM):
        return proving.ask(request, "member-helper-new")
    with opened(request, Category.REQUESTS) as (key, who):
        if not form.is_valid():
            return again(request, form, 400 if form.errors else 200)
        said, pack = form.cleaned_data, serving.pack()
        days = practices.number(pack, "access_code_days")
        made = appointments.appoint(
            key, name=said["name"], born=said["birth_date"], opens=[Category(one) for one in said["opens"]],
            since=begins(said["since"]), until=ends(said["until"]), days=days, agreed=agreed(form),
            collected_under=packs.now_in_force(pack).version,
        )  # fmt: skip
        until = min(serving.today(pack) + timedelta(days=days), said["until"])
        where = f"{own_address.origin(request)}/register/code/"
        posted = made.answer == "yes" and bool(form.address) and helper_letter.post(
            key, serving.original(), about=made.id, by=written(who.full) if who else "", code=made.code, until=until,
            recipient=(said["name"], *form.address), where=where,
        )  # fmt: skip
    if made.answer == "prove":
        return proving.ask(request, "member-helper-new")
    if made.answer != "yes":
        full = _("Ten helpers are named already. End one of them first.")
        form.add_error(None, full if made.answer == "full" else _("This helper cannot be named."))
        return again(request, form, 400)
    given = {
        "name": said["name"], "code": made.code, "where": where, "until": until, "posted": posted,
        "spent": bool(form.address) and not posted,
    }  # fmt: skip
    return page(request, "helper_code", given)


def again(request: HttpRequest, form: Helper, status: int) -> HttpResponse:
    """The form with what is agreed to above it."""
    return page(request, "helper_new", {"form": form, "rights": rights()}, status=status)


def agreed(form: Helper) -> Agreed:
    """What the person agrees to, in full: whom, what, from when until when, what the page says of it, and the day."""
    given, today = form.cleaned_data, serving.today(serving.pack())
    statement = (
        _("Who may look: %(who)s.") % {"who": given["name"]},
        _("What they may see: my %(what)s.") % {"what": what(frozenset(given["opens"]))},
        _("From: %(day)s.") % {"day": day(given["since"] or today)},
        _("Until: the end of %(day)s.") % {"day": day(given["until"])},
        *rights(),
        _("Agreed on %(day)s, while signed in.") % {"day": day(today)},
    )
    return Agreed(statement, form.asks.version, get_language() or "en")


def rights() -> tuple[str, ...]:
    """What the page says before somebody agrees."""
    return (
        _("It lets your helper look at what you choose, in this portal, and at nothing else."),
        _("You can end it at any time. It ends with their next click."),
        _("Each time they look, it stands in your list of openings, with their name."),
        _("They promise to keep it to themselves before anything opens."),
        _("Your coverage and your care do not depend on it."),
    )


def one(request: HttpRequest, number: UUID) -> HttpResponse:
    """One of them: what they may see, and each time they looked."""
    with opened(request, Category.REQUESTS, Category.OPENINGS) as (key, _who):
        found = next((each for each in appointments.appointed(key) if each.id == number), None)
        if found is None:
            raise Http404
        acts = [Looked(act, what(act.categories)) for act in appointments.acts(key, number)]
    return page(request, "helper", {"shown": shown(found), "acts": acts})


def end(request: HttpRequest, number: UUID) -> HttpResponse:
    """End one at once. One that is not the reader's, has ended, or is not theirs to end is not there."""
    secret(request)
    if request.method == "POST":
        with opened(request, Category.REQUESTS) as (key, _who):
            if not appointments.dismiss(key, number):
                raise Http404
    return HttpResponseRedirect(HERE)


def shown(one: Appointed) -> Shown:
    """Somebody who may act, with what they may see in words, their last day, and where it stands."""
    now, zone = timezone.now(), ZoneInfo(serving.pack().time_zone)
    state = "waits" if one.state == "waits" else "stands" if one.holds(now) else "ended"
    if one.state == "stands" and now < one.since:
        state = "later"
    last = (one.expires - timedelta(seconds=1)).astimezone(zone).date()
    return Shown(one, str(KINDS[one.kind]), what(one.opens), last, state)


def what(categories: frozenset[str] | tuple[str, ...]) -> str:
    """Kinds of data as a list in words; the name where nothing else was opened."""
    named = [str(CATEGORIES[one]) for one in OFFERED if one in categories]
    return listed(named or [str(CATEGORIES[Category.IDENTITY])])


def begins(first: date | None) -> datetime:
    """The moment a day begins where the operator works; now for today, or where no day was said."""
    if first is None or first == serving.today(serving.pack()):
        return timezone.now()
    return datetime.combine(first, time.min, tzinfo=ZoneInfo(serving.pack().time_zone)).astimezone(UTC)


def ends(last: date) -> datetime:
    """The moment the day is over where the operator works."""
    zone = ZoneInfo(serving.pack().time_zone)
    return datetime.combine(last + timedelta(days=1), time.min, tzinfo=zone).astimezone(UTC)
