"""How numbers are written where the language of a page is not English; the dates are written by the shell's filters."""
