"""The letter of conditions that goes with every release, also where there is no agreement (U-19).

In English, in whatever language the person reads: it goes to somebody outside.
"""

from collections.abc import Mapping
from typing import Final

from wellkept.policy.shapes import Pack
from wellkept.policy.words import Purpose

FOR: Final[Mapping[Purpose, str]] = {
    Purpose.PATIENT_REQUEST: "what the person asked you to do with it",
    Purpose.TREATMENT: "the person's care",
    Purpose.PAYMENT: "paying for the person's care",
    Purpose.LEGAL: "the person's legal matter",
    Purpose.RESEARCH: "the research the person agreed to",
    Purpose.OPERATIONS: "the work you do for us under our agreement",
}
LIMITED: Final[Mapping[Purpose, str]] = {
    Purpose.RESEARCH: "the research that our data use agreement names",
    Purpose.OPERATIONS: "the work that our data use agreement names",
}
"""A limited data set names nobody, and nobody was asked: the agreement alone says for what."""
_PURPOSE: Final = "You receive this for one purpose: {purpose}. Use it for that purpose alone."
_SAYS: Final = (
    "Protect it as {name} does. Let nobody read it who does not need it for that purpose.",
    "Do not pass it on, unless the law asks you to or the person agrees in writing.",
    "Do not sell it, trade it or rent it out. Do not use it to promote anything.",
    "Destroy it when you no longer need it for that purpose.",
    "If it is not for you, do not read it. Call {phone}: we tell you how to send it back.",
)
_LIMITED_SAYS: Final = (
    "Protect it as {name} does. Let nobody read it whom the agreement does not name.",
    "Do not try to learn whose record it is. Do not write to or call anybody because of it.",
    "Do not pass it on, unless the law asks you to. Whoever works on it for you keeps to the same conditions.",
    "Do not sell it, trade it or rent it out. Do not use it to promote anything.",
    "Call {phone} at once where it was used for something else, or reached somebody else.",
    "Destroy it when you no longer need it for that purpose.",
)
_SENSITIVE: Final = (
    "Some of it may be about care for substance use. Federal law (42 CFR part 2) forbids you to pass that on without"
    " the person's written consent."
)


def conditions(pack: Pack, *, purpose: Purpose, sensitive: bool, limited: bool = False) -> tuple[str, ...]:
    """The letter's paragraphs. ``sensitive`` adds the notice of 42 CFR 2.32. Raises ``KeyError``: no such purpose.

    ``limited``: of a limited data set, what 45 CFR 164.514(e)(4)(ii)(C) asks of whoever receives one.
    """
    named = {"name": pack.display_name, "phone": pack.phone, "purpose": (LIMITED if limited else FOR)[purpose]}
    says = (_PURPOSE, *(_LIMITED_SAYS if limited else _SAYS), *((_SENSITIVE,) if sensitive else ()))
    return tuple(one.format(**named) for one in says)
