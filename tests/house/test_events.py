"""Every event that a function notes about an account is declared with its sentence, and every one declared is noted."""

import re
from pathlib import Path

from wellkept.accounts.events import KINDS, METHODS, NAMED, PARTS, of_part, ways

HOUSE = Path(__file__).parents[2] / "wellkept"
CALLED = re.compile(r"(?:perform|select) wellkept\.accounts_note\((?P<rest>.*?);", re.DOTALL)
WORD = re.compile(r"\A'([^']+)'\Z|(?:then|else) '([^']+)'")


def noted(text: str) -> set[str]:
    """The kinds that the calls in a file of SQL note: the second argument, whichever of its words is chosen."""
    found = [WORD.findall(second(call["rest"])) for call in CALLED.finditer(text)]
    return {one or other for words in found for one, other in words}


def second(arguments: str) -> str:
    """The second of the arguments, split at commas outside brackets."""
    parts, depth = [""], 0
    for letter in arguments:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts[1].strip() if len(parts) > 1 else ""


def everywhere() -> set[str]:
    return {kind for path in HOUSE.rglob("*.sql") for kind in noted(path.read_text())}


def test_every_kind_that_a_function_notes_is_declared() -> None:
    assert everywhere() - set(NAMED) == set()


def test_every_kind_that_is_declared_is_noted_by_a_function() -> None:
    assert set(NAMED) - everywhere() == set()


def test_no_call_hides_its_kind() -> None:
    """A kind that comes from a variable could be one that nobody declared."""
    for path in HOUSE.rglob("*.sql"):
        for call in CALLED.finditer(path.read_text()):
            assert noted(call[0]), (path.name, call[0])


def test_it_reads_kinds_that_are_chosen() -> None:
    assert noted("perform wellkept.accounts_note(f(a, b), case when v = 'x' then 'one' else 'two' end, '', '');") == {
        "one",
        "two",
    }
    assert noted("perform wellkept.accounts_note(a.id, 'danced', s.method, s.browser);") == {"danced"}


def test_each_kind_has_a_sentence_of_its_own_and_a_part_of_the_list() -> None:
    assert len({str(kind.sentence) for kind in KINDS}) == len(KINDS) == len(NAMED)
    for kind in KINDS:
        assert str(kind.sentence).endswith("."), kind.name
        assert kind.part in PARTS, kind.name
    assert {name for part in PARTS for name in of_part(part)} == set(of_part("")) == set(NAMED)


def test_a_method_is_said_way_by_way() -> None:
    assert [str(one) for one in ways("password+authenticator")] == ["password", "authenticator app"]
    assert ways("") == ways("telepathy") == ()
    assert all(str(words) for words in METHODS.values())
