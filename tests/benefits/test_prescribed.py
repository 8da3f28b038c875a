"""U-17: a form is prescribed, versioned, and never changed under an old version; what it does not ask is refused."""

import hashlib
import json

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from wellkept.benefits.prescribed import CHANGE, CLAIM, FORMS, OTHER, Prescribed, checked, said

# What each version that was given out asks. A change of a form is a new version with a line of its own here.
GIVEN_OUT = {
    ("claim", "2026-11"): "1d0eb4268f4f5ef3",
    ("other_insurance", "2026-11"): "775c82ef02da7aed",
    ("change", "2026-11"): "865d6d933a3bb9db",
}
ANSWERS = {"care": "office", "who": "Clinic", "day": "2026-10-03", "paid": "49.60", "what": "A cough."}


def digest(form: Prescribed) -> str:
    """A hash of the form as a person meets it in English."""
    asked = [
        [one.name, str(one.asks), one.kind, str(one.hint), one.needed, one.when, one.past]
        + [[code, str(words)] for code, words in (one.choices or {}).items()]
        for one in form.questions
    ]
    return hashlib.sha256(json.dumps([form.category, asked]).encode()).hexdigest()[:16]


def test_no_version_was_changed_after_it_was_given_out() -> None:
    assert {name: digest(form) for name, form in FORMS.items()} == GIVEN_OUT


def test_a_field_the_form_does_not_have_is_refused() -> None:
    with pytest.raises(ValidationError, match="does not ask for all"):
        checked(CLAIM, ANSWERS | {"plan": "gold"})


@pytest.mark.parametrize("name", ANSWERS)
def test_each_answer_that_is_needed_is_asked_for(name: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        checked(CLAIM, {other: text for other, text in ANSWERS.items() if other != name})
    assert set(refusal.value.message_dict) == {name}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("care", "dentist"),
        ("day", "2026-02-30"),
        ("day", "20261003"),
        ("paid", "0"),
        ("paid", "-1"),
        ("paid", "NaN"),
        ("paid", "1e3000"),
        ("paid", "1.005"),
        ("who", "x" * 201),
        ("what", "x" * 4001),
    ],
)
def test_what_is_no_answer_is_refused(name: str, text: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        checked(CLAIM, ANSWERS | {name: text})
    assert set(refusal.value.message_dict) == {name}


def test_what_another_answer_makes_needless_is_neither_asked_nor_kept() -> None:
    assert checked(OTHER, {"has": "none", "insurer": "Mutual"}) == {"has": "none"}
    with pytest.raises(ValidationError) as refusal:
        checked(OTHER, {"has": "yes"})
    assert set(refusal.value.message_dict) == {"insurer", "number", "since", "holder", "first"}


@given(st.dictionaries(st.sampled_from([one.name for one in CHANGE.questions]), st.text(max_size=30)))
def test_whatever_is_answered_is_kept_and_shown_or_refused(answers: dict[str, str]) -> None:
    try:
        kept = checked(CHANGE, answers)
    except ValidationError:
        return
    assert len(said(CHANGE, kept)) == len(kept)
