"""Tries against the ID card: our phone number is read back from the page and from the PDF."""

import re
from pathlib import Path
from typing import Final

from wellkept.proof import pdf, walk
from wellkept.proof.ground import Ground, Try

SIDES: Final = Path(__file__).parents[2] / "files" / "papers"
FORMS: Final = ("card_sheet.typ", "card_image.typ")
PICTURE: Final = b"\x89PNG\r\n\x1a\n"


def the_card_carries_the_phone_number(ground: Ground) -> list[Try]:
    """Open the card of a made-up member in each form it has, and read our number back from both of its sides."""
    cookie, phone = ground.session(ground.members["one"]), ground.pack.phone
    page = ground.ask("/member/card/", cookie=cookie)
    front, _, back = page.text.partition('aria-label="Back of the card"')
    sides = (front.rpartition("aria-label")[2], back.partition("</section>")[0])
    shown = [phone in walk.spoken(side) for side in sides]
    links = re.findall(r'href="(/member/card/[^"]+\.(?:pdf|png))"', page.text)
    papers = {one[-3:]: ground.ask(one, cookie=cookie) for one in links}
    said = pdf.text(papers["pdf"].body) if "pdf" in papers else ""
    front, _, back = said.partition("Back")
    printed = [phone in front, phone in back]
    drawn = [side for side in ("#front", "#back") for form in FORMS if side not in (SIDES / form).read_text("utf-8")]
    picture = "png" in papers and papers["png"].body.startswith(PICTURE)
    return [
        outcome("Read the card on the screen", "We read both sides of a made-up member's card.", held=all(shown)),
        outcome("Read the card on paper", "We read back the words of both sides from its PDF.", held=all(printed)),
        outcome(
            "Find a picture of another card",
            "No program reads a picture. We looked that it came, and that it is drawn from the same two sides.",
            held=picture and not drawn,
        ),
    ]


def outcome(name: str, sentence: str, *, held: bool) -> Try:
    """A try that reads our number."""
    return Try(name, sentence, "It is there" if held else "It is missing", held)
