"""The letter that brings an access code, in plain words: who writes and why, the code, its use, whom to call.

Its address is written when it is printed: a person may have given another one since (R-05).
"""

from collections.abc import Sequence
from datetime import date

from wellkept.policy.shapes import Pack

KIND = "access code"


def head(pack: Pack, *, to: str, address: Sequence[str]) -> str:
    """The top of a letter as text: who writes, and to whom."""
    return "\n".join([*pack.postal_address, "", to, *postal(address), "", ""])


def body(pack: Pack, *, code: str, until: date, where: str, policy: str) -> str:
    """The letter beneath its head, 72 columns wide.

    ``where`` is the address of the page that takes the code, ``policy`` that of the policy, which is given here to
    whoever enrols (45 CFR 164.520(c)(1)(i)).
    """
    return "\n".join(
        [
            f"Your access code for {pack.display_name}",
            "",
            "Somebody asked to register with your name, birth date and ID card.",
            "If it was you, this code finishes it:",
            "",
            f"    {code}",
            "",
            f"Type it, with your birth date, at {where}",
            f"It works once, for you alone, until {long_date(until)}.",
            "Do not give it to anyone. We never ask for it by phone or by mail.",
            "",
            "If it was not you, do nothing: without this letter nobody can use it.",
            f"Please tell us, though: {pack.phone} (TTY {pack.tty}),",
            f"{pack.hours}.",
            "",
            "We write on paper because this address is the one we have for you.",
            "",
            "What we do with what we know about you stands in our privacy policy:",
            policy,
            "Call us, and we post you a copy on paper, free of charge.",
            "",
        ]
    )


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
