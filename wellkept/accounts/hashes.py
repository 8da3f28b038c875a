"""The keyed hashes under which the entrance knows what a person presents."""

from datetime import date

from wellkept.accounts import codes
from wellkept.vault import blind
from wellkept.vault.queries import operator_key


def login(name: str) -> bytes:
    """A sign-in name; capitals do not matter."""
    return blind.exact(key=operator_key("entrance"), name="account.login", value=name)


def code(typed: str) -> bytes:
    """An access code."""
    return blind.exact(key=operator_key("entrance"), name="account.code", value=codes.canonical(typed))


def birth_date(day: date) -> bytes:
    """A birth date, as an access code is bound to it."""
    return blind.exact(key=operator_key("entrance"), name="account.birth_date", value=day.isoformat())


def roster(*, member: str, group: str, name: str, born: date) -> bytes:
    """What registration asks the roster; raises ``ValueError`` when one of the first three holds nothing."""
    return blind.roster(key=operator_key("roster"), member=member, group=group, name=name, birth_date=born)
