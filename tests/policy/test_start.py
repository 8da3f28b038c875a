"""A real start refuses, in one sentence with file and line, whatever ``house.md`` says it refuses (B-08, U-09)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.policy.conftest import Spoil

POLICY = "policy/2026-11-22.md"
WEB = (sys.executable, "-c", "import wellkept.config.wsgi")
SERVE = (sys.executable, "-c", "from wellkept.cli import main; main()", "serve", "--operator", "umr", "--port", "1")
KEPT = "Kept by: public-pages, walk-asks-nothing, same-for-everyone\n"
SPOILED = {
    "a clause that names neither a control nor why nothing keeps it": (
        POLICY, KEPT, "Nothing.\n", 'U-01 must end with "Kept by: ..." or not_kept',
    ),
    "a keeper that is not there": (POLICY, KEPT, "Kept by: good-will\n", 'kept by "good-will"'),
    "changed text under an old version": (POLICY, "You can read every", "You can read some", "U-01 was changed"),
    "a clause that went": (POLICY, "## U-40 Terms", "## U-47 Terms", "U-40 is missing from this version"),
    "a version in effect before it is posted": (
        POLICY, "posted: 2026-11-22", "posted: 2026-12-22", "cannot take effect before it is posted",
    ),
    "a reason without a day": (POLICY, 'yet, 2026-11-22"', 'yet"', "must end with"),
    "a practice no code reads": (
        "operator.toml", "session_hours = 24", "session_hours = 24\nsell = true", '"sell" is a practice no part',
    ),
    "a category without retention": (
        "operator.toml", "[retention.claims]", "[retention.gossip]", '"gossip" means nothing here',
    ),
    "fewer promises than the house keeps": ("operator.toml", "B = 11", "B = 10", "must hold B = 11"),
    "a rule without a clause": ("access.toml", 'clause = "U-29"\n', "", '"clause" is missing here'),
    "a rule that rests on no promise": ("access.toml", 'clause = "U-29"', 'clause = "U-92"', "rests on U-92"),
}  # fmt: skip


def start(folder: Path, command: tuple[str, ...] = WEB) -> subprocess.CompletedProcess[str]:
    """Start the program with the packs beside ``folder``; no database is there, which is no reason to refuse."""
    home = folder.parent
    environment = {name: value for name, value in os.environ.items() if not name.startswith("WELLKEPT_")}
    environment |= {
        "WELLKEPT_OPERATOR": "umr",
        "WELLKEPT_OPERATORS": str(home),
        "WELLKEPT_STATE": str(home / "state"),
        "DJANGO_SETTINGS_MODULE": "wellkept.config.settings",
    }
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=60)


@pytest.mark.parametrize("kind", SPOILED)
def test_it_refuses_to_start_with(spoil: Spoil, kind: str) -> None:
    file, old, new, sentence = SPOILED[kind]
    done = start(spoil(file, old, new))
    assert done.returncode == 3
    assert sentence in done.stderr
    assert file in done.stderr
    assert "Traceback" not in done.stderr


def test_it_refuses_to_start_in_production_with_a_promise_that_is_not_kept(spoil: Spoil) -> None:
    spoil("operator.toml", "production = false", "production = true")
    done = start(spoil("operator.toml", '["localhost", "127.0.0.1"]', '["benefits.lakeside-plan.org"]'))
    assert done.returncode == 3
    assert "U-38 is not kept: " in done.stderr


def test_it_refuses_to_start_with_a_version_that_nobody_posted(folder: Path) -> None:
    (folder / "policy" / "versions.lock").unlink()
    done = start(folder)
    assert done.returncode == 3
    assert "Version 2026-11-22 is not posted yet" in done.stderr


def test_the_command_that_serves_refuses_too(spoil: Spoil) -> None:
    done = start(spoil(POLICY, KEPT, "Kept by: good-will\n"), SERVE)
    assert done.returncode == 1
    assert 'kept by "good-will"' in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
