"""Every kind of ledger entry: the sentence a person reads of it on a page, and what remains of it when their data goes.

A sentence is made of what the entry itself says and of nothing else. The receipt's own wording lies in
``ledger.sentence`` and is part of the receipt's format; this one may be improved at any time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from wellkept.policy.words import Category, Kind, Purpose, Role

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


BLANKED: Final = "The person in it is blanked; when, who and why remain, and a sealed digest that says nothing."
KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind("opened", gettext_noop("{who} opened your {what}{why}."), BLANKED),
        Kind("searched", gettext_noop("Your name came up in a search by {who}{why}."), BLANKED),
        Kind("refused", gettext_noop("{who} asked for your {what} and was refused{reason}."), BLANKED),
        Kind("brought", gettext_noop("{who} brought {what}{why}."), BLANKED),
        Kind("changed", gettext_noop("{who} changed your {what}{why}."), BLANKED),
        Kind(
            "removed",
            gettext_noop("{who} removed {what} at your request."),
            "It stays: it is the proof of the removal.",
        ),
        Kind("draft removed", gettext_noop("{who} removed what you had begun and not sent for 30 days."), BLANKED),
        Kind("registered", gettext_noop("{who} opened an account on your record with an access code."), BLANKED),
        Kind(
            "recovered",
            gettext_noop("{who} gave your account a new sign-in name and password, with an access code."),
            BLANKED,
        ),
        Kind(
            "registration decided",
            gettext_noop("{who} decided on a request to register with your name{reason}."),
            BLANKED,
        ),
        Kind("signed in", gettext_noop("{who} signed in."), BLANKED),
        Kind("password changed", gettext_noop("{who} changed the password of your account."), BLANKED),
        Kind("address undone", gettext_noop("Our mail's link took back a change of your e-mail address."), BLANKED),
        Kind("not me", gettext_noop("{who} told us that a use of your account was not theirs."), BLANKED),
        Kind("sign-in failed", gettext_noop("A sign-in with your name failed{reason}."), BLANKED),
        Kind("acknowledged", gettext_noop("{who} accepted {document}."), BLANKED),
        Kind("shared", gettext_noop("{who} let somebody see your {what}."), BLANKED),
        Kind("sharing ended", gettext_noop("{who} took back that somebody may see your {what}."), BLANKED),
        Kind("call began", gettext_noop("{who} began a call with you."), BLANKED),
        Kind("caller verified", gettext_noop("{who} noted that you answered what we ask every caller."), BLANKED),
        Kind("letter came back", gettext_noop("{who} noted that a letter to you came back."), BLANKED),
        Kind("case taken", gettext_noop("{who} took up {case}."), BLANKED),
        Kind(
            "explained",
            gettext_noop("Somebody here asked who may open your {what}, and why. Nothing was opened."),
            BLANKED,
        ),
        Kind("join asked", gettext_noop("{who} asked whether two records are both yours."), BLANKED),
        Kind(
            "join declined",
            gettext_noop("{who} found that two records are not both yours. Nothing was joined."),
            BLANKED,
        ),
        Kind("joined", gettext_noop("{who} joined your two records."), BLANKED),
        Kind("unjoined", gettext_noop("{who} ended the joining of your two records."), BLANKED),
        Kind("told apart", gettext_noop("{who} found that a record like yours is somebody else's."), BLANKED),
        Kind("split asked", gettext_noop("{who} asked that what belongs to somebody else leave your record."), BLANKED),
        Kind("split", gettext_noop("{who} gave what files had said of two people to two records."), BLANKED),
        Kind("handed in", gettext_noop("{who} handed in a file: {reason}."), "Nothing: it names nobody."),
        Kind(
            "confirmed ends", gettext_noop("{who} confirmed what a file ends: {reason}."), "Nothing: it names nobody."
        ),
        Kind("tried again", gettext_noop("{who} had a file tried again: {reason}."), "Nothing: it names nobody."),
        Kind(
            "link proposed",
            gettext_noop("{who} proposed a link to another site: {reason}."),
            "Nothing: it names nobody.",
        ),
        Kind(
            "link reviewed",
            gettext_noop("{who} reviewed a link to another site: {reason}."),
            "Nothing: it names nobody.",
        ),
        Kind(
            "link withdrawn",
            gettext_noop("{who} withdrew a link to another site: {reason}."),
            "Nothing: it names nobody.",
        ),
        Kind("invited", gettext_noop("{who} invited you to come in for your organisation."), BLANKED),
        Kind("invitation withdrawn", gettext_noop("{who} took back your invitation."), BLANKED),
        Kind("renewed", gettext_noop("{who} renewed your account."), BLANKED),
        Kind("lapsed", gettext_noop("Your account lapsed, because nobody renewed it."), BLANKED),
        Kind("role given", gettext_noop("{who} gave you a further right over who comes in."), BLANKED),
        Kind("role taken", gettext_noop("{who} took a right over who comes in from you."), BLANKED),
        Kind("account closed", gettext_noop("{who} closed your account."), BLANKED),
        Kind("renamed", gettext_noop("{who} changed the name on your account."), BLANKED),
        Kind("death told", gettext_noop("{who} wrote down that somebody told us of your death."), BLANKED),
        Kind("death confirmed", gettext_noop("{who} confirmed, from a paper, that you had died."), BLANKED),
        Kind(
            "death declined",
            gettext_noop("{who} found that nothing was to be changed after somebody told us of your death."),
            BLANKED,
        ),
        Kind("death doubted", gettext_noop("{who} wrote down that your death was a mistake of ours."), BLANKED),
        Kind("death undone", gettext_noop("{who} confirmed that your death was a mistake of ours."), BLANKED),
        Kind("estate told", gettext_noop("{who} wrote down whom to write to about your estate."), BLANKED),
        Kind("estate confirmed", gettext_noop("{who} confirmed whom to write to about your estate."), BLANKED),
        Kind(
            "maintenance",
            gettext_noop("A person of ours worked on the machine: {reason}."),
            "Nothing: it names nobody.",
        ),
        Kind("epoch", gettext_noop("The ledger began again after a restore: {reason}."), "Nothing: it names nobody."),
    )
}
"""Every kind that a function of the house writes. A test holds this list to the SQL."""

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
    "other": gettext_lazy("another question of yours"),
}

# What a case is about, by the word under which its occasion is kept.
CASES: Final[Mapping[str, Words]] = {
    "claim": gettext_lazy("the receipt you sent"),
    "other_insurance": gettext_lazy("what you told us of other insurance"),
    "change": gettext_lazy("the change you asked for"),
    "address": gettext_lazy("an address for letters to you"),
}

BROUGHT_FOR: Final[Mapping[str, Words]] = {
    Purpose.PAYMENT: gettext_lazy("to have them paid"),
    Purpose.MEMBER_ADMINISTRATION: gettext_lazy("to keep your enrolment right"),
}

# By what tie a member of the family opened somebody else's record, as its entry says.
TIES: Final[Mapping[str, Words]] = {
    "authorised": gettext_lazy("Somebody you let see it"),
    "parent": gettext_lazy("A parent of yours, on the same plan,"),
    "parent_young": gettext_lazy("A parent of yours, on the same plan,"),
    "household": gettext_lazy("Somebody covered with you"),
}
NAMED: Final = gettext_lazy("%(name)s, whom you let see it,")

REASONS: Final[Mapping[str, Words]] = {
    "no rule": gettext_lazy("no rule of our policy allows it"),
    "no word": gettext_lazy("you have not let them see it"),
    "restricted": gettext_lazy("you had it restricted"),
    "budget": gettext_lazy("too many records were opened that hour"),
    "closed": gettext_lazy("all records were closed for a while"),
    "too many at once": gettext_lazy("it named too many people"),
    "not your occasion": gettext_lazy("it was not part of their own work"),
    "no session": gettext_lazy("nobody was signed in"),
    "second factor": gettext_lazy("they had shown one factor alone"),
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
        return str(NAMED % {"name": told.actor}) if told.actor else str(TIES[told.reason])
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
    words = {"terms": _("our terms of use"), "agreement": _("the agreement to keep records confidential")}
    named = words.get(name.rpartition("-")[2], name)
    return _("%(document)s, version %(version)s") % {"document": named, "version": version} if version else named


def led_by(sign: str, words: str) -> str:
    """Words after a sign, or nothing."""
    return sign + words if words else ""


def listed(words: Iterable[str]) -> str:
    """One, two and three as people list them."""
    *front, last = words
    return _("%(front)s and %(last)s") % {"front": ", ".join(front), "last": last} if front else last
