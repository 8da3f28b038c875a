"""Forms that say what to do: a message that names the field, and a birth date in three boxes.

Source for the three boxes: the memorable date of the U.S. Web Design System 3.
"""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.policy.asked import Asks

STATE: Final = {"invalid": gettext_lazy("Please write the state in two letters, such as WI.")}
ZIP_CODE: Final = {"invalid": gettext_lazy("Please write the ZIP code in five or nine digits.")}
PHONE: Final = {"invalid": gettext_lazy("Please write the telephone number with its area code.")}
"""What is said beside an answer of another shape."""

_CHOICES: Final = (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.Select)


class Form(forms.Form):
    """A form whose missing answers are asked for by name. The browser's own bubbles stay out of the way.

    ``asks`` says why each answer is asked for and where it is kept; the notice on the page is made of it (U-04).
    """

    asks: Asks
    use_required_attribute = False

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 (passed on as it came)
        super().__init__(*given, **named)
        for field in self.fields.values():
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _missing(field)
            if isinstance(field, forms.EmailField):
                whole = _("Please write the whole e-mail address, such as name@example.com.")
                field.error_messages.setdefault("invalid", whole)


class PasswordField(forms.CharField):
    """A password as it was typed or pasted: not trimmed, and without ``maxlength``, at which browsers cut."""

    def __init__(self, *, autocomplete: str, **named: Any) -> None:  # noqa: ANN401 (passed on as it came)
        super().__init__(strip=False, widget=forms.PasswordInput({"autocomplete": autocomplete}), **named)


class _Boxes(forms.MultiWidget):
    """Month, day and year, each in a box with its own label."""

    template_name = "shell/date.html"
    use_fieldset = True

    def __init__(self) -> None:
        box = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "2"}
        year = {**box, "maxlength": "4"}
        super().__init__({"month": forms.TextInput(box), "day": forms.TextInput(box), "year": forms.TextInput(year)})

    def decompress(self, value: date | None) -> list[int | None]:
        """The three numbers of a day."""
        return [value.month, value.day, value.year] if value else [None, None, None]


class DateField(forms.MultiValueField):
    """A day somebody knows by heart, typed in three boxes. Gives a ``date``, or None where it is optional and empty."""

    widget = _Boxes

    def __init__(self, *, past: bool = True, **named: Any) -> None:  # noqa: ANN401 (passed on as it came)
        """With ``past`` a day after today is refused."""
        self.past = past
        parts = [forms.CharField(max_length=4) for _part in range(3)]
        super().__init__(fields=parts, require_all_fields=True, **named)

    def compress(self, data_list: list[str]) -> date | None:
        """The day the three boxes name; raises ``ValidationError`` where there is no such day."""
        if not data_list:
            return None
        try:
            month, day, year = (int(part) for part in data_list)
            found = date(year, month, day)
        except ValueError:
            raise forms.ValidationError(_("There is no such day. Write it as 4 28 1986.")) from None
        if found.year < 1900 or (self.past and found > date.today()):  # noqa: DTZ011 (a birthday has no time zone)
            raise forms.ValidationError(_("Please look at the year again. Write all four figures, such as 1986."))
        return found


def _missing(field: forms.Field) -> str:
    if isinstance(field, forms.BooleanField):
        return str(gettext_lazy("Please tick “%s”.") % field.label)
    if isinstance(field.widget, _CHOICES):
        return str(gettext_lazy("Please choose an answer to “%s”.") % field.label)
    return str(gettext_lazy("Please fill in “%s”.") % field.label)
