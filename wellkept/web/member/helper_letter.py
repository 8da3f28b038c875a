"""The letter that brings a helper the code, to where the person who named them says. In English, as each letter is.

No more than ten go out for one person in a day. The code works with the helper's own birth date alone.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from wellkept.accounts.letter import long_date, plain_name
from wellkept.files.letterhead import letterhead
from wellkept.notices import actions, queries
from wellkept.notices.post import HELPER
from wellkept.policy import packs
from wellkept.policy.shapes import Pack
from wellkept.policy.words import Category, Key

A_DAY: Final = 10


def post(
    key: Key, pack: Pack, *, about: UUID, by: str, recipient: Sequence[str], code: str, until: date, where: str
) -> bool:
    """Put it into the print queue; False where ten went out in a day. The opening names who the person is.

    ``by`` is the person's name, ``recipient`` the helper's and the lines of their address, ``about`` the appointment.
    """
    if queries.lately(key, kind=HELPER) >= A_DAY:
        return False
    data = {
        "from": letterhead(pack), "lang": "en", "made_on": packs.today(pack).isoformat(),
        "title": "You were named as a helper", "recipient": [plain_name(recipient[0]), *recipient[1:]],
        "about": str(about), "foot": "We write because the person who named you asked us to.",
        "says": [f"{by} named you as a helper. You may see the part of their record that they chose.",
                 "This code begins it:"],
        "code": code,
        "then": [
            f"Without an account here: type it, with your own birth date, at {where}",
            'With an account here: sign in, open "For whom I act", and type both there.',
            f"It works once, for you alone, until {long_date(until)}.",
            "Do not give it to anyone. We never ask for it by phone or by mail.",
            "If you do not know this person, do nothing: without your birth date nobody can use it.",
            f"Questions? Call {pack.phone} (TTY {pack.tty}), {pack.hours}.",
        ],
    }  # fmt: skip
    return actions.ask_for(
        key, kind=HELPER, about=about, body=json.dumps({"template": "letter", "data": data}),
        category=Category.IDENTITY, plan=None, collected_under=packs.now_in_force(pack).version,
    )  # fmt: skip
