"""A decision about a claim is news for whoever has an account; once, however often a file says it."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection

from wellkept.policy.rows import uuids
from wellkept.policy.words import Category

LATELY: Final = timedelta(days=60)
"""What was decided before that is no news: an old file that comes again tells nobody anything."""


def readers(people: Collection[UUID]) -> set[UUID]:
    """Those of the people who have an account, and so somewhere to read news."""
    with connection.cursor() as cursor:
        cursor.execute("select unnest(wellkept.benefits_readers(%s::uuid[]))", [uuids(people)])
        return {row[0] for row in cursor.fetchall()}


def lately(day: str) -> bool:
    """Whether a decision of that day, as ISO date, can be news."""
    return day >= (datetime.now(UTC).date() - LATELY).isoformat()


def follow(one: UUID, other: UUID, *, statements: Collection[UUID]) -> None:
    """Statements went from one record to the other; what they made new goes with them. Both people are open."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.benefits_news_follow(%s, %s, %s::uuid[])", [one, other, uuids(statements)])


def decided(people: Collection[UUID], decisions: Collection[UUID], *, category: Category, collected_under: str) -> None:
    """Tell of decisions that were written, by their ids. The people are open, in that category."""
    statement = (
        "select wellkept.benefits_news(coalesce((select json_agg(json_build_object('person', d.person_id,"
        " 'plan', d.plan_id, 'claim', d.claim_id, 'cause', d.id)) from wellkept.benefits_decision d"
        " where d.person_id = any(%s::uuid[]) and d.id = any(%s::uuid[])), '[]'), %s, %s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [uuids(people), uuids(decisions), category.value, collected_under])
