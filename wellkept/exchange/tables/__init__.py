"""CSV from claims cores and rosters."""
