"""A room's SQL names the operator's roles and nothing else of it is changed."""

from hypothesis import given
from hypothesis import strategies as st

from wellkept.policy.database import ROLES, SqlFile, role_name, with_roles


def test_each_role_is_named_quoted() -> None:
    text = "".join(f"grant x to {{{role}}};" for role in ROLES)
    assert with_roles(text, operator="umr") == "".join(f'grant x to "umr_{role}";' for role in ROLES)
    assert role_name("pwer", "gate") == "pwer_gate"


@given(st.text(alphabet="{}% \\\"'webgateownr_0,", max_size=60))
def test_every_other_brace_and_percent_sign_is_left_alone(text: str) -> None:
    made = with_roles(text, operator="umr")
    for role in ROLES:
        made = made.replace(f'"umr_{role}"', f"{{{role}}}")
    assert made == text


def test_array_literals_and_formats_are_left_alone() -> None:
    text = "select '{}'::text[], '{1,2}'::int[], format('%s {other}', 1), '{web }', '{ web}', '{WEB}'"
    assert with_roles(text, operator="umr") == text


def test_the_operation_reads_the_rooms_file_and_writes_itself_into_a_migration() -> None:
    operation = SqlFile("ledger", "entry.sql")
    assert "ledger_write" in operation.text()
    assert operation.deconstruct() == ("SqlFile", ["ledger", "entry.sql"], {})
    assert not operation.reversible
    assert operation.describe() == "Run ledger/sql/entry.sql"
