"""The book goes through the real intake, and what comes out is what went in."""

import pytest

from tests.cluster import Cluster
from tests.demo.imported import MEMBERS, imported
from wellkept.cli import cluster as server

pytestmark = pytest.mark.database


def counted(house: Cluster, statement: str, names: list[str]) -> int:
    """A number from the records, of the files of the book."""
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        row = connection.execute(statement, [names]).fetchone()
        assert row is not None
        return int(row[0])


def test_what_comes_out_is_what_went_in(house: Cluster) -> None:
    book = imported(house)
    names = [path.name for path in book.files]
    ours = "select id from intake_file where name = any(%s)"
    assert (
        counted(house, f"select count(*) from people_person where file_id in ({ours})", names)
        == MEMBERS
        == book.members
    )
    assert counted(house, f"select count(*) from benefits_coverage where file_id in ({ours})", names) == MEMBERS
    assert counted(house, f"select count(*) from benefits_filing where file_id in ({ours})", names) == book.filings
    assert counted(house, f"select count(*) from benefits_decision where file_id in ({ours})", names) == book.decisions
    assert counted(house, f"select count(*) from intake_staged where file_id in ({ours})", names) == 0
    assert counted(house, f"select count(*) from intake_setaside where file_id in ({ours})", names) == 0


def test_a_name_lies_in_the_records_in_no_readable_form(house: Cluster) -> None:
    book = imported(house)
    who = book.people["subscriber"]
    with server.administer("wellkept_umr", state=house.state) as connection:
        connection.execute("set search_path = wellkept")
        for table in ("people_person", "people_contact", "people_finder", "benefits_claim"):
            for word in (who.last, who.number, who.last.encode().hex(), who.number.encode().hex()):
                found = connection.execute(f"select 1 from {table} t where t::text ilike %s limit 1", [f"%{word}%"])
                assert found.fetchone() is None, (table, word)
