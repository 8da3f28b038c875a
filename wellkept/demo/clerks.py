"""Invented colleagues at the organisations of a demonstration: their administrator invites them, as the page does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from wellkept.demo.accounts import Account, password
from wellkept.demo.families import plain

PEOPLE: Final[Mapping[str, Mapping[str, tuple[tuple[str, str], ...]]]] = MappingProxyType(
    {
        "umr": {
            "employer": (("Theo Barth", "1988-07-30"), ("June Albright", "1991-11-05")),
            "provider": (("Ivo Castell", "1983-09-02"), ("Mina Frost", "1995-01-27")),
        },
        "pwer": {
            "employer": (("Amos Tully", "1986-12-14"), ("Lena Brook", "1993-06-21")),
            "provider": (("Caleb Stone", "1980-04-16"), ("Yara Quill", "1994-08-09")),
            "agent": (("Edda Moor", "1985-05-06"), ("Finn Harrow", "1990-09-17")),
            "partner": (("Silas Penn", "1987-02-25"), ("Orla Tennant", "1992-10-31")),
        },
    }
)
"""By operator and kind of organisation, each with a birth date."""


def invited(operator: str, leaders: Sequence[Account]) -> Iterator[Account]:
    """Whom each of those who administer an organisation invites into it."""
    for leader in leaders:
        if leader.login:
            for name, born in PEOPLE[operator][leader.kind]:
                login = ".".join(map(plain, name.split()))
                yield replace(
                    leader, name=name, login=login, password=password(), born=born, kind="", numbers={}, by=leader.login
                )
