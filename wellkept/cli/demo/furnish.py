"""Brings a demonstration to life in a process of its own, under the role of pages, by the actions that pages use.

``python -m wellkept.cli.demo.furnish ask`` makes the staff's accounts and lets the members ask for access codes. Once
the letters are printed, ``settle FOLDER`` takes the codes out of them, makes the members' accounts and lets everybody
do a little. Accounts come on standard input.
"""

import json
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

from wellkept.demo.accounts import VISITOR, Account


def main() -> None:
    """One of the two steps. Each may be repeated after it was interrupted."""
    everybody = [Account(**one) for one in json.load(sys.stdin)]
    accounts = [one for one in everybody if one.role != VISITOR]
    import django

    django.setup()
    if sys.argv[1] == "ask":
        ask(accounts)
    else:
        settle(accounts, Path(sys.argv[2]))


def ask(accounts: list[Account]) -> None:
    """Staff get their accounts, members ask for a code."""
    from django.db import IntegrityError

    from wellkept.accounts import actions

    for one in accounts:
        if one.role == "member":
            actions.ask_for_code(
                member=one.number, group=one.group, name=f"{one.first} {one.last}", born=date.fromisoformat(one.born)
            )
        else:
            with suppress(IntegrityError):  # made by a run that was interrupted
                actions.add_staff(role=one.role, login=one.login, password=one.password, actor=one.name)


def settle(accounts: list[Account], letters: Path) -> None:
    """Members use the codes of their letters; everybody agrees to what they owe; then a day begins."""
    from wellkept.accounts import actions
    from wellkept.consent import actions as consent
    from wellkept.demo import day

    texts = [path.read_text(encoding="utf-8") for path in sorted(letters.glob("*.txt"))]
    sessions: dict[str, bytes] = {}
    for one in accounts:
        if one.role == "member":
            redeem(one, texts)
        secret = actions.sign_in(login=one.login, password=one.password)
        if secret is None:
            raise SystemExit(f"{one.name} cannot sign in: remove the state folder and start again.")
        hashed = actions.secret_hash(secret)
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
    for code in (code_in(text) for text in texts if f"\n{one.name}\n" in text):
        if actions.redeem(code=code, born=born, login=one.login, password=one.password) == "yes":
            return


def code_in(text: str) -> str:
    """The code of a letter: the one line that is set in from the others."""
    return next(line.strip() for line in text.splitlines() if line.startswith("    "))


if __name__ == "__main__":
    main()
