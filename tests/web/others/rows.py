"""What stands in every table of the records, in short: to see that nothing of anybody else's changed."""

from typing import Final

from tests.web.others.company import Company

MOVES: Final = (
    "ledger_", "access_spent", "accounts_session", "procrastinate_", "statistics_", "django_", "proof_", "gate_",
)  # fmt: skip
"""Tables in which asking itself leaves a trace: entries, what an hour allows, when a session was last seen, counts."""
TABLES: Final = (
    "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
    " where n.nspname = 'wellkept' and c.relkind = 'r' order by 1"
)


def rows(company: Company, name: str) -> dict[str, str]:
    """A digest of each table, by its name, without the rows that are about that somebody alone."""
    own = "|".join(str(one) for one in company.own(name)) or "-"
    others = "|".join(str(one) for one in company.subjects())
    alone = f"(t::text ~ '{own}' and t::text !~ '{others}')"
    line = (
        "select '{0}', md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from wellkept.{0} t where not {1}"
    )
    tables = [table for (table,) in company.ask(TABLES) if not table.startswith(MOVES)]
    return dict(company.ask(" union all ".join(line.format(table, alone) for table in tables)))
