"""The box for publications beside a box for an e-mail address: on every form the same words, and the same meaning.

Serves P-17. Where it stands ticked, the owner of the address is on the list once they have confirmed it; they may clear
the box. Whoever left the list finds it empty ever after.
"""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.policy import contents, practices
from wellkept.policy.shapes import Pack
from wellkept.web.shell import serving

FIELD = "publications"
KEPT = "notices_subscription.joined_at"
"""Where a form's declaration says that the answer is kept."""


def offered(pack: Pack) -> bool:
    """Whether this operator has publications to send."""
    return contents.may(pack, "mail", "publication")


def preset(pack: Pack, *, chosen: bool = False, on: bool = False) -> bool:
    """Whether the box stands ticked: as it was last chosen, else as the operator's practice says."""
    return on if chosen else practices.flag(pack, "publications_box")


def add_box(form: forms.Form, *, chosen: bool = False, on: bool = False) -> None:
    """Add the box to a form that asks for an e-mail address; none where there are no publications.

    ``chosen`` says that the person who fills it in has chosen before, ``on`` what.
    """
    pack = serving.pack()
    if not offered(pack):
        return
    form.fields[FIELD] = forms.BooleanField(
        label=gettext_lazy("Tell me by e-mail of new publications"),
        help_text=words(preset(pack, chosen=chosen, on=on)),
        required=False,
        initial=preset(pack, chosen=chosen, on=on),
    )


def words(ticked: bool) -> str:  # noqa: FBT001  (the one thing it depends on)
    """What stands beside the box."""
    ends = _("You can leave the list at any time, by phone or by one click. Nothing goes out before you confirm.")
    if ticked:
        return _("With an e-mail address you are on our list, unless you clear this box.") + " " + ends
    return _("You are on our list only if you tick this box.") + " " + ends


def wanted(form: forms.Form) -> bool | None:
    """What a valid form says; None where it had no box."""
    return bool(form.cleaned_data.get(FIELD)) if FIELD in form.fields else None
