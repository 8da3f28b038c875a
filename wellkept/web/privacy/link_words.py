"""What stands on the pages of the register, in words: where an entry stands, what is due, what a look found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wellkept.links.criteria import CRITERIA, REFUSING, SHORT
from wellkept.links.queries import Entry, Look, Review
from wellkept.web.shell.templatetags.shell import day

SOON: Final = timedelta(days=30)
"""How long before its end a review is called due."""

STATES: Final[Mapping[str, tuple[str | Promise, str]]] = {
    "waiting": (gettext_lazy("Waits for review"), "warn"),
    "standing": (gettext_lazy("Stands"), "good"),
    "suspended": (gettext_lazy("Suspended"), "bad"),
    "expired": (gettext_lazy("Review has ended"), "bad"),
    "ended": (gettext_lazy("Agreement has ended"), "bad"),
    "not begun": (gettext_lazy("Agreement has not begun"), "old"),
    "refused": (gettext_lazy("Refused"), "old"),
    "replaced": (gettext_lazy("Replaced by a later edition"), "old"),
    "withdrawn": (gettext_lazy("Withdrawn"), "old"),
}
"""Each state of an entry with its word and tone. Only what stands is a link on our pages."""

DUE: Final[Mapping[str, tuple[str | Promise, str]]] = {
    "waiting": (gettext_lazy("Waits for the first review"), "proposed_at"),
    "standing": (gettext_lazy("Until %(day)s"), "ends_on"),
    "expired": (gettext_lazy("The review ended on %(day)s"), "until"),
    "ended": (gettext_lazy("The agreement ended on %(day)s"), "agreement_until"),
    "not begun": (gettext_lazy("The agreement begins on %(day)s"), "agreement_from"),
    "withdrawn": (gettext_lazy("Withdrawn on %(day)s"), "withdrawn_at"),
    "refused": (gettext_lazy("Reviewed on %(day)s"), "reviewed_on"),
    "replaced": (gettext_lazy("Reviewed on %(day)s"), "reviewed_on"),
}
"""What each state says beside its word, and the day it names."""

RESULTS: Final[Mapping[str, str | Promise]] = {
    "fine": gettext_lazy("As it was reviewed"),
    "changed": gettext_lazy("Its words have changed"),
    "moved": gettext_lazy("It has moved within its site"),
    "redirected": gettext_lazy("It sends on to another site"),
    "unreachable": gettext_lazy("It did not answer"),
    "missing": gettext_lazy("The page is gone"),
    "certificate": gettext_lazy("Its certificate is at fault"),
    "forbidden": gettext_lazy("Its name leads where no public site lies"),
}
WHAT: Final[Mapping[str, str | Promise]] = {"page": gettext_lazy("Page"), "policy": gettext_lazy("Its policy")}

ANSWERS: Final[Mapping[str, str | Promise]] = {
    "no officer": gettext_lazy("Links are reviewed by the privacy office alone."),
    "twice": gettext_lazy("You have reviewed this link. Somebody else must give the second review."),
    "not waiting": gettext_lazy("This link does not wait for a review any more."),
}

GROUPS: Final[Sequence[tuple[str, str | Promise]]] = (
    ("yours", gettext_lazy("Waits for your review")),
    ("others", gettext_lazy("Waits for another reviewer")),
    ("again", gettext_lazy("To be reviewed again")),
    ("standing", gettext_lazy("Stands")),
    ("gone", gettext_lazy("Refused and ended")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as a page shows it. ``due`` says what is to be done and until when, or what ended it."""

    entry: Entry
    word: str
    tone: str
    due: str
    group: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A review as a page shows it: each criterion with yes or no and its words, then what refused."""

    review: Review
    criteria: tuple[tuple[str, bool, str], ...]
    refusing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """A look as a page shows it."""

    look: Look
    what: str
    result: str


def rows(entries: Sequence[Entry], *, today: date) -> list[Row]:
    """The newest edition of each key, and each older one that still stands, by what is due first."""
    newest = {one.key: one.id for one in reversed(entries)}
    shown = [one for one in entries if newest[one.key] == one.id or one.state in ("standing", "suspended", "waiting")]
    order = [name for name, _label in GROUPS]
    made = [row(one, today=today) for one in shown]
    return sorted(made, key=lambda one: (order.index(one.group), one.entry.until or date.max, one.entry.title.lower()))


def row(one: Entry, *, today: date) -> Row:
    """One entry in words."""
    word, tone = STATES[one.state]
    return Row(entry=one, word=str(word), tone=tone, due=due(one), group=group(one, today=today))


def group(one: Entry, *, today: date) -> str:
    """Under which heading an entry stands."""
    if one.state == "waiting":
        return "others" if one.mine else "yours"
    if one.state in ("suspended", "expired", "ended") or (one.state == "standing" and pressing(one, today=today)):
        return "again"
    return "standing" if one.state in ("standing", "not begun") else "gone"


def pressing(one: Entry, *, today: date) -> bool:
    """Whether something has to be done about a link that stands."""
    return bool(trouble(one)) or (one.ends_on or date.max) <= today + SOON


def due(one: Entry) -> str:
    """What is next for an entry, or what ended it."""
    found = trouble(one)
    if one.state == "suspended":
        return found
    if one.state == "standing" and found:
        return _("%(trouble)s. Review it again.") % {"trouble": found}
    if one.state == "waiting" and one.agreed:
        return _("Waits for the second review")
    sentence, of = DUE[one.state]
    return str(sentence % {"day": day(getattr(one, of))})


def trouble(one: Entry) -> str:
    """What the last looks found amiss, since when; "" where nothing was."""
    found = [
        f"{WHAT[what]}: {RESULTS[result]}"
        for what, result in (("page", one.page_trouble), ("policy", one.policy_trouble))
        if result
    ]
    if not found:
        return ""
    return _("%(found)s, since %(day)s") % {"found": "; ".join(found), "day": day(one.trouble_since)}


def groups(found: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """The headings that have entries, each with them."""
    made = [(str(label), [one for one in found if one.group == name]) for name, label in GROUPS]
    return [(label, those) for label, those in made if those]


def lead(found: Sequence[Row]) -> str:
    """How many wait for the reader, and how many have to be reviewed again, a sentence each."""
    waits, again = (sum(one.group == name for one in found) for name in ("yours", "again"))
    if not waits and not again:
        return _("No link waits for your review.")
    said = []
    if waits:
        said.append(
            ngettext("One link waits for your review.", "%(n)d links wait for your review.", waits) % {"n": waits}
        )
    if again:
        said.append(ngettext("One has to be reviewed again.", "%(n)d have to be reviewed again.", again) % {"n": again})
    return " ".join(said)


def reviewed(review: Review) -> Judged:
    """A review in words."""
    criteria = tuple(
        (str(SHORT[name]), name in review.met, said) for name, said in zip(CRITERIA, review.words, strict=True)
    )
    return Judged(review, criteria, tuple(str(REFUSING[name]) for name in review.refusing))


def looked(look: Look) -> Looked:
    """A look in words."""
    return Looked(look, str(WHAT[look.what]), str(RESULTS[look.result]))
