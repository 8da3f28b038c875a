"""Tells members whose coverage ended when their account closes, and closes it on that day.

Serves U-30. An operator whose practice ``run_out_months`` is 0 closes nobody's.
"""

import json
import logging
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.translation import gettext as _

from wellkept.access import queries as access
from wellkept.accounts import leaving
from wellkept.accounts.leaving import Ending
from wellkept.accounts.letter import long_date
from wellkept.exchange.mail import sending
from wellkept.files.letterhead import letterhead
from wellkept.notices import actions
from wellkept.policy import packs, practices
from wellkept.policy.words import Category, Key, Purpose, Refused

RELATIONSHIP: Final = "letter"
KIND: Final = "access ends"
log: Final = logging.getLogger(__name__)


def end_all(timestamp: int) -> None:
    """Tell whoever is due, then close what is due."""
    del timestamp
    pack = settings.PACK
    months, today = practices.number(pack, "run_out_months"), packs.today(pack)
    if not months:
        return
    run = uuid4()
    access.begin(run, kind="job", label="ending")
    for one in leaving.to_tell(today=today, months=months):
        try:
            tell(one, today=today, run=run)
        except Refused as refused:
            log.warning("A member could not be told that access ends: %s.", refused.reason)
    while leaving.close_ended(today=today):
        pass


def tell(one: Ending, *, today: date, run: UUID) -> None:
    """Put the letter into the print queue, in the transaction that keeps the day."""
    with access.enter_as_machine(
        subjects=[one.person],
        purpose=Purpose.MEMBER_ADMINISTRATION,
        categories=[Category.IDENTITY, Category.CONTACT],
        occasion=run,
        relationship=RELATIONSHIP,
    ) as key:
        if leaving.told(one):
            write(key, one, today=today)


def write(key: Key, one: Ending, *, today: date) -> None:
    """The letter: until when these pages open, and what to take from them before."""
    pack = settings.PACK
    site, last = sending.site(pack), long_date(one.closes_on)
    data = {
        "from": letterhead(pack),
        "lang": "en",
        "made_on": today.isoformat(),
        "title": _("Your account here closes on %(day)s") % {"day": last},
        "foot": _("If you are covered again before that day, your account stays as it is."),
        "says": [
            _("Your coverage ended on %(day)s. Until your account closes you can read all that is in it.")
            % {"day": long_date(one.covered_until)},
            _("Take what you need before: your claims, your explanations, a copy of your record. Sign in at %(site)s")
            % {"site": f"{site}/sign-in/"},
            _("Your rights do not end. Later you still get a copy, or an answer, by calling %(phone)s (TTY %(tty)s).")
            % {"phone": pack.phone, "tty": pack.tty},
        ],
    }
    body = json.dumps({"template": "letter", "data": data})
    version = packs.now_in_force(pack).version
    actions.write(key, person=one.person, plan=None, kind=KIND, body=body, collected_under=version)
