"""Tables other people wrote: CSV read row by row against declared columns, each mistake with its line (U-43)."""
