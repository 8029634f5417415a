"""docs/asvs.csv: what it claims is proved by tests and files that exist. docs/security/asvs.md tells how to read it."""

from __future__ import annotations

import ast
import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATUSES = ("met", "partly", "not-met", "n/a")
with (ROOT / "docs/asvs.csv").open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table))
EVIDENCE = sorted({each for row in ROWS for each in row["evidence"].split(" ; ") if each})


@cache
def functions_of(path: Path) -> frozenset[str]:
    """Return the names of the functions that pytest collects from a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def test_ids_are_well_formed_in_order_and_there_once() -> None:
    ids = [row["id"] for row in ROWS]
    assert not [each for each in ids if not re.fullmatch(r"([1-9]|1[0-7])(\.[1-9]\d?){2}", each)]
    places = [tuple(map(int, each.split("."))) for each in ids]
    assert places == sorted(set(places))


def test_every_row_is_whole() -> None:
    for row in ROWS:
        assert row["level"] in {"1", "2", "3"}, row
        assert row["status"] in STATUSES, row
        assert row["what"], row


def test_what_is_met_has_evidence_and_what_is_not_has_a_reason() -> None:
    bare = [row["id"] for row in ROWS if row["status"] in {"met", "partly"} and not row["evidence"]]
    assert not bare
    unproved = [row["id"] for row in ROWS if row["status"] in {"not-met", "n/a"} and not row["note"]]
    assert not unproved


@pytest.mark.parametrize("evidence", EVIDENCE)
def test_evidence_exists(evidence: str) -> None:
    """A test as ``file::name``, a document as ``file``, or a setting as ``file#text that stands in it``."""
    name, _, test = evidence.partition("::")
    name, _, text = name.partition("#")
    path = ROOT / name
    assert path.is_file(), f"there is no {name}"
    assert not test or test in functions_of(path), f"{name} has no {test}"
    assert text in path.read_text(encoding="utf-8"), f"{name} says nothing of {text}"


def test_the_counts_of_the_page_are_true() -> None:
    page = (ROOT / "docs/security/asvs.md").read_text(encoding="utf-8")
    counts = Counter((row["level"], row["status"]) for row in ROWS)
    for level in ("1", "2"):
        figures = [counts[level, status] for status in STATUSES]
        line = f"| {level} | {' | '.join(map(str, figures))} | {sum(figures)} |"
        assert line in page, f"docs/security/asvs.md should say: {line}"
