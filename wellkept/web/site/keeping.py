"""How long each kind of data is kept, and why, as the pack declares it.

Serves U-20.
"""

from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wellkept.policy.shapes import Keeping
from wellkept.policy.words import Category
from wellkept.web.shell import serving
from wellkept.web.shell.public import public
from wellkept.web.shell.values import Cell, Column, Table

KINDS: Final[Mapping[Category, str | Promise]] = {
    Category.IDENTITY: gettext_lazy("Who you are: name, birth date, numbers"),
    Category.CONTACT: gettext_lazy("How to reach you"),
    Category.COVERAGE: gettext_lazy("Coverage"),
    Category.CLAIMS: gettext_lazy("Claims"),
    Category.SENSITIVE_CLAIMS: gettext_lazy("Claims about sensitive care"),
    Category.OPENINGS: gettext_lazy("Who opened your record"),
    Category.ASSESSMENT: gettext_lazy("Answers about your health"),
    Category.DIARY: gettext_lazy("Diaries"),
    Category.PROGRAMME: gettext_lazy("Health programmes"),
    Category.RECORD: gettext_lazy("Your personal record"),
    Category.MESSAGES: gettext_lazy("Messages"),
    Category.REQUESTS: gettext_lazy("Privacy requests"),
    Category.INQUIRY: gettext_lazy("Questions you asked"),
    Category.ENROLMENT: gettext_lazy("Enrolment"),
    Category.PAPERS: gettext_lazy("Papers of organisations"),
}
"""Each kind of data in words a person reads."""


@public("How long things are kept is said to anyone (U-20).")
def kept(request: HttpRequest) -> HttpResponse:
    """Every kind of data with its time and its reason."""
    return render(request, "site/keeping.html", {"table": table(serving.pack().retention)})


def table(retention: Mapping[Category, Keeping]) -> Table:
    """One row a kind, in the order of the words."""
    columns = (Column(_("What")), Column(_("How long")), Column(_("Why")))
    rows = [
        (Cell(str(label)), Cell(time(retention[kind])), Cell(retention[kind].because)) for kind, label in KINDS.items()
    ]
    return Table(_("What we keep, how long and why"), columns, rows)


def time(keeping: Keeping) -> str:
    """How long in words, and from when."""
    if keeping.years is None:
        return _("Without end, from %(after)s") % {"after": keeping.after}
    if keeping.years == 0:
        return _("Not at all")
    years = ngettext("%(n)d year", "%(n)d years", keeping.years) % {"n": keeping.years}
    return _("%(years)s after %(after)s") % {"years": years, "after": keeping.after}
