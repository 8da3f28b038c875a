"""Numbers as readers of Spanish in the United States write them: a point before the cents, a comma every thousand."""

from typing import Final

DECIMAL_SEPARATOR: Final = "."
THOUSAND_SEPARATOR: Final = ","
NUMBER_GROUPING: Final = 3
DATE_FORMAT: Final = r"j \d\e F \d\e Y"
