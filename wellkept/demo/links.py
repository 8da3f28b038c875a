"""Made-up sites that the pages of a demonstration link to, reviewed by two officers as any site is.

Every host ends in example or lies under example.org, which nobody can register (RFC 2606).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final
from uuid import UUID

from wellkept.links import actions, queries
from wellkept.links.actions import Agreement, Proposal
from wellkept.links.criteria import CRITERIA

GOOD: Final = MappingProxyType(
    {
        "source": "The people who wrote it are named, with what they learnt.",
        "content": "Each page says when it was last read through, and by whom.",
        "workability": "Read on a phone, by keyboard and with a screen reader. No account is needed.",
        "design": "Large type, plain headings, no advertising.",
        "scope": "It answers what members ask us by telephone.",
    }
)
YEAR: Final = 360


@dataclass(frozen=True, slots=True)
class Site:
    """A site as it is proposed, and what comes of it.

    ``days`` is for how long each of the two reviews counts, from today; one officer has yet to look where ``halfway``.
    """

    key: str
    title: str
    host: str
    owner: str
    is_health_content: bool = False
    sponsor: str = ""
    partner: str = ""
    days: tuple[int, int] = (YEAR, YEAR)
    halfway: bool = False
    refused: Mapping[str, str] = field(default_factory=dict)
    ended: bool = False


SITES: Final[Mapping[str, tuple[Site, ...]]] = {
    "umr": (
        Site("plain-words", "What the words on a health bill mean", "words.example.org", "Plain Words Library"),
        Site(
            "stop-smoking",
            "Help to stop smoking",
            "breathe.example.org",
            "Breathe Easy Society",
            is_health_content=True,
        ),
        Site(
            "travel-care", "Finding care while you travel", "travel-care.example", "Travel Care Guide", days=(YEAR, 12)
        ),
        Site(
            "mail-pharmacy",
            "Order medicines by mail",
            "harbor-pharmacy.example",
            "Harbor Mail Pharmacy",
            partner="Harbor Mail Pharmacy, Inc.",
        ),
        Site(
            "compare-hospitals",
            "Compare hospitals near you",
            "compare.example.org",
            "Lakeside Care Index",
            halfway=True,
        ),
        Site(
            "first-aid",
            "First aid at home",
            "first-aid.example.org",
            "Harbor First Aid School",
            is_health_content=True,
            days=(-1, YEAR),
        ),
        Site(
            "eyewear",
            "Glasses at a lower price",
            "clear-view.example",
            "Clear View Eyewear",
            partner="Clear View Eyewear LLC",
            ended=True,
        ),
        Site(
            "lake-tea",
            "A tea against high blood pressure",
            "lake-tea.example",
            "Lake Tea Company",
            is_health_content=True,
            sponsor="Lake Tea Company",
            refused={
                "ineffective": "Nothing shows that the tea lowers blood pressure.",
                "misleads": "It tells readers to stop their medicine, and sells the tea beside it.",
            },
        ),
    ),
    "pwer": (
        Site(
            "sleep-well",
            "Sleeping better, step by step",
            "sleep.example.org",
            "Valley Sleep Library",
            is_health_content=True,
        ),
        Site("walk-more", "Walks in the valley, by length", "walks.example.org", "Larkmoor Walkers"),
        Site("diary-helper", "Keeping a food diary", "food-diary.example.org", "Open Kitchen Table", days=(YEAR, 20)),
        Site(
            "step-counter",
            "Send your steps to your record",
            "orchard-steps.example",
            "Orchard Steps",
            partner="Orchard Steps Cooperative",
        ),
        Site("calm-minutes", "Ten calm minutes", "calm.example.org", "Graylock Breathing School", halfway=True),
        Site(
            "heart-facts",
            "Facts about your heart",
            "heart.example.org",
            "Hudson Heart Notes",
            is_health_content=True,
            days=(-1, YEAR),
        ),
        Site(
            "detox-pads",
            "Pads that draw poison from the feet",
            "detox-pads.example",
            "Detox Pads",
            is_health_content=True,
            sponsor="Detox Pads",
            refused={
                "ineffective": "The pads turn brown with steam alone.",
                "hides_sponsor": "Its articles name no seller.",
            },
        ),
    ),
}


def happen(operator: str, officers: Sequence[bytes], *, today: date) -> None:
    """Two officers propose and review every site of an operator, unless they did so before."""
    first, second = officers
    if queries.entries(first):
        return
    for site in SITES.get(operator, ()):
        number = actions.propose(first, proposal(site, today=today))
        if number is not None:
            judge(site, number, first, second, today=today)


def judge(site: Site, number: UUID, first: bytes, second: bytes, *, today: date) -> None:
    """The reviews of a site: one that refuses, one that waits for another, or two that agree."""
    refusing = site.refused
    reviewers = (first,) if site.halfway or refusing else (first, second)
    for secret, days in zip(reviewers, site.days, strict=False):
        actions.review(
            secret,
            number,
            met=[name for name in CRITERIA if not (refusing and name == "content")],
            words=GOOD | ({"content": " ".join(refusing.values())} if refusing else {}),
            refusing=list(refusing),
            refusing_words=" ".join(refusing.values()),
            until=today + timedelta(days=days),
        )


def proposal(site: Site, *, today: date) -> Proposal:
    """A site as it is proposed. Its policy lies where most sites have it."""
    agreement = None
    if site.partner:
        begins, ends = (-400, -5) if site.ended else (-90, 275)
        agreement = Agreement(
            number=f"BP-{site.key[:2].upper()}-{today.year}",
            begins=today + timedelta(days=begins),
            ends=today + timedelta(days=ends),
            collector=site.partner,
            mark_allowed=not site.ended,
        )
    return Proposal(
        key=site.key,
        title=site.title,
        address=f"https://{site.host}/",
        policy_address=f"https://{site.host}/privacy/",
        owner=site.owner,
        is_health_content=site.is_health_content,
        sponsor=site.sponsor,
        agreement=agreement,
    )
