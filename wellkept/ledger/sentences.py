"""What an entry of the ledger says, in the sentence a person reads of it on a page.

A sentence is made of what the entry itself says and of nothing else. The receipt's own wording lies in
``ledger.sentence`` and is part of the receipt's format; this one may be improved at any time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.ledger.kinds import KINDS
from wellkept.policy.words import Category, Purpose, Role

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Told:
    """What an entry, or several of one occasion, say."""

    kind: str
    role: str
    own: bool
    actor: str = ""
    purpose: str = ""
    categories: tuple[str, ...] = ()
    reason: str = ""
    occasion_kind: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence; ``strong`` where it names who or what."""

    text: str
    strong: bool


# The same deeds where the sentence needs other words: a file brings, you are no third person.
FILE: Final = gettext_lazy("A file from {who} brought {what}{why}.")
NAMELESS_FILE: Final = gettext_lazy("A file brought {what}{why}.")
SPLITTING: Final = gettext_lazy("A program of ours opened {what} to give it to the right record.")
AGES: Final = gettext_lazy("A program of ours opened {what} to work out from when your record is yours alone.")
NOBODY: Final = gettext_lazy("Somebody who was not signed in asked for your record and was refused.")
YOURSELF: Final[Mapping[str, Words]] = {
    "opened": gettext_lazy("{who} opened your {what}."),
    "refused": gettext_lazy("{who} asked for your {what}. It was not shown{reason}."),
    "unjoined": gettext_lazy("{who} said that two records are not both yours. Their joining ended."),
}

CATEGORIES: Final[Mapping[str, Words]] = {
    Category.IDENTITY: gettext_lazy("name and birth date"),
    Category.CONTACT: gettext_lazy("address and phone"),
    Category.SOCIAL: gettext_lazy("last digits of the social security number"),
    Category.COVERAGE: gettext_lazy("coverage"),
    Category.CLAIMS: gettext_lazy("claims"),
    Category.SENSITIVE_CLAIMS: gettext_lazy("sensitive claims"),
    Category.OPENINGS: gettext_lazy("list of openings"),
    Category.ASSESSMENT: gettext_lazy("health assessment"),
    Category.DIARY: gettext_lazy("diary"),
    Category.PROGRAMME: gettext_lazy("programmes"),
    Category.RECORD: gettext_lazy("personal record"),
    Category.MESSAGES: gettext_lazy("messages"),
    Category.REQUESTS: gettext_lazy("privacy requests"),
    Category.INQUIRY: gettext_lazy("questions to us"),
    Category.ENROLMENT: gettext_lazy("enrolment"),
    Category.PAPERS: gettext_lazy("papers"),
    Category.CALLS: gettext_lazy("notes of calls"),
}

ROLES: Final[Mapping[str, Words]] = {
    Role.MEMBER: gettext_lazy("a member"),
    Role.PROVIDER: gettext_lazy("a doctor's office"),
    Role.EMPLOYER: gettext_lazy("an employer"),
    Role.AGENT: gettext_lazy("an agent"),
    Role.PARTNER: gettext_lazy("a business partner"),
    Role.REPRESENTATIVE: gettext_lazy("customer service"),
    Role.NURSE: gettext_lazy("nurse"),
    Role.PRIVACY_OFFICER: gettext_lazy("privacy office"),
    Role.ADMINISTRATOR: gettext_lazy("administration"),
    Role.AUDITOR: gettext_lazy("an auditor"),
    Role.ACCESS_ADMINISTRATOR: gettext_lazy("access administration"),
    Role.NEWCOMER: gettext_lazy("somebody of ours who had not shown a second factor"),
    Role.MAIL_ROOM: gettext_lazy("our mail room"),
    Role.JOBS: gettext_lazy("a program of ours"),
    Role.INTAKE: gettext_lazy("a file"),
}

PURPOSES: Final[Mapping[str, Words]] = {
    Purpose.PAYMENT: gettext_lazy("to pay claims"),
    Purpose.OPERATIONS: gettext_lazy("to run the service"),
    Purpose.TREATMENT: gettext_lazy("to care for you"),
    Purpose.PATIENT_REQUEST: gettext_lazy("because you asked"),
    Purpose.RESEARCH: gettext_lazy("for research"),
    Purpose.LEGAL: gettext_lazy("because the law asked for it"),
    Purpose.CARE_MANAGEMENT: gettext_lazy("to help with your care"),
    Purpose.MEMBER_ADMINISTRATION: gettext_lazy("to serve members"),
    Purpose.FRAUD: gettext_lazy("to look into fraud"),
    Purpose.ELIGIBILITY: gettext_lazy("to check that you are covered"),
}

# What a call is about, by the word under which its occasion is kept.
CALLS: Final[Mapping[str, Words]] = {
    "claim": gettext_lazy("a claim"),
    "coverage": gettext_lazy("your coverage"),
    "card": gettext_lazy("your ID card"),
    "address": gettext_lazy("your address or telephone number"),
    "bill": gettext_lazy("a bill you got"),
    "list": gettext_lazy("the list for our publications"),
    "choices": gettext_lazy("whom you let act for you or see your record"),
    "letter": gettext_lazy("a letter you wrote to us"),
    "other": gettext_lazy("another question of yours"),
}

# What a case is about, by the word under which its occasion is kept.
CASES: Final[Mapping[str, Words]] = {
    "claim": gettext_lazy("the receipt you sent"),
    "other_insurance": gettext_lazy("what you told us of other insurance"),
    "change": gettext_lazy("the change you asked for"),
    "address": gettext_lazy("an address for letters to you"),
    "inquiry": gettext_lazy("your question about a claim"),
    "request": gettext_lazy("the care you asked us to decide on before you get it"),
    "appeal": gettext_lazy("your appeal"),
    "review": gettext_lazy("the external review you asked for"),
    "papers": gettext_lazy("papers of your organisation"),
    "call": gettext_lazy("what was left to do after your call"),
    "fraud": gettext_lazy("an inquiry into fraud"),
    "legal": gettext_lazy("a legal process"),
    "release": gettext_lazy("what we send out under an agreement"),
}

BROUGHT_FOR: Final[Mapping[str, Words]] = {
    Purpose.PAYMENT: gettext_lazy("to have them paid"),
    Purpose.MEMBER_ADMINISTRATION: gettext_lazy("to keep your enrolment right"),
}

# By what tie a member of the family opened somebody else's record, as its entry says.
TIES: Final[Mapping[str, Words]] = {
    "authorised": gettext_lazy("Somebody you let see it"),
    "helper": gettext_lazy("Somebody who helps you"),
    "personal_representative": gettext_lazy("Somebody who stands for you by a paper"),
    "parent": gettext_lazy("A parent of yours, on the same plan,"),
    "parent_young": gettext_lazy("A parent of yours, on the same plan,"),
    "household": gettext_lazy("Somebody covered with you"),
}
NAMED: Final[Mapping[str, Words]] = {
    "helper": gettext_lazy("%(name)s, who helps you,"),
    "personal_representative": gettext_lazy("%(name)s, who stands for you by a paper,"),
}
LET_SEE: Final = gettext_lazy("%(name)s, whom you let see it,")

REASONS: Final[Mapping[str, Words]] = {
    "no rule": gettext_lazy("no rule of our policy allows it"),
    "no word": gettext_lazy("you have not let them see it"),
    "revoked": gettext_lazy("you took it back"),
    "court": gettext_lazy("a court ended it"),
    "false": gettext_lazy("the paper was not right"),
    "danger": gettext_lazy("to keep you safe"),
    "restricted": gettext_lazy("you had it restricted"),
    "contract": gettext_lazy("the contract of the employer of your plan keeps it shut"),
    "budget": gettext_lazy("too many records were opened that hour"),
    "closed": gettext_lazy("all records were closed for a while"),
    "too many at once": gettext_lazy("it named too many people"),
    "not your occasion": gettext_lazy("it was not part of their own work"),
    "no session": gettext_lazy("nobody was signed in"),
    "second factor": gettext_lazy("they had shown one factor alone"),
    "authorization": gettext_lazy("you had signed for it"),
    "agreement": gettext_lazy("an agreement with the recipient binds it"),
    "no basis": gettext_lazy("nothing in force allowed it"),
    "no letter": gettext_lazy("no letter of conditions went with it"),
    "full": gettext_lazy("ten letters of yours had gone out within a day"),
    "member": gettext_lazy("for those covered with you"),
    "representative": gettext_lazy("for customer service"),
    "recipient": gettext_lazy("for whoever is outside"),
    "paid": gettext_lazy("one claim, because you paid for that care yourself"),
}


def sentence(told: Told) -> tuple[Piece, ...]:
    """The sentence of an occasion, in pieces. A kind that is not in ``KINDS`` is still told, by its name."""
    named = {
        "who": who(told),
        "what": what(told),
        "why": led_by(", " if told.kind == "searched" else " ", why(told)),
        "reason": led_by(": ", reason(told)),
        "document": document(told),
        "case": str(CASES.get(told.label, _("what you sent"))),
    }
    pieces = []
    for text, name, _spec, _conversion in Formatter().parse(str(template(told))):
        pieces.append(Piece(text, strong=False))
        if name:
            pieces.append(Piece(named[name], strong=name in ("who", "what")))
    return tuple(piece for piece in pieces if piece.text)


def plainly(told: Told) -> str:
    """The same as one text."""
    return "".join(piece.text for piece in sentence(told))


def template(told: Told) -> Words:
    """Which words the sentence is made of."""
    if told.role == "nobody" and told.kind == "refused":
        return NOBODY
    if told.kind == "opened" and told.role == Role.INTAKE and told.occasion_kind == "command":
        return AGES
    if told.kind == "opened" and told.role == Role.INTAKE and told.occasion_kind == "job":
        return SPLITTING
    if told.kind == "opened" and told.role == Role.INTAKE:
        return FILE if told.label else NAMELESS_FILE
    if told.role == Role.MEMBER and told.own and told.kind in YOURSELF:
        return YOURSELF[told.kind]
    kind = KINDS.get(told.kind)
    return _(kind.sentence) if kind else _("{who} made an entry about you.")


def who(told: Told) -> str:
    """Who acted: you, a person and what they are here, the sender of a file, or a program."""
    if told.role == Role.MEMBER and told.own:
        return _("You")
    if told.role == Role.INTAKE:
        return told.label
    role = str(ROLES.get(told.role, told.role))
    if told.role == Role.MEMBER and told.kind != "refused" and told.reason in TIES:
        return str(NAMED.get(told.reason, LET_SEE)) % {"name": told.actor} if told.actor else str(TIES[told.reason])
    if told.actor:
        return f"{told.actor}, {role}" if told.kind == "searched" else f"{told.actor}, {role},"
    return role[:1].upper() + role[1:]


def what(told: Told) -> str:
    """Which parts of the record, as a list in words. You and files see or bring sensitive claims among the claims."""
    names = [name for name in CATEGORIES if name in told.categories]
    if told.role in (Role.MEMBER, Role.INTAKE) and told.own:
        if {Category.CLAIMS, Category.SENSITIVE_CLAIMS} <= set(names):
            names.remove(Category.SENSITIVE_CLAIMS)
        if told.role == Role.MEMBER and len(names) > 1 and Category.IDENTITY in names:
            names.remove(Category.IDENTITY)
    if not names:
        return _("record")
    own = _("your ") if told.role == Role.INTAKE else ""
    return own + listed(str(CATEGORIES[name]) for name in names)


def why(told: Told) -> str:
    """For what, in words: a call is answered, a file serves its purpose."""
    if told.occasion_kind == "call" and told.label in CALLS:
        return _("to answer your call about %(reason)s") % {"reason": CALLS[told.label]}
    if told.occasion_kind == "call":
        return _("to answer your call")
    if told.occasion_kind == "case":
        return _("to work on %(case)s") % {"case": CASES.get(told.label, _("what you sent"))}
    if told.role == Role.MEMBER and not told.own:
        return ""  # it was at their request, and not at the reader's
    if told.role == Role.INTAKE and told.purpose in BROUGHT_FOR:
        return str(BROUGHT_FOR[told.purpose])
    return str(PURPOSES.get(told.purpose, ""))


def reason(told: Told) -> str:
    """Why something was refused, or what a command says it did."""
    if told.reason.startswith("needs "):
        return _("what we ask everyone to accept first had not been accepted")
    return str(REASONS.get(told.reason, told.reason))


def document(told: Told) -> str:
    """The document somebody accepted, from "member-terms 2026-11-01"."""
    name, _space, version = told.reason.partition(" ")
    words = {
        "terms": _("our terms of use"),
        "agreement": _("the agreement to keep records confidential"),
        "helping": _("what we ask of whoever acts for somebody"),
    }
    named = words.get(name.rpartition("-")[2], name)
    return _("%(document)s, version %(version)s") % {"document": named, "version": version} if version else named


def led_by(sign: str, words: str) -> str:
    """Words after a sign, or nothing."""
    return sign + words if words else ""


def listed(words: Iterable[str]) -> str:
    """One, two and three as people list them."""
    *front, last = words
    return _("%(front)s and %(last)s") % {"front": ", ".join(front), "last": last} if front else last
