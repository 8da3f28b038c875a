"""The keyed hashes under which a statement finds its person, and a person is one."""

import hashlib
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wellkept.intake.values import Naming
from wellkept.vault import blind, forms
from wellkept.vault.queries import operator_key

BY_BIRTH = "number_birth_first"
BY_NAME = "number_name"
BY_CARD = "number_birth"
ROSTER = "roster"


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
        return self.finder(BY_BIRTH, forms.number(naming.number), naming.birth_date, forms.letters(naming.first))

    def by_name(self, naming: Naming) -> bytes:
        """Subscriber number, first and last name: how an 835 names a patient, without a birth date."""
        return self.finder(
            BY_NAME, forms.number(naming.number), forms.letters(naming.first), forms.letters(naming.last)
        )

    def by_card(self, number: str, birth_date: str) -> bytes:
        """Member number and birth date: how a caller is found."""
        return self.finder(BY_CARD, forms.number(number), birth_date)

    def on_roster(self, *, member: str, group: str, name: str, birth_date: str) -> bytes:
        """What registration asks for."""
        return blind.roster(
            key=self.roster, member=member, group=group, name=name, birth_date=date.fromisoformat(birth_date)
        )

    def identity(self, *, plan: UUID, naming: Naming, relationship: str) -> bytes:
        """One person is (plan, subscriber id, relationship, birth date, first name)."""
        parts = (str(plan), forms.number(naming.number), relationship, naming.birth_date, forms.letters(naming.first))
        return blind.exact(key=self.index, name="person.one", value="\x1f".join(parts))

    def row(self, kind: str, *parts: str) -> UUID:
        """The id of a row that its own parts name, the same whenever they are said again."""
        return as_uuid(self.finder(kind, *parts))


def hashes() -> Hashes:
    """The hashes of the operator this process serves; raises ``LookupError`` before the vault was prepared."""
    return Hashes(index=operator_key("index"), roster=operator_key("roster"))


def as_uuid(digest: bytes) -> UUID:
    """A name-based UUID (version 8, RFC 9562 section 5.8) of the first 16 bytes."""
    number = int.from_bytes(digest[:16], "big")
    number = (number & ~(0xF << 76)) | (8 << 76)
    return UUID(int=(number & ~(0x3 << 62)) | (0x2 << 62))


def plan_id(*, sponsor: str, group: str) -> UUID:
    """The plan of one sponsor and group number. Both stand in directories, so no key is needed."""
    named = f"{forms.letters(sponsor)}\x1f{forms.number(group)}".encode()
    return as_uuid(hashlib.sha256(b"wellkept.plan\x1f" + named).digest())


def provider_id(*, npi: str, name: str) -> UUID:
    """A provider by its NPI, else by its name."""
    named = (npi or f"name\x1f{forms.letters(name)}").encode()
    return as_uuid(hashlib.sha256(b"wellkept.provider\x1f" + named).digest())
