"""The words of the house hold no way to say sale."""

import re

from wellkept.policy.words import Purpose, Role

SALE = re.compile(r"SALE|SELL|TRADE|RENT|LICEN[CS]E|MARKET|MKT|ADVERT|BROKER", re.IGNORECASE)


def test_no_purpose_means_sale() -> None:
    assert not [word for purpose in Purpose for word in (purpose.name, purpose.value) if SALE.search(word)]


def test_no_role_means_sale() -> None:
    assert not [role for role in Role if SALE.search(role.value)]
