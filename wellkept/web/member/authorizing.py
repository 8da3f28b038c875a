"""I authorise that part of my record is sent to somebody outside: the form, what I signed, sending, taking it back.

Serves U-19, P-06. Source: 45 CFR 164.508(c): what is sent, by whom, to whom, for what, until when, signed and dated;
how it is taken back, that care does not depend on it, and that the recipient may pass it on.
"""

from datetime import date
from typing import Any, Final
from unicodedata import combining, normalize
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wellkept.consent import outside
from wellkept.consent.outside import OFFERED, Wanted
from wellkept.disclosures import queries as disclosures
from wellkept.ledger.sentences import CATEGORIES, listed
from wellkept.policy import packs
from wellkept.policy.asked import Asks
from wellkept.policy.words import Category, Purpose
from wellkept.web.member import releasing
from wellkept.web.member.choices import HERE, PURPOSES, shown
from wellkept.web.member.contact import STATE, ZIP
from wellkept.web.member.door import opened, page, secret
from wellkept.web.member.family import today
from wellkept.web.member.sharing import LONGEST, ends
from wellkept.web.shell import naming, proving, serving
from wellkept.web.shell.forms import DateField, Form
from wellkept.web.shell.templatetags.shell import day

LINE: Final = 60
HOME: Final = "member-choices"


class Authorization(Form):
    """To whom, where they are, for what, what, until when, and the signature."""

    asks = Asks(
        "authorization", "2026-11", "sharing",
        {
            "recipient": "consent_authorization.recipient",
            **dict.fromkeys(("line1", "line2", "city", "state", "zip"), "consent_authorization.address"),
            "purpose": "consent_authorization.purpose",
            "opens": "consent_authorization.opens",
            "until": "consent_authorization.expires",
            "signature": "consent_authorization.statement",
        },
    )  # fmt: skip

    recipient = forms.CharField(label=gettext_lazy("Name of the person or office"), max_length=LINE)
    line1 = forms.CharField(label=gettext_lazy("Street or PO box"), max_length=LINE)
    line2 = forms.CharField(label=gettext_lazy("Suite, or in care of"), max_length=LINE, required=False)
    city = forms.CharField(label=gettext_lazy("City"), max_length=LINE)
    state = forms.CharField(label=gettext_lazy("State"), help_text=gettext_lazy("Two letters, such as WI."))
    zip = forms.CharField(label=gettext_lazy("ZIP code"))
    purpose = forms.ChoiceField(
        label=gettext_lazy("For what may they have it?"),
        widget=forms.RadioSelect,
        choices=[(one.value, PURPOSES[one]) for one in outside.PURPOSES],
    )
    opens = forms.MultipleChoiceField(
        label=gettext_lazy("What may we send?"),
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
    signature = forms.CharField(
        label=gettext_lazy("Type your full name to sign"),
        max_length=80,
        help_text=gettext_lazy("We note the day and that you were signed in."),
    )

    def clean_until(self) -> date:
        """A day from today on, a year away at most."""
        until: date = self.cleaned_data["until"]
        if not today() <= until <= today() + LONGEST:
            raise forms.ValidationError(_("Please choose a day from today on, and not more than a year away."))
        return until

    def clean(self) -> dict[str, Any]:
        """One line a box, as an envelope can bear them."""
        given = {
            name: " ".join(value.split()) if isinstance(value, str) else value
            for name, value in self.cleaned_data.items()
        }
        if given.get("state") and not STATE.fullmatch(str(given["state"])):
            self.add_error("state", _("Please write the state as two letters, such as WI."))
        if given.get("zip") and not ZIP.fullmatch(str(given["zip"])):
            self.add_error("zip", _("Please write the ZIP code as five figures, such as 54403, or as 54403-1234."))
        return given

    @property
    def address(self) -> tuple[str, ...]:
        """The lines under the name on the envelope."""
        given = self.cleaned_data
        street = (given["line1"], given["line2"])
        return (*(line for line in street if line), f"{given['city']}, {given['state'].upper()} {given['zip']}")


def authorize(request: HttpRequest) -> HttpResponse:
    """The form; signed, it is kept as it was shown. Whoever signs shows first that it is them."""
    form = Authorization(request.POST or None)
    signed = request.method == "POST" and form.is_valid()
    if signed and not proving.recently(request):
        secret(request)
        return proving.ask(request)
    with opened(request, Category.REQUESTS) as (key, who):
        if signed and who and not signs(form.cleaned_data["signature"], who.full):
            form.add_error("signature", _("Please type your own name: %(name)s.") % {"name": naming.written(who.full)})
        elif signed:
            number = outside.give(
                key, wanted(form), form=form.asks.version, language=get_language() or "en",
                collected_under=packs.now_in_force(serving.pack()).version,
            )  # fmt: skip
            if number is not None:
                return HttpResponseRedirect(f"{HERE}authorizations/{number}/?done=signed")
            form.add_error(None, _("It could not be kept as it stands. Please look at each answer."))
    given = {"form": form, "rights": rights()}
    return page(request, "authorize", given, status=400 if form.errors else 200)


def one(request: HttpRequest, number: UUID) -> HttpResponse:
    """One authorization: what was shown and signed, what was sent under it, and the two buttons."""
    with opened(request, Category.REQUESTS, Category.OPENINGS) as (key, _who):
        found = outside.one(key, number)
        sent = [line for line in disclosures.releases(key) if line.basis_id == number]
    if found is None:
        raise Http404
    given = {"one": shown(found), "sent": sent, "done": request.GET.get("done", "")}
    return page(request, "authorization", given)


def send(request: HttpRequest, number: UUID) -> HttpResponse:
    """Send what it covers, now, by letter with its conditions. Whoever sends shows first that it is them."""
    secret(request)
    if request.method != "POST":
        return HttpResponseRedirect(f"{HERE}authorizations/{number}/")
    if not proving.recently(request):
        return proving.ask(request, HOME)
    done = releasing.send(request, number)
    return HttpResponseRedirect(f"{HERE}authorizations/{number}/?done={done}")


def end(request: HttpRequest, number: UUID) -> HttpResponse:
    """Take it back. One that is not the reader's own, or has ended, is not there."""
    secret(request)
    if request.method == "POST":
        with opened(request, Category.REQUESTS) as (key, _who):
            ended = outside.take_back(key, number)
        if not ended:
            raise Http404
    return HttpResponseRedirect(f"{HERE}?done=ended")


def signs(signature: str, name: str) -> bool:
    """Whether a signature bears the first and the last word of a name, however they are written. No name: any does."""
    words, typed = letters(name), letters(signature)
    return not words or {words[0], words[-1]} <= set(typed)


def letters(text: str) -> list[str]:
    """The words of a text in small letters without accents."""
    plain = "".join(one for one in normalize("NFKD", text.casefold()) if not combining(one))
    return plain.replace(",", " ").split()


def wanted(form: Authorization) -> Wanted:
    """What is signed, with its whole text."""
    given = form.cleaned_data
    return Wanted(
        recipient=given["recipient"], address=form.address, purpose=Purpose(given["purpose"]),
        opens=[Category(one) for one in given["opens"]], until=ends(given["until"]), statement=statement(form),
    )  # fmt: skip


def statement(form: Authorization) -> tuple[str, ...]:
    """The authorization in full: its six elements, then what follows from it, then the signature and its day."""
    given, pack = form.cleaned_data, serving.pack()
    opens = listed(str(CATEGORIES[one]) for one in OFFERED if one in given["opens"])
    return (
        _("What is sent: my %(what)s.") % {"what": opens},
        _("Who sends it: %(who)s.") % {"who": pack.display_name},
        _("To whom: %(who)s, %(where)s.") % {"who": given["recipient"], "where": ", ".join(form.address)},
        _("For what: %(why)s.") % {"why": PURPOSES[Purpose(given["purpose"])]},
        _("Until: the end of %(day)s.") % {"day": day(given["until"])},
        *rights(),
        _("Signed by %(name)s on %(day)s, while signed in.") % {"name": given["signature"], "day": day(today())},
    )


def rights() -> tuple[str, ...]:
    """What the law has said beside the six elements (45 CFR 164.508(c)(2))."""
    return (
        _("You can take it back at any time, on the page “My choices”. From then on nothing is sent."),
        _("What was sent before stays with the recipient."),
        _("Your coverage, your care and what we pay do not depend on it."),
        _("The recipient may pass on what they read. Our policy does not bind them, though our letter asks them to."),
        _("It never lets us sell anything about you."),
    )
