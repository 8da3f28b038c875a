"""As whom PostgreSQL runs. It refuses to run as root, so root drops to a user that exists already.

No user is added and no parent folder is opened. When that user could not reach the state folder or the programs,
PostgreSQL keeps two of root's capabilities, to walk through folders and to read and write files, and nothing else.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wellkept.cli.cluster.places import ClusterError

CAPABILITIES = "-all,+dac_override,+dac_read_search"


@dataclass(frozen=True, slots=True)
class User:
    """Who runs PostgreSQL: nobody in particular (``uid`` is None) means whoever runs this program."""

    uid: int | None = None
    gid: int | None = None
    name: str = ""


def choose(data: Path) -> User:
    """The user to run PostgreSQL as: ourselves; as root the owner of the data, ``postgres`` or ``nobody``."""
    if os.geteuid() != 0:
        return User()
    if data.exists() and data.stat().st_uid != 0:
        return User(uid=data.stat().st_uid, gid=data.stat().st_gid, name=str(data.stat().st_uid))
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return User(uid=entry.pw_uid, gid=entry.pw_gid, name=name)
    raise ClusterError(
        "PostgreSQL does not run as root, and this machine has neither a user postgres nor a user nobody."
    )


def own(path: Path, *, user: User) -> None:
    """Make a folder or file the property of that user."""
    if user.uid is not None and user.gid is not None:
        os.chown(path, user.uid, user.gid)


def run(arguments: Sequence[str], *, user: User, reaches: Sequence[Path]) -> subprocess.CompletedProcess[str]:
    """Run a program of PostgreSQL's as that user, with a bare environment; its output is returned, never raised.

    ``reaches`` are the folders it must get to.
    """
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
    command = list(arguments)
    identity: dict[str, object] = {}
    if user.uid is not None and user.gid is not None:
        if all(may_walk(path, uid=user.uid, gid=user.gid) for path in reaches):
            identity = {"user": user.uid, "group": user.gid, "extra_groups": []}
        else:
            command = [*keeping_capabilities(user), *command]
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env=environment,
        stdin=subprocess.DEVNULL,
        **identity,
    )


def may_walk(path: Path, *, uid: int, gid: int) -> bool:
    """Whether that user can walk down to ``path`` by the permission bits of its parents."""
    return all(may_pass(folder, uid=uid, gid=gid) for folder in path.resolve().parents)


def may_pass(folder: Path, *, uid: int, gid: int) -> bool:
    """Whether that user can pass through one folder."""
    status = folder.stat()
    if status.st_uid == uid:
        return bool(status.st_mode & 0o100)
    if status.st_gid == gid:
        return bool(status.st_mode & 0o010)
    return bool(status.st_mode & 0o001)


def keeping_capabilities(user: User) -> list[str]:
    """The words before a command that drop root to that user but for two capabilities (setpriv of util-linux)."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise ClusterError(
            f"User {user.name} cannot reach the state folder, and there is no setpriv: set WELLKEPT_STATE elsewhere."
        )
    return [
        setpriv,
        f"--reuid={user.uid}",
        f"--regid={user.gid}",
        "--clear-groups",
        "--no-new-privs",
        f"--inh-caps={CAPABILITIES}",
        f"--ambient-caps={CAPABILITIES}",
        f"--bounding-set={CAPABILITIES}",
    ]
