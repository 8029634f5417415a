"""The tables of notifications: every type is used and worded, every event of the contract tells somebody."""

from __future__ import annotations

import string
from typing import Any

import pytest

from lers_web.domains.identity.states import MfaChange
from lers_web.domains.notifications.kinds import KINDS, NotificationType, Wording
from lers_web.domains.notifications.rules import RULES, Audience, Side, rules_for
from lers_web.domains.requests.states import Action

T = NotificationType
WORDS = {
    "number": "MUM/2026/000042",
    "agency": "Cyber Police Station, Mumbai",
    "provider": "Bharat Telecom",
    "left": "7",
}


def wordings() -> list[tuple[str, Wording]]:
    found = []
    for kind_type, kind in KINDS.items():
        found.append((kind_type.value, kind.wording))
        found.extend((f"{kind_type.value}:{name}", words) for name, words in (kind.variants or {}).items())
    return found


def test_every_type_is_described() -> None:
    assert set(KINDS) == set(NotificationType)


@pytest.mark.parametrize(("name", "wording"), wordings())
@pytest.mark.parametrize("language", ["en", "hi"])
def test_every_wording_fills_in_with_number_and_names_alone(name: str, wording: Wording, language: str) -> None:
    text = wording.in_language(language)
    fields = {
        field for part in (text.title, text.message) for _, field, _, _ in string.Formatter().parse(part) if field
    }
    assert fields <= set(WORDS), name
    title, message = text.title.format_map(WORDS), text.message.format_map(WORDS)
    assert title
    assert message
    assert len(title) <= 120
    if language == "hi":
        assert any("\u0900" <= letter <= "\u097f" for letter in title)


def test_a_language_that_we_do_not_speak_is_english() -> None:
    assert KINDS[T.APPROVED].wording.in_language("ta") is KINDS[T.APPROVED].wording.en


def status(action: str, new: str = "X") -> dict[str, Any]:
    return {"request_id": "r", "action": action, "old": "X", "new": new, "version": 2, "actor_id": "a"}


EXPECTED: list[tuple[str, dict[str, Any], set[tuple[Side, Audience, T]]]] = [
    (
        "request.status_changed",
        status("submit_for_approval"),
        {(Side.AGENCY, Audience.NEXT_APPROVERS, T.APPROVAL_REQUESTED)},
    ),
    (
        "request.status_changed",
        status("approve", "PENDING_APPROVAL"),
        {(Side.AGENCY, Audience.NEXT_APPROVERS, T.APPROVAL_REQUESTED)},
    ),
    ("request.status_changed", status("approve", "APPROVED"), {(Side.AGENCY, Audience.OFFICERS, T.APPROVED)}),
    ("request.status_changed", status("request_changes"), {(Side.AGENCY, Audience.OFFICERS, T.CHANGES_REQUESTED)}),
    ("request.status_changed", status("reject"), {(Side.AGENCY, Audience.OFFICERS, T.REJECTED)}),
    ("request.status_changed", status("submit"), {(Side.PROVIDER, Audience.DESK, T.NEW_REQUEST)}),
    ("request.status_changed", status("acknowledge"), {(Side.AGENCY, Audience.OFFICERS, T.ACKNOWLEDGED)}),
    ("request.status_changed", status("start"), {(Side.AGENCY, Audience.OFFICERS, T.IN_PROGRESS)}),
    ("request.status_changed", status("decline"), {(Side.AGENCY, Audience.OFFICERS, T.REJECTED)}),
    ("request.status_changed", status("complete"), {(Side.AGENCY, Audience.OFFICERS, T.COMPLETED)}),
    ("request.status_changed", status("cancel"), set()),
    (
        "request.status_changed",
        status("withdraw"),
        {(Side.AGENCY, Audience.OFFICERS, T.CANCELLED), (Side.PROVIDER, Audience.DESK, T.CANCELLED)},
    ),
    ("request.status_changed", status("respond"), set()),
    ("request.status_changed", status("request_info"), set()),  # the chat's CLARIFICATION tells of it
    ("request.assigned", {"user_id": "u"}, {(Side.PROVIDER, Audience.ASSIGNEE, T.NEW_REQUEST)}),
    (
        "chat.message_created",
        {"message_type": "TEXT"},
        {(Side.AGENCY, Audience.OFFICERS, T.NEW_MESSAGE), (Side.PROVIDER, Audience.DESK, T.NEW_MESSAGE)},
    ),
    (
        "chat.message_created",
        {"message_type": "CLARIFICATION"},
        {(Side.AGENCY, Audience.OFFICERS, T.INFO_REQUESTED), (Side.PROVIDER, Audience.DESK, T.INFO_REQUESTED)},
    ),
    ("response.created", {}, {(Side.AGENCY, Audience.OFFICERS, T.RESPONSE_RECEIVED)}),
    ("response.decided", {"status": "ACCEPTED"}, {(Side.PROVIDER, Audience.DESK, T.RESPONSE_ACCEPTED)}),
    ("response.decided", {"status": "REJECTED"}, {(Side.PROVIDER, Audience.DESK, T.RESPONSE_REJECTED)}),
    (
        "sla.warning",
        {"level": 1},
        {(Side.PROVIDER, Audience.DESK, T.SLA_WARNING), (Side.AGENCY, Audience.OFFICERS, T.SLA_WARNING)},
    ),
    (
        "sla.breached",
        {"level": 1},
        {
            (Side.PROVIDER, Audience.NODAL, T.SLA_BREACHED),
            (Side.AGENCY, Audience.LAST_APPROVER, T.SLA_BREACHED),
            (Side.AGENCY, Audience.OFFICERS, T.SLA_BREACHED),
        },
    ),
    (
        "sla.escalated",
        {"level": 2},
        {(Side.PROVIDER, Audience.ADMINS, T.SLA_ESCALATED), (Side.AGENCY, Audience.HIGHER_APPROVERS, T.SLA_ESCALATED)},
    ),
    ("sla.escalated", {"level": 3}, {(Side.PLATFORM, Audience.ADMINS, T.SLA_ESCALATED)}),
    ("file.scanned", {"scan_status": "INFECTED"}, {(Side.OWN, Audience.UPLOADER, T.FILE_INFECTED)}),
    ("file.scanned", {"scan_status": "SUSPICIOUS"}, {(Side.OWN, Audience.UPLOADER, T.FILE_INFECTED)}),
    ("file.scanned", {"scan_status": "CLEAN"}, set()),
    ("identity.session_ended", {"reason": "REFRESH_REUSED"}, {(Side.OWN, Audience.PERSON, T.SECURITY)}),
    ("identity.session_ended", {"reason": "LOGOUT"}, set()),
    *(
        ("identity.second_factor_changed", {"change": change.value}, {(Side.OWN, Audience.PERSON, T.SECURITY)})
        for change in MfaChange
    ),
    ("break_glass.asked", {"asked_by_id": "a"}, {(Side.OWN, Audience.SECOND_PERSON, T.SECURITY)}),
    (
        "break_glass.opened",
        {},
        {(Side.AGENCY, Audience.ADMINS, T.SECURITY), (Side.PROVIDER, Audience.ADMINS, T.SECURITY)},
    ),
    ("presence.changed", {}, set()),
]


@pytest.mark.parametrize(("event", "payload", "expected"), EXPECTED)
def test_who_is_told_of_what(event: str, payload: dict[str, Any], expected: set[tuple[Side, Audience, T]]) -> None:
    assert {(rule.side, rule.audience, rule.type) for rule in rules_for(event, payload)} == expected


def test_every_type_follows_from_some_event() -> None:
    told = {rule[2] for _, _, rules in EXPECTED for rule in rules}
    assert told == set(NotificationType)
    assert {event for event, _, _ in EXPECTED} >= set(RULES)


def test_every_variant_that_a_rule_names_is_worded() -> None:
    for action in Action:
        for rule in rules_for("request.status_changed", status(action.value)):
            assert KINDS[rule.type].words(rule.variant)
    for change in MfaChange:
        for rule in rules_for("identity.second_factor_changed", {"change": change.value}):
            assert KINDS[rule.type].words(rule.variant) is not KINDS[rule.type].wording
