"""The prescribed forms on which members tell us something, each in its version (U-17).

Answers keep the version they were given under. A version that was given out is never changed: a change is a new one,
and the old stands beside it, so that what was answered under it can still be read in its own questions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final, Literal

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.policy.words import Category

Words = str | Promise
LINE: Final = 200
LONGEST: Final = 4000


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``when`` names the question and the answer that make it necessary; ``choices`` by their code."""

    name: str
    asks: Words
    kind: Literal["choice", "day", "line", "money", "words"]
    hint: Words = ""
    choices: Mapping[str, Words] | None = None
    needed: bool = True
    when: tuple[str, str] | None = None
    past: bool = True


@dataclass(frozen=True, slots=True)
class Prescribed:
    """A form in one version. ``category`` is the kind of data its answers are."""

    name: str
    version: str
    category: Category
    questions: tuple[Question, ...]


CLAIM: Final = Prescribed(
    "claim",
    "2026-11",
    Category.CLAIMS,
    (
        Question(
            "care",
            gettext_lazy("What did you pay for?"),
            "choice",
            choices={
                "office": gettext_lazy("A doctor, clinic or hospital"),
                "pharmacy": gettext_lazy("A pharmacy"),
                "other": gettext_lazy("Something else, such as equipment or a ride"),
            },
        ),
        Question("who", gettext_lazy("Who gave the care?"), "line", gettext_lazy("The name as it is on the bill.")),
        Question("day", gettext_lazy("On which day was the care?"), "day", gettext_lazy("For example 4 28 2026.")),
        Question("paid", gettext_lazy("How much did you pay?"), "money", gettext_lazy("In dollars, such as 49.60.")),
        Question(
            "what",
            gettext_lazy("What happened, and what was it for?"),
            "words",
            gettext_lazy("A few sentences are enough. Your words are encrypted."),
        ),
    ),
)

OTHER: Final = Prescribed(
    "other_insurance",
    "2026-11",
    Category.COVERAGE,
    (
        Question(
            "has",
            gettext_lazy("Do you have other health insurance?"),
            "choice",
            gettext_lazy("Also count Medicare, Medicaid, and a plan of your spouse or parent."),
            choices={"none": gettext_lazy("No, this is my only plan"), "yes": gettext_lazy("Yes")},
        ),
        Question("insurer", gettext_lazy("Name of the insurance company"), "line", when=("has", "yes")),
        Question(
            "number",
            gettext_lazy("Policy or member number"),
            "line",
            gettext_lazy("As it is on the card. It is encrypted."),
            when=("has", "yes"),
        ),
        Question("since", gettext_lazy("Since when?"), "day", when=("has", "yes"), past=False),
        Question(
            "until", gettext_lazy("Until when, if you know"), "day", needed=False, when=("has", "yes"), past=False
        ),
        Question(
            "holder",
            gettext_lazy("In whose name is it?"),
            "choice",
            choices={
                "me": gettext_lazy("In mine"),
                "spouse": gettext_lazy("My spouse or partner"),
                "parent": gettext_lazy("My parent"),
                "other": gettext_lazy("Somebody else"),
            },
            when=("has", "yes"),
        ),
        Question(
            "first",
            gettext_lazy("Which plan pays first?"),
            "choice",
            choices={
                "this": gettext_lazy("This plan"),
                "other": gettext_lazy("The other one"),
                "unknown": gettext_lazy("I do not know"),
            },
            when=("has", "yes"),
        ),
    ),
)

CHANGE: Final = Prescribed(
    "change",
    "2026-11",
    Category.ENROLMENT,
    (
        Question(
            "event",
            gettext_lazy("What changed?"),
            "choice",
            choices={
                "birth": gettext_lazy("A child was born"),
                "adoption": gettext_lazy("A child was adopted, or placed with us for adoption"),
                "marriage": gettext_lazy("I married"),
                "divorce": gettext_lazy("I divorced"),
                "loss": gettext_lazy("Other coverage ended"),
                "address": gettext_lazy("My address"),
                "name": gettext_lazy("My name"),
            },
        ),
        Question("day", gettext_lazy("On which day?"), "day", gettext_lazy("For example 4 28 2026."), past=False),
        Question(
            "who",
            gettext_lazy("Who is it about?"),
            "line",
            gettext_lazy("Name and birth date, if it is not you."),
            needed=False,
        ),
        Question(
            "words",
            gettext_lazy("What should change?"),
            "words",
            gettext_lazy("For example: add my daughter to my plan. Or write your new address."),
        ),
    ),
)

FORMS: Final[Mapping[tuple[str, str], Prescribed]] = {
    (form.name, form.version): form for form in (CLAIM, OTHER, CHANGE)
}
"""Every version that was ever given out. The newest of a name is the one above."""


def checked(form: Prescribed, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that ``form`` asks for, as text: a day as ISO date, an amount with two places, a choice as its code.

    Raises ``ValidationError``: for a field the form does not have, and for each answer that is missing or impossible.
    """
    if set(answers) - {question.name for question in form.questions}:
        raise ValidationError(_("This form does not ask for all that was sent. Load the page again and repeat."))
    wrong, kept = {}, {}
    for question in form.questions:
        text = answers.get(question.name, "").strip()
        asked = question.when is None or answers.get(question.when[0]) == question.when[1]
        if asked and text:
            kept[question.name] = text
            if not possible(question, text):
                wrong[question.name] = _("Please look at “%(asks)s” again.") % {"asks": question.asks}
        elif asked and question.needed:
            wrong[question.name] = _("Please answer: %(asks)s") % {"asks": question.asks}
    if wrong:
        raise ValidationError(wrong)
    return kept


def possible(question: Question, text: str) -> bool:
    """Whether a text can be an answer to a question."""
    match question.kind:
        case "choice":
            return text in (question.choices or {})
        case "day":
            return _is_day(text)
        case "money":
            return _is_amount(text)
        case "line":
            return len(text) <= LINE
        case "words":
            return len(text) <= LONGEST


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_amount(text: str) -> bool:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return False
    return amount.is_finite() and 0 < amount < 1_000_000 and amount == round(amount, 2)


@dataclass(frozen=True, slots=True)
class Said:
    """One answer, ready to be shown: what was asked, and the text, the day or the amount in US dollars."""

    asks: str
    text: str = ""
    day: date | None = None
    amount: Decimal | None = None


def said(form: Prescribed, answers: Mapping[str, str]) -> list[Said]:
    """Each answer beside its question, in the order and the words of the version it was given under."""
    return [_said(question, answers[question.name]) for question in form.questions if answers.get(question.name)]


def _said(question: Question, text: str) -> Said:
    asks = str(question.asks)
    match question.kind:
        case "day":
            return Said(asks, day=date.fromisoformat(text))
        case "money":
            return Said(asks, amount=Decimal(text))
        case "choice":
            return Said(asks, text=str((question.choices or {}).get(text, text)))
        case _:
            return Said(asks, text=text)
