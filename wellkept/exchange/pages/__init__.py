"""Pages of other people, looked at one request at a time: what links of ours lead to (U-35, P-03)."""
