"""What the privacy office writes and asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wellkept.access.plain import plain
from wellkept.access.why import NEEDS, RELATIONSHIPS
from wellkept.policy.asked import ONCE, Asks
from wellkept.policy.words import Category, Purpose, Role
from wellkept.web.shell.forms import Form

LONGEST = 4000


class Answer(Form):
    """The decision, in words for the person."""

    asks = Asks("privacy answer", "2026-11", "privacy", {"words": "rights_request.answer"})

    words = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST,
        widget=forms.Textarea({"maxlength": LONGEST}),
        help_text=_("The person reads it as it stands. Say what you found and what happens now."),
    )


class Mended(Form):
    """How something that was broken was mended, for anyone to read."""

    asks = Asks("mended", "2026-11", "house", {"words": "proof_mended.words"})

    words = forms.CharField(
        label=_("How it was mended"),
        min_length=10,
        max_length=600,
        widget=forms.Textarea({"maxlength": 600, "rows": 6}),
        help_text=_("Anyone may read it. Say what was wrong and what you did. Name no person."),
    )


class Why(Form):
    """Who would open what, for what."""

    asks = Asks(
        "why", "2026-11", "privacy", dict.fromkeys(("role", "relationship", "purpose", "category", "met"), ONCE),
        why=_("It explains a rule. It is about nobody in particular."),
    )  # fmt: skip

    role = forms.ChoiceField(label=_("Who"), choices=lambda: [(one.value, plain(one)) for one in Role])
    relationship = forms.ChoiceField(label=_("Because"), choices=list(RELATIONSHIPS.items()))
    purpose = forms.ChoiceField(
        label=_("For"), choices=lambda: [(one.value, f"{plain(one.name)} ({one.value})") for one in Purpose]
    )
    category = forms.ChoiceField(label=_("Opens"), choices=lambda: [(one.value, plain(one)) for one in Category])
    met = forms.MultipleChoiceField(
        label=_("They did"), choices=list(NEEDS.items()), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        """Each list begins with nothing chosen for anybody."""
        super().__init__(*given, **named)
        self.label_suffix = ""
