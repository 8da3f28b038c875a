"""Forms say what to do, tie each message to its field, and lose nothing."""

import contextlib
from datetime import date, timedelta

import pytest
from django import forms
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from wellkept.web.shell.forms import STATE, DateField, Form


class Question(Form):
    born = DateField(label="Your date of birth", help_text="For example 4 28 1986")
    name = forms.CharField(label="Your name", help_text="As on your <card>")
    mail = forms.EmailField(label="E-mail address", required=False)
    how = forms.ChoiceField(label="How?", choices=[("p", "By telephone"), ("l", "By letter")], widget=forms.RadioSelect)
    read = forms.BooleanField(label="I have read the terms")


def drawn(form: forms.Form) -> str:
    source = "{% include 'shell/errors.html' %}{% include 'shell/form.html' with label='Send' %}"
    return Template(source).render(Context({"form": form}))


def typed(**parts: str) -> dict[str, str]:
    return {
        "born_month": "4",
        "born_day": "28",
        "born_year": "1986",
        "name": "Maria",
        "how": "p",
        "read": "on",
        **parts,
    }


def test_a_missing_answer_is_asked_for_by_its_name() -> None:
    form = Question({})
    assert form.errors["name"] == ["Please fill in “Your name”."]
    assert form.errors["how"] == ["Please choose an answer to “How?”."]
    assert form.errors["read"] == ["Please tick “I have read the terms”."]
    assert "mail" not in form.errors


def test_each_message_leads_to_its_field_and_each_field_to_its_message() -> None:
    page = drawn(Question(typed(name="", mail="no")))
    assert '<a href="#id_name">' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_error"' in page
    assert 'aria-invalid="true"' in page


def test_nothing_typed_is_lost() -> None:
    page = drawn(Question(typed(mail="maria@", how="l")))
    assert 'value="maria@"' in page
    assert 'value="1986"' in page
    assert 'value="l" required' not in page
    assert page.count("checked") == 2


def test_an_optional_field_says_so_and_words_are_escaped() -> None:
    page = drawn(Question())
    assert page.count("(optional)") == 1
    assert "As on your &lt;card&gt;" in page


@given(st.dates(min_value=date(1900, 1, 1), max_value=date.today()))  # noqa: DTZ011 (a birthday has no time zone)
def test_every_day_of_a_life_is_understood(day: date) -> None:
    assert DateField().clean([str(day.month), f"{day.day:02d}", str(day.year)]) == day


@given(st.lists(st.text(max_size=4), min_size=3, max_size=3))
def test_whatever_is_typed_is_a_day_or_a_message(parts: list[str]) -> None:
    with contextlib.suppress(forms.ValidationError):
        assert isinstance(DateField().clean(parts), date)


@pytest.mark.parametrize("parts", [["2", "30", "1986"], ["13", "1", "1986"], ["4", "28", "86"], ["4", "28", "1899"]])
def test_a_day_that_cannot_be_is_sent_back(parts: list[str]) -> None:
    with pytest.raises(forms.ValidationError):
        DateField().clean(parts)


def test_a_birthday_lies_in_the_past() -> None:
    later = date.today() + timedelta(days=1)  # noqa: DTZ011 (a birthday has no time zone)
    parts = [str(later.month), str(later.day), str(later.year)]
    with pytest.raises(forms.ValidationError):
        DateField().clean(parts)
    assert DateField(past=False).clean(parts) == later


def test_an_optional_day_may_stay_empty() -> None:
    assert DateField(required=False).clean(["", "", ""]) is None


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (forms.EmailField(label="E-mail"), "Please write the whole e-mail address, such as name@example.com."),
        (forms.RegexField("^[A-Z]{2}$", label="State", error_messages=STATE), str(STATE["invalid"])),
    ],
)
def test_an_answer_of_another_shape_is_told_the_right_one(field: forms.Field, said: str) -> None:
    form = type("Asked", (Form,), {"one": field})({"one": "nobody"})
    assert form.errors["one"] == [said]
