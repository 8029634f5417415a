"""The tree of RFC 6962, held against the definition written out."""

from __future__ import annotations

import hashlib

import pytest

from lers_web.kernel import merkle

HASHES = [hashlib.sha256(bytes([number])).digest() for number in range(70)]


def root_by_definition(hashes: list[bytes]) -> bytes:
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return merkle.leaf_hash(hashes[0])
    half = 1 << ((len(hashes) - 1).bit_length() - 1)
    return merkle.node_hash(root_by_definition(hashes[:half]), root_by_definition(hashes[half:]))


def path_by_definition(leaf: int, hashes: list[bytes]) -> list[bytes]:
    if len(hashes) == 1:
        return []
    half = 1 << ((len(hashes) - 1).bit_length() - 1)
    if leaf < half:
        return [*path_by_definition(leaf, hashes[:half]), root_by_definition(hashes[half:])]
    return [*path_by_definition(leaf - half, hashes[half:]), root_by_definition(hashes[:half])]


def test_the_roots_of_the_certificate_transparency_test_vectors() -> None:
    """The first and the second root of the log in RFC 6962's reference tests: of no leaf, and of one empty leaf."""
    assert merkle.Tree().root().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert merkle.leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


@pytest.mark.parametrize("size", range(len(HASHES)))
def test_every_size_has_the_root_and_the_paths_of_the_definition(size: int) -> None:
    hashes = HASHES[:size]
    tree = merkle.Tree()
    tree.extend(b"".join(hashes))
    assert tree.root() == root_by_definition(hashes)
    for leaf in range(size):
        prover = merkle.Prover(size, [leaf])
        prover.extend(b"".join(HASHES))  # what stands behind the size is left alone
        path = prover.proof(leaf)
        assert path == path_by_definition(leaf, hashes)
        assert prover.root() == merkle.root_from_proof(leaf, size, hashes[leaf], path) == tree.root()


def test_a_tree_is_taken_up_again_where_it_was_left() -> None:
    whole = merkle.Tree()
    whole.extend(b"".join(HASHES))
    for size in range(len(HASHES)):
        part = merkle.Tree()
        part.extend(b"".join(HASHES[:size]))
        again = merkle.Tree.load(size, part.dump())
        again.extend(b"".join(HASHES[size:]))
        assert again.root() == whole.root()


@pytest.mark.parametrize(("size", "peaks"), [(1, b""), (2, bytes(64)), (-1, bytes(32)), (3, bytes(63))])
def test_peaks_that_do_not_fit_are_refused(size: int, peaks: bytes) -> None:
    with pytest.raises(ValueError, match="peaks"):
        merkle.Tree.load(size, peaks)


def test_a_path_of_another_leaf_or_length_leads_elsewhere() -> None:
    prover = merkle.Prover(13, range(13))
    prover.extend(b"".join(HASHES[:13]))
    path = prover.proof(5)
    assert merkle.root_from_proof(5, 13, HASHES[6], path) != prover.root()
    assert merkle.root_from_proof(4, 13, HASHES[5], path) != prover.root()
    for wrong in (path[:-1], [*path, path[0]]):
        with pytest.raises(ValueError, match="too"):
            merkle.root_from_proof(5, 13, HASHES[5], wrong)
    with pytest.raises(ValueError, match="not in a tree"):
        merkle.root_from_proof(13, 13, HASHES[5], path)


def test_no_proof_before_the_whole_tree_has_been_read() -> None:
    prover = merkle.Prover(13, [5])
    prover.extend(b"".join(HASHES[:12]))
    with pytest.raises(ValueError, match="read over 12"):
        prover.proof(5)
