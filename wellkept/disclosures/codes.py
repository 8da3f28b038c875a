"""The stable codes of what a release seals."""

from typing import Final

BODY: Final = "letter.body"
DESCRIBED: Final = "disclosure.note"
CONDITIONS: Final = "disclosure.conditions"
RECIPIENT: Final = "disclosure.recipient"
