"""A table of figures as a file for spreadsheets, in which no cell can be taken for a formula.

Sources: RFC 4180; CWE-1236; OWASP ASVS 5.0, 1.2.10.
"""

import csv
import io
from typing import Final

from django.http import HttpResponse

from wellkept.web.shell.values import Table

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def sheet(table: Table, *, name: str) -> HttpResponse:
    """The table as ``name``.csv, in UTF-8 with a mark that spreadsheets look for."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([harmless(column.label) for column in table.columns])
    writer.writerows([harmless(plain(cell.text)) for cell in row] for row in table.rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before what could begin one."""
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell.startswith(_FORMULA) else cell


def plain(cell: str) -> str:
    """A number without the commas it is read with; any other cell as it is."""
    digits = cell.replace(",", "")
    return digits if digits.isascii() and digits.isdigit() else cell
