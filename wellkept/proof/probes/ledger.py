"""Tries against the ledger: whether each opening is shown to its person, and a receipt fits what is published."""

import base64
import hashlib
import json
import re
import time
from typing import Any, Final

from wellkept.proof.ground import Ground, Try

SECONDS: Final = 20
BEHIND: Final = 20
"""For how many seconds an opening may wait for its receipt, and the published head lag behind one."""
A_MOMENT: Final = 0.2
DOMAIN: Final = b"wellkept ledger entry v1\n"


def an_opening_is_shown_to_its_person(ground: Ground) -> list[Try]:
    """Open a claim as its member, and look for that opening in the member's own list; then for it in another's."""
    one, other = ground.members["one"], ground.members["other"]
    cookie = ground.session(one)
    ground.ask("/member/claims/", cookie=cookie)
    mine = ground.ask("/member/privacy/openings/", cookie=cookie)
    listed = mine.status == 200 and "claims" in visible(mine.text)
    theirs = ground.ask("/member/privacy/openings/", cookie=ground.session(other))
    stranger = ground.ask("/member/privacy/openings/")
    return [
        Try(
            "Open a claim and look for the note",
            "A made-up member opened their claims, then read who opened their record.",
            "Shown" if listed else "Not shown",
            held=listed,
        ),
        Try(
            "Find another's openings in one's own list",
            "Another member looked whether the first one's names are in their list.",
            "None found" if theirs.status == 200 and not any(c in theirs.text for c in one.canaries) else "Found",
            held=theirs.status == 200 and not any(c in theirs.text for c in one.canaries),
        ),
        Try(
            "Read the list without signing in",
            "We asked for the list with no session.",
            "Refused" if stranger.status in (302, 403) else "Shown",
            held=stranger.status in (302, 403),
        ),
    ]


def a_receipt_fits_the_published_checkpoint(ground: Ground) -> list[Try]:
    """Check a receipt of one's own opening with the published checkpoint, by own arithmetic; then a changed one."""
    one = ground.members["one"]
    cookie = ground.session(one)
    ground.ask("/member/claims/", cookie=cookie)
    receipt = newest_receipt(ground, cookie)
    until = time.monotonic() + SECONDS
    while receipt is None and time.monotonic() < until:
        time.sleep(A_MOMENT)  # the sealer needs one: an entry is sealed within ten seconds
        receipt = newest_receipt(ground, cookie)
    fits = receipt is not None and proves(receipt) and is_followed(ground, receipt)
    changed = receipt is not None and proves(with_a_change(receipt))
    return [
        Try(
            "Check a receipt with the published head",
            "We took a receipt of a made-up opening and worked its proof out ourselves.",
            "It fits" if fits else "It does not fit",
            held=fits,
        ),
        Try(
            "Change one letter of it",
            "We changed one letter of the same receipt and worked it out again.",
            "Found out" if receipt is not None and not changed else "Not noticed",
            held=receipt is not None and not changed,
        ),
    ]


def newest_receipt(ground: Ground, cookie: str) -> dict[str, Any] | None:
    """The first receipt that the list of openings offers, once it is sealed."""
    page = ground.ask("/member/privacy/openings/", cookie=cookie)
    for address in re.findall(r'href="(/member/privacy/[^"]*receipt[^"]*)"', page.text):
        answer = ground.ask(address, cookie=cookie)
        if answer.status == 200 and "json" in answer.headers.get("content-type", ""):
            whole: dict[str, Any] = json.loads(answer.body)
            return whole
    return None


def is_followed(ground: Ground, receipt: dict[str, Any]) -> bool:
    """Whether the published head reaches the receipt's: the sealer saves a head first, and publishes it right after."""
    until = time.monotonic() + BEHIND
    while True:
        published = ground.ask("/.well-known/wellkept/ledger/checkpoint")
        if published.status == 200 and grows(receipt, published.text):
            return True
        if time.monotonic() > until or published.status != 200:
            return False
        time.sleep(A_MOMENT)


def visible(page: str) -> str:
    """The words of a page without its markup."""
    return re.sub(r"<[^>]+>", " ", page)


def with_a_change(receipt: dict[str, Any]) -> dict[str, Any]:
    """The same receipt, saying another purpose."""
    return receipt | {"entry": receipt["entry"] | {"purpose": "FRAUD"}}


def grows(receipt: dict[str, Any], published: str) -> bool:
    """Whether the published checkpoint is of the same log and at least as long as the receipt's."""
    own, theirs = str(receipt["checkpoint"]).split("\n"), published.split("\n")
    return own[0] == theirs[0] and int(own[1]) <= int(theirs[1])


def proves(receipt: dict[str, Any]) -> bool:
    """The inclusion proof of a receipt by RFC 6962, section 2.1.1, in our own arithmetic."""
    leaf = hashlib.sha256(b"\x00" + commitment(receipt)).digest()
    index, size = int(receipt["leaf"]), int(str(receipt["checkpoint"]).split("\n")[1])
    path = [base64.b64decode(step) for step in receipt["proof"]]
    root = base64.b64decode(str(receipt["checkpoint"]).split("\n")[2])
    return climbed(leaf, index, size, path) == root


def climbed(node: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """The root that a leaf and its path lead to."""
    last = size - 1
    for step in path:
        if last == 0:
            return None
        if index & 1 or index == last:
            node = hashlib.sha256(b"\x01" + step + node).digest()
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            node = hashlib.sha256(b"\x01" + node + step).digest()
        index, last = index >> 1, last >> 1
    return node if last == 0 else None


def commitment(receipt: dict[str, Any]) -> bytes:
    """What the leaf commits to: the entry's fields in JSON with sorted keys and no spaces, under domain and nonce."""
    spelt = json.dumps(receipt["entry"], sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return hashlib.sha256(DOMAIN + bytes.fromhex(receipt["entry_nonce"]) + spelt).digest()
