"""Every mail this house can send. A text takes the operator's own words and this site's address; nothing of a person.

The confirmation takes a code besides: eight letters and digits that mean nothing to anybody else. A publication takes
the link by which its reader leaves the list.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wellkept.policy import contents
from wellkept.policy.shapes import Pack


class Mail(StrEnum):
    """A kind of mail."""

    NEWS = "news"
    CONFIRM = "confirm"
    POLICY = "privacy notice"
    POLICY_REMINDER = "privacy reminder"
    PUBLICATION = "publication"
    RECOVERY = "recovery link"
    SIGN_IN = "sign-in code"
    ADDRESS_CHANGED = "address changed"


@dataclass(frozen=True, slots=True)
class Text:
    """A mail's subject and words."""

    subject: str
    words: str


_NEWS: Final = """Something about your benefits is new. Sign in to see it:

{site}/sign-in/

We never write in a mail what it is: mail can be read by others on its way.
You chose to be told by mail. To stop, sign in and open "How we tell you", or call {phone} (TTY {tty}), {hours}.
"""
_CONFIRM: Final = """Somebody who signed in asked us to tell them of news at this address.
If it was you, sign in, open "Your account", then "Change your e-mail address", and type this code:

{code}

It works for one day. If it was not you, do nothing: no other mail comes.
Questions: {phone} (TTY {tty}), {hours}.
"""

_POLICY: Final = """Our privacy policy says what we do with what we know about you. Please read the version in force:

{site}/policy/

What changed from the version before:

{site}/policy/versions/

We post you a copy on paper when you ask, free of charge: {phone} (TTY {tty}), {hours}.
"""
_POLICY_REMINDER: Final = """Our privacy policy is there for you to read, at any time:

{site}/policy/

We post you a copy on paper when you ask, free of charge: {phone} (TTY {tty}), {hours}.
"""
_PUBLICATION: Final = """A new publication is there to read:

{site}/publications/

You are on our list for publications. To leave it at once and for good, follow this link:

{leave}

Or call {phone} (TTY {tty}), {hours}.
"""
_RECOVERY: Final = """Somebody asked to choose a new password for an account with this address.
If it was you, follow this link within an hour. It works once:

{site}/sign-in/forgotten/{code}/

There we ask for more than this link, so nobody gets in by it alone.
If it was not you, do nothing: the password stays as it is.
Questions: {phone} (TTY {tty}), {hours}.
"""
_SIGN_IN: Final = """Somebody asked for a code to sign in with your name.
If it was you, type it on the page that asks for it:

{code}

It works for ten minutes, once, and only together with your password. If it was not you, do nothing.
Questions: {phone} (TTY {tty}), {hours}.
"""
_ADDRESS_CHANGED: Final = """The e-mail address of an account with us was this one. It was changed just now, or removed.
If it was you, do nothing.
If it was not you, follow this link within 72 hours. It works once:

{site}/account/address/undo/{code}/

It brings this address back and ends every sign-in. It signs nobody in.
Or call {phone} (TTY {tty}), {hours}.
"""
_CLOSING: Final = """
Please put nothing private in a mail: others can read it on its way. Call us, or sign in.

{name}
"""
"""Beneath every mail, whatever it is (U-27)."""

_SUBJECTS: Final = {
    Mail.NEWS: "News about your benefits",
    Mail.CONFIRM: "Confirm your address",
    Mail.POLICY: "Our privacy policy",
    Mail.POLICY_REMINDER: "Our privacy policy: a reminder",
    Mail.PUBLICATION: "A new publication",
    Mail.RECOVERY: "A new password",
    Mail.SIGN_IN: "A code to sign in",
    Mail.ADDRESS_CHANGED: "Your e-mail address was changed",
}
_FORMS: Final = {
    Mail.NEWS: _NEWS,
    Mail.CONFIRM: _CONFIRM,
    Mail.POLICY: _POLICY,
    Mail.POLICY_REMINDER: _POLICY_REMINDER,
    Mail.PUBLICATION: _PUBLICATION,
    Mail.RECOVERY: _RECOVERY,
    Mail.SIGN_IN: _SIGN_IN,
    Mail.ADDRESS_CHANGED: _ADDRESS_CHANGED,
}


def text(kind: Mail, *, pack: Pack, site: str, code: str = "", leave: str = "") -> Text:
    """The words of a mail of that kind. ``site`` is where the portal is, ``code`` what a confirmation brings.

    ``leave`` is the link by which a subscriber leaves the list.

    Raises ``ValueError`` where the operator sends no mail of that kind.
    """
    if not contents.may(pack, "mail", kind):
        raise ValueError(f"This operator sends no mail of the kind {kind}.")
    words = (_FORMS[kind] + _CLOSING).format(
        site=site.rstrip("/"),
        name=pack.display_name,
        phone=pack.phone,
        tty=pack.tty,
        hours=pack.hours,
        code=code,
        leave=leave,
    )
    return Text(_SUBJECTS[kind], words)
