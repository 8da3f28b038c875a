"""The register of other people's pages, who reviewed them, and until when.

An entry never changes: a correction is a new edition, which two officers review again. It renders while two different
reviewers have agreed, none refused, the earlier of their two days has not passed, a partner's agreement runs, nobody
withdrew it and the last looks at the page do not suspend it (``links_state`` in ``sql/links.sql`` decides, nothing
else). The proposer may be one of the two reviewers, never both: so two people stand behind every link.

Serves U-35, U-36, P-03, P-04.
"""
