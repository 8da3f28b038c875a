"""A new password, while one is signed in: the old one is asked for, every other sign-in ends (P-18).

Source: OWASP ASVS 5.0, 6.2.2, 6.2.3; NIST SP 800-63B-4, section 3.1.1.2.
"""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.accounts import own, passwords, visits, ways
from wellkept.policy.asked import ONCE, Asks
from wellkept.web.account import frame
from wellkept.web.shell import proving, serving
from wellkept.web.shell.forms import Form, PasswordField

FEW: Final = gettext_lazy("At least 15 characters. Four or five words in a row are good. You may paste it.")
FEWER: Final = gettext_lazy("At least 8 characters, since you have a second way to sign in. You may paste it.")


class NewPassword(Form):
    """The old password and the new one. Whoever came in without one and just showed who they are gives no old one."""

    asks = Asks(
        "change of password", "2026-11", "registration", {"old": ONCE, "new": "accounts_account.password"},
        why=gettext_lazy("The old one shows that it is you. We keep a fingerprint of the new one."),
    )  # fmt: skip

    old = PasswordField(label=gettext_lazy("The password you have now"), autocomplete="current-password")
    new = PasswordField(label=gettext_lazy("The new password"), autocomplete="new-password")

    def __init__(self, *given: Any, known: bool = True, second: bool = False, **named: Any) -> None:  # noqa: ANN401 (passed on)
        """``known``: the old one is asked for; ``second``: there is a second way beside it."""
        super().__init__(*given, **named)
        self.second = second
        self.fields["new"].help_text = FEWER if second else FEW
        if not known:
            del self.fields["old"]

    def clean_old(self) -> str:
        """Refuse what is no password here: it is never cut to fit."""
        old: str = self.cleaned_data["old"]
        if passwords.is_too_long(old):
            raise ValidationError(_("A password here has at most 200 characters."))
        return old

    def clean_new(self) -> str:
        """Refuse one that would be guessed soon."""
        new: str = self.cleaned_data["new"]
        passwords.check(new, known=passwords.words_of(serving.pack()), second=self.second)
        return new

    def clean(self) -> dict[str, Any]:
        """Refuse the old one as the new one."""
        told = self.cleaned_data
        if told.get("new") and passwords.canonical(told.get("old", "")) == passwords.canonical(told["new"]):
            self.add_error("new", _("This is the password you have now. Choose another one."))
        return told


def change(request: HttpRequest) -> HttpResponse:
    """Ask for the old password and a new one; then say what became of it. Nothing typed is put back on the page."""
    here = frame.own(request)
    now = next(one for one in visits.visits(here.secret) if one.this)
    known = now.method.startswith("password")
    if not known and not proving.recently(request):
        return proving.ask(request)
    form = NewPassword(
        request.POST if request.method == "POST" else None, known=known, second=ways.has_second(here.secret)
    )
    if form.is_valid():
        if own.change_password(here.secret, old=form.cleaned_data.get("old"), new=form.cleaned_data["new"]):
            return frame.page(request, here, "password_done", {})
        form.add_error("old" if known else None, _("This is not the password you have now. Check it and try again."))
    return frame.page(request, here, "password", {"form": form}, status=400 if form.errors else 200)
