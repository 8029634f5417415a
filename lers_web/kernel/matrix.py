"""The permission matrix as a whole: what each kind of person gets for each operation on each object.

``lers_web/permissions.toml`` is the matrix, and its comments tell how to read it. The rights in it drive the program
(``kernel/permissions.py``, ``http/guard.py``); here its objects are worked out into answers, for the table in
``docs/permissions.md`` and for the tests that hold the program to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lers_web.kernel.permissions import OPERATIONS, Role, load_matrix, permissions_of

ALLOWED, NOT_SIGNED_IN, FORBIDDEN, NOT_FOUND = 200, 401, 403, 404
NOBODY = "nobody"
CALLERS = ("IO", "APPROVER", "APPROVER+", "PROVIDER", "PROVIDER+", "SUPER_ADMIN", NOBODY)
"""Who calls; ``+`` is the tenant admin among those of a role, and ``nobody`` has no token."""

_EVERY_CASE = "*"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of object. ``cases`` has {case: meaning}; ``sees`` and each of ``acts`` {caller: cases}."""

    cases: Mapping[str, str]
    sees: Mapping[str, tuple[str, ...]]
    acts: Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Row:
    """One operation: the kind of object in its path (or elsewhere), what the caller acts as, and what it lists.

    ``only`` names callers where the permission alone lets in too many. ``refusal`` is the answer about what a caller
    sees and may not act on: 403, or 404 where that it is there is hidden too.
    """

    name: str
    permission: str
    object: str | None = None
    where: str = "path"
    acts: str | None = None
    lists: str | None = None
    refusal: int = FORBIDDEN
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """All of it, with every name checked."""

    kinds: Mapping[str, Kind]
    rows: Mapping[str, Row]

    def answer(self, row: Row, caller: str, case: str | None) -> int:
        """Return 200 (allowed), 401, 403 or 404 for one operation, caller and case of its object (None: it has none).

        Allowed means that rights do not stand in the way: what is said or when may still be refused (409, 412, 422).
        """
        right = OPERATIONS[row.name]
        if caller == NOBODY:
            return ALLOWED if right.public else NOT_SIGNED_IN
        held = permissions_of(Role(caller.removesuffix("+")), is_tenant_admin=caller.endswith("+"))
        if (right.permission and right.permission not in held) or (row.only and caller not in row.only):
            return FORBIDDEN
        if row.object is None or case is None:
            return ALLOWED
        kind = self.kinds[row.object]
        if case not in kind.sees.get(caller, ()):
            return NOT_FOUND
        return ALLOWED if row.acts is None or case in kind.acts[row.acts].get(caller, ()) else row.refusal

    def answers(self) -> Iterator[tuple[Row, str, str | None, int]]:
        """Go through the whole matrix: operation, caller, case of the object, answer."""
        for row in self.rows.values():
            cases = list(self.kinds[row.object].cases) if row.object else [None]
            for caller in CALLERS:
                for case in cases:
                    yield row, caller, case, self.answer(row, caller, case)


def _by_caller(told: Mapping[str, Sequence[str]], cases: Mapping[str, str], where: str) -> dict[str, tuple[str, ...]]:
    """Fill in every caller: a tenant admin without an entry of their own has that of the role."""
    if wrong := set(told) - set(CALLERS):
        raise ValueError(f"{where}: nobody is called {', '.join(sorted(wrong))}")
    filled = {}
    for caller in CALLERS:
        named = told.get(caller, told.get(caller.removesuffix("+"), []))
        if wrong := set(named) - set(cases) - {_EVERY_CASE}:
            raise ValueError(f"{where}: there is no case {', '.join(sorted(wrong))}")
        filled[caller] = tuple(cases) if _EVERY_CASE in named else tuple(named)
    return filled


def _kind(name: str, told: Mapping[str, Any]) -> Kind:
    cases = told["cases"]
    sees = _by_caller(told["sees"], cases, f"objects.{name}.sees")
    acts = {act: _by_caller(given, cases, f"objects.{name}.acts.{act}") for act, given in told.get("acts", {}).items()}
    return Kind(cases, sees, acts)


def read_matrix(data: Mapping[str, Any] | None = None) -> Matrix:
    """Return the matrix. Raises ``ValueError`` that says which table names a thing that there is not."""
    data = load_matrix() if data is None else data
    kinds = {name: _kind(name, told) for name, told in data["objects"].items()}
    rows = {
        name: Row(name, **{**told, "only": tuple(told.get("only", ()))}) for name, told in data["operations"].items()
    }
    for row in rows.values():
        for kind in {row.object, row.lists} - {None}:
            if kind not in kinds:
                raise ValueError(f"{row.name}: there is no object {kind}")
        if row.acts is not None and (row.object is None or row.acts not in kinds[row.object].acts):
            raise ValueError(f"{row.name}: its object has no acts.{row.acts}")
    return Matrix(kinds, rows)


_HEAD = """# Permissions

Made from `lers_web/permissions.toml` by `flask permissions write docs/permissions.md`; do not edit it here. The program
takes its rights from that file, and `tests/security/test_matrix.py` asks the running application for each cell.

✓ = allowed (what is said, and when, may still be refused: 409, 412, 422) · 403 = seen, or open to others, but not
theirs to do · 404 = does not exist for them · 401 = sign in first. `+` is the tenant admin of a role. Where a cell
names cases, they are explained under *Objects*.
"""


def _cell(matrix: Matrix, row: Row, caller: str) -> str:
    if row.object is None:
        return _MARK[matrix.answer(row, caller, None)]
    by_answer: dict[int, list[str]] = {}
    for case in matrix.kinds[row.object].cases:
        by_answer.setdefault(matrix.answer(row, caller, case), []).append(case)
    if len(by_answer) == 1:
        return _MARK[next(iter(by_answer))]
    return "<br>".join(f"{_MARK[answer]} {', '.join(cases)}" for answer, cases in sorted(by_answer.items()))


_MARK = {ALLOWED: "✓", NOT_SIGNED_IN: "401", FORBIDDEN: "403", NOT_FOUND: "404"}


def as_markdown(matrix: Matrix) -> str:
    """Return the matrix as the page for auditors. The same matrix always gives the same text."""
    lines = [_HEAD, "## Objects", "", "| object | case | what it is |", "| --- | --- | --- |"]
    lines += [
        f"| {name} | {case} | {meaning} |"
        for name, kind in matrix.kinds.items()
        for case, meaning in kind.cases.items()
    ]
    lines += ["", "## Operations", "", f"| operation | needs | {' | '.join(CALLERS)} |"]
    lines.append("| --- | --- |" + " --- |" * len(CALLERS))
    for row in matrix.rows.values():
        cells = " | ".join(_cell(matrix, row, caller) for caller in CALLERS)
        lines.append(f"| `{row.name}` | {row.permission} | {cells} |")
    return "\n".join(lines) + "\n"
