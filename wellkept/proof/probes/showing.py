"""Tries against what a call shows of a record: the card and the year, too early, for another reason, too late."""

from wellkept.proof.ground import Answer, Ground, Try
from wellkept.proof.probes import calls, desk
from wellkept.proof.probes.lock import refused

PLACES = ("card/", "totals/")


def a_call_shows_what_its_reason_needs(ground: Ground) -> list[Try]:
    """Ask for the card and the year on a call about an address and on one about a claim, before and after each step."""
    cookie = ground.session(ground.staff["representative"])

    def asked(at: str) -> list[Answer]:
        return [ground.ask(f"{at}{place}", cookie=cookie) for place in PLACES]

    with desk.call(ground, cookie) as at:
        token = ground.token(ground.ask(at, cookie=cookie).text)
        ground.ask(f"{at}verified/", form={"token": token}, cookie=cookie)
        other = asked(at)
    with calls.call(ground, "claim") as (number, verify):
        at = f"/desk/calls/{number}/"
        early = asked(at)
        verify()
        shown = ground.ask(f"{at}totals/", cookie=cookie)
        strange = ground.ask(f"{at}totals/", cookie=ground.session(ground.staff["representative surge"]))
    late = asked(at)
    return [
        refused(
            "See the card or the year before the caller has answered",
            "A made-up representative asked for both as soon as the call began.",
            held=shut(early),
        ),
        refused("See them on a call about an address", "We asked for both on a verified call.", held=shut(other)),
        refused(
            "See them as a colleague, or when the call is over",
            "A colleague asked for the year, and the same representative for both after the call.",
            held=shut([*late, strange]),
        ),
        Try(
            "See the year on a verified call about a claim",
            "The same representative asked for it once the caller had answered.",
            "Shown" if shown.status == 200 else "Not shown",
            held=shown.status == 200,
        ),
    ]


def shut(answers: list[Answer]) -> bool:
    """Whether each was refused."""
    return all(one.status == 403 for one in answers)
