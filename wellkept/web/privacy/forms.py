"""What the privacy office writes and asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wellkept.access.why import NEEDS, RELATIONSHIPS, plain
from wellkept.policy.words import Category, Purpose, Role
from wellkept.web.shell.forms import Form

LONGEST = 4000


class Answer(Form):
    """The decision, in words for the person."""

    words = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST,
        widget=forms.Textarea({"maxlength": LONGEST}),
        help_text=_("The person reads it as it stands. Say what you found and what happens now."),
    )


class Why(Form):
    """Who would open what, for what."""

    role = forms.ChoiceField(label=_("Who"), choices=[(one.value, plain(one)) for one in Role])
    relationship = forms.ChoiceField(label=_("Because"), choices=list(RELATIONSHIPS.items()))
    purpose = forms.ChoiceField(
        label=_("For"), choices=[(one.value, f"{plain(one.name)} ({one.value})") for one in Purpose]
    )
    category = forms.ChoiceField(label=_("Opens"), choices=[(one.value, plain(one)) for one in Category])
    met = forms.MultipleChoiceField(
        label=_("They did"), choices=list(NEEDS.items()), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        """Each list begins with nothing chosen for anybody."""
        super().__init__(*given, **named)
        self.label_suffix = ""
