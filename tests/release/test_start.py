"""A machine where nothing was ever started refuses to begin with a pack that breaks its own promises."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.release.conftest import Told, failed
from wellkept.cli import proof
from wellkept.cli.cluster.server import free_port
from wellkept.policy import packs
from wellkept.proof.ground import Try

PROGRAM = "from wellkept.cli import main; main(prog_name='wellkept')"
UNCHECKED = """
from wellkept.cli import main, serve
from wellkept.policy import check
check.problems = lambda *given, **named: []
serve.supervise = lambda children, **named: None
serve.make_ready = lambda **named: ()
main(prog_name="wellkept")
"""
Spoil = Callable[[str], str]
FAULTS: dict[str, Spoil] = {
    "Start with a promise that names a keeper that is not there": lambda text: text.replace(
        "Kept by: ", "Kept by: nothing-at-all, ", 1
    ),
    "Start with a promise that names nothing": lambda text: re.sub(r"Kept by: public-pages.*\n", "", text, count=1),
    "Start with other words than were posted": lambda text: text.replace("privacy policy", "privacy notice", 1),
}


def starts(home: Path, program: str) -> list[Try]:
    """Tell a fresh machine to serve each spoiled pack."""
    tries = []
    for number, (name, spoil) in enumerate(FAULTS.items()):
        packs_, state = home / f"packs-{number}", home / f"state-{number}"
        shutil.copytree(packs.named("umr").folder, packs_ / "umr")
        path = packs_ / "umr" / "policy" / packs.now_in_force(packs.named("umr")).path.name
        path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", program, "serve", "--operator", "umr", "--port", str(free_port())],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env=proof.plain() | {"WELLKEPT_OPERATORS": str(packs_), "WELLKEPT_STATE": str(state)},
        )
        refused = done.returncode != 0 and "cannot be served" in done.stderr and not (state / "postgres").exists()
        sentence = "We spoiled a copy of the policy and told a machine where nothing had run to serve it."
        tries.append(Try(name, sentence, "Refused" if refused else "Started", held=refused))
    return tries


@pytest.mark.release
def test_a_fresh_machine_refuses_a_broken_pack(told: Told, tmp_path: Path) -> None:
    told("fresh-start", starts(tmp_path, PROGRAM))


def test_it_finds_a_start_that_asks_nothing(tmp_path: Path) -> None:
    assert os.environ["WELLKEPT_STATE"] not in str(tmp_path)
    assert failed(starts(tmp_path, UNCHECKED)) == [name for name in FAULTS if "names nothing" not in name]
