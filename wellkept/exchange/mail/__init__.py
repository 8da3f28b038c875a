"""Mail over a socket: of a few fixed texts, none of which can hold anything about a person (U-27, P-30)."""
