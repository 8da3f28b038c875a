"""The privacy office in Spanish: requests, links, reasons; people's own words stand as they came (R-12)."""

from tests.cluster import Cluster
from tests.web.privacy.conftest import Asked, Visit
from tests.web.reading import left, walked
from wellkept.policy import packs

WORDS = "Who reads the letters that I send?"
ASKED = (
    "role=nurse&relationship=self&purpose=TREAT&category=diary",
    "role=representative&relationship=none&purpose=HPAYMT&category=claims",
    "role=representative&relationship=case&purpose=HRESCH&category=claims&met=agreement",
    "role=representative&relationship=case&purpose=HPAYMT&category=claims",
    "role=representative&relationship=case&purpose=HPAYMT&category=claims&met=agreement",
)
"""Why something may open, or not, in each way that an answer can take."""


def test_no_english_of_ours_is_left_in_the_privacy_office(house: Cluster, visit: Visit, asked: Asked) -> None:
    whys = [f"/privacy/why/?{one}" for one in ASKED]
    pages = walked(visit("priya"), "/privacy/", f"/privacy/requests/{asked(WORDS)}/", "/privacy/links/propose/", *whys)
    assert len(pages) > 8
    with house.administer("wellkept_umr") as connection:
        names = {str(name) for (name,) in connection.execute("select distinct actor from wellkept.accounts_account")}
    assert left(pages, {WORDS, *names}, packs.named("umr")) == {}
