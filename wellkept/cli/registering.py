"""The job that answers requests to register: a letter with a code to whom they mean; else they wait for a person.

Rooms that must meet for it are introduced to each other here. Serves U-05, U-30, P-13, P-15. Nobody who asked learns
anything from it: what it finds out leaves the house on paper alone, to an address on file.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.conf import settings

from wellkept.access import queries as access
from wellkept.accounts import letter, registrations
from wellkept.accounts.registrations import Asked, Code
from wellkept.clocks.answers import ends
from wellkept.clocks.business import business_day_after
from wellkept.exchange.mail import sending
from wellkept.intake.naming import ROSTER
from wellkept.notices import actions as notices
from wellkept.notices import publications
from wellkept.organisations import finders as organisations
from wellkept.people import confidential, deaths, finders
from wellkept.people import queries as people
from wellkept.policy import packs, practices
from wellkept.policy.words import Category, Key, Purpose, Refused, Role
from wellkept.service.queries import moved

RELATIONSHIP: Final = "registration"
LATER: Final = ("closed", "budget", "moved")


def answer(registration: UUID) -> None:
    """Answer one request: a letter to the one whom it means, a place in the desk's queue, or the end of one decided."""
    asked = registrations.asked(registration)
    if asked is None or asked.state == "unmatched":
        return
    if asked.state != "done":
        try:
            found(asked)
        except Refused as refused:
            if refused.reason in LATER:
                registrations.put_off(registration)
            else:
                registrations.hand_over(registration)
            return
    registrations.discard(registration)


def found(asked: Asked) -> None:
    """Look up whom a request means, unless a representative said so; exactly one gets a letter."""
    if asked.audience == Role.MEMBER:
        known = (
            [asked.meant] if asked.meant else list(dict(finders.found(ROSTER, [asked.roster]).get(asked.roster, [])))
        )
        written = len(known) == 1 and to_member(asked, known[0])
    else:
        matches = [asked.meant] if asked.meant else organisations.found([asked.roster])
        written = len(matches) == 1 and to_organisation(asked, matches[0])
    if not written:
        registrations.hand_over(asked.id)


def to_member(asked: Asked, person: UUID) -> bool:
    """A code for a member, at most one a day; False where no paper can reach them.

    It waits where a call told the address less than 14 days ago, and is then looked at again.
    None for somebody recorded as dead; where one of us was told so and nobody confirmed it, a person decides first.
    """
    life = deaths.life(person)
    if life == "dead" or (life and not asked.meant):
        return False
    if moved(person):
        raise Refused("A call told the address less than 14 days ago.", clause="P-19", reason="moved")
    said = typed(asked)
    with opened(asked, person) as key:
        mailing, who = confidential.mailing(key), people.identity(key)
        if who is None or not (mailing.paper and mailing.address):
            return False
        born = registrations.close(asked.id)
        if born:
            code = Code(role=Role.MEMBER, place=person, holder=person, person=person, birth_date=born)
            write(key, code, plan=who.plan_id, said=said)
    return True


def to_organisation(asked: Asked, organisation: UUID) -> bool:
    """A code for the first who comes in for an organisation; False where somebody administers it already.

    Where a representative decided, that was known to them: an administrator may have left.
    """
    chosen = asked.meant is not None
    if not registrations.stands(organisation, asked.audience):
        return False
    if registrations.administered(organisation) and not chosen:
        return False
    said = typed(asked)
    with opened(asked, organisation) as key:
        born = registrations.close(asked.id)
        if born:
            code = Code(
                role=asked.audience, place=organisation, holder=uuid4(), birth_date=born, organisation=organisation,
                administers=True, actor=said.get("name", ""),
            )  # fmt: skip
            write(key, code, plan=None, said=said)
    return True


def typed(asked: Asked) -> Mapping[str, str]:
    """What was typed, by an entry of its own, so that whom it means reads of nothing but what was theirs."""
    with opened(asked, asked.id) as key:
        told = registrations.told(key, asked.id)
    return told.answers if told else {}


def opened(asked: Asked, subject: UUID) -> AbstractContextManager[Key]:
    """Open whom the request means, or what it says, for this one answer."""
    access.begin(asked.id, kind="job", label=RELATIONSHIP)
    return access.enter_as_machine(
        subjects=[subject],
        purpose=Purpose.MEMBER_ADMINISTRATION,
        categories=[Category.IDENTITY, Category.CONTACT],
        occasion=asked.id,
        relationship=RELATIONSHIP,
    )


def write(key: Key, one: Code, *, plan: UUID | None, said: Mapping[str, str]) -> None:
    """The code and its letter, in the opening's transaction. None where one was issued within a day.

    Of what was typed the e-mail address stays, and whether its owner wants to be told of publications there.
    """
    days = practices.number(settings.PACK, "access_code_days")
    code = registrations.issue(key, one, days=days, email=said.get("email", ""))
    if code is None:
        return
    if "publications" in said:
        under = packs.now_in_force(settings.PACK).version
        publications.first_choice(one.holder, on=said["publications"] == "yes", collected_under=under)
    until = (datetime.now(ZoneInfo(settings.PACK.time_zone)) + timedelta(days=days)).date()
    body = letter.body(
        settings.PACK,
        code=code,
        until=until,
        where=page(),
        policy=f"{sending.site(settings.PACK)}/policy/",
        attention=one.actor or "",
    )
    under = packs.now_in_force(settings.PACK).version
    notices.write(key, person=one.place, plan=plan, kind=letter.KIND, body=body, collected_under=under)


def page() -> str:
    """The address of the page that takes the code."""
    return f"{sending.site(settings.PACK)}/register/code/"


def answer_asked(registration: str) -> None:
    """Answer the request that started this job."""
    answer(UUID(registration))


def answer_waiting(timestamp: int) -> None:
    """Answer what waits still: asked while no worker ran, or put off for a closed door."""
    del timestamp
    for registration in registrations.waiting():
        answer(registration)


def sweep(timestamp: int) -> None:
    """Let lapse what no person decided about in time, and empty what codes that ran out still say."""
    del timestamp
    days = practices.number(settings.PACK, "registrations_in_business_days")
    registrations.lapse(ends(last_day(packs.today(settings.PACK), days), ZoneInfo(settings.PACK.time_zone)))
    registrations.sweep_codes()


def last_day(today: date, days: int) -> date:
    """The last day whose ``days``-th business day is over."""
    day = today
    while business_day_after(day, days) >= today:
        day -= timedelta(days=1)
    return day
