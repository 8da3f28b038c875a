"""A little of a day, so that no page is empty: by the actions that pages use, through the gate, so in the ledger."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from wellkept.access import queries as access
from wellkept.benefits import queries as benefits
from wellkept.demo import links
from wellkept.demo.accounts import Account
from wellkept.intake.naming import BY_CARD, hashes
from wellkept.people import queries as people
from wellkept.policy import packs, practices
from wellkept.policy.words import Category, Purpose, Role
from wellkept.rights import actions as rights
from wellkept.service import actions as service
from wellkept.service.values import ABOUT, shown

Sessions = Mapping[str, bytes]


def happen(sessions: Sessions, accounts: Sequence[Account]) -> None:
    """The whole day."""
    by_part = {one.part: one for one in accounts if one.part}
    for part in by_part:
        look(sessions[part])
    answer_call(sessions["representative"], by_part["subscriber"], about="claim")
    answer_call(sessions["representative"], by_part["spouse"], about="card")
    ask(sessions["subscriber"])
    officers = [sessions[one.login] for one in accounts if one.role == Role.PRIVACY_OFFICER]
    links.happen(settings.WELLKEPT_OPERATOR, officers, today=packs.today(settings.PACK))


def look(secret: bytes) -> None:
    """A member looks at their own claims."""
    with access.enter(
        secret, purpose=Purpose.PATIENT_REQUEST, categories=[Category.CLAIMS, Category.SENSITIVE_CLAIMS]
    ) as key:
        benefits.claims(key, page=1)


def answer_call(secret: bytes, caller: Account, *, about: str) -> None:
    """The representative finds a caller, verifies them, opens what the call is about, and ends the call."""
    index = hashes().by_card(caller.number, caller.born)
    with access.search(secret, kind=BY_CARD, index=index, purpose=Purpose.MEMBER_ADMINISTRATION) as key:
        found: tuple[UUID, ...] = key.subjects
    call = service.begin_call(secret, person=found[0], about=about)
    service.verify_caller(secret, call)
    with access.enter(
        secret, purpose=ABOUT[about][1], categories=shown(about), subjects=[found[0]], occasion=call
    ) as key:
        people.identities(key)
    service.end_call(secret, call)


def ask(secret: bytes) -> None:
    """A member asks for a correction; the clock of the request runs from now."""
    with access.enter(secret, purpose=Purpose.PATIENT_REQUEST, categories=[Category.REQUESTS]) as key:
        rights.ask(
            key,
            kind="correct",
            entry=None,
            words="My street is written wrong on the last explanation of benefits.",
            days=practices.number(settings.PACK, "answers_in_business_days"),
            tz=ZoneInfo(settings.PACK.time_zone),
            collected_under=packs.now_in_force(settings.PACK).version,
            now=datetime.now(UTC),
        )
