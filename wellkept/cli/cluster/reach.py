"""How the server is reached: as the administrator, or as one role of one operator."""

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg.conninfo import conninfo_to_dict

from wellkept.cli.cluster.places import ClusterError, Places, kept_secret, read_private, state_folder
from wellkept.policy.database import ROLES, role_name

ADMINISTRATOR = "wellkept"
OLDEST = 15
STANDING_ROLES = ("owner", "gate")
COMMAND_ROLES = ("migrate", "backup")
LOGIN_ROLES = tuple(role for role in ROLES if role not in (*STANDING_ROLES, *COMMAND_ROLES))
SUFFIXES = {"records": "", "keys": "_keys"}
UNREACHABLE = ("Connection refused", "No such file or directory", "timeout expired")
TRANSPORT = ("sslmode", "sslrootcert", "channel_binding")


def managed() -> dict[str, Any]:
    """Where the managed server of ``DATABASE_URL`` is, without its password; empty when none is named."""
    if not os.environ.get("DATABASE_URL"):
        return {}
    parts = administrator_parts()
    where = {"host": str(parts.get("host") or "localhost"), "port": int(parts.get("port") or 5432)}
    return where | {name: str(parts[name]) for name in TRANSPORT if name in parts}


def is_managed(places: Places) -> bool:
    """Whether a managed server is used: named now, or when this state folder was last started."""
    if os.environ.get("DATABASE_URL"):
        return True
    return places.description.exists() and bool(json.loads(read_private(places.description)).get("managed"))


def administrator_parts() -> dict[str, Any]:
    """What ``DATABASE_URL`` says, taken apart."""
    try:
        return conninfo_to_dict(os.environ["DATABASE_URL"])
    except psycopg.ProgrammingError as error:
        raise ClusterError(
            "DATABASE_URL is not a PostgreSQL address such as postgresql://user:password@host/database."
        ) from error


def administer(database: str = "postgres", *, state: Path | None = None) -> psycopg.Connection:
    """A connection of the server's administrator to that database, in autocommit."""
    if os.environ.get("DATABASE_URL"):
        parts = administrator_parts()
        default = str(parts.get("dbname") or "postgres")
        return opened(parts | {"dbname": default if database == "postgres" else database}, autocommit=True)
    places = Places(state or state_folder())
    if is_managed(places):
        raise ClusterError(f"The state folder {places.state} uses a managed server: set DATABASE_URL for this command.")
    parts = description(places) | {"user": ADMINISTRATOR, "password": read_private(places.password), "dbname": database}
    return opened(parts, autocommit=True)


def server_version() -> int:
    """The major version of the managed server; raises ``ClusterError`` when it is too old or does not answer."""
    with administer() as connection:
        version = connection.info.server_version // 10000
    if version < OLDEST:
        raise ClusterError(f"The server of DATABASE_URL runs PostgreSQL {version}; {OLDEST} or newer is needed.")
    return version


def description(places: Places) -> dict[str, Any]:
    """Host, port and transport of the server, as kept when it was started."""
    if not places.description.exists():
        raise ClusterError(f"No database was started in {places.state} yet: say `wellkept db start`.")
    facts = json.loads(read_private(places.description))
    return {name: facts[name] for name in ("host", "port", *TRANSPORT) if name in facts}


def secret(*, operator: str, role: str, state: Path | None = None) -> str:
    """The password of a login role: this process's own from its environment, else the one kept in the state folder."""
    if os.environ.get("WELLKEPT_OPERATOR") in (None, operator):
        if os.environ.get("WELLKEPT_ROLE") == role and "WELLKEPT_SECRET" in os.environ:
            return os.environ["WELLKEPT_SECRET"]
        if role == "entrance" and "WELLKEPT_SECRET_ENTRANCE" in os.environ:
            return os.environ["WELLKEPT_SECRET_ENTRANCE"]
    if role not in LOGIN_ROLES:
        raise ClusterError(f"{role_name(operator, role)} can log in only while a command that needs it runs.")
    return kept_secret((state or state_folder()) / operator / "secrets" / role)


def parameters(
    *, operator: str, role: str, database: str = "records", state: Path | None = None, word: str | None = None
) -> dict[str, Any]:
    """Host, port, dbname, user, password (and transport) with which that role reaches ``records`` or ``keys``.

    ``word`` is its password where it is not a kept one: what ``for_command`` yields.
    """
    where = description(Places(state or state_folder()))
    own = {
        "dbname": f"wellkept_{operator}{SUFFIXES[database]}",
        "user": role_name(operator, role),
        "password": word or secret(operator=operator, role=role, state=state),
    }
    return where | own


def url(operator: str, role: str, database: str = "records", *, state: Path | None = None) -> str:
    """The same as an address that libpq and psql understand."""
    parts = parameters(operator=operator, role=role, database=database, state=state)
    login = f"{quote(parts['user'], safe='')}:{quote(parts['password'], safe='')}"
    rest = "".join(f"&{name}={quote(str(parts[name]), safe='')}" for name in TRANSPORT if name in parts)
    return f"postgresql://{login}@/{parts['dbname']}?host={quote(parts['host'], safe='')}&port={parts['port']}{rest}"


def connect(
    *,
    operator: str,
    role: str,
    database: str = "records",
    state: Path | None = None,
    word: str | None = None,
    **options: Any,  # noqa: ANN401  (psycopg's own options)
) -> psycopg.Connection:
    """A connection of one role of one operator to its ``records`` or its ``keys``."""
    parts = parameters(operator=operator, role=role, database=database, state=state, word=word)
    return opened(parts, **options)


def opened(
    parts: dict[str, Any],
    *,
    kind: type[psycopg.Connection] = psycopg.Connection,
    **options: Any,  # noqa: ANN401  (psycopg's own options)
) -> psycopg.Connection:
    """A connection, or ``ClusterError`` when the server does not answer; a refusal stays psycopg's own error."""
    try:
        return kind.connect(**(parts | {"connect_timeout": parts.get("connect_timeout", 10)}), **options)
    except psycopg.OperationalError as error:
        if any(words in str(error) for words in UNREACHABLE):
            raise ClusterError(f"The database at {parts['host']} does not answer: say `wellkept db start`.") from error
        raise
