"""The mail address of whoever holds an account: given, confirmed by a code, changed, removed.

Serves U-28, P-18. An address that was confirmed stays in use until another one is. For 72 hours after the change the
old one lies sealed, and whoever reads mail there may take the change back (``accounts.own.undo_address``).
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from wellkept.notices import returns
from wellkept.notices.models import Address, Choice, FormerAddress
from wellkept.policy.words import Category, Key, Retention

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
VALID: Final = timedelta(days=1)
UNDO: Final = timedelta(hours=72)
TRIES: Final = 5
FIELD: Final = "notice.recipient"


@dataclass(frozen=True, slots=True)
class AddressLine:
    """The address in use: "" where none is on file or its key was destroyed; ``confirmed_at`` None where it waits.

    ``waits`` is the one that waits for its code, which may be another, and ``waits_until`` how long the code works.
    """

    address: str
    confirmed_at: datetime | None
    waits_until: datetime | None
    waits: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """What goes out after an address was given: the code, and what the mail comes back by."""

    code: str
    token: str


@dataclass(frozen=True, slots=True)
class Change:
    """What came of a change: the address that was in use before, "" for none, and what its holder undoes it by."""

    old: str = ""
    undo: str = ""


def address(key: Key) -> AddressLine:
    """The address of the one person who is open: the confirmed one, else the one that waits."""
    (person,) = key.subjects
    rows = list(Address.objects.filter(person_id=person).order_by("-asked_at"))
    used = next((row for row in rows if row.confirmed_at is not None), None)
    waits = next((row for row in rows if row.confirmed_at is None), None)
    if used is None and waits is None:
        return AddressLine("", None, None)
    waiting = _unsealed(key, waits) if waits else ""
    until = waits.code_until if waits and waits.came_back_at is None else None
    if used is None:
        return AddressLine(waiting, None, until, waiting)
    return AddressLine(_unsealed(key, used), used.confirmed_at, until, waiting)


def give(key: Key, given: str, *, collected_under: str) -> Sent:
    """Keep an address that waits for its code, in place of any other that waits; what is in use stays in use.

    Raises ``ValidationError`` for what is no address, for the one in use, and where a code was sent a minute ago.
    """
    (person,) = key.subjects
    now = timezone.now()
    given = given.strip()
    # A quoted name may hold a sign that breaks a line: no header of a mail takes it.
    validate_email(given if given.isprintable() else "")
    _alone(person)
    here = address(key)
    if here.confirmed_at and here.address.casefold() == given.casefold():
        raise ValidationError(_("This address is in use already."))
    _not_just_now(person, _("We sent a code less than a minute ago. Please look for it first."))
    Address.objects.filter(person_id=person, confirmed_at=None).delete()
    number, code = uuid4(), "".join(secrets.choice(ALPHABET) for _place in range(8))
    Address.objects.create(
        id=number, person_id=person, category=Category.CONTACT.value, collected_under=collected_under,
        address=key.seal(person, Retention.CONTACT, FIELD, number, given),
        code_hash=_hash(number, code), code_until=now + VALID, asked_at=now,
    )  # fmt: skip
    return Sent(code, returns.token(key, address=number, collected_under=collected_under))


def confirm(key: Key, code: str, *, collected_under: str) -> Change | None:
    """What changed, where the code is the one that was sent; None for any other. Five tries, one day."""
    (person,) = key.subjects
    _alone(person)
    # Where mail came back an old code proves nothing any more.
    waits = Address.objects.filter(person_id=person, confirmed_at=None, came_back_at=None)
    row = waits.select_for_update().first()
    if row is None or row.code_until < timezone.now() or row.tries >= TRIES:
        return None
    if not secrets.compare_digest(bytes(row.code_hash), _hash(row.id, "".join(code.split()).upper())):
        Address.objects.filter(person_id=person, id=row.id).update(tries=row.tries + 1)
        return None
    change = _retired(key, person, collected_under)
    Address.objects.filter(person_id=person, id=row.id).update(confirmed_at=timezone.now())
    return change


def forget(key: Key, *, collected_under: str) -> Change:
    """The address goes, and with it every choice of mail.

    Raises ``ValidationError`` where a code was sent there less than a minute ago: whoever forgets and gives in turn
    would have us write to anybody as often as they like.
    """
    (person,) = key.subjects
    _alone(person)
    _not_just_now(person, _("We sent a code less than a minute ago. In a minute you can remove the address."))
    change = _retired(key, person, collected_under)
    Address.objects.filter(person_id=person).delete()
    Choice.objects.filter(person_id=person, channel="mail").update(channel="portal")
    return change


def sweep() -> None:
    """Remove what may come back no more; run by a job."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.notices_sweep_former()")


def _retired(key: Key, person: UUID, collected_under: str) -> Change:
    """Put the address in use aside for 72 hours. It keeps its id, to which its seal is bound."""
    old = Address.objects.filter(person_id=person).exclude(confirmed_at=None).first()
    if old is None or old.confirmed_at is None:
        return Change()
    undo, now = returns.letters(), timezone.now()
    former = FormerAddress(
        id=old.id, person_id=person, category=Category.CONTACT.value, collected_under=collected_under,
        address=bytes(old.address), confirmed_at=old.confirmed_at, right_at=old.right_at,
        undo_hash=returns.hashed(undo), replaced_at=now, until=now + UNDO,
    )  # fmt: skip
    FormerAddress.objects.bulk_create([former])
    Address.objects.filter(person_id=person, id=old.id).delete()
    return Change(_unsealed(key, old), undo)


def _alone(person: UUID) -> None:
    """Of two changes at once, and of a change and its undoing, one waits for the other (sql/addresses.sql)."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"address {person}"])


def _not_just_now(person: UUID, sentence: str) -> None:
    just_now = timezone.now() - timedelta(minutes=1)
    if Address.objects.filter(person_id=person, confirmed_at=None, asked_at__gt=just_now).exists():
        raise ValidationError(sentence)


def _hash(number: UUID, code: str) -> bytes:
    return hashlib.sha256(number.bytes + code.encode()).digest()


def _unsealed(key: Key, row: Address) -> str:
    try:
        return key.unseal(row.person_id, Retention.CONTACT, FIELD, row.id, bytes(row.address))
    except LookupError:
        return ""
