"""The words of the policy as people read them: kinds of data, classes, purposes, and who reads.

Serves U-03, U-04, U-20, U-46. One place for what several pages say, so that all say the same.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from wellkept.policy.shapes import Keeping, Rule
from wellkept.policy.words import Category, Purpose, Role

Words = str | Promise

KINDS: Final[Mapping[Category, Words]] = {
    Category.IDENTITY: _("Who you are: name, birth date, numbers"),
    Category.CONTACT: _("How to reach you"),
    Category.SOCIAL: _("Social security number"),
    Category.COVERAGE: _("Coverage"),
    Category.CLAIMS: _("Claims"),
    Category.SENSITIVE_CLAIMS: _("Claims about sensitive care"),
    Category.OPENINGS: _("Who opened your record"),
    Category.ASSESSMENT: _("Answers about your health"),
    Category.DIARY: _("Diaries"),
    Category.PROGRAMME: _("Health programmes"),
    Category.RECORD: _("Your personal record"),
    Category.MESSAGES: _("Messages"),
    Category.REQUESTS: _("Privacy requests"),
    Category.INQUIRY: _("Questions you asked"),
    Category.ENROLMENT: _("Enrolment"),
    Category.PAPERS: _("Papers of organisations"),
    Category.CALLS: _("Notes of calls"),
}
"""Each kind of data."""

PURPOSES: Final[Mapping[Purpose, Words]] = {
    Purpose.PAYMENT: _("paying for care"),
    Purpose.OPERATIONS: _("running the plan"),
    Purpose.TREATMENT: _("treatment"),
    Purpose.PATIENT_REQUEST: _("your own request"),
    Purpose.RESEARCH: _("research"),
    Purpose.LEGAL: _("a duty under the law"),
    Purpose.CARE_MANAGEMENT: _("managing care"),
    Purpose.MEMBER_ADMINISTRATION: _("serving members"),
    Purpose.FRAUD: _("finding fraud"),
    Purpose.ELIGIBILITY: _("saying who is covered"),
}
"""Each purpose of use (HL7 v3 PurposeOfUse)."""

CLASSES: Final[Mapping[str, Words]] = {
    "phi": _("Health information"),
    "financial": _("Private financial"),
    "trade secret": _("Trade secret"),
    "personal": _("Personal"),
    "public": _("Not confidential"),
    "housekeeping": _("Housekeeping"),
}
"""Each class of field by the word with which the database says it (U-10)."""

MEANT: Final[Mapping[str, Words]] = {
    "phi": _("What is known of a person's health, care, or payment for care: what the law calls protected."),
    "financial": _("Amounts and references of payments that are not public."),
    "trade secret": _("What an organisation keeps to itself to stay ahead of others."),
    "personal": _("What tells who a person is, or how to reach them."),
    "public": _("What anyone may know, such as the name of an employer or the rules we work by."),
    "housekeeping": _("Numbers and times by which our program finds its own rows. They say nothing about you."),
}
"""What each class means, in a sentence."""

READERS: Final[Mapping[tuple[Role, str], Words]] = {
    (Role.MEMBER, "self"): _("You"),
    (Role.MEMBER, "household"): _("Those covered with you, if one of you is the subscriber or the subscriber's spouse"),
    (Role.MEMBER, "parent"): _("A parent, while you are a minor and the record is not your own yet"),
    (Role.MEMBER, "parent_young"): _("A parent, while you are too young to consent to any care alone"),
    (Role.MEMBER, "authorised"): _("Somebody you let see it, until you take that back"),
    (Role.MEMBER, "helper"): _("A helper you named, of what you chose and for as long as you said"),
    (Role.MEMBER, "personal_representative"): _("Whoever may stand for you by a paper that two of us saw"),
    (Role.REPRESENTATIVE, "authority"): _("A service representative who checks a paper of somebody who stands for you"),
    (Role.PRIVACY_OFFICER, "authority"): _("The privacy office, to check a paper of somebody who stands for you"),
    (Role.REPRESENTATIVE, "search"): _("A service representative who looks for a caller"),
    (Role.REPRESENTATIVE, "caller"): _("A service representative on a call with you, before you are verified"),
    (Role.REPRESENTATIVE, "call_back"): _("A service representative who calls you back to verify you"),
    (Role.REPRESENTATIVE, "case"): _("A service representative on a verified call with you, or at work on your case"),
    (Role.REPRESENTATIVE, "appeal"): _("A service representative at work on your appeal or question about that care"),
    (Role.REPRESENTATIVE, "registration"): _("A service representative, where a request to register stands on no list"),
    (Role.REPRESENTATIVE, "death"): _("A service representative who confirms that somebody died, or that they did not"),
    (Role.REPRESENTATIVE, "inquiry"): _("The one service representative who answers what you wrote to us"),
    (Role.PRIVACY_OFFICER, "death"): _("The privacy office, to confirm that somebody died, or that they did not"),
    (Role.PRIVACY_OFFICER, "request"): _("The privacy office, while your request waits and for 30 days after"),
    (Role.PRIVACY_OFFICER, "alarm"): _("The privacy office, where an opening of your record stood out"),
    (Role.PRIVACY_OFFICER, "fraud_inquiry"): _(
        "The privacy office, in an inquiry into fraud that two people decided on"
    ),
    (Role.PRIVACY_OFFICER, "legal_process"): _("The privacy office, in a legal process that two people decided on"),
    (Role.PRIVACY_OFFICER, "release"): _("The privacy office, to send out what an agreement covers"),
    (Role.ADMINISTRATOR, "search"): _("An administrator who looks for a record to mend"),
    (Role.ADMINISTRATOR, "join"): _("An administrator who joins or splits records"),
    (Role.PROVIDER, "self"): _("Whoever works at a doctor's office, of their own contact alone"),
    (Role.EMPLOYER, "self"): _("Whoever works at an employer, of their own contact alone"),
    (Role.AGENT, "self"): _("Whoever works at an agent's office, of their own contact alone"),
    (Role.PARTNER, "self"): _("Whoever works at a business partner, of their own contact alone"),
    (Role.REPRESENTATIVE, "self"): _("A service representative, of their own contact alone"),
    (Role.NURSE, "self"): _("A nurse, of their own contact alone"),
    (Role.PRIVACY_OFFICER, "self"): _("A privacy officer, of their own contact alone"),
    (Role.ADMINISTRATOR, "self"): _("An administrator, of their own contact alone"),
    (Role.AUDITOR, "self"): _("An auditor, of their own contact alone"),
    (Role.ACCESS_ADMINISTRATOR, "self"): _("An access administrator, of their own contact alone"),
    (Role.PROVIDER, "own_organisation"): _("Whoever works at that doctor's office"),
    (Role.EMPLOYER, "own_organisation"): _("Whoever works at that employer"),
    (Role.AGENT, "own_organisation"): _("Whoever works at that agency"),
    (Role.PARTNER, "own_organisation"): _("Whoever works at that business partner"),
    (Role.PROVIDER, "organisation_administrator"): _("The administrators of that doctor's office"),
    (Role.EMPLOYER, "organisation_administrator"): _("The administrators of that employer"),
    (Role.AGENT, "organisation_administrator"): _("The administrators of that agency"),
    (Role.PARTNER, "organisation_administrator"): _("The administrators of that business partner"),
    (Role.AGENT, "appointed"): _("An agent whom the employer appointed, of what the employer lets its agent read"),
    (Role.REPRESENTATIVE, "papers_case"): _("A service representative with a case about that organisation"),
    (Role.INTAKE, "file"): _("No person: our program that reads files"),
    (Role.JOBS, "registration"): _("No person: our program that answers registrations"),
    (Role.JOBS, "letter"): _("No person: our program that writes letters, and never reads one"),
    (Role.MAIL_ROOM, "letter"): _("Our mail room, which prints and posts letters"),
}
"""Who reads, by role and by what ties them to the person. Every rule of a pack has its words here."""


def reader(rule: Rule) -> str:
    """Who reads by ``rule``. A rule without words of its own is named as the pack names it, never left out."""
    return str(READERS.get((rule.role, rule.relationship), f"{rule.role} ({rule.relationship})"))


def how_long(keeping: Keeping) -> str:
    """How long something is kept, in words, and from when."""
    if keeping.years is None:
        return gettext("Without end, from %(after)s") % {"after": keeping.after}
    if keeping.years == 0:
        return gettext("Not at all")
    years = ngettext("%(n)d year", "%(n)d years", keeping.years) % {"n": keeping.years}
    return gettext("%(years)s after %(after)s") % {"years": years, "after": keeping.after}
