"""What one test does to somebody's sign-in, record or case touches nobody of another: they share a cluster."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parents[1]
SHARED = re.compile(
    r"(?:update|delete from) (?:wellkept\.)?(?:accounts_(?:session|account)|people_(?:person|contact|household)"
    r"|benefits_coverage|service_(?:case|casestep|thread|call)|\w+ set closed_at)\b"
)
ONE = ("set own_sensitive_on = {} ", "access_door")
"""A statement that is given its person where it is used, and the one door of the house."""


def statements(tree: ast.AST) -> Iterator[str]:
    """Every text of a file that is a whole one."""
    parts = {id(part) for one in ast.walk(tree) if isinstance(one, ast.JoinedStr) for part in one.values}
    for one in ast.walk(tree):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in parts:
            yield one.value


def test_no_test_changes_the_accounts_records_or_cases_of_everybody() -> None:
    found = [
        f"{path.relative_to(TESTS)}: {text}"
        for path in sorted(TESTS.rglob("*.py"))
        for text in statements(ast.parse(path.read_text()))
        if SHARED.match(text.strip()) and "where" not in text
    ]
    assert [one for one in found if not any(name in one for name in ONE)] == []
