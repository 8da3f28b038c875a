"""Choices of reading: text size, contrast, and the announcement one has read, kept by the browser alone.

Serves U-23, U-44, P-20, R-12. Any answer but those offered is refused; a cookie that holds anything else is dropped.
"""

from typing import Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from wellkept.policy.asked import ONCE, Asks
from wellkept.policy.shapes import PolicyVersion
from wellkept.web.shell import context, preferences, serving
from wellkept.web.shell.forms import Form
from wellkept.web.shell.preferences import NO_NOTICE, Choices
from wellkept.web.shell.public import public, steady
from wellkept.web.shell.templatetags.shell import day

SIZES: Final = (("normal", _("As it comes")), ("large", _("Large")), ("larger", _("Larger")))
CONTRASTS: Final = (("normal", _("As it comes")), ("more", _("More contrast")))


class Reading(Form):
    """How somebody likes to read."""

    asks = Asks(
        "preferences", "2026-11", "visits", {"text": ONCE, "contrast": ONCE, "notice": ONCE},
        why=_("Your browser keeps your choices in one cookie. We keep none of them."),
    )  # fmt: skip

    text = forms.ChoiceField(label=_("Text size"), choices=SIZES, widget=forms.RadioSelect)
    contrast = forms.ChoiceField(label=_("Contrast"), choices=CONTRASTS, widget=forms.RadioSelect)
    notice = forms.BooleanField(required=False)

    def __init__(self, *given: object, notice: PolicyVersion | None, **named: object) -> None:
        """``notice`` is the version announced today; without one there is nothing to put away."""
        super().__init__(*given, **named)
        if notice is None:
            del self.fields["notice"]
        else:
            label = _("I have read that the privacy policy of %(day)s is new. Put this notice away.")
            self.fields["notice"].label = label % {"day": day(notice.effective)}


@steady("It shows the choices of its key.")
@public("Whoever reads public pages may choose how they look (U-44).")
def preferences_(request: HttpRequest) -> HttpResponse:
    """The choices and the form for them; where the operator keeps no such cookie, what a browser can do by itself."""
    if not preferences.offered():
        if request.method == "POST":
            raise Http404
        return render(request, "site/preferences.html", {"form": None})
    notice = context.policy_notice(serving.pack())
    if request.method != "POST":
        return render(request, "site/preferences.html", {"form": Reading(initial=now(request), notice=notice)})
    form = Reading(request.POST, notice=notice)
    if not form.is_valid():
        return render(request, "site/preferences.html", {"form": form}, status=400)
    response = HttpResponseRedirect("/preferences/saved/", status=303)
    preferences.remember(request, response, chosen(form, notice))
    return response


@steady("It shows the choices of its key.")
@public("Whoever chose how pages look learns whether the browser keeps it (U-44).")
def saved(request: HttpRequest) -> HttpResponse:
    """What the browser keeps now: all is as it comes where it refused the cookie."""
    kept: Choices = getattr(request, "preferences", Choices())
    return render(request, "site/preferences_saved.html", {"kept": kept != Choices()})


def now(request: HttpRequest) -> dict[str, object]:
    """The choices of this browser, as the form shows them."""
    found: Choices = getattr(request, "preferences", Choices())
    return {"text": found.text, "contrast": found.contrast, "notice": found.notice != NO_NOTICE}


def chosen(form: Reading, notice: PolicyVersion | None) -> Choices:
    """What a checked form chose."""
    told = form.cleaned_data
    return Choices(told["text"], told["contrast"], notice.version if notice and told["notice"] else NO_NOTICE)
