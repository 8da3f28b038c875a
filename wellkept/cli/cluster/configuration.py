"""How the private cluster is configured: durable, checksummed, passwords for all, no value in its log."""

import os
import sys
from pathlib import Path

GIB = 1024**3
SOCKET_NAME = ".s.PGSQL.5432"


def socket_fits(folder: Path) -> bool:
    """Whether a unix socket in that folder has a short enough path (108 bytes on Linux, 104 on macOS)."""
    room = 103 if sys.platform == "darwin" else 107
    return len(os.fsencode(folder / SOCKET_NAME)) <= room


def shared_buffers() -> str:
    """An eighth of the machine's memory, between 64 and 512 MiB."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"{max(64, min(512, memory // 8 // 1024**2))}MB"


def settings(*, socket: Path | None, port: int) -> str:
    """The text of the configuration file. Without a socket folder the server listens on 127.0.0.1 at that port.

    ``log_min_messages = log`` keeps errors and warnings out of the log: their first line can quote a value
    (``invalid input syntax for type date: ...``). The programs that asked get the error.
    """
    values = {
        "listen_addresses": "" if socket else "127.0.0.1",
        "unix_socket_directories": str(socket) if socket else "",
        "unix_socket_permissions": "0700",
        "port": str(port),
        "max_connections": "120",
        "shared_buffers": shared_buffers(),
        "password_encryption": "scram-sha-256",
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "wal_writer_delay": "10ms",
        "max_prepared_transactions": "0",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_destination": "stderr",
        "logging_collector": "off",
        "log_line_prefix": "%m [%p] ",
        "log_min_messages": "log",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        "log_statement": "none",
        "log_min_duration_statement": "-1",
        "log_min_duration_sample": "-1",
        "log_transaction_sample_rate": "0",
        "log_autovacuum_min_duration": "-1",
        "log_checkpoints": "off",
        "log_connections": "off",
        "log_disconnections": "off",
        "log_lock_waits": "off",
        "log_replication_commands": "off",
        "debug_print_parse": "off",
        "debug_print_plan": "off",
        "debug_print_rewritten": "off",
    }
    return "".join(f"{name} = '{quoted(value)}'\n" for name, value in values.items())


def quoted(value: str) -> str:
    """A value as postgresql.conf wants it between single quotes."""
    return value.replace("\\", "\\\\").replace("'", "''")


def access(*, socket: Path | None) -> str:
    """The text of pg_hba.conf: a password from everyone, the administrator too."""
    if socket:
        return "local all all scram-sha-256\n"
    return "host all all 127.0.0.1/32 scram-sha-256\n"
