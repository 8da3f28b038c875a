"""Whatever comes in: no crash, the same whatever the pieces, the same whatever the delimiters."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.x12.samples import (
    CLAIM,
    ENROLMENT,
    HOSPITAL,
    REMITTANCE,
    SHARED,
    interchange,
    needs_samples,
    told,
    transaction,
    values,
)
from wellkept.exchange.x12 import Event, InterchangeBegun, InterchangeEnded, SetBegun, SetEnded, read

GUIDES = [
    (ENROLMENT, "005010X220A1"),
    (CLAIM, "005010X222A1"),
    (HOSPITAL, "005010X223A2"),
    (REMITTANCE, "005010X221A1"),
]
FILES = [interchange(transaction(body, guide), guide=guide) for body, guide in GUIDES]
SIGNS = "*:^~|>!\\+&;'\"<{}[]()?=%$#@`\t\x1c\x1d\x1e\x1f§¶"
SAMPLES = sorted(SHARED.glob("*/*.x12")) if SHARED.is_dir() else []
files = st.sampled_from(FILES)
unhurried = settings(deadline=None)  # the machine may be busy; no test of ours is timed


def orderly(events: list[Event]) -> None:
    """Every set and interchange that begins ends once, in order, and a set with an error is never accepted."""
    stack: list[type] = []
    for event in events:
        if isinstance(event, InterchangeBegun | SetBegun):
            stack.append(type(event))
        elif isinstance(event, SetEnded):
            assert stack.pop() is SetBegun
            assert event.accepted == (not any(found.severity == "error" for found in event.findings))
            assert event.accepted or event.values == 0
        elif isinstance(event, InterchangeEnded):
            assert stack.pop() is InterchangeBegun
    assert stack == []


@given(st.binary(max_size=400), st.sampled_from(["lenient", "strict"]))
@unhurried
def test_no_bytes_make_it_fail(data: bytes, mode: str) -> None:
    orderly(told(data, mode=mode))
    orderly(told(FILES[0].encode()[:500] + data, mode=mode))


@given(files, st.data(), st.sampled_from(["lenient", "strict"]))
@settings(unhurried, max_examples=200)
def test_no_mutation_makes_it_fail(text: str, data: st.DataObject, mode: str) -> None:
    lines = text.split("~")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        change = data.draw(st.sampled_from(["double", "drop", "swap", "element", "cut", "noise"]))
        if change == "double":
            lines.insert(at, lines[at])
        elif change == "drop" and len(lines) > 1:
            del lines[at]
        elif change == "swap":
            lines[at], lines[-1 - at] = lines[-1 - at], lines[at]
        elif change == "element":
            elements = lines[at].split("*")
            place = data.draw(st.integers(0, len(elements) - 1))
            elements[place] = data.draw(st.text(alphabet="09AZ:*-. é\0\n", max_size=6))
            lines[at] = "*".join(elements)
        elif change == "cut":
            lines[at] = lines[at][: data.draw(st.integers(0, len(lines[at])))]
        else:
            lines.insert(at, data.draw(st.text(max_size=8)))
    orderly(told("~".join(lines).encode(errors="surrogatepass"), mode=mode))


@given(files, st.data())
@unhurried
def test_a_file_cut_anywhere_is_never_taken_in_part(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, text.rindex("~SE*")))
    assert values(told(text[:place])) == []


@given(files, st.permutations(range(30)))
@unhurried
def test_no_order_of_segments_makes_it_fail(text: str, order: list[int]) -> None:
    lines = text.split("~")
    head, inner, tail = lines[:3], lines[3:33], lines[33:]
    orderly(told("~".join([*head, *(inner[at] for at in order if at < len(inner)), *tail])))


@given(files, st.integers(1, 700), st.sampled_from(["lenient", "strict"]), st.integers(0, 3000), st.booleans())
@unhurried
def test_any_size_of_pieces_gives_the_same_events(text: str, size: int, mode: str, cut: int, wide: bool) -> None:  # noqa: FBT001  (drawn)
    mixed = "junk\n" + text[:cut] + FILES[3] + "\r\n" + text + "tail"
    data = mixed.encode("utf-16" if wide else "latin-1")
    assert told(data, mode=mode, size=size) == told(data, mode=mode)


@given(st.sampled_from(GUIDES), st.permutations(SIGNS), st.booleans())
@unhurried
def test_any_delimiters_give_the_same_values(sample: tuple[str, str], order: list[str], lines: bool) -> None:  # noqa: FBT001  (drawn)
    body, guide = sample
    used = set(body.replace("*", "").replace(":", ""))
    signs = [sign for sign in order if sign not in used][:4]
    if lines:
        signs[3] = "\n"
    text = interchange(transaction(body, guide), guide=guide, signs="".join(signs))
    assert values(told(text)) == values(told(interchange(transaction(body, guide), guide=guide)))


@needs_samples
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
@pytest.mark.parametrize("mode", ["lenient", "strict"])
def test_no_file_of_others_makes_it_fail_wherever_it_is_cut(path: Path, mode: str) -> None:
    data = path.read_bytes()
    whole = told(data, mode=mode)
    orderly(whole)
    named = list(read(io.BytesIO(data), mode=mode, name="file.x12", size=37))
    assert named == whole
    for place in range(0, len(data), max(len(data) // 40, 1)):
        orderly(told(data[:place], mode=mode))
        orderly(told(data[place:], mode=mode))
