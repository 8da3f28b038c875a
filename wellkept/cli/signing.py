"""Sends the sign-in code that somebody asked for, to the address their account's holder confirmed (R-10).

A name nobody has, one without such an address, and one whose code went out just before get none; pages say the same.
"""

import logging
from typing import Final
from uuid import UUID

from django.conf import settings

from wellkept.access import queries as access
from wellkept.accounts import codes, mailed
from wellkept.exchange.mail import sending
from wellkept.exchange.mail.texts import Mail
from wellkept.notices import addresses
from wellkept.policy.words import Category, Purpose, Refused

RELATIONSHIP: Final = "registration"
log: Final = logging.getLogger(__name__)


def mail_code(asked: str) -> None:
    """Answer the request that started this job. A code that could not be mailed works nowhere."""
    request = UUID(asked)
    holder = mailed.whose(request) if sending.configured() else None
    if holder is None:
        return
    access.begin(request, kind="job", label="sign-in code")
    try:
        with access.enter_as_machine(
            subjects=[holder],
            purpose=Purpose.MEMBER_ADMINISTRATION,
            categories=[Category.CONTACT],
            occasion=request,
            relationship=RELATIONSHIP,
        ) as key:
            here = addresses.address(key)
            if here.address and here.confirmed_at:
                code = codes.new()
                mailed.sent(request, code)
                sending.send(Mail.SIGN_IN, to=here.address, pack=settings.PACK, code=code)
    except Refused as refused:
        log.warning("A sign-in code could not be sent: %s.", refused.reason)
    except sending.MailError as error:
        log.warning("%s", error)


def sweep(timestamp: int) -> None:
    """Remove what ran out on the way in."""
    del timestamp
    mailed.sweep()
