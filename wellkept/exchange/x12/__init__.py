"""X12 005010: tokenizer, envelope rules, declarative maps of 834, 837P, 837I, 835, 820 and 999, answers.

``read(source)`` yields, for each interchange of a file::

    InterchangeBegun
      GroupBegun
        SetBegun                 a set that we read
          Values                 up to 500 values each, as they are read
        SetEnded                 accepted, or put aside with its findings
        Refusal                  a set of another guide, named in a plain sentence
      GroupEnded
    InterchangeEnded             accepted, or (mode "strict") refused with all its sets

with ``Finding`` (a warning) anywhere outside a set, and ``Refusal`` for an interchange or for a file that is no X12.

A set may hold half a million claims, so its values come before its verdict. Whoever takes them stages them, and
deletes what was staged of a set whose ``SetEnded`` is not accepted, and of an interchange whose ``InterchangeEnded``
is not accepted. After the first error of a set no more of its values come; its remaining errors still do.

``acknowledgement(events, ...)`` answers the sender with a 999.
"""

from wellkept.exchange.x12.acknowledgement import acknowledgement
from wellkept.exchange.x12.events import (
    Event,
    Finding,
    GroupBegun,
    GroupEnded,
    InterchangeAnswered,
    InterchangeBegun,
    InterchangeEnded,
    Refusal,
    SetBegun,
    SetEnded,
    Values,
)
from wellkept.exchange.x12.reading import read

__all__ = [
    "Event",
    "Finding",
    "GroupBegun",
    "GroupEnded",
    "InterchangeAnswered",
    "InterchangeBegun",
    "InterchangeEnded",
    "Refusal",
    "SetBegun",
    "SetEnded",
    "Values",
    "acknowledgement",
    "read",
]
