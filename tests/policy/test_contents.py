"""What messages may serve: no offer where the policy promises to promote nothing, and every kind on the list."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from wellkept.exchange.mail import texts
from wellkept.notices.news import KINDS
from wellkept.policy import check, contents, packs
from wellkept.policy.contents import Content

HOUSE = Path(__file__).parents[2] / "wellkept"
Spoil = Callable[[str, str, str], Path]


def test_it_refuses_an_offer_where_nothing_is_promoted(spoil: Spoil) -> None:
    pack = packs.load(spoil("operator.toml", '"programme"]', '"programme", "offer"]'))
    assert [line for line in check.problems(pack) if "allows offers" in line] == contents.problems(pack) != []


def test_nobody_can_allow_what_a_partner_promotes(spoil: Spoil) -> None:
    folder = spoil("operator.toml", '"programme"]', '"programme", "partner promotion"]')
    with pytest.raises(packs.PackError, match='"contents" cannot be "partner promotion"'):
        packs.load(folder)


@pytest.mark.parametrize("operator", ["umr", "pwer"])
def test_the_packs_that_ship_keep_it(operator: str) -> None:
    assert contents.problems(packs.named(operator)) == []


def test_every_mail_and_every_kind_of_news_is_on_the_list() -> None:
    assert {kind for way, kind in contents.MESSAGES if way == "mail"} == {kind.value for kind in texts.Mail}
    assert {kind for way, kind in contents.MESSAGES if way == "news"} == set(KINDS)


def test_a_mail_of_a_kind_not_allowed_has_no_words(spoil: Spoil) -> None:
    pack = packs.load(spoil("operator.toml", 'contents = ["service", ', "contents = ["))
    assert contents.rows(pack) == [("mail", "publication", "publication")]
    with pytest.raises(ValueError, match="sends no mail of the kind news"):
        texts.text(texts.Mail.NEWS, pack=pack, site="https://portal.example")


def test_no_message_is_an_offer_yet() -> None:
    assert Content.OFFER not in contents.MESSAGES.values()
    assert not re.search(r"\boffer", " ".join(kind for _, kind in contents.MESSAGES))


def test_a_publication_that_the_operator_does_not_allow_stops_the_start(spoil: Spoil) -> None:
    pack = packs.load(spoil("operator.toml", '"publication", ', ""))
    assert (
        [line for line in contents.problems(pack) if "allows no publication" in line] == contents.problems(pack) != []
    )
