"""The letter to whoever has no account: that a paper names somebody to act for them, and what came of it.

It goes where the person wants our letters. It does not say why it ended: somebody beside them may read it too. In
English, as every letter of ours.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from wellkept.accounts.letter import long_date, plain_name
from wellkept.files.letterhead import letterhead
from wellkept.policy import packs
from wellkept.policy.shapes import Pack
from wellkept.policy.words import Category

AS: Final[Mapping[str, str]] = {
    "guardian": "your guardian",
    "power_of_attorney": "somebody who holds your power of attorney",
    "court_order": "somebody whom a court named to act for you",
    "executor": "the executor of the estate",
}
ENDED: Final[Mapping[str, str]] = {
    "guardian": "Your guardian can no longer see your record, from today.",
    "power_of_attorney": "Whoever holds your power of attorney can no longer see your record, from today.",
    "court_order": "Whoever a court named to act for you can no longer see your record, from today.",
    "executor": "The executor of the estate can no longer see the record, from today.",
}
SEES: Final[Mapping[str, str]] = {
    Category.COVERAGE: "your coverage",
    Category.CLAIMS: "your claims, without sensitive care",
    Category.SENSITIVE_CLAIMS: "your sensitive claims",
}


def told(pack: Pack, *, kind: str, name: str) -> str:
    """A paper was written down, and waits for a second one of us."""
    return body(
        pack, "Somebody may soon act for you",
        f"A paper says that {plain_name(name)} is {AS[kind]}.",
        "Nothing of yours opens for them yet. A second one of us looks at the paper first.",
        "Is this wrong? Then tell us at once, and we stop it.",
    )  # fmt: skip


def confirmed(pack: Pack, *, kind: str, name: str, opens: frozenset[str], last: datetime) -> str:
    """Two of us saw it: what they may see, and until which day."""
    sees = "; ".join(words for one, words in SEES.items() if one in opens)
    return body(
        pack, "Somebody may act for you now",
        f"Two of us looked at the paper. {plain_name(name)} may act for you, as {AS[kind]}.",
        f"Until {long_date(last.date())} they may see: {sees}.",
        "Each time they look is written down. You may have that list, free of charge.",
        "Is this wrong, or are you in danger from them? Then tell us, and it ends at once.",
    )  # fmt: skip


def declined(pack: Pack, *, kind: str) -> str:
    """The second one of us did not find it so."""
    return body(
        pack, "Nobody new acts for you",
        f"A paper was to name {AS[kind]}. A second one of us did not find that it does.",
        "Nothing of yours opened for them.",
    )  # fmt: skip


def ended(pack: Pack, *, kind: str) -> str:
    """It is over."""
    return body(
        pack, "It ended that somebody acts for you",
        ENDED[kind],
        "Ask us why, and we tell you.",
    )  # fmt: skip


def taken_back(pack: Pack, *, sort: str) -> str:
    """Ended because they said so on the phone: a helper, their word to somebody, or an authorization."""
    what = {
        "helper": "end your helper's access",
        "word": "end the access of somebody covered with you",
        "authorization": "stop sending part of your record to somebody you named",
    }[sort]
    return body(
        pack, "You took something back on the phone",
        f"You asked us on the phone to {what}. It ended today.",
        "What was seen or sent before cannot be called back.",
        "Was this not you? Then tell us at once.",
    )  # fmt: skip


def body(pack: Pack, title: str, *says: str) -> str:
    """The letter as the print queue takes it."""
    call = f"Call {pack.phone} (TTY {pack.tty}), {pack.hours}."
    told_: Sequence[str] = (*says, call)
    data = {
        "from": letterhead(pack), "lang": "en", "made_on": packs.today(pack).isoformat(), "title": title,
        "foot": "We write on paper because you have no account with us.", "says": [*told_],
    }  # fmt: skip
    return json.dumps({"template": "letter", "data": data})
