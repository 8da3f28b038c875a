"""Handing a file in: the mended one, or another. The reader of the inbox takes it as it takes every other.

Serves U-43. This process never reads what it was handed but for its first bytes.
"""

from typing import Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.intake import operations
from wellkept.intake.operations import FileLine, plain_name
from wellkept.policy.asked import Asks
from wellkept.web.operations import words
from wellkept.web.operations.frame import Place, closed, place
from wellkept.web.operations.spool import FIELD, LONGEST, Spooled, named, spooling
from wellkept.web.shell.forms import Form
from wellkept.web.shell.public import takes_files

# How files begin that are no text: archives, what is compressed, papers, programs.
ARCHIVES: Final = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")


# What the reader of the inbox takes; a file of another ending would lie there.
ENDINGS: Final = (".x12", ".edi", ".834", ".837", ".835", ".820", ".ndjson", ".json", ".csv")


class HandIn(Form):
    """The file, and which one it mends."""

    asks = Asks("file", "2026-11-22", "files", {"file": "intake_staged.content", "mends": "intake_handed.mends"})

    file = forms.Field(
        label=gettext_lazy("File"), widget=forms.FileInput(), required=False,
        help_text=gettext_lazy("X12, a table (CSV) or FHIR lines (NDJSON), not compressed."),
    )  # fmt: skip
    mends = forms.UUIDField(label=gettext_lazy("The file it mends"), widget=forms.HiddenInput(), required=False)


@takes_files("files for the inbox, which an administrator hands in", by=spooling)
def hand_in(request: HttpRequest) -> HttpResponse:
    """Show the form and what was handed in; with POST take the file."""
    here = place(request)
    form = HandIn(request.POST if request.method == "POST" else None, initial={"mends": mended(here, request)})
    if request.method == "POST" and form.is_valid():
        try:
            take(here, request, mends=form.cleaned_data["mends"])
        except ValidationError as error:
            form.add_error(FIELD, error)
        else:
            return HttpResponseRedirect("/operations/hand-in/")
    given = {
        "form": form,
        "mends": found(here, form["mends"].value()),
        "handed": [(one, words.size(one.bytes)) for one in operations.handed_in(here.secret)],
        "most": words.size(LONGEST),
    }
    return render(request, "operations/hand_in.html", given, status=400 if form.errors else 200)


def take(here: Place, request: HttpRequest, *, mends: UUID | None) -> None:
    """Let the file into the inbox, after its entry; raises ``ValidationError`` for what cannot be one of ours."""
    spooled = arrived(request)
    name = plain_name(spooled.name)
    handed = operations.hand_in(
        here.secret, number=spooled.number, name=name, size=spooled.size, digest=spooled.digest(), mends=mends
    )
    if not handed:
        raise closed()
    spooled.keep(named(name, spooled.number))


def arrived(request: HttpRequest) -> Spooled:
    """The file that came, if it may be one of ours; raises ``ValidationError`` with what to do."""
    spool = next(iter(request.upload_handlers), None)
    spooled = getattr(spool, "spooled", None)
    if not isinstance(spooled, Spooled):
        raise ValidationError(_("Please choose a file."))
    if spooled.too_long:
        most = words.size(LONGEST)
        raise ValidationError(
            _("This file is longer than %(most)s, or the disk is full. Bring it by the command line.") % {"most": most}
        )
    if not plain_name(spooled.name).lower().endswith(ENDINGS):
        raise ValidationError(_("A file's name ends in one of these: %(endings)s.") % {"endings": ", ".join(ENDINGS)})
    if not spooled.size:
        raise ValidationError(_("This file is empty."))
    if spooled.head.startswith(ARCHIVES):
        raise ValidationError(_("This file is compressed. Unpack it, then hand in what is inside."))
    if b"\x00" in spooled.head:
        raise ValidationError(_("This is no text file. Files here are X12, CSV or NDJSON."))
    return spooled


def mended(here: Place, request: HttpRequest) -> UUID | None:
    """Which file the address says is to be mended, if there is such a one."""
    line = found(here, request.GET.get("mends"))
    return line.id if line else None


def found(here: Place, number: object) -> FileLine | None:
    """The file of that number; None for what is none."""
    try:
        return operations.file(here.secret, UUID(str(number)))
    except ValueError:
        return None
