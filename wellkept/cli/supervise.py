"""Several processes as one: each with its own secret alone, restarted when it crashes, all stopped together."""

import os
import selectors
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

# What a child keeps of our own environment. Passwords, keys and the administrator's address are not among it.
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "PYTHONWARNINGS", "SSL_CERT_FILE", "VIRTUAL_ENV")
KEPT_OF_OURS = "WELLKEPT_"
NEVER = ("SECRET", "KEK", "PASSWORD")
GRACE = 30.0
LONGEST_WAIT = 60.0
STEADY = 60.0


@dataclass(frozen=True, slots=True)
class Child:
    """A process to keep running. ``environment`` is added to what every child gets."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Charge:
    """A child that is looked after: its process and when it began, crashes in a row, when to start it again."""

    child: Child
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    crashes: int = 0
    due: float = 0.0


def environment_of(child: Child) -> dict[str, str]:
    """What the child sees: a few plain variables, our settings without any secret, and what is its own."""
    plain = {name: os.environ[name] for name in KEPT if name in os.environ}
    ours = {name: value for name, value in os.environ.items() if name.startswith(KEPT_OF_OURS)}
    open_ones = {name: value for name, value in ours.items() if not any(word in name for word in NEVER)}
    return plain | open_ones | dict(child.environment)


def supervise(children: Sequence[Child], *, say: Callable[[str], None] = print) -> None:
    """Run all children until SIGTERM or SIGINT, then stop them all; ``say`` gets one line for each thing that happens.

    A child that ends is started again: at once, then after 1, 2, 4 ... 60 seconds while it keeps crashing.
    """
    charges = [Charge(child) for child in children]
    with signals() as (asked_to_stop, wait):
        try:
            while not asked_to_stop():
                for charge in charges:
                    look_after(charge, say=say)
                wait(next_due(charges))
        finally:
            stop(charges, wait=wait, say=say)


def look_after(charge: Charge, *, say: Callable[[str], None]) -> None:
    """Notice that a child ended, and start it when it is time."""
    if charge.process and charge.process.poll() is not None:
        note_end(charge, code=charge.process.returncode, say=say)
    if charge.process is None and time.monotonic() >= charge.due:
        start(charge, say=say)


def start(charge: Charge, *, say: Callable[[str], None]) -> None:
    """Start a child in a session of its own, so that Ctrl-C at the terminal reaches us alone."""
    command = list(charge.child.command)
    environment = environment_of(charge.child)
    charge.process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, start_new_session=True)
    charge.began = time.monotonic()
    say(f"{charge.child.name} started (process {charge.process.pid})")


def note_end(charge: Charge, *, code: int, say: Callable[[str], None]) -> None:
    """Reckon when a child that ended is started again."""
    now = time.monotonic()
    charge.crashes = 0 if now - charge.began > STEADY else charge.crashes
    wait = min(LONGEST_WAIT, 2.0 ** (charge.crashes - 1)) if charge.crashes else 0.0
    charge.process, charge.crashes, charge.due = None, charge.crashes + 1, now + wait
    how = f"signal {-code}" if code < 0 else f"code {code}"
    say(f"{charge.child.name} ended ({how}); starting it again in {wait:.0f} s")


def next_due(charges: Sequence[Charge]) -> float | None:
    """How many seconds until a child is to be started, nothing when all run."""
    waits = [charge.due - time.monotonic() for charge in charges if charge.process is None]
    return max(0.0, min(waits)) if waits else None


def stop(charges: Sequence[Charge], *, wait: Callable[[float | None], None], say: Callable[[str], None]) -> None:
    """Ask every child to end, and end those that have not after half a minute."""
    running = [charge for charge in charges if charge.process and charge.process.poll() is None]
    for charge in running:
        signal_to(charge, signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    while time.monotonic() < deadline and any(still_runs(charge) for charge in running):
        wait(deadline - time.monotonic())
    for charge in running:
        if still_runs(charge):
            signal_to(charge, signal.SIGKILL)
        if charge.process:
            charge.process.wait()
    for charge in running:  # said at the end, so that a closed terminal leaves no child behind
        say(f"{charge.child.name} stopped")


def still_runs(charge: Charge) -> bool:
    """Whether the child's process has not ended."""
    return charge.process is not None and charge.process.poll() is None


def signal_to(charge: Charge, number: signal.Signals) -> None:
    """Send a signal: SIGTERM to the process, SIGKILL to all it started as well."""
    if charge.process is None:
        return
    if number == signal.SIGKILL:
        os.killpg(charge.process.pid, number)
    else:
        charge.process.send_signal(number)


@contextmanager
def signals() -> Iterator[tuple[Callable[[], bool], Callable[[float | None], None]]]:
    """Two functions: whether SIGTERM or SIGINT came, and one that sleeps until a signal (SIGCHLD too) or a time-out.

    A signal writes a byte into a socket pair, so none is lost between looking and sleeping.
    """
    ours, theirs = socket.socketpair()
    for end in (ours, theirs):
        end.settimeout(0)
    asked: list[int] = []
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = {number: signal.signal(number, lambda received, _frame: asked.append(received)) for number in numbers}
    before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda _received, _frame: None)
    previous = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    try:
        with selectors.DefaultSelector() as selector:
            selector.register(ours, selectors.EVENT_READ)
            yield lambda: bool(asked), lambda timeout: sleep(ours, selector, timeout)
    finally:
        signal.set_wakeup_fd(previous)
        for number, handler in before.items():
            signal.signal(number, handler)
        ours.close()
        theirs.close()


def sleep(ours: socket.socket, selector: selectors.BaseSelector, timeout: float | None) -> None:
    """Wait for a byte and take what is there."""
    if selector.select(timeout):
        ours.recv(4096)
