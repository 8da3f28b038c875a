"""The probes: each a function of a ``Ground`` that tries to break what one control keeps, and returns its tries."""
