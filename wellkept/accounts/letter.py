"""The letter that brings an access code, in plain words: who writes and why, the code, its use, whom to call.

Its address is written when it is printed: a person may have given another one since (R-05).
"""

import json
from collections.abc import Sequence
from datetime import date
from unicodedata import category

from django.utils.translation import gettext as _

from wellkept.files.letterhead import letterhead
from wellkept.policy import packs
from wellkept.policy.shapes import Pack

KIND = "access code"
LONGEST_NAME = 60


def body(pack: Pack, *, code: str, until: date, where: str, policy: str, attention: str = "") -> str:
    """The letter as ``notices.actions.write`` takes it.

    ``where`` is the address of the page that takes the code, ``policy`` that of the policy, which is given here to
    whoever enrols (45 CFR 164.520(c)(1)(i)). ``attention`` names who asked for an organisation; "" for a member.
    """
    attention = plain_name(attention)
    asked = _("Somebody asked to register with your name, birth date and ID card.")
    if attention:
        asked = _("Somebody asked to register for your organisation in the name of %(name)s.") % {"name": attention}
    call = {"phone": pack.phone, "tty": pack.tty, "hours": pack.hours}
    data = {
        "from": letterhead(pack),
        "lang": "en",
        "made_on": packs.today(pack).isoformat(),
        "title": _("Your access code for %(name)s") % {"name": pack.display_name},
        "foot": _("We write on paper because this address is the one we have for you."),
        "attention": attention,
        "says": [asked, _("If it was you, this code finishes it:")],
        "code": code,
        "then": [
            _("Type it, with your birth date, at %(where)s") % {"where": where},
            _("It works once, for you alone, until %(day)s.") % {"day": long_date(until)},
            _("Do not give it to anyone. We never ask for it by phone or by mail."),
            _("If it was not you, do nothing: without this letter nobody can use it."),
            _("Please tell us, though: %(phone)s (TTY %(tty)s), %(hours)s.") % call,
            _("What we do with what we know about you stands in our privacy policy: %(policy)s") % {"policy": policy},
            _("Call us, and we post you a copy on paper, free of charge."),
        ],
    }
    return json.dumps({"template": "letter", "data": data})


def plain_name(typed: str) -> str:
    """A name that somebody typed, as our paper may bear it: letters, and no number to call or site to go to."""
    named = "".join(one if one in " '\u2019-." or category(one)[0] in "LM" else " " for one in typed[:LONGEST_NAME])
    return " ".join(named.replace(".", ". ").split())


def postal(address: Sequence[str]) -> list[str]:
    """The lines of an address as an envelope bears them: city, state and ZIP code in one."""
    for place in range(len(address) - 2, 0, -1):
        city, state, code = address[place - 1 : place + 2]
        if len(state) == 2 and state.isalpha() and code[:1].isdigit():
            written = f"{city}, {state} {code[:5]}-{code[5:]}" if len(code) == 9 else f"{city}, {state} {code}"
            return [*address[: place - 1], written, *address[place + 2 :]]
    return list(address)


def long_date(day: date) -> str:
    """A day as one writes it: "March 3, 2026"."""
    return f"{day:%B} {day.day}, {day.year}"
