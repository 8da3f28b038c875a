"""A prescribed form on a page: its questions become fields, and what it does not ask is refused (U-17)."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from wellkept.benefits.prescribed import LINE, LONGEST, Prescribed, Question, checked
from wellkept.policy.asked import Asks
from wellkept.web.shell.forms import DateField, Form


class Money(forms.Field):
    """An amount in US dollars as people write it: "$1,240.00"."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:  # noqa: ANN401  (whatever the browser sent)
        """The amount; raises ``ValidationError`` for what is none."""
        text = str(value or "").strip().removeprefix("$").replace(",", "").strip()
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,6}(?:\.[0-9]{1,2})?", text, re.ASCII) or not Decimal(text):
            raise ValidationError(_("Please write an amount in dollars, such as 49.60."))
        return Decimal(text)


class Filled(Form):
    """The form in force, perhaps with what was answered."""

    def __init__(self, prescribed: Prescribed, *given: Any, **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        super().__init__(*given, **named)
        self.prescribed = prescribed
        self.asks = asks(prescribed)
        for question in prescribed.questions:
            self.fields[question.name] = field(question, data=self.data if self.is_bound else None)

    def answers(self) -> dict[str, str]:
        """What was answered, as text."""
        given = {name: as_text(value) for name, value in self.cleaned_data.items()}
        return {name: text for name, text in given.items() if text}

    def clean(self) -> None:
        """Hold the answers against the form once more, as the room does that keeps them."""
        super().clean()
        if not self.errors:
            checked(self.prescribed, self.answers())


def asks(prescribed: Prescribed) -> Asks:
    """What the form says of itself, in its own version."""
    names = [question.name for question in prescribed.questions]
    return Asks(prescribed.name, prescribed.version, "telling", dict.fromkeys(names, "benefits_told.answers"))


def field(question: Question, *, data: Mapping[str, Any] | None) -> forms.Field:
    """The field of a question. One that another answer makes necessary is so only where that was given."""
    unneeded = bool(question.when and data is not None and data.get(question.when[0]) != question.when[1])
    named: dict[str, Any] = {
        "label": question.asks,
        "help_text": question.hint,
        "required": question.needed and not unneeded,
        "error_messages": {"required": _("Please answer: %(asks)s") % {"asks": question.asks}},
    }
    match question.kind:
        case "choice":
            return forms.ChoiceField(choices=list((question.choices or {}).items()), widget=forms.RadioSelect, **named)
        case "day":
            return DateField(past=question.past, **named)
        case "money":
            return Money(**named)
        case "line":
            return forms.CharField(max_length=LINE, **named)
        case "words":
            return forms.CharField(max_length=LONGEST, widget=forms.Textarea, **named)


def filled(request: HttpRequest, prescribed: Prescribed, *, before: Mapping[str, str] | None = None) -> Filled:
    """The form as it was sent, or as it was answered ``before``."""
    if request.method == "POST":
        return Filled(prescribed, request.POST)
    kinds = {question.name: question.kind for question in prescribed.questions}
    initial = {name: as_value(text, kinds[name]) for name, text in (before or {}).items() if name in kinds}
    return Filled(prescribed, initial=initial)


def refuse_strange(form: Form, sent: QueryDict, *others: str) -> None:
    """Raise ``ValidationError`` where something was sent that the form does not ask for (U-17)."""
    if set(sent) - {"token", *others} - {name for bound in form for name in names(bound)}:
        raise ValidationError(_("This form does not ask for all that was sent. Load the page again and repeat."))


def names(bound: forms.BoundField) -> list[str]:
    """Under which names a field is sent: a day under three."""
    widget = bound.field.widget
    suffixes: Sequence[str] = getattr(widget, "widgets_names", ("",))
    return [bound.html_name + suffix for suffix in suffixes]


def as_text(value: object) -> str:
    """An answer as the room keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.2f}" if isinstance(value, Decimal) else str(value or "").strip()


def as_value(text: str, kind: str) -> object:
    """An answer as its field shows it."""
    return date.fromisoformat(text) if kind == "day" else text
