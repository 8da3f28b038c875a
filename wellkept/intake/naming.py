"""The keyed hashes under which a statement finds its person, and a person is one."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final
from uuid import UUID

from wellkept.intake.values import Naming
from wellkept.vault import blind, forms, phonetics
from wellkept.vault.queries import operator_key

BY_BIRTH: Final = "number_birth_first"
BY_NAME: Final = "number_name"
BY_CARD: Final = "number_birth"
ROSTER: Final = "roster"
BY_PERSON: Final = "name_birth"
BY_SOUND: Final = "sound_birth"
BY_SOCIAL: Final = "social_security"


@lru_cache(maxsize=8_192)
def plain(value: str) -> str:
    """``forms.letters``, which equals its ``number``: quickly where a text is plain letters and digits, as most are."""
    return value.lower() if value.isascii() and value.isalnum() else forms.letters(value)


@dataclass(frozen=True, slots=True)
class Hashes:
    """The operator's index keys, read once for a file."""

    index: bytes
    roster: bytes

    def finder(self, kind: str, *parts: str) -> bytes:
        """16 bytes under which ``parts``, each in its canonical form already, are found as ``kind``."""
        return blind.exact(key=self.index, name="intake.finder", value="\x1f".join((kind, *parts)))

    def by_birth(self, naming: Naming) -> bytes:
        """Subscriber number, birth date and first name: how an 837 names a patient."""
        return self.finder(BY_BIRTH, plain(naming.number), naming.birth_date, plain(naming.first))

    def by_name(self, naming: Naming) -> bytes:
        """Subscriber number, first and last name: how an 835 names a patient, without a birth date."""
        return self.finder(BY_NAME, plain(naming.number), plain(naming.first), plain(naming.last))

    def by_card(self, number: str, birth_date: str) -> bytes:
        """Member number and birth date: how a caller is found."""
        return self.finder(BY_CARD, plain(number), birth_date)

    def by_person(self, naming: Naming) -> bytes:
        """First and last name and birth date, in whatever plan: where two records may be of one human."""
        return self.finder(BY_PERSON, plain(naming.first), plain(naming.last), naming.birth_date)

    def by_sound(self, *, first: str, last: str, birth_date: str) -> bytes:
        """How first and last name sound, and the birth date: how a caller without a card is found."""
        return self.finder(BY_SOUND, phonetics.code(first), phonetics.code(last), birth_date)

    def by_social(self, number: str) -> bytes:
        """A social security number: where two records may be of one human. Nobody is looked for by it."""
        return blind.exact(key=self.index, name="person.social_security_number", value=number)

    def on_roster(self, *, member: str, group: str, name: str, birth_date: str) -> bytes:
        """What registration asks for; raises ``ValueError`` where one of them says nothing."""
        return blind.roster(
            key=self.roster, member=member, group=group, name=name, birth_date=date.fromisoformat(birth_date)
        )

    def identity(self, *, plan: UUID, naming: Naming, relationship: str) -> bytes:
        """One person is (plan, subscriber id, relationship, birth date, first name)."""
        parts = (str(plan), plain(naming.number), relationship, naming.birth_date, plain(naming.first))
        return blind.exact(key=self.index, name="person.one", value="\x1f".join(parts))

    def row(self, kind: str, *parts: str) -> UUID:
        """The id of a row that its own parts name, the same whenever they are said again."""
        return as_uuid(self.finder(kind, *parts))

    def digest(self, content: bytes) -> bytes:
        """16 bytes that name what a statement says: the same in every file that says it."""
        return hmac.digest(self.index, b"wellkept.statement\x1f" + content, hashlib.sha256)[:16]

    def mark(self, claim: UUID) -> bytes:
        """16 bytes under which it is known that a claim tells of sensitive care. Without the key they name none."""
        return hmac.digest(self.index, b"wellkept.sensitive\x1f" + claim.bytes, hashlib.sha256)[:16]

    def line(self, control: str) -> str:
        """A provider's number of a line, so that a decided line finds its filed one and the number is not kept."""
        told = f"wellkept.line\x1f{control}".encode("utf-8", "surrogatepass")
        return hmac.digest(self.index, told, hashlib.sha256)[:8].hex()


def hashes() -> Hashes:
    """The hashes of the operator this process serves; raises ``LookupError`` before the vault was prepared."""
    return Hashes(index=operator_key("index"), roster=operator_key("roster"))


def as_uuid(digest: bytes) -> UUID:
    """A name-based UUID (version 8, RFC 9562 section 5.8) of the first 16 bytes."""
    number = int.from_bytes(digest[:16], "big")
    number = (number & ~(0xF << 76)) | (8 << 76)
    return UUID(int=(number & ~(0x3 << 62)) | (0x2 << 62))


def statement_id(person: UUID, digest: bytes) -> UUID:
    """One statement about one person, by its keyed digest: what is said again has the id it had."""
    return as_uuid(hashlib.sha256(person.bytes + digest).digest())


@lru_cache(maxsize=8_192)
def plan_id(*, sponsor: str, group: str) -> UUID:
    """The plan of one sponsor and group number. Both stand in directories, so no key is needed."""
    named = f"{forms.letters(sponsor)}\x1f{forms.number(group)}".encode("utf-8", "surrogatepass")
    return as_uuid(hashlib.sha256(b"wellkept.plan\x1f" + named).digest())


@lru_cache(maxsize=8_192)
def provider_id(*, npi: str, name: str) -> UUID:
    """A provider by its NPI, else by its name."""
    named = (npi or f"name\x1f{forms.letters(name)}").encode("utf-8", "surrogatepass")
    return as_uuid(hashlib.sha256(b"wellkept.provider\x1f" + named).digest())
