"""Papers that come with a form: several at once, each looked at before anything is open (U-32).

A scanner may take longer than a transaction may last; only sealing needs the key.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.access import queries as access
from wellkept.files import actions, kinds
from wellkept.files.actions import Clean, Prepared
from wellkept.files.scanning import CannotLookError
from wellkept.policy.words import Key
from wellkept.web.shell.forms import Form

ENDINGS: Final = ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.heic"
NAME: Final = "papers"
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Came:
    """A paper that came, by its name as a page may say it: ``clean``, or what is ``wrong`` with it."""

    name: str
    clean: Clean | None
    wrong: tuple[str, ...] = ()


class Several(forms.FileInput):
    """A box for several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ANN401  (passed on as it came)
        """Every file that was sent."""
        del data
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name, [])


class PapersField(forms.Field):
    """Up to five papers, none of them needed. Gives the files as they came."""

    def __init__(self) -> None:
        hint = gettext_lazy("PDF, JPEG, PNG, TIFF or HEIC. Each at most 10 MB, five at once.")
        super().__init__(
            label=gettext_lazy("Papers"),
            required=False,
            help_text=hint,
            widget=Several({"multiple": True, "accept": ENDINGS}),
        )


def looked_at_first(view: View) -> View:
    """Look at the papers that whoever is signed in sends to the view, before the view opens anything."""

    @wraps(view)
    def looking(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:  # noqa: ANN401  (passed on as it came)
        secret = getattr(request, "session_secret_hash", None)
        sent = request.FILES.getlist(NAME) if request.method == "POST" else []
        if sent and not getattr(request, "too_much", False) and secret and access.who(secret):
            vars(request)["papers_came"] = looked_at(sent)
        return view(request, *given, **named)

    return looking


def looked_at(sent: "list[UploadedFile[bytes]]") -> tuple[Came, ...]:
    """What was found of each. A scanner that does not answer once is not asked again, nor of more than may be sent."""
    found, away = list[Came](), ""
    for one in sent:
        shown, clean, wrong = actions.shown(one.name or ""), None, tuple[str, ...]()
        if len(found) >= kinds.MOST:
            wrong = (too_many(),)
        elif away:
            wrong = (away,)
        else:
            try:
                clean = actions.looked_at(name=one.name or "", content=whole(one))
            except ValidationError as error:
                wrong = tuple(str(said) for said in error.messages)
                away = wrong[0] if isinstance(error, CannotLookError) else ""
        found.append(Came(shown, clean, tuple(f"{shown}: {said}" if shown else said for said in wrong)))
    return tuple(found)


def came(request: HttpRequest) -> tuple[Came, ...]:
    """What ``looked_at_first`` found of the papers of a request; none where none came."""
    found: tuple[Came, ...] = getattr(request, "papers_came", ())
    if len(found) != len(request.FILES.getlist(NAME)):
        raise RuntimeError("Papers are looked at before anything is open.")
    return found


def sealed(form: Form, key: Key, request: HttpRequest) -> list[Prepared]:
    """The papers of a valid form, sealed; what is wrong with one stands beside the field, and the form is not valid."""
    if getattr(request, "too_much", False):
        form.add_error(NAME, _("This is too much at once. Send fewer papers, each of at most 10 MB."))
        return []
    sent = came(request)
    if len(sent) > kinds.MOST:
        form.add_error(NAME, too_many())
        return []
    for one in sent:
        if one.wrong:
            form.add_error(NAME, list(one.wrong))
    return [actions.prepared(key, one.clean) for one in sent if one.clean and not form.errors]


def too_many() -> str:
    """What to do about more than may be sent at once."""
    return _("Please send at most five papers at once.")


def whole(upload: "UploadedFile[bytes]") -> bytes:
    """The bytes of a paper that came. Raises ``ValidationError`` where it was cut off."""
    content: bytes = upload.read()
    if len(content) != upload.size:
        too_large = (upload.size or 0) > kinds.LARGEST
        raise ValidationError(
            kinds.too_large() if too_large else _("Your files are too large together. Send this one by itself.")
        )
    return content
