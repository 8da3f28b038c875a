"""The members' pages in Spanish: what we say is said in Spanish, what files brought stands as it came (R-12)."""

import re

from tests.web.member.conftest import Visit
from tests.web.reading import left, walked
from wellkept.policy import packs

BROUGHT = {"Lakeside Family Clinic", "Example Plan", "Lakes Manufacturing", "Maria Alvarez", "Tom"}
"""What files said of Maria: names, which no language changes."""
SHARED = {"Rules for Maria", ": Rules for Maria", "Family medicine", "Eye care", "Imaging"}
"""What other tests' files said to everybody of this house: the titles of papers, and what offices call their care."""


def test_no_english_of_ours_is_left_on_a_members_page(visit: Visit) -> None:
    pages = walked(visit("maria"), "/member/")
    assert len(pages) > 20
    # What members wrote is theirs, in the language they wrote it in.
    pages = {path: page for path, page in pages.items() if not re.search(r"/requests/[0-9a-f-]{36}/", path)}
    assert left(pages, BROUGHT | SHARED, packs.named("umr")) == {}
