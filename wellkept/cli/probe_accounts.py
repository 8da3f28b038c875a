"""The inside of making the standing family: what takes the keys of a role. Reads what is asked, a line at a time.

As ``jobs`` it issues access codes and invites staff; as ``web``, which holds the entrance's secret, they begin to work.
"""

import json
import os
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any

from wellkept.cli import hiring
from wellkept.cli.process import become

ACTOR = "Standing probe"


def main() -> None:
    """Answer each line that asks, as JSON, until there are no more."""
    become(operator=os.environ["WELLKEPT_OPERATOR"], role=os.environ["WELLKEPT_ROLE"])
    for line in sys.stdin:
        json.dump(answer(json.loads(line)), sys.stdout)
        sys.stdout.write("\n")
        sys.stdout.flush()


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """What was asked for, by what it is."""
    return {
        "members": [code_for(*one) for one in asked.get("members", [])],
        "named": [named(one) for one in asked.get("named", [])],
        "offices": [first_code(*one) for one in asked.get("offices", [])],
        "invited": [hiring.invited(role=role, login=login, actor=ACTOR) for role, login in asked.get("invited", [])],
        "begun": [
            hiring.begun(code=code, login=login, password=password)[0]
            for code, login, password in asked.get("begun", [])
        ],
    }


def code_for(number: str, born: str, minutes: int = 60) -> tuple[str, str]:
    """The person with that card, and a fresh access code for them that runs out in so many minutes."""
    from django.db import connection

    from wellkept.accounts import codes, hashes
    from wellkept.intake import naming
    from wellkept.people import finders

    index = naming.hashes().by_card(number, born)
    ((person, _plan),) = finders.found(naming.BY_CARD, [index])[index]
    code = codes.new()
    now = datetime.now(UTC)
    began = now + min(timedelta(), timedelta(minutes=minutes - 1))
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into wellkept.accounts_accesscode (code_hash, person_id, birth_date, issued_at, expires_at, tries)"
            " values (%s, %s, %s, %s, %s, 0)",
            [
                hashes.code(code),
                person,
                hashes.birth_date(date.fromisoformat(born)),
                began,
                now + timedelta(minutes=minutes),
            ],
        )
    return str(person), code


def named(login: str) -> str:
    """What the entrance knows a sign-in name by, in hexadecimal: with it a probe can hammer a name as others would."""
    from wellkept.accounts import hashes

    return hashes.login(login).hex()


def first_code(kind: str, name: str, head: str, number: str, tax_number: str, born: str, actor: str) -> str:
    """A fresh access code for the first account of an organisation on the roster, which will administer it."""
    from uuid import UUID, uuid4

    from django.db import connection

    from wellkept.accounts import codes, hashes
    from wellkept.organisations import finders

    typed = {head.removesuffix("s"): number, "tax_number": tax_number}
    (found,) = finders.found([finders.presented(kind, name=name, **typed)])
    code = codes.new()
    given: list[bytes | str | UUID] = [
        hashes.code(code),
        kind,
        uuid4(),
        found,
        actor,
        found,
        hashes.birth_date(date.fromisoformat(born)),
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "select wellkept.accounts_issue_code(%s, %s, null, %s, %s, true, %s, %s, %s, null, null,"
            " interval '1 hour', interval '0')",
            given,
        )
    return code


if __name__ == "__main__":
    main()
