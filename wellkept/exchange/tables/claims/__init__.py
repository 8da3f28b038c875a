"""Claims from a claims core: one row a line, read by a mapping, as the statements that X12 files make too."""
