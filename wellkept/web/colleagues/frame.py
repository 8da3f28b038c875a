"""Who may stand here, and who may change anything: an organisation's own people, and its administrators.

Serves U-30, P-13, P-15.
"""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from wellkept.accounts.colleagues import Colleague
from wellkept.policy.words import Refused
from wellkept.web.shell import office
from wellkept.web.shell.office import Place


def place(request: HttpRequest) -> Place:
    """Somebody of an organisation. Raises ``Refused``: ``no session``, ``needs terms``, or the one sentence."""
    return office.place(request, tuple(office.HOMES), sentence=_("Nothing is open here. This is for organisations."))


def administrator(request: HttpRequest) -> Place:
    """One who administers it. Raises ``Refused`` for everybody else; the database asks again at each act."""
    here = place(request)
    if not here.me.administers:
        raise no_longer()
    return here


def colleague(here: Place, number: UUID) -> Colleague:
    """Somebody of the same organisation; raises ``Http404`` for anybody else."""
    found = next((one for one in here.people if one.account == number), None)
    if found is None:
        raise Http404
    return found


def no_longer() -> Refused:
    """The one answer to whoever may not change who comes in."""
    sentence = _("Only an administrator of your organisation changes who can come in.")
    return Refused(sentence, clause=office.clause(), reason="no administrator")
