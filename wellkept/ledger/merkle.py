"""The hash tree of the ledger: RFC 6962, section 2.1, over SHA-256; its proofs as RFC 9162, section 2.1, checks them.

A tree is read through a function ``read(height, index)``: the hash of the perfect subtree of ``2**height`` leaves that
begins at leaf ``index * 2**height``. Tiles, a list in memory or a database can stand behind it.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

Read = Callable[[int, int], bytes]

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf (RFC 6962, section 2.1): the prefix 0x00 keeps leaves and nodes apart."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over its two children (RFC 6962, section 2.1)."""
    return sha256(b"\x01" + left + right).digest()


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root over hashes whose number is a power of two."""
    level = hashes
    while len(level) > 1:
        level = [sha256(b"\x01" + level[i] + level[i + 1]).digest() for i in range(0, len(level), 2)]
    return level[0]


def split(size: int) -> int:
    """The largest power of two smaller than ``size``, which must be at least 2 (RFC 6962, section 2.1)."""
    return 1 << ((size - 1).bit_length() - 1)


def range_hash(begin: int, end: int, read: Read) -> bytes:
    """The hash over leaves ``begin`` to ``end``, where ``begin`` is a place at which the tree splits."""
    size = end - begin
    if size & (size - 1) == 0:
        height = size.bit_length() - 1
        return read(height, begin >> height)
    middle = begin + split(size)
    return node_hash(range_hash(begin, middle, read), range_hash(middle, end, read))


def root(size: int, read: Read) -> bytes:
    """The root of the first ``size`` leaves."""
    return range_hash(0, size, read) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, read: Read) -> list[bytes]:
    """The siblings from leaf ``index`` up to the root of ``size`` leaves (RFC 6962, section 2.1.1)."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size} leaves")
    begin, end, proof = 0, size, []
    while end - begin > 1:
        middle = begin + split(end - begin)
        if index < middle:
            proof.append(range_hash(middle, end, read))
            end = middle
        else:
            proof.append(range_hash(begin, middle, read))
            begin = middle
    return proof[::-1]


def consistency_proof(old: int, new: int, read: Read) -> list[bytes]:
    """What shows that the tree of ``new`` leaves begins with the tree of ``old`` (RFC 6962, section 2.1.2)."""
    if not 0 < old <= new:
        raise ValueError(f"a tree of {new} leaves has no proof from a tree of {old}")
    begin, end, whole, proof = 0, new, True, []
    while end != old:
        middle = begin + split(end - begin)
        if old <= middle:
            proof.append(range_hash(middle, end, read))
            end = middle
        else:
            proof.append(range_hash(begin, middle, read))
            begin, whole = middle, False
    if not whole:
        proof.append(range_hash(begin, end, read))
    return proof[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes) -> bool:
    """Whether the leaf hash ``leaf`` stands at ``index`` of the tree with that root (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size or not all(len(one) == 32 for one in (leaf, expected, *proof)):
        return False
    place, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and found == expected


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the tree of ``new`` leaves begins with the tree of ``old`` leaves (RFC 9162, section 2.1.4.2)."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    if not all(len(one) == 32 for one in (old_root, new_root, *proof)):
        return False
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


class Frontier:
    """The right edge of a growing tree: the roots of its perfect subtrees, largest first. It needs no leaf again."""

    def __init__(self) -> None:
        self.size = 0
        self._roots: list[bytes] = []

    def append(self, leaves: Iterable[bytes]) -> None:
        """Add leaf hashes in order."""
        for leaf in leaves:
            found, place = leaf, self.size
            while place & 1:
                found = node_hash(self._roots.pop(), found)
                place >>= 1
            self._roots.append(found)
            self.size += 1

    def root(self) -> bytes:
        """The root of all leaves added so far."""
        if not self._roots:
            return EMPTY_ROOT
        found = self._roots[-1]
        for left in reversed(self._roots[:-1]):
            found = node_hash(left, found)
        return found
