"""Which person an identity or a keyed hash means: asked by intake, without opening anybody."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from wellkept.policy.rows import hexes


def of_identities(keys: Collection[bytes]) -> dict[bytes, UUID]:
    """The person of each identity that is known."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select key, person_id from wellkept.people_identity where key = any(%s::bytea[])", [hexes(keys)]
        )
        return {bytes(key): person for key, person in cursor.fetchall()}


def found(kind: str, indexes: Collection[bytes]) -> dict[bytes, list[tuple[UUID, UUID]]]:
    """Person and plan of everybody whom each hash finds, in the order of their ids."""
    people: dict[bytes, list[tuple[UUID, UUID]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select index, person_id, plan_id from wellkept.people_finder"
            " where kind = %s and index = any(%s::bytea[]) and (until is null or until >= current_date)"
            " order by person_id, plan_id",
            [kind, hexes(indexes)],
        )
        for index, person, plan in cursor.fetchall():
            people.setdefault(bytes(index), []).append((person, plan))
    return people


def origins(people: Collection[UUID]) -> dict[UUID, UUID]:
    """As whom files named those of these people whose record was split off another: their rows keep its names."""
    with connection.cursor() as cursor:
        cursor.execute("select person, origin from wellkept.people_origins(%s::uuid[])", [list(people)])
        return dict(cursor.fetchall())


def sweep() -> int:
    """Forget former names whose time is over; returns how many. Runs as ``jobs``."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.people_sweep_finders()")
        return int(cursor.fetchone()[0])
