"""A round of tries: every probe of the controls that keep this policy. Only this writes evidence."""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from importlib import import_module, metadata
from typing import Final
from uuid import UUID, uuid4

import psycopg

from wellkept.policy import controls
from wellkept.policy.controls import Control
from wellkept.policy.shapes import PolicyVersion
from wellkept.proof.ground import Ground, Probe, Try

LOG = logging.getLogger("wellkept.proof")
UNFINISHED: Final = Try(
    "Try it", "We could not finish this try, so we cannot say that it holds.", "Could not be tried", held=False
)
COUNTING: Final = "wellkept.proof.probes.visits."
"""Tries that count visits come first: what other tries asked a moment before would be counted among theirs."""
BROKE: Final = """
insert into wellkept.proof_span (control, began, began_in)
select t.control, min(t.at), t.run from wellkept.proof_try t
 where t.run = %(run)s and t.control = %(control)s and not t.held group by t.control, t.run
    on conflict (control) where ended is null do nothing
"""
MENDED: Final = """
update wellkept.proof_span s set ended = greatest(s.began, now.at), ended_in = %(run)s
  from (select max(t.at) as at from wellkept.proof_try t where t.run = %(run)s and t.control = %(control)s
        having bool_and(t.held)) now
 where s.control = %(control)s and s.ended is null
"""


def due(version: PolicyVersion, house: Mapping[str, Control]) -> list[Control]:
    """The live controls of ``house`` that keep a clause of ``version``: those that count, then as in the file."""
    named = {name for clause in version.clauses for name in clause.kept_by}
    live = [c for c in house.values() if c.id in named and c.kind == "live"]
    return sorted(live, key=lambda one: not str(one.probe).startswith(COUNTING))


def run(
    ground: Ground,
    version: PolicyVersion,
    *,
    evidence: psycopg.Connection,
    each: Callable[[Control, Try], None],
    every: timedelta | None = None,
) -> bool:
    """One round; returns whether everything held. A probe that breaks down counts as not held: nothing was shown.

    ``every`` is how long after its end the next round begins, where one is planned: the pages say when that is.
    """
    number = uuid4()
    evidence.execute(
        "insert into wellkept.proof_run (id, policy_version, program_version) values (%s, %s, %s)",
        [number, version.version, metadata.version("wellkept")],
    )
    whole = True
    for control in due(version, controls.of(ground.pack)):
        made = tries(control, ground)
        with evidence.transaction():
            for one in made:
                keep(evidence, number, control, one)
            span(evidence, number, control)
        for one in made:
            each(control, one)
        whole = whole and all(one.held for one in made)
    evidence.execute(
        "update wellkept.proof_run set ended = clock_timestamp(), next_at = clock_timestamp() + %s where id = %s",
        [every, number],
    )
    return whole


def tries(control: Control, ground: Ground) -> list[Try]:
    """What came of one control's probe. One that tries for several controls does so once a round."""
    known: dict[str, list[Try]] = ground.memo.setdefault("tries", {})
    if str(control.probe) not in known:
        known[str(control.probe)] = tried(control, ground)
    return known[str(control.probe)]


def tried(control: Control, ground: Ground) -> list[Try]:
    """What came of it now."""
    try:
        made = probe(control)(ground)
    except Exception as error:  # noqa: BLE001  (whatever a probe meets, the round goes on and says that it met it)
        LOG.warning("the probe of %s broke down: %s", control.id, type(error).__name__)
        made = [UNFINISHED]
    return made or [Try("Try it", "The probe made no try.", "Could not be tried", held=False)]


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


def span(evidence: psycopg.Connection, run_id: UUID, control: Control) -> None:
    """Write down that a control broke, or that it holds again, from what this round wrote; often neither."""
    for statement in (BROKE, MENDED):
        evidence.execute(statement, {"run": run_id, "control": control.id})
