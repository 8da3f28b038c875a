"""How a room's SQL reaches the database: files of a room, applied by a migration, with the operator's roles named."""

import re
from importlib.resources import files

from django.conf import settings
from django.db import router
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

ROLES = (
    "owner", "gate", "web", "entrance", "jobs", "mailroom", "intake", "release", "seal", "watch", "mail", "proof",
    "migrate", "backup",
)  # fmt: skip
PLACEHOLDER = re.compile("{(" + "|".join(ROLES) + ")}")


def role_name(operator: str, role: str) -> str:
    """The name in the cluster of one of an operator's roles: ``umr_web``."""
    return f"{operator}_{role}"


def with_roles(text: str, *, operator: str) -> str:
    """``text`` with each role's placeholder replaced by its quoted name; every other brace is left alone."""
    return PLACEHOLDER.sub(lambda found: f'"{role_name(operator, found[1])}"', text)


class SqlFile(Operation):
    """A migration operation that runs ``wellkept/<room>/sql/<name>``.

    It runs as the owner, in the migration's transaction. The gate may create in the schema for its length, so that
    ``alter function ... owner to {gate}`` is allowed, and no longer.
    """

    reduces_to_sql = True
    reversible = False

    def __init__(self, room: str, name: str) -> None:
        self.room = room
        self.name = name

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        """How a migration file writes this operation."""
        return (type(self).__name__, [self.room, self.name], {})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change no model: SQL files hold what models cannot say."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Run the file, unless the router keeps this room from this database."""
        del from_state, to_state
        if router.allow_migrate(schema_editor.connection.alias, app_label):
            text = with_roles(GATE_MAY_CREATE + self.text() + GATE_MAY_NOT, operator=settings.WELLKEPT_OPERATOR)
            # With parameters, even an empty list, every % in the file would be read as the place of one.
            schema_editor.execute(text, params=None)

    def text(self) -> str:
        """The file as it lies in the room."""
        return files(f"wellkept.{self.room}").joinpath("sql", self.name).read_text(encoding="utf-8")

    def describe(self) -> str:
        """What ``migrate --plan`` prints."""
        return f"Run {self.room}/sql/{self.name}"


GATE_MAY_CREATE = "grant create on schema wellkept to {gate};\n"
GATE_MAY_NOT = "\n;revoke create on schema wellkept from {gate};\n"
