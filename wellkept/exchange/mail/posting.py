"""A mail to somebody who is open: with a return address of its own, and noted where the server knows no such mailbox.

Serves U-28.
"""

from wellkept.exchange.mail import returning, sending
from wellkept.exchange.mail.sending import Post
from wellkept.exchange.mail.texts import Mail
from wellkept.notices import returns
from wellkept.policy import packs
from wellkept.policy.shapes import Pack
from wellkept.policy.words import Key


def post(key: Key, kind: Mail, *, to: str, pack: Pack, over: Post, code: str = "", leave: str = "") -> bool:
    """Send it over that line to the address of the one person who is open; the opening names ``contact``.

    False where the server knows no such mailbox: then the address is no longer confirmed. Raises ``MailError``; the
    caller tries again later.
    """
    token = returns.token(key, collected_under=packs.now_in_force(pack).version)
    try:
        over(sending.message(kind, to=to, pack=pack, code=code, leave=leave), returning.address(pack, token))
    except sending.NoSuchAddressError:
        returns.came_back(token)
        return False
    return True
