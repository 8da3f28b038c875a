import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellkept.ledger import merkle


def tree(leaves: list[bytes]) -> merkle.Read:
    def read(height: int, index: int) -> bytes:
        return merkle.fold(leaves[index << height : (index + 1) << height])

    return read


def numbered(count: int) -> list[bytes]:
    return [merkle.leaf_hash(str(i).encode()) for i in range(count)]


def slow_root(leaves: list[bytes]) -> bytes:
    # the definition of RFC 6962, section 2.1, word for word
    if not leaves:
        return merkle.EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return merkle.node_hash(slow_root(leaves[:k]), slow_root(leaves[k:]))


def test_it_gives_the_roots_and_proofs_of_the_eight_known_leaves(eight_leaves: Any) -> None:
    leaves = [merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in eight_leaves["leaves_hex"]]
    read = tree(leaves)
    frontier = merkle.Frontier()
    for size, expected in enumerate(eight_leaves["roots_by_size"]):
        assert merkle.root(size, read).hex() == frontier.root().hex() == expected
        frontier.append(leaves[size : size + 1])
    for case in eight_leaves["inclusion"]:
        assert [h.hex() for h in merkle.inclusion_proof(case["index"], case["size"], read)] == case["proof"]
    for case in eight_leaves["consistency"]:
        assert [h.hex() for h in merkle.consistency_proof(case["size1"], case["size2"], read)] == case["proof"]


def test_it_judges_every_published_inclusion_proof_rightly(merkle_data: Path) -> None:
    seen = 0
    for path in sorted((merkle_data / "testdata" / "inclusion").rglob("*.json")):
        case = json.loads(path.read_text())
        proof = [b64decode(h) for h in case["proof"] or []]
        good = merkle.verify_inclusion(
            b64decode(case["leafHash"] or ""), case["leafIdx"], case["treeSize"], proof, b64decode(case["root"] or "")
        )
        assert good is not case["wantErr"], path
        seen += 1
    assert seen > 90


def test_it_judges_every_published_consistency_proof_rightly(merkle_data: Path) -> None:
    seen = 0
    for path in sorted((merkle_data / "testdata" / "consistency").rglob("*.json")):
        case = json.loads(path.read_text())
        proof = [b64decode(h) for h in case["proof"] or []]
        roots = b64decode(case["root1"] or ""), b64decode(case["root2"] or "")
        good = merkle.verify_consistency(case["size1"], case["size2"], *roots, proof)
        assert good is not case["wantErr"], path
        seen += 1
    assert seen > 90


@given(st.integers(0, 130))
def test_it_gives_the_root_of_the_definition(size: int) -> None:
    leaves = numbered(size)
    frontier = merkle.Frontier()
    frontier.append(leaves)
    assert merkle.root(size, tree(leaves)) == frontier.root() == slow_root(leaves)


@given(st.data(), st.integers(1, 600))
def test_its_own_inclusion_proofs_verify_and_no_altered_one_does(data: st.DataObject, size: int) -> None:
    leaves = numbered(size)
    index = data.draw(st.integers(0, size - 1))
    root = merkle.root(size, tree(leaves))
    proof = merkle.inclusion_proof(index, size, tree(leaves))
    assert merkle.verify_inclusion(leaves[index], index, size, proof, root)
    other = data.draw(st.integers(0, size - 1).filter(lambda i: i != index) if size > 1 else st.just(size))
    assert not merkle.verify_inclusion(leaves[index], other, size, proof, root)
    assert not merkle.verify_inclusion(leaves[index], index, size, [*proof, root], root)
    if proof:
        assert not merkle.verify_inclusion(leaves[index], index, size, proof[:-1], root)
        at = data.draw(st.integers(0, len(proof) - 1))
        assert not merkle.verify_inclusion(leaves[index], index, size, [*proof[:at], root, *proof[at + 1 :]], root)


@given(st.data(), st.integers(2, 600))
def test_its_own_consistency_proofs_verify_and_no_altered_one_does(data: st.DataObject, new: int) -> None:
    old = data.draw(st.integers(1, new - 1))
    read = tree(numbered(new))
    roots = merkle.root(old, read), merkle.root(new, read)
    proof = merkle.consistency_proof(old, new, read)
    assert merkle.verify_consistency(old, new, *roots, proof)
    assert not merkle.verify_consistency(old, new, roots[1], roots[0], proof)
    assert not merkle.verify_consistency(old, new, *roots, proof[:-1])
    assert not merkle.verify_consistency(old, new, *roots, [*proof, proof[0]])


def test_it_refuses_to_prove_a_leaf_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="not in a tree"):
        merkle.inclusion_proof(3, 3, tree(numbered(3)))
    with pytest.raises(ValueError, match="no proof"):
        merkle.consistency_proof(4, 3, tree(numbered(3)))
