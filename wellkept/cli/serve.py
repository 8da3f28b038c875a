"""``wellkept serve``: the pages, the jobs, the reader of files, the sealer and the watcher of one operator."""

import errno
import ipaddress
import os
import socket
import sys
from dataclasses import replace
from pathlib import Path

import click

from wellkept.access.compile import differences
from wellkept.cli import cluster
from wellkept.cli.supervise import Child, supervise
from wellkept.policy import check, entrances, packs
from wellkept.policy.shapes import PackError

WELLKEPT = (sys.executable, "-c", "from wellkept.cli import main; main(prog_name='wellkept')")
DJANGO = (sys.executable, "-m", "django")
# The roles that unseal what is sealed get the key-encryption key too, where it is not a file of the state folder.
KEK_ROLES = ("web", "jobs", "mailroom", "intake")
KEK = ("WELLKEPT_KEK", "WELLKEPT_KEK_BEFORE", "CREDENTIALS_DIRECTORY")
# Who sends mail gets the password of the mail server.
MAIL_ROLES = ("web", "jobs")
# The entrance alone asks the operator's own sign-on, and knows where its secret lies.
SIGN_ON = ("WELLKEPT_OIDC_CLIENT_SECRET",)
MAIL = ("WELLKEPT_SMTP_PASSWORD", "WELLKEPT_SMTP_PASSWORD_FILE")


@click.command(name="serve")
@click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Whose portal: a folder of operators/.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes for pages.")
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64), help="Threads in each of them.")
@click.option("--entrance-port", type=click.IntRange(1, 65535), help="Let the entrance be a process of its own, here.")
@click.option("--certificate", type=click.Path(exists=True, dir_okay=False), help="A TLS certificate chain (PEM).")
@click.option("--key", type=click.Path(exists=True, dir_okay=False), help="Its private key (PEM).")
def command(
    *,
    operator: str,
    host: str,
    port: int,
    workers: int,
    threads: int,
    entrance_port: int | None,
    certificate: str | None,
    key: str | None,
) -> None:
    """Serve one operator until told to stop."""
    state = cluster.state_folder()
    try:
        check_transport(host=host, certificate=certificate, key=key)
        check_promises(operator)
        for one in (port, *((entrance_port,) if entrance_port else ())):
            check_port(host=host, port=one)
        notes = make_ready(operator=operator, state=state)
    except cluster.ClusterError as error:
        raise click.ClickException(str(error)) from error
    for note in notes:
        click.echo(note, err=True)
    kinds = {port: entrances.WITH} if entrance_port is None else {port: entrances.APART, entrance_port: entrances.ALONE}
    tls = (certificate, key)
    pages = [
        web(operator=operator, host=host, port=one, workers=workers, threads=threads, tls=tls, entrance=kind)
        for one, kind in kinds.items()
    ]
    bases = [f"{'https' if certificate else 'http'}://{bracketed(host)}:{one}" for one in kinds]
    tries = proofs(operator=operator, base=bases[0], entrance=bases[-1], trusted=certificate)
    supervise([*pages, *machines(operator=operator), tries], say=click.echo)
    click.echo("The database keeps running: `wellkept db stop` ends it.")


def make_ready(*, operator: str, state: Path) -> tuple[str, ...]:
    """Start and prepare the database; raises ``ClusterError`` when it has no tables yet."""
    cluster.ensure_running(state)
    if cluster.status(state).managed and not os.environ.get("DATABASE_URL"):
        return ()
    notes = cluster.prepare(operator, state=state)
    with cluster.administer(f"wellkept_{operator}", state=state) as connection:
        if connection.execute("select to_regclass('wellkept.django_migrations')").fetchone() == (None,):
            raise cluster.ClusterError(f"The database of {operator} has no tables yet: say `wellkept db migrate`.")
        if otherwise := differences(connection, packs.named(operator)):
            raise cluster.ClusterError("\n".join(otherwise))
    return notes


def check_promises(operator: str) -> None:
    """Raise ``ClusterError`` with every promise that names nothing which could keep it (B-08)."""
    try:
        found = check.problems(packs.named(operator))
    except PackError as error:
        found = [str(error)]
    if found:
        raise cluster.ClusterError("\n".join(["This policy cannot be served:", *found]))


def check_transport(*, host: str, certificate: str | None, key: str | None) -> None:
    """Refuse plain HTTP anywhere but on this machine itself or behind a proxy that is said to end TLS."""
    if bool(certificate) != bool(key):
        raise cluster.ClusterError("A certificate and its key belong together: give both --certificate and --key.")
    if not (is_loopback(host) or certificate or os.environ.get("WELLKEPT_TRUSTED_PROXY")):
        raise cluster.ClusterError(
            f"Plain HTTP is served on this machine alone, not on {host}: give --certificate and --key, "
            "or name the proxy that ends TLS in WELLKEPT_TRUSTED_PROXY."
        )


def is_loopback(host: str) -> bool:
    """Whether only this machine itself reaches that address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def check_port(*, host: str, port: int) -> None:
    """Raise ``ClusterError`` when that address cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise cluster.ClusterError(f"Port {port} of {host} is in use: choose another with --port.") from error
            raise cluster.ClusterError(f"{host} port {port} cannot be listened on: {error.strerror}.") from error


def web(
    *,
    operator: str,
    host: str,
    port: int,
    workers: int,
    threads: int,
    tls: tuple[str | None, str | None] = (None, None),
    entrance: str = entrances.WITH,
) -> Child:
    """The pages: gunicorn with threads, without a log of visits. All but those ``apart`` have the entrance's secret."""
    options = [f"--bind={bracketed(host)}:{port}", f"--workers={workers}", f"--threads={threads}"]
    options += [
        "--worker-class=gthread",
        "--no-control-socket",
        "--logger-class=wellkept.cli.quiet.Quiet",
        "--log-level=warning",
    ]
    # A worker is made anew now and then; at a thousand pages a second not more often than each quarter of an hour.
    options += ["--timeout=60", "--graceful-timeout=20", "--max-requests=1000000", "--max-requests-jitter=100000"]
    options += [f"--{name}={path}" for name, path in zip(("certfile", "keyfile"), tls, strict=True) if path]
    # No header says where we lie: a proxy may hand on a visitor's, and others would get the page that was made of it.
    options.append("--forwarder-headers=")
    # Left alone, gunicorn would believe whoever asks from this machine that a request came over TLS.
    options.append(f"--forwarded-allow-ips={os.environ.get('WELLKEPT_TRUSTED_PROXY', '')}")
    command = (sys.executable, "-m", "gunicorn", *options, "wellkept.config.wsgi:application")
    more = {"WELLKEPT_ENTRANCE": entrance}
    if entrance != entrances.APART:
        more["WELLKEPT_SECRET_ENTRANCE"] = cluster.secret(operator=operator, role="entrance")
        more |= {name: os.environ[name] for name in SIGN_ON if name in os.environ}
    made = child(operator=operator, role="web", command=command, more=more)
    return replace(made, name=f"{operator} entrance") if entrance == entrances.ALONE else made


def proofs(*, operator: str, base: str, entrance: str = "", trusted: str | None = None) -> Child:
    """What tries to break every promise, every quarter of an hour, where the pages and the entrance are served."""
    command = (*WELLKEPT, "proof", "run", "--base", base, "--entrance", entrance or base, "--every", "15", "--quiet")
    return child(operator=operator, role="proof", command=(*command, *(("--trust", trusted) if trusted else ())))


def bracketed(host: str) -> str:
    """The host as an address wants it: IPv6 in brackets."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def machines(*, operator: str) -> list[Child]:
    """What works beside the pages: jobs, the reader of the inbox, sealer, watcher."""
    return [
        child(operator=operator, role="jobs", command=(*DJANGO, "procrastinate", "worker", "--concurrency=2")),
        child(operator=operator, role="intake", command=(*WELLKEPT, "import", "folder", "--every", "5")),
        child(operator=operator, role="seal", command=(*WELLKEPT, "ledger", "seal", "--forever")),
        child(operator=operator, role="watch", command=(*WELLKEPT, "db", "watch")),
    ]


def child(*, operator: str, role: str, command: tuple[str, ...], more: dict[str, str] | None = None) -> Child:
    """A process of one role of one operator, with that role's secret alone."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "wellkept.config.settings",
        "WELLKEPT_OPERATOR": operator,
        "WELLKEPT_STATE": str(cluster.state_folder()),
        "WELLKEPT_ROLE": role,
        "WELLKEPT_SECRET": cluster.secret(operator=operator, role=role),
    }
    names = (*(KEK if role in KEK_ROLES else ()), *(MAIL if role in MAIL_ROLES else ()))
    given = {name: os.environ[name] for name in names if name in os.environ}
    return Child(name=f"{operator} {role}", command=command, environment=environment | given | (more or {}))
