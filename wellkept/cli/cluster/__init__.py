"""The PostgreSQL server that holds the records: found, started, prepared and reached.

A managed server named by ``DATABASE_URL``, or a private cluster in the state folder.
"""

from wellkept.cli.cluster.places import ClusterError, state_folder
from wellkept.cli.cluster.reach import COMMAND_ROLES, LOGIN_ROLES, administer, connect, parameters, secret, url
from wellkept.cli.cluster.roles import for_command, prepare
from wellkept.cli.cluster.server import ensure_running, status, stop
from wellkept.policy.database import ROLES

__all__ = [
    "COMMAND_ROLES",
    "LOGIN_ROLES",
    "ROLES",
    "ClusterError",
    "administer",
    "connect",
    "ensure_running",
    "for_command",
    "parameters",
    "prepare",
    "secret",
    "state_folder",
    "status",
    "stop",
    "url",
]
