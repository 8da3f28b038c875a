"""Giving, confirming and removing the address where mail goes, as every door that offers it does (P-18, U-28).

Whoever reads mail at the old address is told of a change at once, and may take it back. A change of which the old
address could not be told does not stand: the mail goes out before the transaction ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.exchange.mail import returning, sending
from wellkept.exchange.mail.sending import Post
from wellkept.exchange.mail.texts import Mail
from wellkept.notices import addresses, publications, returns
from wellkept.notices.addresses import Change, Sent
from wellkept.notices.publications import NEVER, Standing
from wellkept.policy import packs
from wellkept.policy.asked import ONCE, Asks
from wellkept.policy.words import Key, Refused
from wellkept.web.shell import proving, serving, subscribing
from wellkept.web.shell.forms import Form

TELLS: Final = ("code", "forget")
"""The acts that take an address out of use."""

PROVES: Final = ("address", "forget")
"""The acts for which one shows first that it is oneself. A code goes to whoever did."""


class AddressForm(Form):
    """A mail address to be reached at, and the box for publications."""

    asks = Asks(
        "mail address", "2026-11-22", "news",
        {"address": "notices_address.address", subscribing.FIELD: subscribing.KEPT},
    )  # fmt: skip

    address = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("We send a code there. Nothing else goes out before you typed it here."),
        widget=forms.EmailInput({"autocomplete": "email"}),
        max_length=254,
    )

    publications = subscribing.box()

    def __init__(self, *given: Any, standing: Standing = NEVER, **named: Any) -> None:  # noqa: ANN401 (passed on)
        """``standing`` is how they stand to the list for publications: whoever left it finds the box empty."""
        super().__init__(*given, **named)
        subscribing.settle(self, chosen=standing.chosen, on=standing.on)


class CodeForm(Form):
    """The code that was sent to the address."""

    asks = Asks("mail code", "2026-11", "news", {"code": ONCE})

    code = forms.CharField(
        label=gettext_lazy("Code from the e-mail"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code"}),
    )


def forms_of(request: HttpRequest, *, act: str, standing: Standing) -> dict[str, Form]:
    """The two forms; the one that was sent holds what was typed."""
    return {
        "address": AddressForm(request.POST if act == "address" else None, standing=standing),
        "code": CodeForm(request.POST if act == "code" else None),
    }


def unproven(request: HttpRequest, act: str) -> bool:
    """Whether that act asks first who one is, and nobody showed it within minutes (OWASP ASVS 5.0, 7.5.1)."""
    return act in PROVES and not proving.recently(request)


@contextmanager
def telling(act: str) -> Iterator[Post | None]:
    """A line to the mail server where ``act`` may need one, reached before anybody is opened; else None.

    Raises ``Refused`` where the server is not reached.
    """
    if act not in TELLS or not sending.configured():
        yield None
        return
    try:
        with sending.line() as over:
            yield over
    except sending.MailError:
        raise untold() from None


def acted(act: str, form: Form | None, key: Key, over: Post | None) -> tuple[bool, Sent | None]:
    """Do what was asked for with a valid form; whether it was done, and what has to be sent for it.

    ``form`` is None where there is nothing to fill in. Raises ``ValidationError`` where it has no field to say it at.
    """
    try:
        if act == "forget":
            tell(addresses.forget(key, collected_under=under()), over)
            return True, None
        if form is None or not form.is_valid():
            return False, None
        if act == "address":
            return True, given(form, key)
        change = addresses.confirm(key, form.cleaned_data["code"], collected_under=under())
        if change is not None:
            tell(change, over)
            return True, None
        # What is typed wrong is counted, so the transaction has to end well.
        form.add_error("code", _("That is not the code, or it is too old. After five tries give the address again."))
    except ValidationError as error:
        if form is None:
            raise
        form.add_error(next(iter(form.fields)), error)
    return False, None


def given(form: Form, key: Key) -> Sent:
    """Keep the address and what the box says; returns what has to be sent."""
    code = addresses.give(key, form.cleaned_data["address"], collected_under=under())
    if (on := subscribing.wanted(form)) is not None:
        publications.choose(key, on=on, collected_under=under())
    return code


def sent(form: Form, code: Sent) -> bool:
    """Send the code once the address is kept; where the server takes no mail, the form says so."""
    try:
        to, pack = form.cleaned_data["address"], serving.pack()
        sending.send(Mail.CONFIRM, to=to, pack=pack, code=code.code, token=code.token)
    except sending.NoSuchAddressError:
        returns.came_back(code.token)
        form.add_error("address", _("No such mailbox is known. Please look at the address."))
        return False
    except sending.MailError:
        form.add_error("address", _("We could not send an e-mail just now. Please try again in a few minutes."))
        return False
    return True


def tell(change: Change, over: Post | None) -> None:
    """Tell the old address. A mailbox that is not there any more is no reason to go on mailing to it.

    Raises ``Refused``, with which the change is undone, where no mail can go out now.
    """
    if not change.old:
        return
    if over is None:
        raise untold()
    made = sending.message(Mail.ADDRESS_CHANGED, to=change.old, pack=settings.PACK, code=change.undo)
    try:
        over(made, returning.address(settings.PACK, ""))
    except sending.NoSuchAddressError:
        return
    except sending.MailError:
        raise untold() from None


def untold() -> Refused:
    """Why nothing was changed."""
    sentence = _("We could not tell your old address just now. So nothing has changed. Try again in a few minutes.")
    return Refused(sentence, clause="P-18", reason="not told")


def under() -> str:
    """The version of the policy under which it is collected."""
    return packs.now_in_force(settings.PACK).version
