import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellkept.ledger import merkle, tiles

LEAVES = [merkle.leaf_hash(str(i).encode()) for i in range(70_000)]


class Store:
    """Tiles in memory, as the database keeps them: one for each level and index, the last ones partly full."""

    def __init__(self) -> None:
        self.size = 0
        self.tiles: dict[tuple[int, int], bytes] = {}

    def add(self, leaves: list[bytes]) -> None:
        self.tiles |= tiles.grow(self.size, leaves, lambda level, index: self.tiles[level, index])
        self.size += len(leaves)

    def read(self) -> merkle.Read:
        return tiles.reader(lambda level, index: self.tiles[level, index])


@pytest.mark.parametrize(
    ("index", "width", "path"),
    [
        (0, 256, "tile/0/000"),
        (67, 256, "tile/0/067"),
        (1067, 256, "tile/0/x001/067"),
        (1234067, 256, "tile/0/x001/x234/067"),
        (5, 112, "tile/0/005.p/112"),
    ],
)
def test_it_writes_paths_as_the_specification_does(index: int, width: int, path: str) -> None:
    assert tiles.tile_path(0, index, width) == path


def test_it_writes_the_path_of_an_entry_bundle() -> None:
    assert tiles.tile_path("entries", 1067, 3) == "tile/entries/x001/067.p/3"


@pytest.mark.parametrize(("level", "index", "width"), [(64, 0, 1), (-1, 0, 1), (0, -1, 1), (0, 0, 0), (0, 0, 257)])
def test_it_refuses_a_tile_that_cannot_be(level: int, index: int, width: int) -> None:
    with pytest.raises(ValueError, match="tile"):
        tiles.tile_path(level, index, width)


def test_a_tree_of_seventy_thousand_has_the_tiles_of_the_specification() -> None:
    found = list(tiles.tiles_of(70_000))
    assert sum(level == 0 and width == 256 for level, _, width in found) == 273
    assert [t for t in found if t[2] < 256] == [(0, 273, 112), (1, 1, 17), (2, 0, 1)]
    assert len(found) == 273 + 1 + 1 + 1 + 1
    assert list(tiles.tiles_of(256)) == [(0, 0, 256), (1, 0, 1)]


@given(st.integers(0, 70_000), st.integers(0, 70_000))
def test_what_a_larger_tree_adds_is_what_the_smaller_did_not_have(one: int, other: int) -> None:
    since, size = sorted((one, other))
    assert set(tiles.tiles_of(size, since)) == set(tiles.tiles_of(size)) - set(tiles.tiles_of(since))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 700), max_size=6))
def test_a_tree_grown_in_any_steps_has_the_root_and_the_widths_of_its_leaves(steps: list[int]) -> None:
    store, frontier = Store(), merkle.Frontier()
    for step in steps:
        leaves = LEAVES[store.size : store.size + step]
        store.add(leaves)
        frontier.append(leaves)
    assert merkle.root(store.size, store.read()) == frontier.root()
    held = {(level, index, len(tile) // 32) for (level, index), tile in store.tiles.items()}
    assert held == set(tiles.tiles_of(store.size))


def test_a_large_tree_grown_in_uneven_steps_proves_each_leaf_and_each_earlier_head() -> None:
    store, frontier, heads = Store(), merkle.Frontier(), {}
    for step in (1, 255, 256, 10_000, 55_023, 4_465):
        leaves = LEAVES[store.size : store.size + step]
        store.add(leaves)
        frontier.append(leaves)
        heads[store.size] = frontier.root()
    assert store.size == 70_000
    read, root = store.read(), frontier.root()
    for index in (0, 255, 256, 511, 65_535, 65_536, 69_999):
        proof = merkle.inclusion_proof(index, store.size, read)
        assert merkle.verify_inclusion(LEAVES[index], index, store.size, proof, root)
    for size, head in heads.items():
        proof = merkle.consistency_proof(size, store.size, read)
        assert merkle.verify_consistency(size, store.size, head, root, proof)


def test_a_tile_that_is_too_short_is_no_proof() -> None:
    read = tiles.reader(lambda _level, _index: LEAVES[0])
    with pytest.raises(LookupError):
        merkle.root(2, read)
    with pytest.raises(ValueError, match="32 bytes"):
        tiles.hashes_of(b"short")


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_gives_back_its_entries(entries: list[bytes]) -> None:
    assert tiles.unbundle(tiles.bundle(entries)) == entries


@given(st.binary(max_size=200))
def test_a_bundle_is_read_in_one_way_only(data: bytes) -> None:
    try:
        entries = tiles.unbundle(data)
    except ValueError:
        return
    assert tiles.bundle(entries) == data


def test_a_bundle_refuses_an_entry_too_long_for_its_length() -> None:
    with pytest.raises(ValueError, match="65,535"):
        tiles.bundle([b"x" * 65_536])
