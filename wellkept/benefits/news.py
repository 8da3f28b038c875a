"""A decision about a claim is news for whoever has an account; once, however often a file says it."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from wellkept.policy.rows import as_json
from wellkept.policy.words import Category


def decided(decisions: Sequence[tuple[UUID, UUID, UUID, UUID]], *, category: Category, collected_under: str) -> None:
    """Tell of decisions, each its person, plan, claim and own id. The people are open in that category."""
    rows = [
        {"person": str(person), "plan": str(plan), "claim": str(claim), "cause": str(cause)}
        for person, plan, claim, cause in decisions
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(
                "select wellkept.benefits_news(%s::json, %s, %s)", [as_json(rows), category.value, collected_under]
            )
