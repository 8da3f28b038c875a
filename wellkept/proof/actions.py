"""A round of tries: every probe of the controls that keep this policy. Only this writes evidence."""

import logging
from collections.abc import Callable, Iterator
from importlib import import_module, metadata
from uuid import UUID, uuid4

import psycopg

from wellkept.policy import controls
from wellkept.policy.controls import Control
from wellkept.policy.shapes import PolicyVersion
from wellkept.proof.ground import Ground, Probe, Try

LOG = logging.getLogger("wellkept.proof")


def due(version: PolicyVersion, *, kinds: tuple[str, ...] = ("live",)) -> list[Control]:
    """The controls that keep a clause of ``version`` and have a probe of these kinds, in the order of the file."""
    named = {name for clause in version.clauses for name in clause.kept_by}
    return [c for c in controls.house().values() if c.id in named and c.kind in kinds and c.probe]


def run(
    ground: Ground, version: PolicyVersion, *, evidence: psycopg.Connection, each: Callable[[Control, Try], None]
) -> bool:
    """One round; returns whether everything held. A probe that breaks down counts as not held: nothing was shown."""
    number = uuid4()
    evidence.execute(
        "insert into wellkept.proof_run (id, policy_version, program_version) values (%s, %s, %s)",
        [number, version.version, metadata.version("wellkept")],
    )
    whole = True
    for control in due(version):
        for one in tries(control, ground):
            keep(evidence, number, control, one)
            each(control, one)
            whole = whole and one.held
    evidence.execute("update wellkept.proof_run set ended = clock_timestamp() where id = %s", [number])
    return whole


def tries(control: Control, ground: Ground) -> Iterator[Try]:
    """What came of one control's probe."""
    try:
        made = probe(control)(ground)
    except Exception as error:  # noqa: BLE001  (whatever a probe meets, the round goes on and says that it met it)
        LOG.warning("the probe of %s broke down: %s", control.id, type(error).__name__)
        made = [
            Try(
                "Try it",
                "We could not finish this try, so we cannot say that it holds.",
                "Could not be tried",
                held=False,
            )
        ]
    yield from made or [Try("Try it", "The probe made no try.", "Could not be tried", held=False)]


def probe(control: Control) -> Probe:
    """The function a control names."""
    module, _, name = str(control.probe).rpartition(".")
    found: Probe = getattr(import_module(module), name)
    return found


def keep(evidence: psycopg.Connection, run_id: UUID, control: Control, one: Try) -> None:
    """Write one try down."""
    evidence.execute(
        "insert into wellkept.proof_try (run, control, name, sentence, outcome, held) values (%s, %s, %s, %s, %s, %s)",
        [run_id, control.id, one.name, one.sentence, one.outcome, one.held],
    )
