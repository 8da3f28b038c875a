"""What the enrolments of an X12 file would do: read and compared, and nothing of it staged."""

from pathlib import Path
from uuid import uuid4

from wellkept.access import queries as access
from wellkept.exchange.x12 import SetEnded, Values, read
from wellkept.exchange.x12.roster import Roster
from wellkept.exchange.x12.statements import enrolment
from wellkept.exchange.x12.values import Enrolment
from wellkept.intake import preview as previews
from wellkept.intake.ends import FILE
from wellkept.intake.naming import Hashes
from wellkept.intake.preview import Preview
from wellkept.intake.waiting import Waiting, unstaged


def preview(path: Path, *, mode: str, hashes: Hashes) -> Preview:
    """Read a file to its end and say what it would do. What is put aside of it would do nothing."""
    found, roster = Preview(occasion=uuid4(), hashes=hashes), Roster()
    access.begin(found.occasion, kind=FILE)
    accepted = {
        event.transaction.segment
        for event in read(path, mode=mode)
        if isinstance(event, SetEnded) and event.accepted and event.transaction.kind == "834"
    }
    held: list[Waiting] = []
    for event in read(path, mode=mode):
        roster.take(event)
        if isinstance(event, Values) and event.transaction.segment in accepted:
            for value in event.values:
                if isinstance(value, Enrolment):
                    said = enrolment(value)
                    roster.add(value, said.content)
                    held.append(unstaged(said, hashes=hashes))
            if held:
                previews.take(found, held)
                held = []
    previews.finish(found, roster.spoken, whole=roster.whole)
    return found
