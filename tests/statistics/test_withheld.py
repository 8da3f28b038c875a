"""No withheld count can be reckoned from what is printed, not even by somebody who knows the rule."""

from collections import defaultdict
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellkept.statistics.withheld import LEAST, parts, total

Counts = tuple[int, ...]
COUNTS = st.lists(st.integers(0, 60), min_size=1, max_size=12)


def divisions(whole: int, cells: int) -> Iterator[Counts]:
    """Every way to divide a total into so many parts."""
    if cells == 1:
        yield (whole,)
        return
    for first in range(whole + 1):
        for rest in divisions(whole - first, cells - 1):
            yield (first, *rest)


@pytest.mark.parametrize(("least", "cells", "most"), [(3, 2, 30), (4, 3, 24), (3, 4, 17), (3, 5, 13)])
def test_whoever_knows_the_rule_and_the_print_knows_no_withheld_count(least: int, cells: int, most: int) -> None:
    for whole in range(least, most):
        behind: defaultdict[tuple[int | None, ...], list[Counts]] = defaultdict(list)
        for counts in divisions(whole, cells):
            behind[parts(counts, least=least)].append(counts)
        for printed, possible in behind.items():
            for at, shown in enumerate(printed):
                if shown is None:
                    assert len({counts[at] for counts in possible}) > 1, (whole, printed, possible)


@given(COUNTS)
def test_no_small_count_is_printed_and_every_printed_one_is_right(counts: list[int]) -> None:
    for count, shown in zip(counts, parts(counts), strict=True):
        assert shown in (count, None)
        assert shown in (None, 0) or count >= LEAST


@given(COUNTS)
def test_what_is_left_of_the_total_is_never_small_and_never_one_part_alone(counts: list[int]) -> None:
    shown = parts(counts)
    hidden = [count for count, one in zip(counts, shown, strict=True) if one is None and count]
    if hidden and total(sum(counts)) is not None and len(counts) > 1:
        assert len(hidden) > 1
        assert sum(hidden) >= LEAST


@given(COUNTS)
def test_nothing_is_withheld_where_nothing_is_small(counts: list[int]) -> None:
    if all(count == 0 or count >= LEAST for count in counts):
        assert list(parts(counts)) == counts


@given(COUNTS, st.randoms(use_true_random=False))
def test_the_order_of_the_parts_decides_nothing(counts: list[int], chance: Random) -> None:
    mixed = list(enumerate(counts))
    chance.shuffle(mixed)
    shown = parts([count for _at, count in mixed])
    back = dict(zip((at for at, _count in mixed), shown, strict=True))
    assert tuple(back[at] for at in range(len(counts))) == parts(counts)


def test_examples_anyone_can_follow() -> None:
    assert parts([5, 20]) == (None, None)
    assert parts([5, 20, 30]) == (None, None, 30)
    assert parts([4, 8, 6, 50]) == (None, None, None, 50)
    assert parts([1, 0, 60]) == (None, None, None)
    assert parts([5, 0, 20, 30]) == (None, 0, None, 30)
    assert parts([0, 0, 60]) == (0, 0, 60)
    assert parts([3, 0]) == (None, None)
    assert parts([0, 0]) == (0, 0)
    assert parts([3, 4]) == (None, None)
    assert [total(one) for one in (0, 1, 10, 11)] == [0, None, None, 11]
