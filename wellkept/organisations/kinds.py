"""The kinds of documents that a plan hands out, in the order in which people look for them (ERISA section 104(b))."""

from typing import Final

DOCUMENTS: Final = ("summary plan description", "summary of benefits", "notice", "form")
