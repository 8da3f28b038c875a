"""The keyed hashes under which the entrance knows what a person presents."""

from datetime import date
from uuid import UUID

from wellkept.accounts import codes
from wellkept.vault import blind
from wellkept.vault.queries import operator_key


def login(name: str) -> bytes:
    """A sign-in name; capitals do not matter."""
    return blind.exact(key=operator_key("entrance"), name="account.login", value=name)


def code(typed: str) -> bytes:
    """An access code."""
    return blind.exact(key=operator_key("entrance"), name="account.code", value=codes.canonical(typed))


def openid(issuer: str, subject: str) -> bytes:
    """Whom a sign-on names: the subject is told apart by its capitals, and by its issuer."""
    return blind.exact(key=operator_key("entrance"), name="account.openid", value=f"{issuer} {subject}")


def mailed_code(typed: str) -> bytes:
    """A sign-in code that came by mail."""
    return blind.exact(key=operator_key("entrance"), name="account.mailed_code", value=codes.canonical(typed))


def recovery_code(account: UUID, typed: str) -> bytes:
    """A recovery code of one account."""
    value = f"{account.hex}{codes.canonical(typed)}"
    return blind.exact(key=operator_key("entrance"), name="account.recovery_code", value=value)


def handle(account: UUID) -> bytes:
    """What a passkey's device knows an account by: the same for each of its passkeys, and nothing else of it."""
    return blind.exact(key=operator_key("entrance"), name="account.handle", value=str(account))


def birth_date(day: date) -> bytes:
    """A birth date, as an access code is bound to it."""
    return blind.exact(key=operator_key("entrance"), name="account.birth_date", value=day.isoformat())


def roster(*, member: str, group: str, name: str, born: date) -> bytes:
    """What registration asks the roster; raises ``ValueError`` when one of the first three holds nothing."""
    return blind.roster(key=operator_key("roster"), member=member, group=group, name=name, birth_date=born)
