"""Which claims tell of sensitive care, under keyed hashes that name nobody (R-17).

It is known before anybody is opened, so that an entry names what it brought.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from wellkept.intake.naming import Hashes
from wellkept.policy.rows import hexes


def claims(asked: Collection[UUID], *, hashes: Hashes) -> set[UUID]:
    """Those of the claims that were sensitive when they were written last."""
    named = {hashes.mark(claim): claim for claim in asked}
    with connection.cursor() as cursor:
        cursor.execute("select mark from wellkept.intake_mark where mark = any(%s::bytea[])", [hexes(named)])
        return {named[bytes(mark)] for (mark,) in cursor.fetchall()}


def mark(sensitive: Collection[UUID], *, hashes: Hashes) -> None:
    """These claims are sensitive from now on."""
    if sensitive:
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into wellkept.intake_mark (mark) select unnest(%s::bytea[]) on conflict do nothing",
                [hexes(hashes.mark(claim) for claim in sensitive)],
            )
