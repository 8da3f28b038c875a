"""The words of a rule as people write them: roles, kinds of data, purposes and needs, each by its short name.

Serves B-09.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import pgettext_lazy

from wellkept.policy.kinds import Words

WORDS: Final[Mapping[str, Words]] = {
    "member": pgettext_lazy("rule", "member"),
    "provider": pgettext_lazy("rule", "provider"),
    "employer": pgettext_lazy("rule", "employer"),
    "agent": pgettext_lazy("rule", "agent"),
    "partner": pgettext_lazy("rule", "partner"),
    "representative": pgettext_lazy("rule", "representative"),
    "nurse": pgettext_lazy("rule", "nurse"),
    "privacy officer": pgettext_lazy("rule", "privacy officer"),
    "administrator": pgettext_lazy("rule", "administrator"),
    "auditor": pgettext_lazy("rule", "auditor"),
    "access administrator": pgettext_lazy("rule", "access administrator"),
    "recipient": pgettext_lazy("rule", "anybody outside"),
    "newcomer": pgettext_lazy("rule", "newcomer"),
    "intake": pgettext_lazy("rule", "intake"),
    "jobs": pgettext_lazy("rule", "jobs"),
    "mail room": pgettext_lazy("rule", "mail room"),
    "identity": pgettext_lazy("rule", "identity"),
    "contact": pgettext_lazy("rule", "contact"),
    "social security": pgettext_lazy("rule", "social security"),
    "coverage": pgettext_lazy("rule", "coverage"),
    "claims": pgettext_lazy("rule", "claims"),
    "sensitive claims": pgettext_lazy("rule", "sensitive claims"),
    "openings": pgettext_lazy("rule", "openings"),
    "assessment": pgettext_lazy("rule", "assessment"),
    "diary": pgettext_lazy("rule", "diary"),
    "programme": pgettext_lazy("rule", "programme"),
    "record": pgettext_lazy("rule", "record"),
    "messages": pgettext_lazy("rule", "messages"),
    "requests": pgettext_lazy("rule", "requests"),
    "inquiry": pgettext_lazy("rule", "inquiry"),
    "enrolment": pgettext_lazy("rule", "enrolment"),
    "papers": pgettext_lazy("rule", "papers"),
    "calls": pgettext_lazy("rule", "calls"),
    "payment": pgettext_lazy("rule", "payment"),
    "operations": pgettext_lazy("rule", "operations"),
    "treatment": pgettext_lazy("rule", "treatment"),
    "patient request": pgettext_lazy("rule", "patient request"),
    "research": pgettext_lazy("rule", "research"),
    "legal": pgettext_lazy("rule", "legal"),
    "care management": pgettext_lazy("rule", "care management"),
    "member administration": pgettext_lazy("rule", "member administration"),
    "fraud": pgettext_lazy("rule", "fraud"),
    "eligibility": pgettext_lazy("rule", "eligibility"),
    "terms": pgettext_lazy("rule", "terms"),
    "agreement": pgettext_lazy("rule", "agreement"),
    "authorization": pgettext_lazy("rule", "authorization"),
    "helping": pgettext_lazy("rule", "agreement of helpers"),
    "appointment": pgettext_lazy("rule", "appointment"),
    "covered": pgettext_lazy("rule", "an agreement in force"),
    "releasing": pgettext_lazy("rule", "an agreement under which it leaves"),
}


def plain(word: str) -> str:
    """A word of ours as people write it, in the language of the page."""
    low = word.replace("_", " ").lower()
    return str(WORDS.get(low, low))
