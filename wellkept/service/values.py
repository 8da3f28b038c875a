"""What a call is about and for: closed lists, so that the person reads a plain reason."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from wellkept.policy.words import Purpose

# About, in the words the member reads after "to answer your call about …"; and the purpose of use it is.
ABOUT: Final = {
    "claim": (_("a claim"), Purpose.PAYMENT),
    "coverage": (_("your coverage"), Purpose.MEMBER_ADMINISTRATION),
    "card": (_("your ID card"), Purpose.MEMBER_ADMINISTRATION),
    "address": (_("your address or telephone number"), Purpose.MEMBER_ADMINISTRATION),
    "bill": (_("a bill you got"), Purpose.PAYMENT),
    "other": (_("another question of yours"), Purpose.MEMBER_ADMINISTRATION),
}
