"""The jobs that run beside the pages. Rooms that must meet for one are introduced to each other here.

The worker is ``django procrastinate worker`` under the role ``jobs``; the arguments of a job are ids alone.

Serves U-05, U-30.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app

from wellkept.access import queries as access
from wellkept.accounts import letter, registrations
from wellkept.benefits import told
from wellkept.cli import practising, rechecking, telling
from wellkept.exchange.mail import sending
from wellkept.intake.naming import ROSTER
from wellkept.notices import actions as notices
from wellkept.people import confidential, finders, joins
from wellkept.people import queries as people
from wellkept.policy import packs, practices
from wellkept.policy.words import Category, Key, Purpose, Refused

RELATIONSHIP: Final = "registration"
LATER: Final = ("closed", "budget")
MONTHS_AHEAD: Final = 12


def answer(registration: UUID) -> None:
    """Answer one request to register: a letter with a code to the one person it means, nothing to anybody else."""
    asked = registrations.roster_hash(registration)
    if asked is None:
        return
    found = dict(finders.found(ROSTER, [asked]).get(asked, []))
    if len(found) != 1:
        registrations.take(registration)
        return
    ((person, plan),) = found.items()
    access.begin(registration, kind="job", label=RELATIONSHIP)
    try:
        with access.enter_as_machine(
            subjects=[person],
            purpose=Purpose.MEMBER_ADMINISTRATION,
            categories=[Category.IDENTITY, Category.CONTACT],
            occasion=registration,
            relationship=RELATIONSHIP,
        ) as key:
            write(key, registration=registration, person=person, plan=plan)
    except Refused as refused:
        if refused.reason not in LATER:
            registrations.take(registration)


def write(key: Key, *, registration: UUID, person: UUID, plan: UUID) -> None:
    """The code and its letter, in the opening's transaction, at most one a person a day. No address, no letter."""
    birth_date = registrations.take(registration)
    mailing = confidential.mailing(key)
    if birth_date is None or people.identity(key) is None or not (mailing.paper and mailing.address):
        return
    days = practices.number(settings.PACK, "access_code_days")
    code = registrations.issue(person, birth_date=birth_date, days=days)
    if code is None:
        return
    now = datetime.now(UTC)
    body = letter.body(
        settings.PACK,
        code=code,
        until=(now + timedelta(days=days)).date(),
        where=page(),
        policy=f"{sending.site(settings.PACK)}/policy/",
    )
    version = packs.now_in_force(settings.PACK).version
    notices.write(key, person=person, plan=plan, kind=letter.KIND, body=body, collected_under=version)


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


def months_ahead(timestamp: int) -> None:
    """Make the ledger's partitions for a year ahead."""
    del timestamp
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.ledger_months_ahead(%s)", [MONTHS_AHEAD])


def find_pairs(timestamp: int) -> None:
    """Compare the keyed hashes of names and birth dates, for administrators to decide about."""
    del timestamp
    joins.find_pairs()


def sweep_unsent(timestamp: int) -> None:
    """Remove what members began and never sent."""
    del timestamp
    told.sweep()


def recheck_links(timestamp: int) -> None:
    """Look again at the pages our links lead to, where the operator lets a program ask other sites."""
    rechecking.recheck(timestamp)


def periodic(name: str, *, cron: str, work: Callable[[int], None]) -> None:
    """Let ``work`` be done at the times of ``cron``, one at a time."""
    app.periodic(cron=cron)(app.task(name=name, lock=name, queueing_lock=name)(work))


app.task(name="accounts.answer")(answer_asked)
periodic("accounts.answer_waiting", cron="* * * * *", work=answer_waiting)
periodic("notices.tell", cron="*/5 * * * *", work=telling.tell_all)
periodic("notices.tell_of_the_policy", cron="23 2 * * *", work=practising.tell_all)
periodic("people.find_pairs", cron="43 3 * * *", work=find_pairs)
periodic("benefits.sweep_unsent", cron="53 3 * * *", work=sweep_unsent)
periodic("links.recheck", cron="23 4 * * *", work=recheck_links)
periodic("ledger.months_ahead", cron="17 3 * * *", work=months_ahead)
