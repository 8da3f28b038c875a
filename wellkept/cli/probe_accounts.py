"""The inside of making the standing family: what takes the keys of a role. Reads what is asked from standard input.

As ``jobs`` it issues access codes; as ``web``, which holds the entrance's secret, it makes staff accounts.
"""

import json
import os
import sys
from datetime import UTC, date, datetime, timedelta

from wellkept.cli.process import become


def main() -> None:
    """Answer what was asked, as JSON."""
    become(operator=os.environ["WELLKEPT_OPERATOR"], role=os.environ["WELLKEPT_ROLE"])
    asked = json.load(sys.stdin)
    told = {"members": [code_for(*one) for one in asked.get("members", [])]}
    for role, login, password in asked.get("staff", []):
        staff(role, login, password)
    json.dump(told, sys.stdout)


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


def staff(role: str, login: str, password: str) -> None:
    """A made-up member of staff."""
    from wellkept.accounts.actions import add_staff

    add_staff(role=role, login=login, password=password, actor="Standing probe")


if __name__ == "__main__":
    main()
