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


def box() -> forms.BooleanField:
    """The box, for a form that asks for an e-mail address; ``settle`` fills it in."""
    return forms.BooleanField(label=gettext_lazy("Tell me by e-mail of new publications"), required=False)


def settle(form: forms.Form, *, chosen: bool = False, on: bool = False) -> None:
    """Let the box of a form stand as it should; take it out where there are no publications.

    ``chosen`` says that the person who fills it in has chosen before, ``on`` what.
    """
    pack = serving.pack()
    if not offered(pack):
        form.fields.pop(FIELD, None)
        return
    ticked = preset(pack, chosen=chosen, on=on)
    form.fields[FIELD].initial = ticked
    form.fields[FIELD].help_text = words(ticked)


def words(ticked: bool) -> str:  # noqa: FBT001  (the one thing it depends on)
    """What stands beside the box."""
    ends = _("You can leave the list at any time, by phone or by one click. Nothing goes out before you confirm.")
    if ticked:
        return _("With an e-mail address you are on our list, unless you clear this box.") + " " + ends
    return _("You are on our list only if you tick this box.") + " " + ends


def wanted(form: forms.Form) -> bool | None:
    """What a valid form says; None where it had no box."""
    return bool(form.cleaned_data.get(FIELD)) if FIELD in form.fields else None


def told(form: forms.Form) -> dict[str, str]:
    """The same as a word that is kept with a request, where an e-mail address was given with it; else nothing."""
    on = wanted(form)
    return {FIELD: "yes" if on else "no"} if on is not None and form.cleaned_data.get("email") else {}
