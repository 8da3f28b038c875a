"""Roles, ways and changes in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.accounts import events
from wellkept.accounts.staffing import Change
from wellkept.policy.kinds import Words
from wellkept.policy.words import Role

ROLES: Final[Mapping[str, Words]] = {
    Role.REPRESENTATIVE: gettext_lazy("Customer service"),
    Role.NURSE: gettext_lazy("Nurse"),
    Role.PRIVACY_OFFICER: gettext_lazy("Privacy office"),
    Role.ADMINISTRATOR: gettext_lazy("Operations"),
    Role.AUDITOR: gettext_lazy("Auditor"),
    Role.ACCESS_ADMINISTRATOR: gettext_lazy("Access administration"),
}
OPENS: Final[Mapping[str, Words]] = {
    Role.REPRESENTATIVE: gettext_lazy("Opens what a call or a case needs."),
    Role.NURSE: gettext_lazy("Works in the programmes of nurses."),
    Role.PRIVACY_OFFICER: gettext_lazy("Answers privacy requests, and reads who opened a record."),
    Role.ADMINISTRATOR: gettext_lazy("Sees files that came in, and joins records that two agree on."),
    Role.AUDITOR: gettext_lazy("Reads how promises are kept. Opens no record."),
    Role.ACCESS_ADMINISTRATOR: gettext_lazy("Decides who works here. Opens no record."),
}
WHY_NOT: Final[Mapping[str, Words]] = {
    "no": gettext_lazy("This cannot be asked for. Somebody may have changed it meanwhile."),
    "own": gettext_lazy("Nobody decides about themself, and nobody decides alone. Another access administrator can."),
    "waits": gettext_lazy("A change for this person waits for a second decision already."),
    "gone": gettext_lazy("This was decided meanwhile, or it waited too long. Nothing was done again."),
    "name taken": gettext_lazy("Somebody here signs in with that name already. Choose another."),
}
OUTCOMES: Final[Mapping[str | None, tuple[Words, str]]] = {
    None: (gettext_lazy("Waits"), "warn"),
    "done": (gettext_lazy("Done"), "good"),
    "declined": (gettext_lazy("Declined"), "old"),
    "withdrawn": (gettext_lazy("Withdrawn"), "old"),
    "lapsed": (gettext_lazy("Lapsed"), "old"),
}


def role(name: str) -> str:
    """A role in words."""
    return str(ROLES.get(name, name))


def way(names: tuple[str, ...]) -> str:
    """The ways in of somebody, in words."""
    return ", ".join(str(events.METHODS[one]) for one in names if one in events.METHODS)


def asked(one: Change) -> str:
    """What a change is, as a sentence."""
    told = {"who": one.actor, "role": role(one.role), "was": role(one.was or "")}
    match one.kind:
        case "invite":
            return _("Invite %(who)s to work here: %(role)s.") % told
        case "change":
            return _("Give %(who)s another role: %(role)s instead of %(was)s.") % told
        case "renew":
            return _("Give %(who)s a new way in: %(role)s.") % told
        case _:
            return _("Remove %(who)s: %(role)s.") % told


def by(one: Change) -> str:
    """Who asked and who decided."""
    if one.asked_actor is None:
        return _("By whoever runs the machine, at its terminal")
    if one.kind == "take":
        return _("By %(who)s alone, at once") % {"who": one.asked_actor}
    if one.decided_actor is None:
        return _("Asked by %(who)s") % {"who": one.asked_actor}
    return _("Asked by %(who)s, decided by %(other)s") % {"who": one.asked_actor, "other": one.decided_actor}
