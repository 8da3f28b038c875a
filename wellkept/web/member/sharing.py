"""My word that somebody covered with me may see my record: what, whom, until when; taken back at any time (R-17, U-19).

Source: 45 CFR 164.508(c): what is shown, to whom, for what, until when, how it is taken back, and what follows from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wellkept.access import family as kin
from wellkept.consent import words
from wellkept.consent.agreed import Agreed
from wellkept.consent.words import OFFERED, Word
from wellkept.ledger.sentences import CATEGORIES, listed
from wellkept.policy import packs
from wellkept.policy.asked import Asks
from wellkept.policy.words import Category
from wellkept.web.member.door import opened, page, secret
from wellkept.web.member.family import adult, named, today
from wellkept.web.member.family import name as first_name
from wellkept.web.shell import serving
from wellkept.web.shell.forms import DateField, Form
from wellkept.web.shell.templatetags.shell import day

HERE: Final = "/member/family/sharing/"
LONGEST: Final = timedelta(days=365)


class Sharing(Form):
    """To whom, what, until when."""

    asks = Asks(
        "sharing", "2026-11", "sharing",
        {
            "to": "consent_authorization.to_person",
            "opens": "consent_authorization.opens",
            "until": "consent_authorization.expires",
        },
    )  # fmt: skip

    to = forms.ChoiceField(label=gettext_lazy("Who may see it?"), widget=forms.RadioSelect)
    opens = forms.MultipleChoiceField(
        label=gettext_lazy("What may they see?"),
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (Category.COVERAGE, gettext_lazy("My coverage")),
            (Category.CLAIMS, gettext_lazy("My claims, without sensitive care")),
            (
                Category.SENSITIVE_CLAIMS,
                gettext_lazy("My sensitive claims: mental health, substance use, pregnancy, infections"),
            ),
        ],
    )
    until = DateField(
        label=gettext_lazy("Until which day?"),
        help_text=gettext_lazy("That day is the last one. It can be a year away at most."),
        past=False,
    )

    def __init__(self, *given: Any, people: Sequence[tuple[UUID, str]], **named: Any) -> None:  # noqa: ANN401 (passed on)
        super().__init__(*given, **named)
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)  # noqa: S101  (tells the type checker which kind it is)
        to.choices = [(str(person), name) for person, name in people]

    def clean_until(self) -> date:
        """A day from today on, a year away at most."""
        until: date = self.cleaned_data["until"]
        if not today() <= until <= today() + LONGEST:
            raise forms.ValidationError(_("Please choose a day from today on, and not more than a year away."))
        return until


@dataclass(frozen=True, slots=True)
class Shown:
    """A word as the page shows it."""

    word: Word
    what: str
    last: date
    holds: bool


def sharing(request: HttpRequest) -> HttpResponse:
    """Every word given, and a form for a new one."""
    with opened(request, Category.REQUESTS) as (key, _who):
        given, found = words.words(key), kin.family(key)
    known = named(request, [one for one in found if "household" in one.ties])
    people = [(person, first_name(who)) for person, who in known.items() if adult(who)]
    form = Sharing(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid() and gave(request, form, dict(people)):
        return HttpResponseRedirect(HERE)
    context = {"form": form, "people": people, "rights": rights(), "words": [shown(one) for one in given]}
    return page(request, "sharing", context, status=400 if form.errors else 200)


def end(request: HttpRequest, number: UUID) -> HttpResponse:
    """Take one word back. One that is not the reader's own, or has ended, is not there."""
    secret(request)
    if request.method == "POST":
        with opened(request, Category.REQUESTS) as (key, _who):
            ended = words.take_back(key, number)
        if not ended:
            raise Http404
    return HttpResponseRedirect(HERE)


def gave(request: HttpRequest, form: Sharing, people: dict[UUID, str]) -> bool:
    """Write the word; where the gate finds that it may not be given, the form says so."""
    to, pack = UUID(form.cleaned_data["to"]), serving.pack()
    with opened(request, Category.REQUESTS) as (key, _who):
        number = words.give(
            key, to=to, name=people[to], opens=[Category(one) for one in form.cleaned_data["opens"]],
            until=ends(form.cleaned_data["until"]), agreed=agreed(form, people[to]),
            collected_under=packs.now_in_force(pack).version,
        )  # fmt: skip
    if number is None:
        form.add_error("to", _("This person is no longer covered with you."))
    return number is not None


def agreed(form: Sharing, name: str) -> Agreed:
    """What the person agrees to, in full: whom, what, until when, what the page says of it, and the day."""
    given = form.cleaned_data
    opens = listed(str(CATEGORIES[one]) for one in OFFERED if one in given["opens"])
    statement = (
        _("Who may look: %(who)s.") % {"who": name},
        _("What they may see: my %(what)s.") % {"what": opens},
        _("Until: the end of %(day)s.") % {"day": day(given["until"])},
        *rights(),
        _("Agreed on %(day)s, while signed in.") % {"day": day(today())},
    )
    return Agreed(statement, form.asks.version, get_language() or "en")


def rights() -> tuple[str, ...]:
    """What the page says before somebody agrees, the first line above the others (45 CFR 164.508(c)(2))."""
    return (
        _(
            "This is an authorization. It lets the person look in this portal, because you ask for it, and for nothing "
            "else."
        ),
        _("You can take it back here at any time. It ends with their next click."),
        _("Each time they look, it stands in your list of openings, with their name."),
        _("What they read they can tell others. Our policy does not bind them."),
        _("Your coverage and your care do not depend on it."),
    )


def ends(last: date) -> datetime:
    """The moment the day is over where the operator works."""
    zone = ZoneInfo(serving.pack().time_zone)
    return datetime.combine(last + timedelta(days=1), time.min, tzinfo=zone).astimezone(UTC)


def shown(word: Word) -> Shown:
    """A word with what it lets somebody see, in words, and its last day."""
    zone = ZoneInfo(serving.pack().time_zone)
    return Shown(
        word=word,
        what=listed(str(CATEGORIES[one]) for one in OFFERED if one in word.opens),
        last=(word.expires - timedelta(seconds=1)).astimezone(zone).date(),
        holds=word.holds(timezone.now()),
    )
