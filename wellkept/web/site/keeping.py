"""How long each kind of data is kept, and why, as the pack declares it.

Serves U-20.
"""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.policy.kinds import KINDS, how_long
from wellkept.policy.shapes import Keeping
from wellkept.policy.words import Category
from wellkept.web.shell import serving
from wellkept.web.shell.public import public, steady
from wellkept.web.shell.values import Cell, Column, Table


@steady("It shows the pack.")
@public("How long things are kept is said to anyone (U-20).")
def kept(request: HttpRequest) -> HttpResponse:
    """Every kind of data with its time and its reason."""
    return render(request, "site/keeping.html", {"table": table(serving.pack().retention)})


def table(retention: Mapping[Category, Keeping]) -> Table:
    """One row a kind, in the order of the words."""
    columns = (Column(_("What")), Column(_("How long")), Column(_("Why")))
    rows = [
        (Cell(str(label)), Cell(how_long(retention[kind])), Cell(retention[kind].because))
        for kind, label in KINDS.items()
    ]
    return Table(_("What we keep, how long and why"), columns, rows)
