"""Tells subscribers by mail that a publication is there to read, each once.

Serves P-17. Each is opened by an entry of its own and taken before the mail goes out, so that two runs at once send
nothing twice. What the server did not take is given back, and the next run goes on where this one stopped.
"""

import logging
from datetime import datetime, time, timedelta
from itertools import islice
from typing import Final
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.conf import settings

from wellkept.access import queries as access
from wellkept.exchange.mail import returning, sending
from wellkept.exchange.mail.sending import Post
from wellkept.exchange.mail.texts import Mail
from wellkept.notices import addresses, publications, returns
from wellkept.policy import contents, packs
from wellkept.policy.publications import out
from wellkept.policy.shapes import Pack, Publication
from wellkept.policy.words import Category, Purpose, Refused

RELATIONSHIP: Final = "letter"
TOLD_FOR: Final = timedelta(days=30)
"""For how long after its day a publication is told of: nobody gets a mail about old news."""

MOST: Final = 5_000
"""How many people one run tells at most; the next goes on."""

log: Final = logging.getLogger(__name__)


def tell_all(timestamp: int) -> None:
    """Tell whoever is to be told of what came out; whoever cannot be told now is taken again by the next run."""
    del timestamp
    pack = settings.PACK
    if not sending.configured() or not contents.may(pack, "mail", Mail.PUBLICATION):
        return
    left = MOST
    for one in lately(pack):
        waiting = list(islice(publications.due(one.key, before=ended(pack, one)), left))
        if waiting:
            left -= len(waiting)
            tell_each(waiting, one, pack)


def lately(pack: Pack) -> list[Publication]:
    """What came out in the last days, oldest first."""
    today = packs.today(pack)
    return [one for one in reversed(out(pack, today)) if one.day > today - TOLD_FOR]


def ended(pack: Pack, one: Publication) -> datetime:
    """The end of the day on which it came out: whoever joined later is told of the next one."""
    return datetime.combine(one.day + timedelta(days=1), time(), tzinfo=ZoneInfo(pack.time_zone))


def tell_each(waiting: list[UUID], one: Publication, pack: Pack) -> None:
    """Tell these people over one line. Where it is not there, nobody is opened; where it is lost, the rest wait."""
    run = uuid4()
    try:
        with sending.line() as over:
            access.begin(run, kind="job", label="publication")
            for person in waiting:
                tell(person, one, pack, run=run, over=over)
    except sending.MailError as error:
        log.warning("%s", error)


def tell(person: UUID, one: Publication, pack: Pack, *, run: UUID, over: Post) -> None:
    """Tell one person. They are taken in one transaction; the mail goes out after it, and what became of it is kept."""
    under = packs.now_in_force(pack).version
    try:
        with access.enter_as_machine(
            subjects=[person],
            purpose=Purpose.MEMBER_ADMINISTRATION,
            categories=[Category.CONTACT],
            occasion=run,
            relationship=RELATIONSHIP,
        ) as key:
            here = addresses.address(key)
            leave = publications.take(key, one.key, collected_under=under) if here.address and here.confirmed_at else ""
            token = returns.token(key, collected_under=under) if leave else ""
    except Refused as refused:
        log.warning("A person could not be told of a publication: %s.", refused.reason)
        return
    if not leave:
        return
    made = sending.message(Mail.PUBLICATION, to=here.address, pack=pack, leave=leave)
    try:
        over(made, returning.address(pack, token))
    except sending.NoSuchAddressError:
        returns.came_back(token)
        publications.told(person, one.key, sent=True)
    except sending.MailError as error:
        publications.told(person, one.key, sent=False)
        if isinstance(error, sending.LineLostError):
            raise
        log.warning("%s", error)
    else:
        publications.told(person, one.key, sent=True)


def sweep(timestamp: int) -> None:
    """Forget by which tokens mails of more than a month ago would come back."""
    del timestamp
    returns.sweep()
