"""The tree of RFC 6962 (section 2.1) over a growing log: its root, and the proofs that one leaf stands in it.

``leaf = SHA-256(0x00 || entry hash)``, ``node = SHA-256(0x01 || left || right)``. A tree is kept as its peaks, the
roots of its perfect subtrees from the left: 32 bytes for each bit that is set in its size, whatever its length.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

WIDTH = 32
"""Bytes of a hash."""


def leaf_hash(entry_hash: bytes) -> bytes:
    """Return the leaf for an entry's hash."""
    return hashlib.sha256(b"\x00" + entry_hash).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def _fold(peaks: Iterable[bytes]) -> bytes:
    """Join neighbouring subtrees, from the right, into one hash."""
    upwards = iter(reversed(list(peaks)))
    joined = next(upwards)
    for left in upwards:
        joined = node_hash(left, joined)
    return joined


@dataclass(slots=True)
class Tree:
    """A log's tree as far as it has been read."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    @classmethod
    def load(cls, size: int, peaks: bytes) -> Tree:
        """Take a tree up again from what ``dump`` wrote; raise ``ValueError`` when the two do not fit."""
        if size < 0 or len(peaks) != WIDTH * size.bit_count():
            raise ValueError(f"{len(peaks)} bytes are not the peaks of a tree over {size} leaves")
        return cls(size, [peaks[at : at + WIDTH] for at in range(0, len(peaks), WIDTH)])

    def dump(self) -> bytes:
        """Return the peaks, joined."""
        return b"".join(self.peaks)

    def root(self) -> bytes:
        """Return the root over all leaves so far; that of no leaf is the hash of nothing."""
        return _fold(self.peaks) if self.peaks else hashlib.sha256(b"").digest()

    def extend(self, hashes: bytes) -> None:
        """Append entry hashes, joined. The hot loop of a verification: about a microsecond a leaf."""
        sha256, peaks, size = hashlib.sha256, self.peaks, self.size
        for at in range(0, len(hashes), WIDTH):
            node = sha256(b"\x00" + hashes[at : at + WIDTH]).digest()
            rest = size
            while rest & 1:
                node = sha256(b"\x01" + peaks.pop() + node).digest()
                rest >>= 1
            peaks.append(node)
            size += 1
        self.size = size


class Prover:
    """Collects, while a log streams by, the nodes that the proofs of some of its leaves need, and no other."""

    def __init__(self, size: int, leaves: Iterable[int]) -> None:
        self._size = size
        self._tree = Tree()
        self._wanted = {node for leaf in leaves for node in _siblings(leaf, size)}
        self._nodes: dict[tuple[int, int], bytes] = {}

    def extend(self, hashes: bytes) -> None:
        """Take the next entry hashes, joined; those behind the tree's size are left alone."""
        tree = self._tree
        for at in range(0, len(hashes), WIDTH):
            if tree.size == self._size:
                return
            node, level, index = leaf_hash(hashes[at : at + WIDTH]), 0, tree.size
            self._keep(level, index, node)
            while index & 1:
                node, level, index = node_hash(tree.peaks.pop(), node), level + 1, index >> 1
                self._keep(level, index, node)
            tree.peaks.append(node)
            tree.size += 1

    def _keep(self, level: int, index: int, node: bytes) -> None:
        if (level, index) in self._wanted:
            self._nodes[level, index] = node

    @property
    def size(self) -> int:
        """How many leaves have come so far."""
        return self._tree.size

    def root(self) -> bytes:
        """Return the root of what has been read."""
        return self._tree.root()

    def proof(self, leaf: int) -> list[bytes]:
        """Return the audit path of a leaf, from the bottom, once the whole tree has been read."""
        if not 0 <= leaf < self._size == self._tree.size:
            raise ValueError(f"leaf {leaf} is not in a tree that was read over {self._tree.size} leaves")
        path: list[bytes] = []
        inner = (leaf ^ (self._size - 1)).bit_length()
        for level in range(inner):
            sibling = (leaf >> level) ^ 1
            start = sibling << level
            if start >= self._size:
                continue
            known = self._nodes.get((level, sibling))
            path.append(known if known is not None else self._right_edge(start))
        path.extend(
            self._nodes[level, (leaf >> level) - 1]
            for level in range(inner, self._size.bit_length())
            if leaf >> level & 1
        )
        return path

    def _right_edge(self, start: int) -> bytes:
        """Return the hash of the leaves from ``start`` to the end: the last peaks, joined."""
        begins, found = 0, []
        for bit in reversed(range(self._size.bit_length())):
            if self._size >> bit & 1:
                if begins >= start:
                    found.append(
                        self._tree.peaks[self._tree.size.bit_count() - (self._size % (1 << bit + 1)).bit_count()]
                    )
                begins += 1 << bit
        return _fold(found)


def _siblings(leaf: int, size: int) -> Iterable[tuple[int, int]]:
    """Name the perfect subtrees, as (level, index), that stand beside the way from a leaf to the root."""
    for level in range(size.bit_length()):
        sibling = (leaf >> level) ^ 1
        if (sibling + 1) << level <= size:
            yield level, sibling


def root_from_proof(leaf: int, size: int, entry_hash: bytes, path: list[bytes]) -> bytes:
    """Return the root that an audit path leads to; raise ``ValueError`` when its length does not fit."""
    if not 0 <= leaf < size:
        raise ValueError(f"leaf {leaf} is not in a tree over {size} leaves")
    node, last, at = leaf_hash(entry_hash), size - 1, leaf
    for step in path:
        if last == 0:
            raise ValueError("the path is too long")
        if at & 1 or at == last:
            node = node_hash(step, node)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            node = node_hash(node, step)
        at, last = at >> 1, last >> 1
    if last:
        raise ValueError("the path is too short")
    return node
