"""Tells organisations by letter, 60, 30 and 7 days before, that an agreement of theirs ends.

Serves U-11, P-08. The end itself needs no job: the gate asks at each opening what is in force at that minute.
"""

import json
import logging
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wellkept.access import queries as access
from wellkept.accounts.letter import long_date
from wellkept.exchange.mail import sending
from wellkept.files.letterhead import letterhead
from wellkept.notices import actions
from wellkept.organisations import agreements
from wellkept.organisations.agreements import Ending
from wellkept.policy import packs
from wellkept.policy.words import Category, Key, Purpose, Refused

RELATIONSHIP: Final = "letter"
KIND: Final = "agreement ends"
NAMED: Final = {
    "business_associate": gettext_noop("business associate agreement"),
    "confidentiality": gettext_noop("confidentiality agreement"),
    "data_use": gettext_noop("data use agreement"),
    "affiliate": gettext_noop("affiliate agreement"),
    "appointment": gettext_noop("appointment"),
}
"""Each kind as the letter names it; our paper is in English."""
log: Final = logging.getLogger(__name__)


def warn_all(timestamp: int) -> None:
    """Write to every organisation that is due."""
    del timestamp
    due = agreements.ending()
    if not due:
        return
    run = uuid4()
    access.begin(run, kind="job", label="agreements")
    for one in due:
        try:
            warn(one, run=run)
        except Refused as refused:
            log.warning("An organisation could not be told that an agreement ends: %s.", refused.reason)


def warn(one: Ending, *, run: UUID) -> None:
    """Put the letter into the print queue, in the transaction that notes it."""
    with access.enter_as_machine(
        subjects=[one.organisation],
        purpose=Purpose.MEMBER_ADMINISTRATION,
        categories=[Category.IDENTITY, Category.CONTACT],
        occasion=run,
        relationship=RELATIONSHIP,
    ) as key:
        if agreements.warned(one.id, days=one.days):
            write(key, one)


def write(key: Key, one: Ending) -> None:
    """The letter: which agreement ends, on which day, what closes then, and what to do before."""
    pack = settings.PACK
    last = long_date((one.ends_at - timedelta(seconds=1)).astimezone(ZoneInfo(pack.time_zone)).date())
    what = _("Your %(kind)s, number %(number)s,") % {"kind": _(NAMED[one.kind]), "number": one.number}
    if one.with_name:
        what = _("Your appointment to %(name)s, number %(number)s,") % {"name": one.with_name, "number": one.number}
    data = {
        "from": letterhead(pack),
        "lang": "en",
        "made_on": packs.today(pack).isoformat(),
        "title": _("An agreement with us ends on %(day)s") % {"day": last},
        "foot": _("We write to the address on our list. What was agreed stands in our pages: %(where)s")
        % {"where": f"{sending.site(pack)}/colleagues/agreements/"},
        "says": [
            _("%(what)s ends at midnight after %(day)s.") % {"what": what, "day": last},
            _("What it opens to your people closes at that minute. We hand over nothing under it any more."),
            _("To go on without a break, sign the next one before. Call %(phone)s (TTY %(tty)s), %(hours)s.")
            % {"phone": pack.phone, "tty": pack.tty, "hours": pack.hours},
        ],
    }
    body = json.dumps({"template": "letter", "data": data})
    version = packs.now_in_force(pack).version
    actions.write(key, person=one.organisation, plan=None, kind=KIND, body=body, collected_under=version)
