"""What a call is about and for: closed lists, so that the person reads a plain reason."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from wellkept.ledger.sentences import CALLS
from wellkept.policy.words import Category, Purpose

# About, in the words the member reads after "to answer your call about …"; and the purpose of use it is.
ABOUT: Final = {
    "claim": (CALLS["claim"], Purpose.PAYMENT),
    "coverage": (CALLS["coverage"], Purpose.MEMBER_ADMINISTRATION),
    "card": (CALLS["card"], Purpose.MEMBER_ADMINISTRATION),
    "address": (CALLS["address"], Purpose.MEMBER_ADMINISTRATION),
    "bill": (CALLS["bill"], Purpose.PAYMENT),
    "list": (CALLS["list"], Purpose.MEMBER_ADMINISTRATION),
    "choices": (CALLS["choices"], Purpose.MEMBER_ADMINISTRATION),
    "letter": (CALLS["letter"], Purpose.MEMBER_ADMINISTRATION),
    "other": (CALLS["other"], Purpose.MEMBER_ADMINISTRATION),
}

# The reasons in the words of whoever answers.
ON_THE_DESK: Final = {
    "claim": _("a claim"),
    "coverage": _("coverage"),
    "card": _("an ID card"),
    "address": _("an address or telephone number"),
    "bill": _("a bill"),
    "list": _("leaving the list for publications"),
    "choices": _("ending what they allowed somebody"),
    "letter": _("a letter we got (nobody is on the phone)"),
    "other": _("something else"),
}

# What the reason of a call makes necessary to see once the caller is verified (45 CFR 164.502(b), minimum necessary).
SHOWN: Final = {
    "claim": (Category.IDENTITY, Category.COVERAGE, Category.CLAIMS),
    "coverage": (Category.IDENTITY, Category.COVERAGE),
    "card": (Category.IDENTITY, Category.COVERAGE),
    "address": (Category.IDENTITY, Category.CONTACT),
    "bill": (Category.IDENTITY, Category.COVERAGE, Category.CLAIMS),
    "list": (Category.IDENTITY, Category.CONTACT),
    "choices": (Category.IDENTITY,),
    "letter": (Category.IDENTITY,),
    "other": (Category.IDENTITY, Category.COVERAGE, Category.CLAIMS),
}


def on_the_desk(about: str) -> str:
    """What a call is about, for whoever answers it."""
    return str(ON_THE_DESK.get(about, about))


def shown(about: str) -> tuple[Category, ...]:
    """What a call about that opens; the identity alone for a reason that is not of the list."""
    return SHOWN.get(about, (Category.IDENTITY,))
