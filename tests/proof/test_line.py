"""The tries against the line hold on a sound house, and find strict transport or good ciphers taken away."""

import subprocess
import sys

import pytest

from tests.proof.conftest import Without, failed
from tests.proof.test_site import NO_HEADERS
from wellkept.proof.ground import Ground, Said
from wellkept.proof.probes import line

pytestmark = pytest.mark.database
OPEN_TO_ALL = """
from wellkept.cli import main, serve
serve.check_transport = lambda **named: None
serve.supervise = lambda children, **named: None
main(prog_name="wellkept")
"""


def test_nothing_travels_in_clear(rehearsed_without: Without) -> None:
    with rehearsed_without() as ground:
        assert failed(line.nothing_travels_in_clear, ground) == []


def test_it_finds_a_line_without_strict_transport(rehearsed_without: Without) -> None:
    with rehearsed_without(before=NO_HEADERS) as ground:
        assert failed(line.nothing_travels_in_clear, ground) == ["Come back without encryption"]


def test_it_finds_a_line_that_takes_weak_ciphers(rehearsed_without: Without) -> None:
    with rehearsed_without(options=("--ciphers=ALL:@SECLEVEL=0",)) as ground:
        assert "Ask for a weak cipher" in failed(line.nothing_travels_in_clear, ground)


def test_it_finds_a_program_that_serves_in_clear(rehearsed_without: Without) -> None:
    def say(words: tuple[str, ...], more: object) -> Said:
        done = subprocess.run([sys.executable, "-c", OPEN_TO_ALL, *words], capture_output=True, text=True, check=False)
        return Said(done.returncode, done.stdout + done.stderr)

    with rehearsed_without() as ground:
        from dataclasses import replace

        assert failed(line.nothing_travels_in_clear, replace(ground, say=say)) == ["Serve in clear"]


def test_the_rehearsal_is_over_afterwards(ground: Ground, rehearsed_without: Without) -> None:
    with rehearsed_without() as here:
        there = here.rehearse()
        assert here.ask("/robots.txt", base=there.base, trusted=there.certificate).status == 200
    with pytest.raises(OSError, match="refused"):
        ground.ask("/robots.txt", base=there.base)
