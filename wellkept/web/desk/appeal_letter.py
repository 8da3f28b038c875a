"""The letter that goes with each answer: its words, and what the law wants said with a refusal.

Source: 29 CFR 2560.503-1(g)(1) and (j): the reason, the rule of the plan, the next step and its time, free copies of
what the decision rests on, and the right to go to court under section 502(a) of ERISA.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from wellkept.accounts.letter import long_date
from wellkept.clocks.law import appeal_until, information_until, review_until
from wellkept.files.letterhead import letterhead
from wellkept.notices import actions as letters
from wellkept.policy import packs
from wellkept.policy.shapes import Pack
from wellkept.policy.words import Category, Key
from wellkept.service.cases import CaseLine
from wellkept.service.thread_values import ThreadLine
from wellkept.web.shell import serving

LETTER: Final = "claim answer"
AGAIN: Final = "Somebody who did not decide before looks again."
FREE: Final = "You may have, free of charge, a copy of everything the decision rests on: rules, papers and advice."
SOON: Final = "Please answer soon. Our time to decide does not stand still meanwhile."
COURT_LATER: Final = (
    "If the appeal is refused too, you have the right to bring a civil action under section 502(a) of ERISA."
)
"""29 CFR 2560.503-1(g)(1)(iv)."""
TITLES = {
    ("inquiry", "accepted"): "Our answer to your question",
    ("request", "accepted"): "We approved the care you asked about",
    ("request", "refused"): "We did not approve the care you asked about",
    ("appeal", "accepted"): "We changed our decision",
    ("appeal", "refused"): "We looked again, and our decision stands",
    ("request", "extended"): "We need more time to decide",
    ("request", "urgent"): "We treat your request as urgent",
    ("appeal", "urgent"): "We treat your appeal as urgent",
    ("review", "passed on"): "Your external review has begun",
    ("review", "accepted"): "The reviewer decided for you",
    ("review", "refused"): "About your external review",
}


def data(pack: Pack, line: ThreadLine, *, what: str, said: str) -> dict[str, object]:
    """What the template of a letter takes, beside its head. In English, as every letter of ours."""
    return {
        "title": TITLES.get((line.kind, what), "We need something more from you"),
        "foot": "You can read each step, and answer, on your pages.",
        "says": [f"Your number is {line.number}.", *(said.split("\n\n") if said else ()), *after(pack, line, what)],
    }


def later(pack: Pack, *, number: str, due_on: date, said: str) -> dict[str, object]:
    """What the letter takes that tells of the longer time for a receipt: why, and by when it is decided."""
    return {
        "title": TITLES["request", "extended"],
        "foot": "You can read each step, and answer, on your pages.",
        "says": [f"Your number is {number}.", *said.split("\n\n"), *extended(due_on), asking(pack)],
    }


def receipt(pack: Pack, case: CaseLine, *, what: str, said: str) -> dict[str, object]:
    """What the letter takes that goes with an answer to a receipt: refused, asked for more, or the longer time."""
    if what == "extended":
        return later(pack, number=case.number, due_on=case.due_on, said=said)
    day = packs.today(pack)
    if what == "asked":
        title, rest = "We need something more from you", [answers(still=case.asked_on is not None, asked_on=day)]
    else:
        title, rest = "We did not accept your receipt", [*appealing(pack, day), FREE]
    return {
        "title": title,
        "foot": "You can read each step, and answer, on your pages.",
        "says": [f"Your number is {case.number}.", *said.split("\n\n"), *rest, asking(pack)],
    }


def appealing(pack: Pack, decided_on: date) -> Iterator[str]:
    """How to have a refusal looked at again, by when, and what stands open after that ((g)(1)(iv))."""
    if "plans" in pack.law:
        yield f"You can appeal until {long_date(appeal_until(decided_on))}. {AGAIN} We then decide within 60 days."
        yield COURT_LATER


def answers(*, still: bool, asked_on: date) -> str:
    """By when to answer what we asked about a receipt, and whether our time stands still (29 CFR 2560.503-1(f))."""
    if not still:
        return SOON
    return f"Please answer by {long_date(information_until(asked_on))}. Our time to decide stands still until then."


def post(key: Key, letter: Mapping[str, object], *, step: UUID, category: Category) -> None:
    """Put the letter about a step into the print queue, once."""
    pack = serving.original()
    data = {"from": letterhead(pack), "lang": "en", "made_on": packs.today(pack).isoformat(), **letter}
    letters.ask_for(
        key, kind=LETTER, about=step, body=json.dumps({"template": "letter", "data": data}),
        category=category, plan=None, collected_under=packs.now_in_force(pack).version,
    )  # fmt: skip


def asking(pack: Pack) -> str:
    """Whom to ask."""
    return f"Questions? Call {pack.phone} (TTY {pack.tty}), {pack.hours}, and quote your number."


def after(pack: Pack, line: ThreadLine, what: str) -> Iterator[str]:
    """What the person can do next, by when, and who helps."""
    day = packs.today(pack)
    if what == "asked":
        yield from asked(line, asked_on=day)
    elif what == "extended":
        yield from extended(line.due_on)
    elif what == "urgent" and line.due_at:
        at = line.due_at.astimezone(ZoneInfo(pack.time_zone))
        yield f"We decide by {long_date(at.date())}, {f'{at:%I:%M %p}'.lstrip('0')}."
    elif (line.kind, what) == ("request", "refused"):
        yield f"You can appeal until {long_date(appeal_until(day))}. {AGAIN}"
        urgent = "If it is urgent, say so when you appeal: then we decide within 72 hours."
        yield "It is urgent: we then decide within 72 hours." if line.setting == "urgent" else urgent
        yield COURT_LATER
    elif (line.kind, what) == ("appeal", "refused"):
        yield f"You can ask for an external review until {long_date(review_until(day))}. It is free of charge."
        yield "You also have the right to bring a civil action under section 502(a) of ERISA."
    elif (line.kind, what) == ("review", "refused"):
        yield "You have the right to bring a civil action under section 502(a) of ERISA."
    if what == "refused" and line.kind != "inquiry":
        yield FREE
    yield asking(pack)


def extended(due_on: date) -> Iterator[str]:
    """By when we now decide, and that the law gives no more (29 CFR 2560.503-1(f)(2)(iii))."""
    yield f"We expect to decide by {long_date(due_on)}. The law lets us take 15 more days once, and never again."


def asked(line: ThreadLine, *, asked_on: date) -> Iterator[str]:
    """By when to answer what we asked, and whether our time stands still."""
    if line.kind == "appeal" or (line.kind == "request" and line.asked_at is None):
        yield SOON
    elif line.kind == "request" and line.setting == "urgent":
        yield "Please answer within 48 hours. Then we decide within 48 hours."
    elif line.kind == "request":
        yield answers(still=True, asked_on=asked_on)
    else:
        yield "Please answer when you can. Then we go on."
