"""A search over the public pages that keeps no query: it stands in no address, no log, no count and no memory.

Serves U-01, U-02, U-06, P-05. The words come in a form, are compared with an index of our own pages, and are gone.
"""

from datetime import date
from threading import Lock
from typing import Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from wellkept.policy.asked import ONCE, Asks
from wellkept.web.shell import serving
from wellkept.web.shell.forms import Form
from wellkept.web.shell.public import public, steady
from wellkept.web.site import index
from wellkept.web.site.index import Hit, Index
from wellkept.web.site.passages import passages

LONGEST: Final = 100
MOST: Final = 20
LOCK: Final = Lock()
MADE: Final[dict[tuple[str, str], tuple[date, Index]]] = {}


class Words(Form):
    """What somebody looks for."""

    asks = Asks(
        "search", "2026-11", "visits", {"words": ONCE},
        why=_("We compare your words with our public pages and forget them. No log and no count holds them."),
    )  # fmt: skip

    words = forms.CharField(
        label=_("What are you looking for?"),
        max_length=LONGEST,
        help_text=_("A word or two, such as “deductible”. Please write nothing about yourself."),
        error_messages={"max_length": _("Please look for fewer words: 100 letters at most.")},
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )


@steady("The form is the same for everyone.")
@public("Whoever reads public pages may look for a word in them (U-01).")
def search(request: HttpRequest) -> HttpResponse:
    """The form, and what was found for the words sent with it."""
    if request.method != "POST":
        return render(request, "site/search.html", {"form": Words()})
    vars(request)["private"] = True
    form = Words(request.POST)
    if not form.is_valid():
        return render(request, "site/search.html", {"form": form}, status=400)
    return render(request, "site/search.html", {"form": form, "asked": True, "hits": hits(form.cleaned_data["words"])})


def hits(asked: str) -> list[Hit]:
    """The passages of our public pages that hold these words, best first."""
    return index.found(of_today(), asked, most=MOST)


def of_today() -> Index:
    """The index of today's pages in the language now spoken, made once a day."""
    pack = serving.pack()
    key, today = (pack.name, serving.language()), serving.today(pack)
    with LOCK:
        if key not in MADE or MADE[key][0] != today:
            MADE[key] = (today, index.built(passages(pack)))
        return MADE[key][1]
