"""Tells people that something is new, the way they chose: by mail that says only "sign in", or by letter.

Serves U-27, U-28, P-30.
"""

import json
import logging
from datetime import UTC, datetime
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.translation import gettext as _

from wellkept.access import queries as access
from wellkept.exchange.mail import sending
from wellkept.exchange.mail.posting import post
from wellkept.exchange.mail.sending import Post
from wellkept.exchange.mail.texts import Mail
from wellkept.files.letterhead import letterhead
from wellkept.notices import actions, addresses, news
from wellkept.policy import packs
from wellkept.policy.words import Category, Key, Purpose, Refused

RELATIONSHIP: Final = "letter"
KIND: Final = "news"
log: Final = logging.getLogger(__name__)


def tell_all(timestamp: int) -> None:
    """Tell everybody who is due. Who cannot be told now is due again the next time."""
    del timestamp
    waiting = news.due()
    if not waiting:
        return
    run = uuid4()
    access.begin(run, kind="job", label="news")
    mails = [one for one in waiting if one[2] == "mail" and sending.configured()]
    each([one for one in waiting if one not in mails], run=run, over=None)
    if mails:
        try:
            with sending.line() as over:
                each(mails, run=run, over=over)
        except sending.MailError as error:
            log.warning("%s", error)


def each(waiting: list[tuple[UUID, UUID | None, str]], *, run: UUID, over: Post | None) -> None:
    """Tell each of them. One who cannot be told keeps nobody else waiting; where the line is lost, the rest wait."""
    for person, plan, channel in waiting:
        try:
            tell(person, plan, channel, run=run, over=over)
        except Refused as refused:
            log.warning("A person could not be told of news: %s.", refused.reason)
        except sending.LineLostError:
            raise
        except sending.MailError as error:
            log.warning("%s", error)


def tell(person: UUID, plan: UUID | None, channel: str, *, run: UUID, over: Post | None) -> None:
    """Tell one person. A mail is sent before the transaction ends: where that fails, nothing says it was sent."""
    with access.enter_as_machine(
        subjects=[person],
        purpose=Purpose.MEMBER_ADMINISTRATION,
        categories=[Category.IDENTITY, Category.CONTACT],
        occasion=run,
        relationship=RELATIONSHIP,
    ) as key:
        here = addresses.address(key)
        if channel == "letter":
            news.told(person)
            write(key, person=person, plan=plan)
        elif over is None or (
            here.address and here.confirmed_at and post(key, Mail.NEWS, to=here.address, pack=settings.PACK, over=over)
        ):
            news.told(person)


def write(key: Key, *, person: UUID, plan: UUID | None) -> None:
    """Put the letter into the print queue. It says no more than the mail."""
    pack, now = settings.PACK, datetime.now(UTC)
    data = {
        "from": letterhead(pack),
        "lang": "en",
        "made_on": now.date().isoformat(),
        "title": _("Something about your benefits is new"),
        "foot": _("You chose to be told by letter. To stop, sign in and open “How we tell you”, or call us."),
        "says": [
            _("Sign in to see it: %(site)s/sign-in/") % {"site": sending.site(pack)},
            _("Or call us at %(phone)s (TTY %(tty)s), %(hours)s.")
            % {"phone": pack.phone, "tty": pack.tty, "hours": pack.hours},
        ],
    }
    body = json.dumps({"template": "letter", "data": data})
    version = packs.now_in_force(pack).version
    actions.write(key, person=person, plan=plan, kind=KIND, body=body, collected_under=version)
