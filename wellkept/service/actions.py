"""A call begins, its caller is verified, it ends. The database finds the account from the session."""

from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection
from django.utils.translation import gettext as _

from wellkept.policy.words import Refused
from wellkept.service.queries import my_calls
from wellkept.service.values import ABOUT

BEGIN: Final = "select wellkept.service_begin_call(%s, %s, %s, %s, %s, %s)"
VERIFY: Final = "select wellkept.service_verify_call(%s, %s, %s)"
CALL_BACK: Final = "select wellkept.service_call_back(%s, %s)"
REPLACE: Final = "select wellkept.service_replace_code(%s, %s, %s, %s)"
ANSWERS: Final = "answers"
BY_CALLING_BACK: Final = "call back"
END: Final = "select wellkept.service_end_call(%s, %s)"


def begin_call(secret: bytes, *, person: UUID, about: str, way: str = "card") -> UUID:
    """Begin a call with somebody whom a search of the last ten minutes found; returns the call, which is its occasion.

    ``way`` is by what they were found: what the caller said for it is not asked again.

    Whoever answers one call answers no other: calls of the account that still went on are ended. Raises ``Refused``
    when no such search was made, and ``KeyError`` for a reason that is not of the list.
    """
    call = uuid4()
    purpose = ABOUT[about][1]
    if not _done(BEGIN, [secret, call, person, purpose.value, about, way]):
        sentence = _("Find the caller first: a call begins with somebody you have just looked up.")
        raise Refused(sentence, reason="not found lately")
    for line in my_calls(secret):
        if line.goes_on and line.id != call:
            end_call(secret, line.id)
    return call


def verify_caller(secret: bytes, call: UUID, *, how: str = ANSWERS) -> bool:
    """Say that the caller answered what we ask; False where the call is not one's own, has ended, or was verified.

    ``how`` is ``ANSWERS``, or ``BY_CALLING_BACK`` where they were called at the number on file.
    """
    return _done(VERIFY, [secret, call, how])


def call_back(secret: bytes, call: UUID) -> bool:
    """Call the caller back at the number on file, which opens for it.

    False where the call is not one's own, is verified, or where the person asked to be reached in confidence (R-05).
    """
    return _done(CALL_BACK, [secret, call])


def replace_code(secret: bytes, call: UUID, birth_date: bytes) -> bool:
    """Have a new access code posted to the verified caller, bound to this hash of their birth date; one a day at most.

    The person must be open. False where the call is not one's own or was not verified.
    """
    return _done(REPLACE, [secret, call, uuid4(), birth_date])


def end_call(secret: bytes, call: UUID) -> bool:
    """End a call. Nothing of it opens any longer. False where it was not the session's own or had ended."""
    return _done(END, [secret, call])


def _done(statement: str, arguments: list[Any]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        return bool(cursor.fetchone()[0])
