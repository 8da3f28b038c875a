"""A table of figures as a file for spreadsheets, in which no cell can be taken for a formula.

Sources: RFC 4180; CWE-1236; OWASP ASVS 5.0, 1.2.10.
"""

import csv
import io
from typing import Final

from django.http import HttpResponse
from django.utils.translation import gettext as _

from wellkept.web.shell.values import Table

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def sheet(table: Table, *, name: str) -> HttpResponse:
    """The table as ``name``.csv, in UTF-8 with a mark that spreadsheets look for. Notes of its rows stand last."""
    noted = any(row[0].note for row in table.rows)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([harmless(label) for label in (*(one.label for one in table.columns), *[_("Note")] * noted)])
    for row in table.rows:
        writer.writerow([harmless(plain(one)) for one in (*(cell.text for cell in row), *[row[0].note] * noted)])
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before what could begin one."""
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell.startswith(_FORMULA) else cell


def plain(cell: str) -> str:
    """A number without the commas it is read with; any other cell as it is."""
    digits = cell.replace(",", "")
    return digits if digits.isascii() and digits.isdigit() else cell
