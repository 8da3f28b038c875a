"""Anyone can read what a new version of the policy changed."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from wellkept.policy import clauses, compare
from wellkept.policy.compare import Piece
from wellkept.policy.shapes import PolicyVersion

PATH = Path("2026-11-01.md")
FRONT = "---\nversion: 2026-11-01\nposted: 2026-11-01\neffective: 2026-11-01\n---\n"


def version(introduction: str, **said: str) -> PolicyVersion:
    parts = [f"## {one.replace('_', '-')} Heading\n\n{text}\n\nKept by: a\n" for one, text in said.items()]
    return clauses.parse(PATH, f"{FRONT}{introduction}\n\n{''.join(parts)}")


def test_it_shows_what_was_added_removed_and_changed() -> None:
    earlier = version("Hello.", U_01="We look once.", U_02="It stays.", U_03="It goes.")
    later = version("Hello.", U_04="It comes.", U_01="We look twice.", U_02="It stays.")
    changes = compare.compare(earlier, later)
    assert [(change.clause, change.kind) for change in changes] == [
        ("U-04", "added"),
        ("U-01", "changed"),
        ("U-03", "removed"),
    ]
    assert changes[1].pieces == (Piece("same", "We look "), Piece("removed", "once."), Piece("added", "twice."))
    assert changes[1].heading == (Piece("same", "Heading"),)
    assert changes[2].pieces == (Piece("removed", "It goes."),)


def test_how_a_promise_is_kept_is_no_change_of_what_it_says() -> None:
    earlier = version("Hello.", U_01="We look once.")
    text = f'{FRONT}Hello.\n\n## U-01 Heading\n\nWe look once.\n\nnot_kept = "It broke, 2026-11-22"\n'
    assert compare.compare(earlier, clauses.parse(PATH, text)) == ()


def test_it_says_what_keeps_a_promise_otherwise() -> None:
    earlier = version("Hello.", U_01="We look once.", U_02="It stays.")
    text = (
        f"{FRONT}Hello.\n\n## U-01 Heading\n\nWe look.\n\nKept in part by: b\n"
        'not_kept = "It broke, 2026-11-22"\n\n## U-02 Heading\n\nIt stays.\n\nKept by: a\n'
    )
    (found,) = compare.keeping(earlier, clauses.parse(PATH, text))
    assert found == compare.Rekept("U-01", "Heading", ("b",), ("a",), None, "It broke, 2026-11-22")


def test_a_changed_phrase_reads_as_one() -> None:
    run = compare.pieces("We look at it once a day.", "We stare past it once a day.")
    assert run == (
        Piece("same", "We "),
        Piece("removed", "look at"),
        Piece("added", "stare past"),
        Piece("same", " it once a day."),
    )


def test_it_shows_a_changed_introduction() -> None:
    assert compare.introductions(version("Hello you."), version("Hello all.")) == (
        Piece("same", "Hello "),
        Piece("removed", "you."),
        Piece("added", "all."),
    )
    assert compare.introductions(version("Hello."), version("Hello.")) == (Piece("same", "Hello."),)


def without(mark: str, run: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in run if piece.mark != mark)


@settings(deadline=None)
@given(st.text(alphabet="ab \n.", max_size=40), st.text(alphabet="ab \n.", max_size=40))
def test_no_word_is_lost_on_either_side(earlier: str, later: str) -> None:
    run = compare.pieces(earlier, later)
    assert without("added", run) == earlier
    assert without("removed", run) == later
