"""JSON out and in: orjson both ways round the framework, with the strictness that the contract promises for bodies."""

from __future__ import annotations

import json as stdlib_json
from typing import Any

import orjson
from flask import Flask, Response, g
from flask.json.provider import JSONProvider

from lers_web.kernel.audit import Receipt
from lers_web.kernel.errors import Invalid, Unreadable

_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS
MAX_DEPTH = 20


def dumps(data: Any) -> bytes:
    """Write JSON; times in UTC with ``Z``, UUIDs and enums as strings."""
    return orjson.dumps(data, option=_OPTIONS, default=_default)


def _default(value: Any) -> Any:
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, memoryview):
        return bytes(value).hex()
    if isinstance(value, bytes):
        return value.hex()
    if hasattr(value, "__float__"):
        return float(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


def answer(
    data: Any,
    status: int = 200,
    *,
    version: int | None = None,
    headers: dict[str, str] | None = None,
    receipt: bool = False,
) -> Response:
    """Build the response of a view. ``version`` becomes the ETag. Call it inside ``current_uow``.

    With ``receipt`` an object gets a member of this name at the end: where its act stands in the audit trail.
    """
    response = Response(b"" if data is None else dumps(data), status=status, mimetype="application/json")
    if data is None:
        response.headers.pop("Content-Type", None)
    if version is not None:
        response.headers["ETag"] = f'"{version}"'
    if headers:
        response.headers.update(headers)
    g.answer, g.wants_receipt = response, receipt
    return response


def add_receipt(receipt: Receipt | None) -> None:
    """Put the receipt of an act into the answer that was built for it: known only when the entry is written."""
    told = None if receipt is None else {"chain": receipt.chain, "seq": receipt.seq, "hash": receipt.hash}
    g.answer.set_data(g.answer.get_data().removesuffix(b"}") + b',"receipt":' + dumps(told) + b"}")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def read_body(raw: bytes) -> Any:
    """Read a JSON body; refuse what parsers disagree about (doubled keys, NaN) and what no text may hold (NUL)."""
    try:
        data = stdlib_json.loads(raw.decode("utf-8"), object_pairs_hook=_pairs, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        reason = str(error) if not isinstance(error, UnicodeDecodeError) else "it is not UTF-8"
        raise Unreadable(f"The body is not readable JSON: {reason[:200]}.") from error
    problems: dict[str, list[str]] = {}
    _check_text(data, "", problems, 0)
    if problems:
        raise Invalid(errors=problems)
    return data


def _check_text(value: Any, path: str, problems: dict[str, list[str]], depth: int) -> None:
    if depth > MAX_DEPTH:
        raise Unreadable(f"The body is nested deeper than {MAX_DEPTH} levels.")
    if isinstance(value, str):
        _check_string(value, path, problems)
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_string(key, f"{path}.{key}" if path else key, problems)
            _check_text(item, f"{path}.{key}" if path else key, problems, depth + 1)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _check_text(item, f"{path}.{index}" if path else str(index), problems, depth + 1)
    elif isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2**53:
        problems[path or "body"] = ["This number is too large."]


def _check_string(value: str, path: str, problems: dict[str, list[str]]) -> None:
    field = path.replace("\0", "").encode("utf-8", "replace").decode() or "body"
    if "\0" in value:
        problems[field] = ["Text may not hold a NUL character."]
    elif any("\ud800" <= char <= "\udfff" for char in value):
        problems[field] = ["Text may not hold a lone surrogate."]


class OrjsonProvider(JSONProvider):
    """Makes Flask's own ``jsonify`` and smorest's document as fast as our answers."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)

    def dumps(self, obj: Any, **_kwargs: Any) -> str:
        """Write JSON text."""
        return dumps(obj).decode()

    def loads(self, s: str | bytes, **_kwargs: Any) -> Any:
        """Read JSON text."""
        return orjson.loads(s)
