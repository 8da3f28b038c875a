"""The key that an opening hands out. Only this room makes one."""

from dataclasses import dataclass
from uuid import UUID

from wellkept.vault.queries import Ring


@dataclass(frozen=True, slots=True)
class Opening:
    """What is open in the present transaction, and how to read what is sealed in it (``wellkept.policy.words.Key``)."""

    entry: int
    subjects: tuple[UUID, ...]
    categories: frozenset[str]
    purpose: str
    account: UUID | None
    role: str
    actor: str | None
    occasion: UUID | None
    ring: Ring

    def unseal(self, subject: UUID, retention: str, field: str, row: UUID, sealed: bytes) -> str:
        """The text that was sealed; ``LookupError`` when its key was destroyed."""
        return self.ring.unseal(subject=subject, retention=retention, field=field, row=row, sealed=sealed)

    def seal(self, subject: UUID, retention: str, field: str, row: UUID, text: str) -> bytes:
        """``text`` sealed under the subject's key."""
        return self.ring.seal(subject=subject, retention=retention, field=field, row=row, text=text)

    def unseal_bytes(self, subject: UUID, retention: str, field: str, row: UUID, sealed: bytes) -> bytes:
        """The bytes that were sealed, such as a part of a file; ``LookupError`` when its key was destroyed."""
        return self.ring.unseal_bytes(subject=subject, retention=retention, field=field, row=row, sealed=sealed)

    def seal_bytes(self, subject: UUID, retention: str, field: str, row: UUID, content: bytes) -> bytes:
        """``content`` sealed under the subject's key."""
        return self.ring.seal_bytes(subject=subject, retention=retention, field=field, row=row, content=content)
