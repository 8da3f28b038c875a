"""The letter that goes with each answer: its words, and what the law wants said with a refusal.

Source: 29 CFR 2560.503-1(g)(1) and (j): the reason, the rule of the plan, the next step and its time, free copies of
what the decision rests on, and the right to go to court under section 502(a) of ERISA.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from wellkept.accounts.letter import long_date
from wellkept.clocks.law import appeal_until, information_until, review_until
from wellkept.policy.shapes import Pack
from wellkept.service.thread_values import ThreadLine

TITLES = {
    ("inquiry", "accepted"): "Our answer to your question",
    ("request", "accepted"): "We approved the care you asked about",
    ("request", "refused"): "We did not approve the care you asked about",
    ("appeal", "accepted"): "We changed our decision",
    ("appeal", "refused"): "We looked again, and our decision stands",
    ("review", "passed on"): "Your external review has begun",
    ("review", "accepted"): "The reviewer decided for you",
    ("review", "refused"): "About your external review",
}


def data(pack: Pack, line: ThreadLine, *, what: str, said: str) -> dict[str, object]:
    """What the template of a letter takes, beside its head. In English, as every letter of ours."""
    return {
        "title": TITLES.get((line.kind, what), "We need something more from you"),
        "foot": "You can read each step, and answer, on your pages.",
        "says": [f"Your number is {line.number}.", *said.split("\n\n"), *after(pack, line, what)],
    }


def after(pack: Pack, line: ThreadLine, what: str) -> Iterator[str]:
    """What the person can do next, by when, and who helps."""
    today = datetime.now(UTC).astimezone(ZoneInfo(pack.time_zone)).date()
    if what == "asked":
        yield from asked(line, until=long_date(information_until(today)))
    elif (line.kind, what) == ("request", "refused"):
        yield f"You can appeal until {long_date(appeal_until(today))}. Somebody who did not decide before looks again."
        yield "If it is urgent, say so: then we decide within 72 hours."
    elif (line.kind, what) == ("appeal", "refused"):
        yield f"You can ask for an external review until {long_date(review_until(today))}. It is free of charge."
        yield "You also have the right to bring a civil action under section 502(a) of ERISA."
    elif (line.kind, what) == ("review", "refused"):
        yield "You have the right to bring a civil action under section 502(a) of ERISA."
    if what == "refused" and line.kind != "inquiry":
        yield "You may have, free of charge, a copy of everything the decision rests on: rules, papers and advice."
    yield f"Questions? Call {pack.phone} (TTY {pack.tty}), {pack.hours}, and quote your number."


def asked(line: ThreadLine, *, until: str) -> Iterator[str]:
    """By when to answer what we asked, and whether our time stands still."""
    if line.kind == "appeal":
        yield "Please answer soon. Our time to decide does not stand still meanwhile."
    elif line.kind == "request" and line.setting == "urgent":
        yield "Please answer within 48 hours. Then we decide within 48 hours."
    elif line.kind == "request":
        yield f"Please answer by {until}. Our time to decide stands still until then."
    else:
        yield "Please answer when you can. Then we go on."
