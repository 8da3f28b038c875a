"""The jobs that run beside the pages. Rooms that must meet for one are introduced to each other here.

The worker is ``django procrastinate worker`` under the role ``jobs``; the arguments of a job are ids alone.

Serves U-05, U-30.
"""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app

from wellkept.accounts import colleagues, events, typed
from wellkept.benefits import told
from wellkept.cli import agreeing, ending, practising, publishing, rechecking, recovering, registering, signing, telling
from wellkept.inquiries import actions as inquiries
from wellkept.notices import addresses
from wellkept.organisations import papers
from wellkept.people import finders, joins
from wellkept.service import notes

MONTHS_AHEAD: Final = 12


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


def sweep_events(timestamp: int) -> None:
    """Remove what happened with accounts longer ago than the operator lists it, and addresses nobody takes back."""
    del timestamp
    events.sweep(settings.PACK)
    addresses.sweep()


def sweep_finders(timestamp: int) -> None:
    """Forget former names whose 24 months are over."""
    del timestamp
    finders.sweep()


def sweep_typed(timestamp: int) -> None:
    """Destroy the forms for which nobody came back within half an hour."""
    del timestamp
    typed.sweep()


def recheck_links(timestamp: int) -> None:
    """Look again at the pages our links lead to, where the operator lets a program ask other sites."""
    rechecking.recheck(timestamp)


def discard_inquiry(inquiry: str) -> None:
    """Destroy the key of an inquiry that is answered, and its row."""
    inquiries.discard(UUID(inquiry))


def sweep_inquiries(timestamp: int) -> None:
    """Destroy what a job that failed left of an answered inquiry."""
    del timestamp
    inquiries.sweep()


def sweep_lapsed(timestamp: int) -> None:
    """Note the accounts of organisations that nobody renewed, and close those that lay lapsed as long again."""
    del timestamp
    colleagues.sweep()


def sweep_papers(timestamp: int) -> None:
    """Remove the papers of organisations whose time is over."""
    del timestamp
    papers.sweep(settings.PACK)


def sweep_calls(timestamp: int) -> None:
    """Remove the notes of calls whose time is over."""
    del timestamp
    notes.sweep(settings.PACK)


def periodic(name: str, *, cron: str, work: Callable[[int], None]) -> None:
    """Let ``work`` be done at the times of ``cron``, one at a time."""
    app.periodic(cron=cron)(app.task(name=name, lock=name, queueing_lock=name)(work))


app.task(name="accounts.answer")(registering.answer_asked)
app.task(name="accounts.mail_code")(signing.mail_code)
app.task(name="accounts.recover")(recovering.recover)
app.task(name="inquiries.discard")(discard_inquiry)
periodic("inquiries.sweep", cron="7 * * * *", work=sweep_inquiries)
periodic("accounts.answer_waiting", cron="* * * * *", work=registering.answer_waiting)
periodic("accounts.sweep_registrations", cron="47 3 * * *", work=registering.sweep)
periodic("notices.tell", cron="*/5 * * * *", work=telling.tell_all)
periodic("notices.publish", cron="*/15 * * * *", work=publishing.tell_all)
periodic("notices.sweep_mailed", cron="33 3 * * *", work=publishing.sweep)
periodic("notices.tell_of_the_policy", cron="23 2 * * *", work=practising.tell_all)
periodic("people.find_pairs", cron="43 3 * * *", work=find_pairs)
periodic("people.sweep_finders", cron="17 4 * * *", work=sweep_finders)
periodic("benefits.sweep_unsent", cron="53 3 * * *", work=sweep_unsent)
periodic("accounts.sweep_typed", cron="*/10 * * * *", work=sweep_typed)
periodic("accounts.sweep_events", cron="57 * * * *", work=sweep_events)
periodic("links.recheck", cron="23 4 * * *", work=recheck_links)
periodic("accounts.sweep_lapsed", cron="37 3 * * *", work=sweep_lapsed)
periodic("service.sweep_calls", cron="9 4 * * *", work=sweep_calls)
periodic("organisations.sweep_papers", cron="3 4 * * *", work=sweep_papers)
periodic("organisations.warn", cron="7 5 * * *", work=agreeing.warn_all)
periodic("accounts.sweep_forgotten", cron="33 3 * * *", work=recovering.sweep)
periodic("accounts.sweep_ways", cron="27 3 * * *", work=signing.sweep)
periodic("accounts.end", cron="13 4 * * *", work=ending.end_all)
periodic("ledger.months_ahead", cron="17 3 * * *", work=months_ahead)
