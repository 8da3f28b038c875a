"""What happens with an account, told to its holder: the day, by which way, in which kind of browser. No address.

Serves U-30, P-18. Functions of the database note it (``accounts_note``, sql/events.sql) and read it back; each kind
they may note is declared here with the sentence its holder reads.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wellkept.policy import practices
from wellkept.policy.kinds import Words
from wellkept.policy.shapes import Pack

PAGE: Final = 25
UNUSUAL: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event: its sentence, the part of the list it belongs to, and whether it is worth a warning.

    Worth one is what somebody else would do who got in, and what they would try first.
    """

    name: str
    sentence: Words
    part: str
    warns: bool = False


PARTS: Final[Mapping[str, Words]] = {
    "sign-ins": _("Sign-ins"),
    "ways": _("Ways to sign in"),
    "address": _("Where we reach you"),
    "account": _("The account itself"),
}
EVERYTHING: Final = _("Everything")

KINDS: Final = (
    Kind("signed in", _("Somebody signed in."), "sign-ins"),
    Kind("signed out", _("Somebody signed out."), "sign-ins"),
    Kind("sign-in failed", _("Somebody tried to sign in and failed."), "sign-ins", warns=True),
    Kind("session ended", _("An open sign-in was ended from this page."), "sign-ins"),
    Kind("browser not mine", _("You told us: this was not me."), "sign-ins", warns=True),
    Kind("password way closed", _("Signing in by password was closed."), "ways", warns=True),
    Kind("password changed", _("The password was changed."), "ways", warns=True),
    Kind("passkey added", _("A passkey was added."), "ways", warns=True),
    Kind("passkey removed", _("A passkey was removed."), "ways", warns=True),
    Kind("passkey counted back", _("A passkey may have been copied: its device counted back."), "ways", warns=True),
    Kind("authenticator added", _("An authenticator app was added."), "ways", warns=True),
    Kind("authenticator removed", _("An authenticator app was removed."), "ways", warns=True),
    Kind("recovery codes made", _("New recovery codes were made. The old ones stopped working."), "ways", warns=True),
    Kind("recovery code used", _("A recovery code was used."), "ways", warns=True),
    Kind("mailed code sent", _("A sign-in code was sent to the e-mail address."), "ways"),
    Kind("secret made", _("A new recovery secret was made. The old one stopped working."), "ways", warns=True),
    Kind("recovered", _("The account was recovered."), "ways", warns=True),
    Kind("address given", _("An e-mail address was given. It waits to be confirmed."), "address"),
    Kind("address confirmed", _("The e-mail address was confirmed."), "address"),
    Kind("address changed", _("The e-mail address was changed."), "address", warns=True),
    Kind("address undone", _("A change of the e-mail address was undone."), "address", warns=True),
    Kind("mail came back", _("A mail to the e-mail address came back."), "address", warns=True),
    Kind("letter came back", _("A letter to you came back to us."), "address", warns=True),
    Kind("publication list left", _("A publication was stopped."), "address"),
    Kind("registered", _("The account was made."), "account"),
    Kind("invited", _("An invitation led to this account."), "account"),
    Kind("renewed", _("Your administrator renewed the account."), "account"),
    Kind("lapsed", _("The account lapsed: nobody renewed it."), "account", warns=True),
    Kind("role given", _("The account got another role."), "account", warns=True),
    Kind("role taken", _("A role was taken from the account."), "account"),
    Kind("name changed", _("The name on the account was changed."), "account", warns=True),
    Kind("account closed", _("The account was closed."), "account", warns=True),
    Kind("helper named", _("Somebody was named to act for you."), "account", warns=True),
    Kind(
        "helper asked",
        _("A paper says that somebody acts for you. A second one of us looks at it."),
        "account",
        warns=True,
    ),
    Kind("helper declined", _("We did not find that the paper lets somebody act for you."), "account"),
    Kind("helper turned down", _("Somebody was to act for you by a paper. You said no."), "account"),
    Kind("helper ended", _("It ended that somebody may act for you."), "account"),
    Kind("taken back", _("You took back on the phone what you had allowed."), "account"),
    Kind("terms agreed", _("Terms were agreed to."), "account"),
    Kind("policy read", _("You said that you read our policy."), "account"),
)
"""In the order of the filter. A kind that no function notes, or that one notes and none declares, fails a test."""

NAMED: Final[Mapping[str, Kind]] = {kind.name: kind for kind in KINDS}

METHODS: Final[Mapping[str, Words]] = {
    "password": _("password"),
    "passkey": _("passkey"),
    "authenticator": _("authenticator app"),
    "recovery code": _("recovery code"),
    "mailed code": _("code by e-mail"),
    "access code": _("access code"),
    "staff sign-on": _("your employer's sign-on"),
    "two-step sign-on": _("your employer's sign-on, with a second factor"),
}
"""The ways to sign in. A method is one of them, or several joined by "+", such as "password+authenticator"."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: when, of which kind, by which method and in which family of browsers ("" unknown)."""

    id: UUID
    at: datetime
    kind: str
    method: str
    browser: str

    @property
    def sentence(self) -> Words:
        """What its holder reads."""
        return NAMED[self.kind].sentence if self.kind in NAMED else self.kind

    @property
    def ways(self) -> tuple[Words, ...]:
        """The method in words."""
        return ways(self.method)


def ways(method: str) -> tuple[Words, ...]:
    """The words of a method, one for each way it joins; a way that is not declared is left out."""
    return tuple(METHODS[one] for one in method.split("+") if one in METHODS)


def of_part(part: str) -> tuple[str, ...]:
    """The kinds of one part of the list; of "" and of a part there is not, every kind."""
    return tuple(kind.name for kind in KINDS if part not in PARTS or kind.part == part)


def mine(secret: bytes, *, part: str = "", page: int = 1) -> tuple[int, tuple[Event, ...]]:
    """How many events of that part the session's own account has, and one page of them, the newest first."""
    rows = _rows(secret, of_part(part), most=PAGE, after=(page - 1) * PAGE)
    return (rows[0][0] if rows else 0), tuple(Event(*row[1:]) for row in rows)


def unusual(secret: bytes) -> tuple[Event, ...]:
    """What happened in the last 30 days that is worth a warning, of the session's own account, ten at most."""
    since = timezone.now() - UNUSUAL
    warned = (kind.name for kind in KINDS if kind.warns)
    return tuple(one for one in latest(secret, *warned, most=10) if one.at > since)


def latest(secret: bytes, *kinds: str, most: int) -> tuple[Event, ...]:
    """The newest events of these kinds, of the session's own account."""
    return tuple(Event(*row[1:]) for row in _rows(secret, kinds, most=most))


def one(secret: bytes, number: UUID) -> Event | None:
    """An event of the session's own account; None for anybody else's and for one there is not."""
    rows = _rows(secret, tuple(NAMED), most=1, number=number)
    return Event(*rows[0][1:]) if rows else None


def _rows(
    secret: bytes, kinds: Sequence[str], *, most: int, after: int = 0, number: UUID | None = None
) -> list[tuple[Any, ...]]:
    asked = (
        "select total, id, at, kind, method, browser from wellkept.accounts_my_events(%s, %s::text[], %s::uuid, %s, %s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, [secret, list(kinds), number, most, after])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def days(pack: Pack) -> int:
    """For how many days an event is kept (practice ``account_events_days``)."""
    return practices.number(pack, "account_events_days")


def sweep(pack: Pack) -> None:
    """Remove what is older than that; run by a job."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.accounts_sweep_events(%s)", [days(pack)])
