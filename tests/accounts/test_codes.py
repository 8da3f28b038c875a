"""Access codes are random, and read the same however they are typed (U-30)."""

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from wellkept.accounts import codes

WRITTEN = st.text(alphabet=codes.ALPHABET, min_size=codes.LENGTH, max_size=codes.LENGTH)


def test_a_code_has_sixty_bits_in_three_groups() -> None:
    made = {codes.new() for _ in range(200)}
    assert len(made) == 200
    assert {len(one) for one in made} == {14}
    assert {letter for one in made for letter in one} <= {*codes.ALPHABET, "-"}
    assert codes.LENGTH * 5 == 60


@given(WRITTEN)
def test_it_reads_what_was_printed_however_it_is_typed(code: str) -> None:
    typed = " ".join(code).lower().replace("0", "o").replace("1", "l")
    assert codes.canonical(typed) == code
    assert codes.canonical(f"{code[:4]}-{code[4:8]}-{code[8:]}") == code


@given(WRITTEN, WRITTEN)
def test_two_codes_never_read_the_same(one: str, other: str) -> None:
    assert (codes.canonical(one) == codes.canonical(other)) == (one == other)


@given(st.text(max_size=50))
def test_it_reads_anything_without_failing(typed: str) -> None:
    assert codes.canonical(codes.canonical(typed)) == codes.canonical(typed)


def test_no_code_and_no_secret_comes_from_another_generator_and_nothing_waits() -> None:
    rooms = Path(codes.__file__).parents[1]
    files = [*(rooms / "accounts").rglob("*.py"), *(rooms / "web/entrance").rglob("*.py")]
    found = [
        path.name for path in files if re.search(r"^(?:import|from) random\b|\bsleep\(", path.read_text(), re.MULTILINE)
    ]
    assert len(files) > 20
    assert found == []
