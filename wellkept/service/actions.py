"""A call begins and ends. Both are functions of the database: the account is found from the session."""

from uuid import UUID, uuid4

from django.db import connection

from wellkept.policy.words import Refused
from wellkept.service.values import ABOUT


def begin_call(secret: bytes, *, person: UUID, about: str) -> UUID:
    """Begin a call with somebody whom a search of the last ten minutes found; returns the call, which is its occasion.

    Raises ``Refused`` when no such search was made, and ``KeyError`` for a reason that is not of the list.
    """
    call = uuid4()
    _words, purpose = ABOUT[about]
    with connection.cursor() as cursor:
        cursor.execute(
            "select wellkept.service_begin_call(%s, %s, %s, %s, %s)", [secret, call, person, purpose.value, about]
        )
        if not cursor.fetchone()[0]:
            raise Refused("Find the caller first: a call begins with somebody you have just looked up.", clause="P-19")
    return call


def end_call(secret: bytes, call: UUID) -> None:
    """End a call. Nothing of it opens any longer."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.service_end_call(%s, %s)", [secret, call])
