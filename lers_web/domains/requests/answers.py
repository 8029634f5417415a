"""Answers that belong elsewhere: a period is the request's own, an identifier is sealed with the others.

Answers are kept as they are. A client that fills in every field of an item may answer an IDENTIFIER field too: its
value may not stand there in clear.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from lers_web.domains.requests.identifiers import IdentifierProblem, IdentifierType, check
from lers_web.domains.requests.models import Request
from lers_web.domains.requests.terms import Terms
from lers_web.kernel.errors import Invalid

Identifiers = Sequence[Mapping[str, Any]]


def adopt_period(request: Request) -> None:
    """Take the request's period from the answer that holds one, as long as none is given."""
    if request.date_range_from is not None or request.date_range_to is not None:
        return
    for value in (request.answers or {}).values():
        if isinstance(value, Mapping) and "from" in value and "to" in value:
            request.date_range_from = dt.date.fromisoformat(str(value["from"]))
            request.date_range_to = dt.date.fromisoformat(str(value["to"]))
            return


def move_identifiers(request: Request, terms: Terms, identifiers: Identifiers | None) -> Identifiers | None:
    """Take identifiers out of a draft's answers and return them with the ``identifiers`` that came along.

    Without such a list (None: the draft keeps the ones it has) there is nothing to put them to: ``Invalid``.
    """
    answers = dict(request.answers or {})
    moved: list[dict[str, Any]] = []
    for each in terms.required_fields:
        if each.get("kind") != "IDENTIFIER" or answers.get(each["name"]) in (None, ""):
            continue
        name = str(each["name"])
        if identifiers is None:
            raise Invalid(errors={f"answers.{name}": ["Enter this under identifiers, together with the others."]})
        value = str(answers.pop(name))
        if all(str(item.get("value")) != value for item in (*identifiers, *moved)):
            moved.append({"type": _type_of(value, each.get("identifier_types") or ()), "value": value})
    request.answers = answers
    return identifiers if identifiers is None else [*identifiers, *moved]


def _type_of(value: str, types: Sequence[str]) -> str:
    """Return the first of a field's types that the value is one of; the first at all where it is none."""
    for kind in types:
        try:
            check(kind, value)
        except IdentifierProblem:
            continue
        return str(kind)
    return str(types[0]) if types else IdentifierType.OTHER.value
