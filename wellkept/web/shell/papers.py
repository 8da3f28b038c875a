"""Papers that come with a form: several at once, each looked at before it is kept (U-32)."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.files import actions, kinds
from wellkept.files.actions import Prepared
from wellkept.policy.words import Key
from wellkept.web.shell.forms import Form

ENDINGS: Final = ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.heic"


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


def sealed(form: Form, key: Key, request: HttpRequest) -> list[Prepared]:
    """The papers of a valid form, sealed; what is wrong with one stands beside the field, and the form is not valid."""
    if getattr(request, "too_much", False):
        form.add_error("papers", _("This is too much at once. Send fewer papers, each of at most 10 MB."))
        return []
    sent: list[UploadedFile[bytes]] = form.cleaned_data["papers"]
    if len(sent) > kinds.MOST:
        form.add_error("papers", _("Please send at most five papers at once."))
        return []
    found = []
    for one in sent:
        try:
            found.append(_sealed(key, one))
        except ValidationError as error:
            shown = actions.shown(one.name or "")
            form.add_error("papers", [f"{shown}: {said}" if shown else str(said) for said in error.messages])
    return found


def _sealed(key: Key, upload: "UploadedFile[bytes]") -> Prepared:
    content = upload.read()
    if len(content) != upload.size:
        too_large = (upload.size or 0) > kinds.LARGEST
        raise ValidationError(
            kinds.too_large() if too_large else _("Your files are too large together. Send this one by itself.")
        )
    return actions.prepared(key, name=upload.name or "", content=content)
