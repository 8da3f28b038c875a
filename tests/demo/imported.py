"""A small book, brought into the house once through the command that operators use."""

import os
import subprocess
import sys
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

from tests.cluster import Cluster
from wellkept.demo.book import Book, book
from wellkept.demo.scenes import LAKES

TODAY = date(2026, 11, 20)
SEED = 4711
MEMBERS = 40
WELLKEPT = (sys.executable, "-c", "from wellkept.cli import main; main(prog_name='wellkept')")


@cache
def imported(house: Cluster) -> Book:
    """The book as it was written and brought in."""
    folder = Path(tempfile.mkdtemp(prefix="wellkept-book-"))
    made = book(folder, members=MEMBERS, claims_a_member=3.0, seed=SEED, today=TODAY, scene=LAKES)
    done = say(house, "import", "x12", "--operator", "umr", "--quiet", *map(str, made.files))
    assert done.returncode == 0, done.stdout + done.stderr
    return made


def say(house: Cluster, *words: str, told: str = "") -> subprocess.CompletedProcess[str]:
    """Say a command of ``wellkept`` in a process of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = kept | {"WELLKEPT_STATE": str(house.state)}
    return subprocess.run([*WELLKEPT, *words], env=environment, input=told, capture_output=True, text=True, check=False)
