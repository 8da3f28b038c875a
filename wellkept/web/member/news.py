"""What is new for me, and how I want to be told (U-27, P-17, P-30). No mail ever says what is new."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.access import queries as access
from wellkept.exchange.mail import sending
from wellkept.exchange.mail.texts import Mail
from wellkept.notices import news
from wellkept.notices.news import NewsLine
from wellkept.policy import packs
from wellkept.policy.asked import ONCE, Asks
from wellkept.policy.words import Category
from wellkept.web.member.door import opened, page
from wellkept.web.shell import serving
from wellkept.web.shell.forms import Form

SHOWN: Final = (Category.CLAIMS, Category.SENSITIVE_CLAIMS, Category.COVERAGE, Category.REQUESTS, Category.ENROLMENT)
# Where an answer is read, by the category of what was asked or sent.
ANSWERED: Final[Mapping[Category, str]] = {
    Category.CLAIMS: "/member/submit/",
    Category.COVERAGE: "/member/other-insurance/",
    Category.ENROLMENT: "/member/changes/",
    Category.REQUESTS: "/member/privacy/requests/",
}
HERE: Final = "/member/news/"
TELLING: Final = "/member/news/how/"


class HowForm(Form):
    """A channel for each kind of news."""

    asks = Asks("news", "2026-11", "news", dict.fromkeys(("claims", "answers"), "notices_choice.channel"))

    claims = forms.ChoiceField(label=gettext_lazy("A claim of yours was decided or changed"), widget=forms.RadioSelect)
    answers = forms.ChoiceField(
        label=gettext_lazy("Somebody answered what you asked or sent"), widget=forms.RadioSelect
    )

    def __init__(self, *given: Any, mail: bool, **named: Any) -> None:  # noqa: ANN401 (passed on as it came)
        """``mail`` says whether there is a confirmed address."""
        super().__init__(*given, **named)
        ways = [("portal", _("Only on these pages")), ("letter", _("By letter that says only that something is new"))]
        if mail:
            ways.insert(1, ("mail", _("By e-mail that says only “sign in”")))
        for field in self.fields.values():
            field.choices = ways  # type: ignore[attr-defined]


class AddressForm(Form):
    """A mail address to be told at."""

    asks = Asks("mail address", "2026-11", "news", {"address": "notices_address.address"})

    address = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("We send a code there. Nothing else goes out before you typed it here."),
        widget=forms.EmailInput({"autocomplete": "email"}),
        max_length=254,
    )


class CodeForm(Form):
    """The code that was sent to the address."""

    asks = Asks("mail code", "2026-11", "news", {"code": ONCE})

    code = forms.CharField(
        label=gettext_lazy("Code from the e-mail"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code"}),
    )


def listed(request: HttpRequest) -> HttpResponse:
    """What is new, newest first; with POST all of it is marked as read."""
    with opened(request, *SHOWN) as (key, _who):
        if request.method == "POST":
            news.mark_read(key)
            return HttpResponseRedirect(HERE)
        lines = news.news(key)
    given = {
        "lines": [(line, words(line), href(line)) for line in lines],
        "unread": any(not one.seen_at for one in lines),
    }
    return page(request, "news", given)


def words(line: NewsLine) -> str:
    """What a piece of news says; what it is about lies behind its link."""
    if line.kind == "claims":
        return _("A claim was decided or changed")
    return _("Somebody answered what you asked or sent")


def href(line: NewsLine) -> str:
    """Where it can be read."""
    if line.about is None:
        return "/member/"
    place = "/member/claims/" if line.kind == "claims" else ANSWERED[line.category]
    return f"{place}{line.about}/"


def how(request: HttpRequest) -> HttpResponse:
    """How I want to be told, and the address for it. Which of the forms was sent, its button says."""
    act = request.POST.get("act", "") if request.method == "POST" else ""
    code = ""
    with opened(request, Category.CONTACT) as (key, _who):
        here = news.address(key)
        given = forms_of(request, act=act, chosen=dict(news.choices(key)), mail=here.confirmed_at is not None)
        done = False
        if act == "forget":
            news.forget_address(key)
            done = True
        elif act in given and given[act].is_valid():
            done, code = acted(act, given[act], key)
        if done:
            access.changed(key, Category.CONTACT)
    if code:
        done = sent(given["address"], code)
    if done:
        return HttpResponseRedirect(TELLING)
    wrong = any(form.is_bound and not form.is_valid() for form in given.values())
    shown = {"here": here, "can_mail": sending.configured(), "act": act, "now": timezone.now(), "form": given.get(act)}
    return page(
        request,
        "news_how",
        {**shown, **{f"{name}_form": form for name, form in given.items()}},
        status=400 if wrong else 200,
    )


def forms_of(request: HttpRequest, *, act: str, chosen: dict[str, str], mail: bool) -> dict[str, Form]:
    """The three forms of the page; the one that was sent holds what was typed."""
    sent_here = {name: request.POST if act == name else None for name in ("how", "address", "code")}
    return {
        "how": HowForm(sent_here["how"], initial=chosen, mail=mail),
        "address": AddressForm(sent_here["address"]),
        "code": CodeForm(sent_here["code"]),
    }


def acted(act: str, form: Form, key: Any) -> tuple[bool, str]:  # noqa: ANN401 (a Key; mypy knows it by its use)
    """Do what a valid form asks; returns whether it was done, and a code that has to be sent."""
    said = form.cleaned_data
    under = packs.now_in_force(settings.PACK).version
    try:
        if act == "how":
            news.choose(key, said, collected_under=under)
        elif act == "address":
            return True, news.give_address(key, said["address"], collected_under=under)
        elif not news.confirm(key, said["code"]):
            # What is typed wrong is counted, so the transaction has to end well.
            form.add_error(
                "code", _("That is not the code, or it is too old. After five tries give the address again.")
            )
            return False, ""
    except ValidationError as error:
        form.add_error(None if act == "how" else next(iter(form.fields)), error)
        return False, ""
    return True, ""


def sent(form: Form, code: str) -> bool:
    """Send the code once the address is kept; where the server takes no mail, the form says so."""
    try:
        sending.send(Mail.CONFIRM, to=form.cleaned_data["address"], pack=serving.pack(), code=code)
    except sending.MailError:
        form.add_error("address", _("We could not send an e-mail just now. Please try again in a few minutes."))
        return False
    return True
