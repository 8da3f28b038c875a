"""Operations in Spanish: files, records and visits; what files said stands as it came (R-12)."""

import re

from tests.web.operations.conftest import Visit
from tests.web.operations.test_files import odd
from tests.web.operations.test_records import pair, two
from tests.web.reading import left, walked
from wellkept.policy import packs

__all__ = ["odd", "pair", "two"]
PLACES = ("", "files/{odd}/", "records/pairs/{pair}/", "records/find/", "visits/", "hand-in/")
A_FILE = re.compile(r".*\.8\d\d( \| Lakes)?")
MADE_UP = {"The amount is no number."}


def test_no_english_of_ours_is_left_in_operations(visit: Visit, odd: object, pair: object) -> None:
    pages = walked(visit("olga"), *(f"/operations/{one.format(odd=odd, pair=pair)}" for one in PLACES), most=12)
    found = left(pages, MADE_UP, packs.named("umr"))
    assert {one: where for one, where in found.items() if not A_FILE.fullmatch(one)} == {}
