"""Sending a paper of an organisation: the form that its people and the desk fill in, and the list of what was sent.

Serves U-42, U-32.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.clocks.business import business_day_after
from wellkept.files import actions, kinds
from wellkept.organisations import papers
from wellkept.organisations.papers import PaperLine, Sent
from wellkept.policy import packs, practices
from wellkept.policy.asked import Asks
from wellkept.policy.words import Key
from wellkept.service.cases import new_number
from wellkept.web.shell import serving
from wellkept.web.shell.forms import Form
from wellkept.web.shell.templatetags.shell import day
from wellkept.web.shell.values import Cell, Column, Pager, Table

FILE: Final = "file"


class SendPaper(Form):
    """One paper: what kind, what it is called, its file, and whether the employer's agent may read it."""

    asks = Asks(
        "paper of an organisation", "2026-11-22", "colleagues",
        {
            "kind": "organisations_paper.kind",
            "title": "organisations_paper.title",
            "file": "organisations_paperpart.content",
            "with_agent": "organisations_paper.with_agent",
        },
    )  # fmt: skip

    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of paper is it?"), choices=list(papers.KINDS.items()), widget=forms.RadioSelect
    )
    title = forms.CharField(
        label=gettext_lazy("What is it called?"),
        help_text=gettext_lazy("Such as “Renewal for 2027”. Name no person in it."),
        min_length=2,
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    file = forms.FileField(
        label=gettext_lazy("The file"),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Please choose a file first.")},
        help_text=gettext_lazy("PDF, JPEG, PNG, TIFF or HEIC, at most 10 MB. What is sent stays as it is."),
        widget=forms.FileInput({"accept": ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.heic"}),
    )
    with_agent = forms.BooleanField(
        label=gettext_lazy("The appointed agent may read it, too"),
        required=False,
        help_text=gettext_lazy("As long as the agent is appointed. Without a tick no agent sees it."),
    )

    def __init__(self, *given: Any, employer: bool = True, **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        """Only an ``employer`` has an agent."""
        super().__init__(*given, **named)
        if not employer:
            del self.fields["with_agent"]


def filled(request: HttpRequest, *, employer: bool) -> SendPaper:
    """The form as it was sent, or empty; what was too much at once is said of the file."""
    if request.method != "POST":
        return SendPaper(employer=employer)
    form = SendPaper(request.POST, request.FILES, employer=employer)
    if getattr(request, "too_much", False):
        form.errors.pop(FILE, None)
        form.add_error(FILE, kinds.too_large())
    return form


def sent(form: SendPaper, key: Callable[[], AbstractContextManager[Key]]) -> bool:
    """Keep the paper in an opening that ``key`` makes; False where the form says what to mend. Raises ``Refused``.

    It is looked at before: a scanner may take longer than something may be open.
    """
    if not form.is_valid():
        return False
    told, upload = form.cleaned_data, form.cleaned_data[FILE]
    try:
        clean = actions.looked_at(name=upload.name or "", content=whole(upload))
        with key() as opening:
            keep(opening, Sent(told["kind"], told["title"].strip(), clean, told.get("with_agent", False)))
    except ValidationError as error:
        form.add_error(FILE, error)
        return False
    return True


def whole(upload: "UploadedFile[bytes]") -> bytes:
    """The bytes of the file that came. Raises ``ValidationError`` where it was cut off, being too large."""
    content: bytes = upload.read()
    if len(content) != upload.size:
        raise ValidationError(kinds.too_large())
    return content


def keep(key: Key, paper: Sent) -> None:
    """Keep it, to be answered within the days in which this operator answers cases."""
    pack = serving.pack()
    due = business_day_after(serving.today(pack), practices.number(pack, "cases_in_business_days"))
    under = packs.now_in_force(pack).version
    papers.send(key, paper, number=new_number(), due=due, collected_under=under)


def table(lines: Sequence[PaperLine], *, at: str, ours: str, theirs: str) -> Table:
    """Papers as rows, each a link beneath the address ``at``; ``ours`` and ``theirs`` say who sent it."""
    columns = (
        Column(_("Paper")),
        Column(_("Kind")),
        Column(_("From")),
        Column(_("Sent on")),
        Column(_("Size"), numeric=True),
    )
    return Table(_("Papers, the newest first"), columns, [_row(one, at, ours if one.ours else theirs) for one in lines])


def _row(line: PaperLine, at: str, side: str) -> list[Cell]:
    shared = _("The appointed agent may read it") if line.with_agent else ""
    return [
        Cell(line.title or _("A paper whose name was removed"), href=f"{at}{line.id}/", note=shared),
        Cell(str(papers.KINDS[line.kind])),
        Cell(side, note=line.by),
        Cell(day(line.sent_at)),
        Cell(filesizeformat(line.size)),
    ]


def pager(total: int, *, page: int, at: str) -> Pager:
    """Where a list of papers stands."""
    first, last = (page - 1) * papers.PAGE + 1, min(page * papers.PAGE, total)
    newer, older = (f"{at}?page={page - 1}" if page > 1 else ""), (f"{at}?page={page + 1}" if last < total else "")
    return Pager(first, last, total, newer, older)


def page_of(request: HttpRequest) -> int:
    """Which page is asked for; the first where the number makes no sense."""
    asked = request.GET.get("page", "")
    return max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 1
