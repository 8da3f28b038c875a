"""Brings a demonstration to life in a process of its own, under the role of pages, by the actions that pages use.

``python -m wellkept.cli.demo.furnish invite``, under the role of jobs, invites the staff and says the codes. ``ask``
lets them begin to work, and members and organisations ask for access codes; it says what makes the staff's second
factors. Once the letters are printed, ``settle FOLDER`` takes the codes out of them, makes those accounts and lets
everybody do a little. Accounts come on standard input.
"""

import json
import re
import sys
import time
from datetime import date
from pathlib import Path
from typing import Final

from wellkept.demo.accounts import VISITOR, Account
from wellkept.proof import pdf

CODE: Final = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}\b")


def main() -> None:
    """One of the steps. Each may be repeated after it was interrupted."""
    everybody = [Account(**one) for one in json.load(sys.stdin)]
    accounts = [one for one in everybody if one.role != VISITOR]
    import django

    django.setup()
    if sys.argv[1] == "invite":
        json.dump(invite(accounts), sys.stdout)
    elif sys.argv[1] == "ask":
        json.dump(ask(accounts), sys.stdout)
    else:
        settle(accounts, Path(sys.argv[2]))


def invite(accounts: list[Account]) -> dict[str, str]:
    """The staff's invitations: a code by sign-in name."""
    from wellkept.cli import hiring

    return {one.login: hiring.invited(role=one.role, login=one.login, actor=one.name) for one in hired(accounts)}


def ask(accounts: list[Account]) -> dict[str, tuple[str, str]]:
    """Staff begin to work, members ask for a code. What ``hiring.begun`` gives, by the sign-in names of the staff."""
    from wellkept.accounts import actions
    from wellkept.cli import hiring

    for one in accounts:
        if one.role == "member":
            actions.ask_for_code(
                member=one.number, group=one.group, name=f"{one.first} {one.last}", born=date.fromisoformat(one.born)
            )
        elif one.kind:
            ask_for_office(one)
    return {one.login: hiring.begun(code=one.code, login=one.login, password=one.password) for one in hired(accounts)}


def hired(accounts: list[Account]) -> list[Account]:
    """The staff: neither members nor people of organisations."""
    return [one for one in accounts if one.role != "member" and not one.kind and not one.by]


def ask_for_office(one: Account) -> None:
    """Somebody of an organisation asks for a code, as its path does."""
    from wellkept.accounts import actions
    from wellkept.organisations import finders

    numbers = {"group_number": "", **one.numbers} if one.kind == "agent" else dict(one.numbers)
    roster = finders.presented(one.kind, **(numbers | {"name": one.office}))
    told = {"name": one.name, "organisation": one.office}
    actions.ask(audience=one.kind, roster=roster, born=date.fromisoformat(one.born), told=told)


def join(one: Account, leader: bytes) -> None:
    """Come in with a code that an administrator made, who hands it over; nothing for whoever is in already."""
    from wellkept.accounts import actions, colleagues

    born = date.fromisoformat(one.born)
    made = colleagues.invite(leader, name=one.name, born=born, days=1)
    if made.answer == "yes":
        actions.redeem(code=made.code, born=born, login=one.login, password=one.password)


def entered(one: Account) -> bytes:
    """A session of somebody, by its hash: with a recovery code where a second way is owed, else with their app's.

    A code of the app works once: the one of this half minute is left to whoever signs in next.
    """
    from wellkept.accounts import actions, seconds, totp

    way = actions.sign_in(login=one.login, password=one.password)
    if way is not None and not way.complete:
        half = actions.secret_hash(way.secret)
        this = int(time.time()) // totp.SECONDS
        way = seconds.by_code(half, one.spare) or seconds.by_code(half, totp.code(one.seed, this))
    if way is None:
        raise SystemExit(f"{one.name} cannot sign in: remove the state folder and start again.")
    return actions.secret_hash(way.secret)


def settle(accounts: list[Account], letters: Path) -> None:
    """Members use the codes of their letters; everybody agrees to what they owe; then a day begins."""
    from wellkept.accounts import actions
    from wellkept.consent import actions as consent
    from wellkept.demo import day

    texts = [pdf.text(path.read_bytes()) for path in sorted(letters.glob("*/*.pdf"))]
    sessions: dict[str, bytes] = {}
    for one in accounts:
        if one.role == "member" or one.kind:
            redeem(one, texts)
        elif one.by:
            join(one, sessions[one.by])
        hashed = entered(one)
        sessions |= {one.part or one.role: hashed, one.login: hashed}
        for name, version in consent.owed(hashed):
            consent.acknowledge(hashed, name=name, version=version, language="en")
    day.happen(sessions, accounts)
    for hashed in set(sessions.values()):
        actions.sign_out(hashed)


def redeem(one: Account, texts: list[str]) -> None:
    """Use the code of one's own letter, unless it was used already."""
    from wellkept.accounts import actions

    born = date.fromisoformat(one.born)
    for code in (code_in(text) for text in texts if one.name in text):
        if actions.redeem(code=code, born=born, login=one.login, password=one.password) == "yes":
            return


def code_in(text: str) -> str:
    """The code of a letter; empty in one that brings none."""
    found = CODE.search(text)
    return found[0] if found else ""


if __name__ == "__main__":
    main()
