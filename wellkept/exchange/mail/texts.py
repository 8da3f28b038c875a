"""Every mail this house can send. A text takes the operator's own words and this site's address; nothing of a person.

The confirmation takes a code besides: eight letters and digits that mean nothing to anybody else.
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


@dataclass(frozen=True, slots=True)
class Text:
    """A mail's subject and words."""

    subject: str
    words: str


_NEWS: Final = """Something about your benefits is new. Sign in to see it:

{site}/sign-in/

We never write in a mail what it is: mail can be read by others on its way.
You chose to be told by mail. To stop, sign in and open "How we tell you", or call {phone} (TTY {tty}), {hours}.

{name}
"""
_CONFIRM: Final = """Somebody who signed in asked us to tell them of news at this address.
If it was you, sign in, open "How we tell you" and type this code:

{code}

It works for one day. If it was not you, do nothing: no other mail comes.
Questions: {phone} (TTY {tty}), {hours}.

{name}
"""

_POLICY: Final = """Our privacy policy says what we do with what we know about you. Please read the version in force:

{site}/policy/

What changed from the version before:

{site}/policy/versions/

We post you a copy on paper when you ask, free of charge: {phone} (TTY {tty}), {hours}.

{name}
"""
_POLICY_REMINDER: Final = """Our privacy policy is there for you to read, at any time:

{site}/policy/

We post you a copy on paper when you ask, free of charge: {phone} (TTY {tty}), {hours}.

{name}
"""
_SUBJECTS: Final = {
    Mail.NEWS: "News about your benefits",
    Mail.CONFIRM: "Confirm your address",
    Mail.POLICY: "Our privacy policy",
    Mail.POLICY_REMINDER: "Our privacy policy: a reminder",
}
_FORMS: Final = {
    Mail.NEWS: _NEWS,
    Mail.CONFIRM: _CONFIRM,
    Mail.POLICY: _POLICY,
    Mail.POLICY_REMINDER: _POLICY_REMINDER,
}


def text(kind: Mail, *, pack: Pack, site: str, code: str = "") -> Text:
    """The words of a mail of that kind. ``site`` is where the portal is, ``code`` what a confirmation brings.

    Raises ``ValueError`` where the operator sends no mail of that kind.
    """
    if not contents.may(pack, "mail", kind):
        raise ValueError(f"This operator sends no mail of the kind {kind}.")
    words = _FORMS[kind].format(
        site=site.rstrip("/"), name=pack.display_name, phone=pack.phone, tty=pack.tty, hours=pack.hours, code=code
    )
    return Text(_SUBJECTS[kind], words)
