"""Wrapped keys live in a database of their own."""

from typing import Any


class KeysApart:
    """Sends the vault to ``keys`` and everything else to ``default``."""

    def db_for_read(self, model: type[Any], **_hints: object) -> str:
        """The alias a model is read from."""
        return "keys" if model._meta.app_label == "vault" else "default"  # noqa: SLF001  (Django's own way to ask)

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **_hints: object) -> bool:
        """Whether a room's tables belong in that database."""
        return (db == "keys") == (app_label == "vault")
