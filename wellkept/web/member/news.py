"""What is new for me, and how I want to be told (U-27, P-17, P-30). No mail ever says what is new."""

from collections.abc import Collection, Mapping
from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.access import queries as access
from wellkept.exchange.mail import sending
from wellkept.notices import addresses, news, publications
from wellkept.notices.addresses import Sent
from wellkept.notices.news import NewsLine
from wellkept.policy.asked import Asks
from wellkept.policy.words import Category, Key
from wellkept.service import threads
from wellkept.web.member.door import opened, page
from wellkept.web.shell import changing, proving
from wellkept.web.shell.forms import Form

SHOWN: Final = (
    Category.CLAIMS, Category.SENSITIVE_CLAIMS, Category.COVERAGE, Category.REQUESTS, Category.ENROLMENT,
    Category.CALLS,
)  # fmt: skip
# Where an answer is read, by the category of what was asked or sent.
ANSWERED: Final[Mapping[Category, str]] = {
    Category.CLAIMS: "/member/submit/",
    Category.SENSITIVE_CLAIMS: "/member/appeals/",
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


def listed(request: HttpRequest) -> HttpResponse:
    """What is new, newest first; with POST all of it is marked as read."""
    with opened(request, *SHOWN) as (key, _who):
        if request.method == "POST":
            news.mark_read(key)
            return HttpResponseRedirect(HERE)
        lines, appeals = news.news(key), {line.id for line in threads.threads(key)}
    given = {
        "lines": [(line, words(line), href(line, appeals)) for line in lines],
        "unread": any(not one.seen_at for one in lines),
    }
    return page(request, "news", given)


def words(line: NewsLine) -> str:
    """What a piece of news says; what it is about lies behind its link."""
    if line.kind == "claims":
        return _("A claim was decided or changed")
    return _("Somebody answered what you asked or sent")


def href(line: NewsLine, appeals: Collection[UUID] = ()) -> str:
    """Where it can be read. ``appeals`` are the questions and appeals of the person."""
    if line.about is None:
        return "/member/"
    if line.kind == "answers" and line.about in appeals:
        return f"/member/appeals/{line.about}/"
    if line.category is Category.CALLS:
        return "/member/privacy/calls/"
    place = "/member/claims/" if line.kind == "claims" else ANSWERED[line.category]
    return f"{place}{line.about}/"


def how(request: HttpRequest) -> HttpResponse:
    """How I want to be told, and the address for it. Which of the forms was sent, its button says."""
    act = request.POST.get("act", "") if request.method == "POST" else ""
    code: Sent | None = None
    with changing.telling(act) as over, opened(request, Category.CONTACT) as (key, _who):
        if changing.unproven(request, act):
            return proving.ask(request)
        here = addresses.address(key)
        wishes = HowForm(
            request.POST if act == "how" else None, initial=dict(news.choices(key)), mail=here.confirmed_at is not None
        )
        given = {"how": wishes, **changing.forms_of(request, act=act, standing=publications.standing(key))}
        if act == "how":
            done = chosen(wishes, key)
        else:
            done, code = changing.acted(act, given.get(act), key, over)
        if done:
            access.changed(key, Category.CONTACT)
    if code is not None:
        done = changing.sent(given["address"], code)
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


def chosen(form: HowForm, key: Key) -> bool:
    """Keep the channels; False where the form is not valid, or asks for mail without an address."""
    if not form.is_valid():
        return False
    try:
        news.choose(key, form.cleaned_data, collected_under=changing.under())
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True
