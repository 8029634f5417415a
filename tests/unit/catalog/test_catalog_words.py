"""The catalog's words are those of requests, and a list of required fields keeps its rules."""

from __future__ import annotations

from typing import Any

import pytest

from lers_web.domains.catalog import states
from lers_web.domains.catalog.required_fields import MOST_FIELDS, problems_of
from lers_web.domains.requests.identifiers import IdentifierType
from lers_web.domains.requests.states import MandateType, RequestType


def field(**changes: Any) -> dict[str, Any]:
    return {"name": "msisdn", "label": {"en": "Number"}, "kind": "TEXT", "required": True, **changes}


def test_the_catalog_knows_the_words_of_requests() -> None:
    assert set(states.REQUEST_TYPES) == {each.value for each in RequestType}
    assert set(states.MANDATE_TYPES) == {each.value for each in MandateType}
    assert set(states.IDENTIFIER_TYPES) == {each.value for each in IdentifierType}


def test_a_sound_list_has_no_problems() -> None:
    assert not problems_of(
        [
            field(kind="IDENTIFIER", identifier_types=["MSISDN", "IMEI"]),
            field(name="period", kind="PERIOD", max_days=730),
            field(name="how", kind="CHOICE", choices=["CSV", {"value": "PDF", "label": {"en": "PDF"}}]),
            field(name="why"),
        ]
    )


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ([field(), field()], "required_fields.0.name"),
        ([field(identifier_types=["MSISDN"])], "required_fields.0.identifier_types"),
        ([field(choices=["A"])], "required_fields.0.choices"),
        ([field(kind="CHOICE")], "required_fields.0.choices"),
        ([field(kind="CHOICE", choices=[])], "required_fields.0.choices"),
        ([field(kind="CHOICE", choices=["A", {"value": "A"}])], "required_fields.0.choices"),
        ([field(max_days=30)], "required_fields.0.max_days"),
        ([field(kind="IDENTIFIER", identifier_types=["MSISDN", "MSISDN"])], "required_fields.0.identifier_types"),
        ([field(kind="PERIOD"), field(name="again", kind="PERIOD")], "required_fields.1.kind"),
        ([field(name=f"f{number}") for number in range(MOST_FIELDS + 1)], "required_fields"),
    ],
)
def test_every_broken_rule_names_its_place(fields: list[dict[str, Any]], place: str) -> None:
    assert place in problems_of(fields)


def test_all_problems_are_told_at_once() -> None:
    found = problems_of([field(choices=["A"], max_days=3), field(kind="CHOICE")])
    assert set(found) == {
        "required_fields.0.name", "required_fields.0.choices", "required_fields.0.max_days",
        "required_fields.1.name", "required_fields.1.choices",
    }  # fmt: skip
