"""A call begins, its caller is verified, it ends. The database finds the account from the session."""

from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection
from django.utils.translation import gettext as _

from wellkept.policy.words import Refused
from wellkept.service.queries import my_calls
from wellkept.service.values import ABOUT

BEGIN: Final = "select wellkept.service_begin_call(%s, %s, %s, %s, %s)"
VERIFY: Final = "select wellkept.service_verify_call(%s, %s)"
END: Final = "select wellkept.service_end_call(%s, %s)"


def begin_call(secret: bytes, *, person: UUID, about: str) -> UUID:
    """Begin a call with somebody whom a search of the last ten minutes found; returns the call, which is its occasion.

    Whoever answers one call answers no other: calls of the account that still went on are ended. Raises ``Refused``
    when no such search was made, and ``KeyError`` for a reason that is not of the list.
    """
    call = uuid4()
    purpose = ABOUT[about][1]
    if not _done(BEGIN, [secret, call, person, purpose.value, about]):
        sentence = _("Find the caller first: a call begins with somebody you have just looked up.")
        raise Refused(sentence, reason="not found lately")
    for line in my_calls(secret):
        if line.goes_on and line.id != call:
            end_call(secret, line.id)
    return call


def verify_caller(secret: bytes, call: UUID) -> bool:
    """Say that the caller answered what we ask; False where the call is not one's own, has ended, or was verified."""
    return _done(VERIFY, [secret, call])


def end_call(secret: bytes, call: UUID) -> bool:
    """End a call. Nothing of it opens any longer. False where it was not the session's own or had ended."""
    return _done(END, [secret, call])


def _done(statement: str, arguments: list[Any]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        return bool(cursor.fetchone()[0])
