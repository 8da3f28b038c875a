"""The address that one mail comes back to, and what a mail that came there says (VERP; RFC 3464, RFC 3463).

Serves U-28. ``bounces+<token>@<host of the mailbox>``: whoever knows no token can send nothing back. Of what arrives
only one thing is learned, whether it says for good that a mailbox cannot be reached. Nothing of it is kept.
"""

import re
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from typing import Final

from wellkept.policy.shapes import Pack

MOST: Final = 256 * 1024
"""Bytes of a returned mail that are read: a report's own part stands before what it returns."""

DEEPEST: Final = 20
"""How many multiparts may lie in one another."""

LONGEST_TEXT: Final = 8 * 1024
_TOKEN: Final = re.compile(r"[a-z2-7]{26}")
_FOR_GOOD: Final = re.compile(r"5\.\d{1,3}\.\d{1,3}")
_SAID_FOR_GOOD: Final = re.compile(r"(?<![\d.])(?:5\.\d{1,3}\.\d{1,3}|55[0134][ -])(?![\d.])")
_BOUNDARY: Final = re.compile(rb"(?im)^content-type:[ \t]*multipart/")


def domain(pack: Pack) -> str:
    """The host of the operator's mailbox, which its mails come from."""
    return pack.mailboxes["service"].rpartition("@")[2]


def address(pack: Pack, token: str) -> str:
    """Where a mail comes back to; without a token an address that nobody reads."""
    return f"bounces+{token}@{domain(pack)}" if token else f"bounces@{domain(pack)}"


def token_in(recipient: str, pack: Pack) -> str:
    """The token of an address of ours, "" for any other address."""
    local, _, host = recipient.strip().strip("<>").lower().rpartition("@")
    name, _, token = local.partition("+")
    ours = name == "bounces" and host == domain(pack).lower() and _TOKEN.fullmatch(token)
    return token if ours else ""


def token_of(data: bytes, pack: Pack) -> str:
    """The token in the headers of a mail that came through a pipe; "" where none names exactly one."""
    made = parsed(data)
    if made is None:
        return ""
    named = [str(value) for name in ("Delivered-To", "X-Original-To", "To") for value in made.get_all(name, [])]
    found = {token_in(word, pack) for value in named for word in re.split(r"[\s,]+", value[:1000])} - {""}
    return found.pop() if len(found) == 1 else ""


def failed_for_good(data: bytes, *, sender: str | None = None) -> bool:
    """Whether a mail that came back says that its mailbox cannot be reached, now and later.

    A report says so by the action "failed" and a status of class 5. Without a report it must come from nobody (``<>``),
    must not call itself an answer, and must say so in words of SMTP. ``sender`` is that of the envelope, where known.
    """
    made = parsed(data)
    if made is None:
        return False
    if made.get_content_type() == "multipart/report":
        return any(_says_failed(part) for part in _parts(made) if part.get_content_type() == "message/delivery-status")
    answers = str(made.get("Auto-Submitted", "")).strip().lower().startswith("auto-replied")
    from_nobody = (str(made.get("Return-Path", "")) if sender is None else sender).strip() in ("<>", "")
    known = sender is not None or "Return-Path" in made
    return known and from_nobody and not answers and bool(_SAID_FOR_GOOD.search(_words(made)))


def parsed(data: bytes) -> Message | None:
    """The beginning of a mail, taken apart; None where it is made to be hard to read."""
    beginning = data[:MOST]
    if len(_BOUNDARY.findall(beginning)) > DEEPEST:
        return None
    try:
        # The plain policy: the other one reads the inside of every header, which takes long where somebody means it to.
        return BytesParser(policy=compat32).parsebytes(beginning)
    except (ValueError, LookupError, TypeError, RecursionError):
        return None


def _parts(made: Message) -> list[Message]:
    """What stands in a multipart, one level deep."""
    inside = made.get_payload()
    return [part for part in inside if isinstance(part, Message)] if isinstance(inside, list) else []


def _says_failed(status: Message) -> bool:
    """Whether a delivery status reports a failure for good of any recipient: its blocks are messages of headers."""
    return any(
        str(block.get("Action", "")).strip().lower() == "failed"
        and bool(_FOR_GOOD.fullmatch(str(block.get("Status", "")).split("(")[0].strip()))
        for block in _parts(status)
    )


def _words(made: Message) -> str:
    """The first plain words of a mail."""
    part: Message | None = made
    for _level in range(DEEPEST):
        if part is None or not part.is_multipart():
            break
        inside = _parts(part)
        part = inside[0] if inside else None
    if part is None or part.get_content_maintype() != "text":
        return ""
    words = part.get_payload(decode=True)
    return words[:LONGEST_TEXT].decode("ascii", "replace") if isinstance(words, bytes) else ""
