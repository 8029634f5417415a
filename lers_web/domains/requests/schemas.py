"""JSON of requests: what an officer writes, what each side reads."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from lers_web.domains.requests.bulk import ACTIONS
from lers_web.domains.requests.bulk import MOST as MOST_IN_BULK
from lers_web.domains.requests.filters import CLARIFICATION, ME, SLA_FILTERS, UNASSIGNED
from lers_web.domains.requests.identifier_store import MAX_IDENTIFIERS
from lers_web.domains.requests.identifiers import IdentifierType
from lers_web.domains.requests.states import (
    TRANSITIONS,
    MandateType,
    Outcome,
    Priority,
    ReasonCode,
    RequestType,
    SlaState,
    Status,
)
from lers_web.http.schemas import (
    PageArgs,
    PersonOut,
    PlainDate,
    ReceiptOut,
    Schema,
    StrictString,
    TenantOut,
    UtcDateTime,
)

MOST_ANSWERS = 60
MOST_ANSWER_BYTES = 20_000
MOST_METADATA_BYTES = 10_000
LONGEST_VALUE = 4096
_DAY = len("2026-10-01")


def _one_of(enum: Any, **kwargs: Any) -> fields.String:
    return fields.String(validate=validate.OneOf([each.value for each in enum]), **kwargs)


class MomentOrDay(UtcDateTime):
    """An instant, or a whole day in UTC: its first moment, or with ``until`` its last."""

    def __init__(self, *, until: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._until = until

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, str) and len(value) == _DAY:
            day: dt.date = PlainDate().deserialize(value, attr, data)
            return dt.datetime.combine(day, dt.time.max if self._until else dt.time.min, dt.UTC)
        return super()._deserialize(value, attr, data, **kwargs)


class WhoField(fields.Field[Any]):
    """A person's id, or one of a few words."""

    def __init__(self, *words: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._words = words

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_kwargs: Any) -> Any:
        return value if value in self._words else fields.UUID().deserialize(value, attr, data)


class PeriodIn(Schema):
    """A period as an answer: its first and its last day."""

    from_ = PlainDate(required=True, data_key="from", attribute="from")
    to = PlainDate(required=True)


class AnswerField(fields.Field[Any]):
    """A text, a number, true, false or null, or a period; whether it is what the item asks for is told as a problem."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_kwargs: Any) -> Any:
        if isinstance(value, str):
            return StrictString(max_length=4000).deserialize(value, attr, data)
        if isinstance(value, (bool, int, float)):
            return value
        if isinstance(value, dict):
            return PeriodIn().dump(PeriodIn().load(value))
        raise ma.ValidationError("An answer is a text, a number, true, false, null, or a period {from, to}.")


# --- in ------------------------------------------------------------------------------------------------------------


class IdentifierIn(Schema):
    """One identifier. Whether the value is one of its type is told as a problem of the draft."""

    type = _one_of(IdentifierType, required=True)
    value = fields.String(required=True, validate=validate.Length(min=1, max=LONGEST_VALUE))
    from_ = fields.String(
        data_key="from", attribute="from", allow_none=True, validate=validate.Length(max=40),
        metadata={"description": "To the second with its zone, for an IP address."},
    )  # fmt: skip
    to = fields.String(allow_none=True, validate=validate.Length(max=40))
    port = fields.Integer(strict=True, allow_none=True)
    note = StrictString(allow_none=True, max_length=1000)


def _check_answers(answers: dict[str, Any]) -> None:
    for name in answers:
        if not 0 < len(name) <= 60:  # noqa: PLR2004 - as in the catalog
            raise ma.ValidationError("A field's name has 1 to 60 characters.")
    if len(answers) > MOST_ANSWERS or len(json.dumps(answers)) > MOST_ANSWER_BYTES:
        raise ma.ValidationError(f"Give at most {MOST_ANSWERS} answers of {MOST_ANSWER_BYTES} bytes together.")


def _check_metadata(metadata: dict[str, Any]) -> None:
    if len(json.dumps(metadata)) > MOST_METADATA_BYTES:
        raise ma.ValidationError(f"Metadata has at most {MOST_METADATA_BYTES} bytes.")


class RequestIn(Schema):
    """A draft as its officer writes it: an item of the catalog, or a provider and a type, and what there is so far."""

    catalog_item_id = fields.UUID(allow_none=True)
    provider_tenant_id = fields.UUID(allow_none=True)
    request_type = _one_of(RequestType, allow_none=True)
    identifiers = fields.List(fields.Nested(IdentifierIn), validate=validate.Length(max=MAX_IDENTIFIERS))
    answers = fields.Dict(keys=fields.String(), values=AnswerField(allow_none=True), validate=_check_answers)
    description = StrictString(allow_none=True, max_length=10_000)
    date_range_from = PlainDate(allow_none=True)
    date_range_to = PlainDate(allow_none=True)
    legal_mandate_type = _one_of(MandateType, allow_none=True)
    legal_mandate_file_id = fields.UUID(allow_none=True)
    court_order_number = StrictString(allow_none=True, max_length=200)
    priority = _one_of(Priority)
    case_reference = StrictString(allow_none=True, max_length=200)
    parent_request_id = fields.UUID(allow_none=True)
    notes = StrictString(allow_none=True, max_length=10_000)
    metadata = fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=True), validate=_check_metadata)


class NothingIn(Schema):
    """No fields."""


class ReasonIn(Schema):
    """Why."""

    reason = StrictString(required=True, min_length=1, max_length=2000)


class CancelIn(Schema):
    """Why, where there is something to say."""

    reason = StrictString(load_default=None, allow_none=True, max_length=2000)


class DeclineIn(Schema):
    """Why the provider cannot give what is asked for."""

    reason_code = _one_of(ReasonCode, required=True)
    reason = StrictString(required=True, min_length=1, max_length=2000)


class ExtensionIn(Schema):
    """How much more time, and why."""

    hours = fields.Float(required=True, validate=validate.Range(min=0, min_inclusive=False, max=8784))
    reason = StrictString(required=True, min_length=1, max_length=2000)


class GrantIn(Schema):
    """The officer's answer."""

    granted = fields.Boolean(required=True)
    comments = StrictString(load_default=None, allow_none=True, max_length=2000)


class AssignIn(Schema):
    """To whom."""

    user_id = fields.UUID(required=True)


class ParticipantIn(Schema):
    """Whom to let in."""

    user_id = fields.UUID(required=True)


class BulkIn(Schema):
    """A step for many requests, with what the step itself needs."""

    action = fields.Method(
        deserialize="read_action", required=True, metadata={"enum": [action.value for action in ACTIONS]}
    )
    ids = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1, max=MOST_IN_BULK))
    reason = StrictString(max_length=2000)
    reason_code = _one_of(ReasonCode)
    user_id = fields.UUID()

    def read_action(self, value: Any) -> Any:
        """Take a step by its name, also as the paths write it."""
        wanted = value.replace("-", "_") if isinstance(value, str) else value
        for action in ACTIONS:
            if action.value == wanted:
                return action
        raise ma.ValidationError(f"This cannot be done to many at once. Choose one of {', '.join(ACTIONS)}.")

    @ma.validates_schema
    def check_details(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """Ask for what the step needs."""
        needed = {"decline": ("reason_code", "reason"), "assign": ("user_id",), "withdraw": ("reason",)}
        missing = [name for name in needed.get(str(data.get("action")), ()) if not data.get(name)]
        if missing:
            raise ma.ValidationError({name: ["This step needs it."] for name in missing})
        if len(set(data["ids"])) != len(data["ids"]):
            raise ma.ValidationError({"ids": ["Name each request once."]})


class _Filters(Schema):
    status = fields.List(_one_of(Status), metadata={"description": "May be given several times."})
    priority = _one_of(Priority)
    provider_tenant_id = fields.UUID()
    agency_tenant_id = fields.UUID()
    request_type = _one_of(RequestType)
    catalog_item_id = fields.UUID()
    created_by = WhoField(ME, metadata={"description": "A user id, or `me`."})
    assigned_to = WhoField(ME, UNASSIGNED, metadata={"description": "A user id, `me`, or `unassigned`."})
    sla = fields.String(validate=validate.OneOf(SLA_FILTERS))
    clarification = fields.String(
        validate=validate.OneOf(list(CLARIFICATION)),
        metadata={
            "description": "`open`: the provider's question waits; `answered`: the answer waits for the provider."
        },
    )
    sent_back = fields.Boolean(metadata={"description": "Drafts that were sent before, and need changes."})
    created_from = MomentOrDay()
    created_to = MomentOrDay(until=True)
    submitted_from = MomentOrDay()
    submitted_to = MomentOrDay(until=True)
    due_from = MomentOrDay()
    due_to = MomentOrDay(until=True)
    completed_from = MomentOrDay()
    completed_to = MomentOrDay(until=True)
    q = StrictString(
        min_length=1, max_length=200,
        metadata={"description": "Words of the number, description, notes (agency only) or court order."},
    )  # fmt: skip


class RequestArgs(_Filters, PageArgs):
    """Filters and paging of the list."""


class WantedIdentifier(Schema):
    """An identifier to find again, exactly."""

    type = _one_of(IdentifierType, required=True)
    value = fields.String(required=True, validate=validate.Length(min=1, max=LONGEST_VALUE))


class SearchIn(_Filters, PageArgs):
    """The list's filters, and an identifier, which never stands in a URL."""

    identifier = fields.Nested(WantedIdentifier)


# --- out -----------------------------------------------------------------------------------------------------------


class IdentifierOut(Schema):
    """An identifier as lists and screens show it."""

    id = fields.UUID(required=True)
    type = _one_of(IdentifierType, required=True)
    masked = fields.String(required=True)
    outcome = _one_of(Outcome, required=True)
    reason_code = fields.String(allow_none=True)


class DraftProblemOut(Schema):
    """What is missing or wrong, at which field, in a sentence."""

    field = fields.String(required=True)
    code = fields.String(required=True)
    message = fields.String(required=True)


class LevelOut(Schema):
    """A level of approval."""

    level = fields.Integer(required=True)
    min_rank = fields.String(required=True)
    given = fields.Boolean(metadata={"description": "Whether somebody has filled it; absent in a DRAFT."})


ABILITIES = (
    *(action.value for action, step in TRANSITIONS.items() if action.value not in {"respond_partially", "reopen"}),
    "read_identifiers",
    "chat_read",
    "chat_write",
    "manage_participants",
    "review_response",
    "confirm_challenge",
)
AbilitiesOut = Schema.from_dict({name: fields.Boolean(required=True) for name in ABILITIES}, name="RequestAbilities")


class RequestOut(Schema):
    """A request as its reader sees it: case content is null for an administrator, the agency's own for a provider."""

    id = fields.UUID(required=True)
    request_number = fields.String(required=True)
    status = _one_of(Status, required=True)
    version = fields.Integer(required=True)
    request_type = _one_of(RequestType, required=True)
    priority = _one_of(Priority, required=True)
    agency_tenant = fields.Nested(TenantOut, required=True)
    provider_tenant = fields.Nested(TenantOut, required=True)
    provider_tenant_id = fields.UUID(required=True)
    created_by = fields.Nested(PersonOut, allow_none=True)
    approved_by = fields.Nested(PersonOut, allow_none=True)
    assigned_to = fields.Nested(PersonOut, allow_none=True)
    catalog_item_id = fields.UUID(allow_none=True)
    catalog_item_version = fields.Integer(allow_none=True)
    parent_request_id = fields.UUID(allow_none=True)
    identifiers = fields.List(fields.Nested(IdentifierOut), allow_none=True)
    answers = fields.Dict(allow_none=True)
    description = fields.String(allow_none=True)
    date_range_from = fields.Date(allow_none=True)
    date_range_to = fields.Date(allow_none=True)
    legal_mandate_type = fields.String(allow_none=True)
    legal_mandate_file_id = fields.UUID(allow_none=True)
    court_order_number = fields.String(allow_none=True)
    case_reference = fields.String(allow_none=True)
    notes = fields.String(allow_none=True)
    metadata = fields.Dict(allow_none=True)
    sla_due_date = UtcDateTime(allow_none=True)
    sla_state = _one_of(SlaState, allow_none=True)
    sla_paused_at = UtcDateTime(allow_none=True)
    sla_breached = fields.Boolean(required=True)
    sla_breached_at = UtcDateTime(allow_none=True)
    sla_met = fields.Boolean(allow_none=True)
    first_sent_for_approval_at = UtcDateTime(allow_none=True)
    approved_at = UtcDateTime(allow_none=True)
    submitted_at = UtcDateTime(allow_none=True)
    acknowledged_at = UtcDateTime(allow_none=True)
    started_at = UtcDateTime(allow_none=True)
    response_uploaded_at = UtcDateTime(allow_none=True)
    completed_at = UtcDateTime(allow_none=True)
    closed_at = UtcDateTime(allow_none=True)
    created_at = UtcDateTime(required=True)
    updated_at = UtcDateTime(required=True)
    rejection_reason = fields.String(allow_none=True)
    rejection_reason_code = fields.String(allow_none=True)
    approval_level = fields.Integer(required=True)
    approval_route = fields.List(fields.Nested(LevelOut), allow_none=True)
    problems = fields.List(
        fields.Nested(DraftProblemOut), allow_none=True, metadata={"description": "Of a DRAFT, one by one."}
    )
    warnings = fields.List(fields.Nested(DraftProblemOut), allow_none=True)
    abilities = fields.Nested(AbilitiesOut, required=True)


class RequestStepOut(RequestOut):
    """A request after a step, and the step's place in the audit trail."""

    receipt = fields.Nested(
        ReceiptOut, required=True, allow_none=True, metadata={"description": "Null where nothing changed."}
    )


class OpenIdentifierOut(Schema):
    """An identifier in clear."""

    id = fields.UUID(required=True)
    type = _one_of(IdentifierType, required=True)
    value = fields.String(required=True)
    from_ = fields.String(data_key="from", allow_none=True)
    to = fields.String(allow_none=True)
    port = fields.Integer(allow_none=True)
    note = fields.String(allow_none=True)


class OpenCountsOut(Schema):
    """Requests that have not ended, by what they wait for; each number is a list with the filter of its name."""

    total = fields.Integer(required=True)
    breached = fields.Integer(required=True)
    due_soon = fields.Integer(required=True)
    on_track = fields.Integer(required=True)
    paused = fields.Integer(required=True)
    sent_back = fields.Integer(required=True)
    clarification_open = fields.Integer(required=True)
    clarification_answered = fields.Integer(required=True)
    assigned_to_me = fields.Integer(required=True)
    unassigned = fields.Integer(required=True)


class CountsOut(Schema):
    """Numbers of the caller's requests."""

    status = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    sla = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    open = fields.Nested(OpenCountsOut, required=True)
    total = fields.Integer(required=True)


class BulkProblemOut(Schema):
    """Why one of many was refused."""

    code = fields.String(required=True)
    detail = fields.String(required=True)
    errors = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))


class BulkResultOut(Schema):
    """What became of one of many."""

    id = fields.UUID(required=True)
    ok = fields.Boolean(required=True)
    status = fields.String(allow_none=True)
    version = fields.Integer(allow_none=True)
    error = fields.Nested(BulkProblemOut, allow_none=True)


class BulkOut(Schema):
    """One result an id, in the order asked."""

    results = fields.List(fields.Nested(BulkResultOut), required=True)


class ParticipantOut(Schema):
    """A colleague who sees the request."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    rank = fields.String(allow_none=True)
    added_at = UtcDateTime(required=True)


class TimelineOut(Schema):
    """One thing that happened."""

    at = UtcDateTime(required=True)
    event = fields.String(required=True)
    actor = fields.Nested(PersonOut, allow_none=True)
    tenant = fields.Nested(TenantOut, required=True)
    object_type = fields.String(required=True)
    object_id = fields.UUID(allow_none=True)
    change = fields.Dict(allow_none=True)


class SlaStepOut(Schema):
    """A stretch of time that was counted, or not, and why."""

    kind = fields.String(required=True)
    from_ = fields.String(data_key="from", required=True)
    to = fields.String(allow_none=True)
    seconds = fields.Integer(allow_none=True)
    note = fields.String(required=True)


class LedgerOut(Schema):
    """A line of the ledger."""

    kind = fields.String(required=True)
    at = fields.String(required=True)
    hours = fields.Float(allow_none=True)
    reason = fields.String(allow_none=True)


class ExtensionOut(Schema):
    """A wish for more time; ``granted`` is null until it is answered."""

    hours = fields.Float(required=True)
    reason = fields.String(required=True)
    asked_at = UtcDateTime(required=True)
    granted = fields.Boolean(allow_none=True)
    comments = fields.String(allow_none=True)
    decided_at = UtcDateTime(allow_none=True)


class SlaOut(Schema):
    """A due date and the way to it."""

    request_id = fields.UUID(required=True)
    priority = fields.String(required=True)
    state = fields.String(allow_none=True)
    due = fields.String(allow_none=True, metadata={"description": "Null while the clock stands, and before it starts."})
    started_at = UtcDateTime(allow_none=True)
    paused_at = UtcDateTime(allow_none=True)
    breached_at = UtcDateTime(allow_none=True)
    met = fields.Boolean(allow_none=True)
    statutory = fields.Boolean(required=True)
    promised_hours = fields.Float(allow_none=True)
    business_hours = fields.Boolean(required=True)
    calendar = fields.Dict(allow_none=True)
    remaining_seconds = fields.Integer(allow_none=True)
    steps = fields.List(fields.Nested(SlaStepOut), required=True)
    ledger = fields.List(fields.Nested(LedgerOut), required=True)
    extensions = fields.List(fields.Nested(ExtensionOut), required=True)
