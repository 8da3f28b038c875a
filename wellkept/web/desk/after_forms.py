"""What the desk writes down on a call: what was said, what is left to do, and what an answer did not settle."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wellkept.policy.asked import Asks
from wellkept.service.cases import LONGEST
from wellkept.service.handing import STEPS
from wellkept.web.shell.forms import Form


class Write(Form):
    """A note of a call."""

    asks = Asks("call note", "2026-11", "desk", {"words": "service_note.words"})

    words = forms.CharField(
        label=_("What was said"),
        help_text=_("The caller reads it. Write what they asked, and what you answered."),
        max_length=LONGEST,
        widget=forms.Textarea,
    )


class Left(Form):
    """Something to do after the call."""

    asks = Asks(
        "after a call", "2026-11", "desk", {"step": "service_case.next_step", "words": "service_casestep.words"}
    )

    step = forms.ChoiceField(label=_("What comes next?"), choices=list(STEPS.items()), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What is to be done"),
        help_text=_("The caller reads it, and so does whoever does it."),
        max_length=LONGEST,
        widget=forms.Textarea,
    )


class Unsettled(Form):
    """What an answer of ours did not settle."""

    asks = Asks("not settled", "2026-11", "privacy", {"words": "rights_request.words"})

    words = forms.CharField(
        label=_("What is not settled"),
        help_text=_("In the words of the caller, or of the letter. They read it, and so does the privacy office."),
        max_length=LONGEST,
        widget=forms.Textarea,
    )


class Posted(Form):
    """A letter about the call."""

    asks = Asks("letter of a call", "2026-11", "desk", {"words": "notices_letter.body"})

    words = forms.CharField(
        label=_("What the letter says"),
        help_text=_("In plain words. It goes to the address where the person wants our letters."),
        max_length=2000,
        widget=forms.Textarea,
    )


class NewCode(Form):
    """A new access code by letter: a button, and nothing to fill in."""

    asks = Asks("new code", "2026-11", "desk", {})


class CallBack(Form):
    """The caller is called back: a button, and nothing to fill in."""

    asks = Asks("call back", "2026-11", "desk", {})
