"""Answers whoever forgot a password: a link to the address they confirmed, or nothing, which looks alike (P-09)."""

import logging
from typing import Final
from uuid import UUID

from django.conf import settings

from wellkept.access import queries as access
from wellkept.accounts import recovery
from wellkept.exchange.mail import sending
from wellkept.exchange.mail.texts import Mail
from wellkept.notices import addresses
from wellkept.policy.words import Category, Purpose, Refused

RELATIONSHIP: Final = "registration"
log: Final = logging.getLogger(__name__)


def recover(asked: str) -> None:
    """Answer the request that started this job. Where no mail can go, its name is forgotten and nothing is sent."""
    found = recovery.take(UUID(asked))
    if found is None or not sending.configured():
        return
    account, holder = found
    access.begin(UUID(asked), kind="job", label="recovery")
    try:
        with access.enter_as_machine(
            subjects=[holder],
            purpose=Purpose.MEMBER_ADMINISTRATION,
            categories=[Category.CONTACT],
            occasion=UUID(asked),
            relationship=RELATIONSHIP,
        ) as key:
            standing = addresses.address(key)
            if standing.confirmed_at and standing.address:
                sending.send(Mail.RECOVERY, to=standing.address, pack=settings.PACK, code=recovery.link(account))
    except Refused as refused:
        log.warning("A link to a new password could not be sent: %s.", refused.reason)
    except sending.MailError as error:
        log.warning("%s", error)


def sweep(timestamp: int) -> None:
    """Remove requests that no worker took."""
    del timestamp
    recovery.sweep()
