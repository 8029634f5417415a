"""What an item asks for: the rules that a list of required fields keeps, every broken one told at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from lers_web.domains.catalog.states import FieldKind

MOST_FIELDS = 40
_ONLY = {  # which property belongs to which kind
    "identifier_types": (FieldKind.IDENTIFIER,),
    "choices": (FieldKind.CHOICE,),
    "max_days": (FieldKind.PERIOD,),
}


def problems_of(fields: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return {"required_fields.<index>.<property>": sentences}; empty when the list is sound."""
    found: dict[str, list[str]] = {}
    if len(fields) > MOST_FIELDS:
        found["required_fields"] = [f"An item asks for at most {MOST_FIELDS} fields."]
    names = Counter(str(field["name"]) for field in fields)
    for index, field in enumerate(fields):
        for prop, sentence in _problems(field, names):
            found.setdefault(f"required_fields.{index}.{prop}", []).append(sentence)
    periods = [index for index, field in enumerate(fields) if field["kind"] == FieldKind.PERIOD]
    for index in periods[1:]:
        found.setdefault(f"required_fields.{index}.kind", []).append("A request has one period: ask for it once.")
    return found


def _problems(field: Mapping[str, Any], names: Mapping[str, int]) -> list[tuple[str, str]]:
    kind = field["kind"]
    found = []
    if names[str(field["name"])] > 1:
        found.append(("name", f"Two fields are named {field['name']!r}: each name stands once."))
    for prop, kinds in _ONLY.items():
        if field.get(prop) is not None and kind not in kinds:
            found.append((prop, f"Only a field of kind {kinds[0]} has {prop}."))
    if kind == FieldKind.CHOICE:
        choices = field.get("choices") or ()
        values = [choice["value"] if isinstance(choice, Mapping) else choice for choice in choices]
        if not values:
            found.append(("choices", "A field of kind CHOICE needs its choices."))
        elif len(set(values)) != len(values):
            found.append(("choices", "Each choice stands once."))
    types = field.get("identifier_types") or ()
    if len(set(types)) != len(types):
        found.append(("identifier_types", "Each identifier type stands once."))
    return found
