"""Notifications on PostgreSQL: each person once, in their language, in their own tenant, and nothing of the case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from lers_web.domains.identity import directory
from lers_web.domains.notifications import reads, service
from lers_web.domains.notifications.mailing import compose
from lers_web.domains.notifications.models import Notification
from lers_web.kernel import clock
from lers_web.kernel.actor import PLATFORM_TENANT_ID, SYSTEM_USER_ID, system_actor
from lers_web.kernel.errors import Invalid, NotFound
from lers_web.kernel.ids import new_id
from lers_web.kernel.paging import Page
from lers_web.kernel.ports import Backend
from lers_web.kernel.uow import unit_of_work
from tests.factories.cast import Cast
from tests.factories.rows import insert_request, rows
from tests.factories.uploads import announce

ROUTE = [{"level": 1, "min_rank": "SHO"}, {"level": 2, "min_rank": "DSP"}]
Tell = Callable[..., dict[str, set[str]]]


@pytest.fixture
def tell(cast: Cast, worker: Backend) -> Tell:
    """Tell all tenants of an event as the jobs do; return {person: types}."""

    def run(event: str, by: str | None = None, event_id: UUID | None = None, **payload: Any) -> dict[str, set[str]]:
        happening = service.Happening(
            id=event_id or new_id(),
            type=event,
            payload={key: str(value) if isinstance(value, UUID) else value for key, value in payload.items()},
            actor_id=cast[by].user_id if by else SYSTEM_USER_ID,
        )
        for tenant_id in cast.tenants.values():
            with unit_of_work(worker, system_actor(tenant_id)) as uow:
                service.tell(uow, happening)
        names = {actor.user_id: name for name, actor in cast.people.items()}
        told: dict[str, set[str]] = {}
        for user_id, kind in rows(
            cast, "SELECT user_id, type FROM app.lers_notifications WHERE event_id = %s", happening.id
        ):
            told.setdefault(names[user_id], set()).add(kind)
        return told

    return run


def step(action: str, new: str = "X") -> dict[str, Any]:
    return {"action": action, "old": "X", "new": new, "version": 2}


def request_of(cast: Cast, **columns: Any) -> UUID:
    return insert_request(cast, approval_route=ROUTE, **columns)


def test_the_first_level_is_asked_of_those_whose_rank_suffices(cast: Cast, tell: Tell) -> None:
    request_id = request_of(cast, status="PENDING_APPROVAL")
    told = tell("request.status_changed", "io", request_id=request_id, **step("submit_for_approval"))
    assert told == {"sho": {"APPROVAL_REQUESTED"}, "dsp": {"APPROVAL_REQUESTED"}}


def test_the_second_level_is_asked_of_the_higher_rank_alone(cast: Cast, tell: Tell) -> None:
    request_id = request_of(cast, status="PENDING_APPROVAL", approval_level=1)
    told = tell("request.status_changed", "sho", request_id=request_id, **step("approve", "PENDING_APPROVAL"))
    assert told == {"dsp": {"APPROVAL_REQUESTED"}}


def test_a_deputy_is_asked_too(cast: Cast, tell: Tell) -> None:
    now = clock.now()
    rows(
        cast,
        "INSERT INTO app.delegation (id, tenant_id, from_user_id, to_user_id, valid_from, valid_until)"
        " VALUES (%s,%s,%s,%s,%s,%s) RETURNING 1",
        new_id(),
        cast.tenants["mumbai"],
        cast["dsp"].user_id,
        cast["sho"].user_id,
        now - dt.timedelta(hours=1),
        now + dt.timedelta(hours=1),
    )
    request_id = request_of(cast, status="PENDING_APPROVAL", approval_level=1)
    told = tell("request.status_changed", "io2", request_id=request_id, **step("approve", "PENDING_APPROVAL"))
    rows(cast, "UPDATE app.delegation SET valid_until = now() - interval '1 minute' RETURNING 1")
    assert set(told) == {"dsp", "sho"}


def test_officer_and_participants_hear_of_the_approval_and_the_approver_does_not(cast: Cast, tell: Tell) -> None:
    request_id = request_of(cast)
    rows(
        cast,
        "INSERT INTO app.request_participant (request_id, user_id, agency_tenant_id, provider_tenant_id, added_by_id,"
        " created_at) VALUES (%s,%s,%s,%s,%s,now()) RETURNING 1",
        request_id,
        cast["io2"].user_id,
        cast.tenants["mumbai"],
        cast.tenants["telecom"],
        cast["io"].user_id,
    )
    told = tell("request.status_changed", "sho", request_id=request_id, **step("approve", "APPROVED"))
    assert told == {"io": {"APPROVED"}, "io2": {"APPROVED"}}


def test_a_new_request_goes_to_everybody_of_the_provider_and_to_nobody_else(cast: Cast, tell: Tell) -> None:
    told = tell("request.status_changed", "sho", request_id=request_of(cast), **step("submit", "SUBMITTED"))
    assert told == {"nodal": {"NEW_REQUEST"}, "desk": {"NEW_REQUEST"}}


def test_once_assigned_the_assigned_person_alone_hears(cast: Cast, tell: Tell) -> None:
    request_id = request_of(cast, assigned_to_company_id=cast["desk"].user_id)
    told = tell("request.assigned", "nodal", request_id=request_id, user_id=cast["desk"].user_id, version=3)
    assert told == {"desk": {"NEW_REQUEST"}}
    told = tell("response.decided", "io", request_id=request_id, response_id=new_id(), status="ACCEPTED")
    assert told == {"desk": {"RESPONSE_ACCEPTED"}}


def test_nobody_is_told_of_what_they_did_themselves(cast: Cast, tell: Tell) -> None:
    request_id = request_of(cast)
    told = tell("request.status_changed", "io", request_id=request_id, **step("withdraw", "CANCELLED"))
    assert told == {"nodal": {"CANCELLED"}, "desk": {"CANCELLED"}}


def test_a_provider_that_was_never_asked_hears_of_no_withdrawal(cast: Cast, tell: Tell) -> None:
    request_id = request_of(cast, status="PENDING_APPROVAL")
    assert tell("request.status_changed", "io", request_id=request_id, **step("withdraw", "CANCELLED")) == {}


@pytest.mark.parametrize(
    ("by", "kind", "expected"),
    [
        ("io", "TEXT", {"nodal": {"NEW_MESSAGE"}, "desk": {"NEW_MESSAGE"}}),
        ("desk", "TEXT", {"io": {"NEW_MESSAGE"}}),
        ("desk", "CLARIFICATION", {"io": {"INFO_REQUESTED"}}),
    ],
)
def test_a_message_is_told_to_the_other_side(
    cast: Cast, tell: Tell, by: str, kind: str, expected: dict[str, set[str]]
) -> None:
    told = tell(
        "chat.message_created",
        by,
        request_id=request_of(cast),
        message_id=new_id(),
        sender_id=cast[by].user_id,
        message_type=kind,
    )
    assert told == expected


def test_the_ladder_of_escalation(cast: Cast, tell: Tell) -> None:
    request_id = request_of(cast, approved_by_id=cast["sho"].user_id)
    assert tell("sla.breached", request_id=request_id, level=1) == {
        "io": {"SLA_BREACHED"},
        "sho": {"SLA_BREACHED"},
        "nodal": {"SLA_BREACHED"},
    }
    assert tell("sla.escalated", request_id=request_id, level=2) == {
        "nodal": {"SLA_ESCALATED"},
        "dsp": {"SLA_ESCALATED"},
    }
    event_id = new_id()
    assert tell("sla.escalated", event_id=event_id, request_id=request_id, level=3) == {"admin": {"SLA_ESCALATED"}}
    ((title, link, tenant),) = rows(
        cast, "SELECT title, link, tenant_id FROM app.lers_notifications WHERE event_id = %s", event_id
    )
    assert "MUM/2026" in title
    assert (link, tenant) == (None, PLATFORM_TENANT_ID)


def test_the_uploader_hears_of_malware(cast: Cast, tell: Tell) -> None:
    file_id = announce(cast, "io", b"%PDF-1.7")
    assert tell("file.scanned", file_id=file_id, scan_status="INFECTED") == {"io": {"FILE_INFECTED"}}
    assert tell("file.scanned", file_id=file_id, scan_status="CLEAN") == {}


def test_whoever_is_robbed_of_a_session_hears_of_it(cast: Cast, tell: Tell) -> None:
    told = tell(
        "identity.session_ended", "io", session_id=new_id(), user_id=cast["io"].user_id, reason="REFRESH_REUSED"
    )
    assert told == {"io": {"SECURITY"}}


def test_whoever_uses_a_recovery_code_hears_how_many_are_left(cast: Cast, tell: Tell) -> None:
    event_id = new_id()
    told = tell(
        "identity.second_factor_changed",
        "io",
        event_id,
        user_id=cast["io"].user_id,
        change="RECOVERY_CODE_USED",
        left=4,
    )
    assert told == {"io": {"SECURITY"}}
    ((title, message, mailed),) = rows(
        cast, "SELECT title, message, email_wanted FROM app.lers_notifications WHERE event_id = %s", event_id
    )
    assert "4 left" in title
    assert "4 are left" in message
    assert mailed


def test_both_sides_admins_hear_that_the_platform_has_opened_a_request(cast: Cast, tell: Tell) -> None:
    request_id = request_of(cast)
    told = tell("break_glass.opened", "admin", request_id=request_id, break_glass_id=new_id())
    assert told == {"sho": {"SECURITY"}, "nodal": {"SECURITY"}}
    ((message, mailed),) = rows(
        cast,
        "SELECT message, email_wanted FROM app.lers_notifications WHERE request_id = %s AND user_id = %s",
        request_id,
        cast["nodal"].user_id,
    )
    assert "opened request" in message
    assert mailed


def test_the_provider_does_not_hear_of_a_look_into_what_it_was_not_sent(cast: Cast, tell: Tell) -> None:
    request_id = request_of(cast, status="PENDING_APPROVAL")
    assert tell("break_glass.opened", "admin", request_id=request_id, break_glass_id=new_id()) == {"sho": {"SECURITY"}}


def test_a_second_person_is_looked_for_among_the_other_administrators(cast: Cast, tell: Tell) -> None:
    asked = {"break_glass_id": new_id()}
    assert tell("break_glass.asked", asked_by_id=new_id(), **asked) == {"admin": {"SECURITY"}}
    assert tell("break_glass.asked", "admin", asked_by_id=cast["admin"].user_id, **asked) == {}


def test_an_event_told_twice_makes_each_notification_once(cast: Cast, tell: Tell) -> None:
    request_id, event_id = request_of(cast), new_id()
    for _ in range(3):
        tell("request.status_changed", "sho", event_id, request_id=request_id, **step("submit", "SUBMITTED"))
    assert rows(cast, "SELECT count(*) FROM app.lers_notifications WHERE event_id = %s", event_id) == [(2,)]
    made = rows(
        cast,
        "SELECT count(*) FROM app.outbox WHERE type = 'notification.created' AND payload->>'notification_id' IN"
        " (SELECT id::text FROM app.lers_notifications WHERE event_id = %s)",
        event_id,
    )
    assert made == [(2,)]


def test_a_deactivated_person_is_not_told(cast: Cast, tell: Tell) -> None:
    rows(
        cast,
        "UPDATE app.authentication_user SET is_active = false WHERE id = %s RETURNING 1",
        cast["nodal"].user_id,
    )
    told = tell("request.status_changed", "sho", request_id=request_of(cast), **step("submit", "SUBMITTED"))
    rows(cast, "UPDATE app.authentication_user SET is_active = true WHERE id = %s RETURNING 1", cast["nodal"].user_id)
    assert set(told) == {"desk"}


def test_texts_are_in_the_persons_language_and_hold_nothing_of_the_case(cast: Cast, tell: Tell) -> None:
    rows(cast, "UPDATE app.authentication_user SET language = 'hi' WHERE id = %s RETURNING 1", cast["desk"].user_id)
    request_id, event_id = request_of(cast), new_id()
    tell("request.status_changed", "sho", event_id, request_id=request_id, **step("submit", "SUBMITTED"))
    found = dict(
        rows(cast, "SELECT user_id, title || ' ' || message FROM app.lers_notifications WHERE event_id = %s", event_id)
    )
    assert found[cast["desk"].user_id].startswith("नया अनुरोध: MUM/2026/000042")
    assert found[cast["nodal"].user_id].startswith("New request: MUM/2026/000042")
    for text in found.values():
        assert "Cyber Police Station, Mumbai" in text
        assert "SECRET" not in text


def test_a_preference_turns_mails_off_and_screens_not(cast: Cast, tell: Tell) -> None:
    rows(
        cast,
        "UPDATE app.authentication_user SET preferences = '{\"email_notifications\": false}' WHERE id = %s RETURNING 1",
        cast["desk"].user_id,
    )
    event_id = new_id()
    tell("request.status_changed", "sho", event_id, request_id=request_of(cast), **step("submit", "SUBMITTED"))
    wanted = dict(rows(cast, "SELECT user_id, email_wanted FROM app.lers_notifications WHERE event_id = %s", event_id))
    assert wanted == {cast["desk"].user_id: False, cast["nodal"].user_id: True}


def test_links_lead_into_the_own_portal(cast: Cast, tell: Tell) -> None:
    request_id = request_of(cast)
    tell("sla.warning", request_id=request_id, level=1)
    links = rows(
        cast,
        "SELECT tenant_id, link FROM app.lers_notifications WHERE request_id = %s AND type = 'SLA_WARNING'",
        request_id,
    )
    assert set(links) == {
        (cast.tenants["mumbai"], f"/le/requests/{request_id}"),
        (cast.tenants["telecom"], f"/provider/requests/{request_id}"),
    }


def test_reading_counting_and_marking_are_ones_own(cast: Cast, tell: Tell) -> None:
    rows(cast, "DELETE FROM app.lers_notifications RETURNING 1")
    for _ in range(3):
        tell("request.status_changed", "sho", request_id=request_of(cast), **step("submit", "SUBMITTED"))
    with cast.acting("desk") as uow:
        page = reads.page(uow, Page(limit=2), reads.Filter(unread=True))
        rest = reads.page(uow, Page(limit=2, cursor=page["next_cursor"]), reads.Filter(unread=True))
        assert (len(page["items"]), len(rest["items"]), page["total"]) == (2, 1, 3)
        assert rest["next_cursor"] is None
        own = [each["id"] for each in (*page["items"], *rest["items"])]
        assert reads.unread_count(uow, cast["desk"].user_id) == 3
        with pytest.raises(Invalid):
            reads.page(uow, Page(sort="title"))
    with cast.acting("nodal") as uow:
        assert service.mark_read(uow, own) == 0  # somebody else's
        with pytest.raises(NotFound):
            reads.one(uow, own[0])
    with cast.acting("desk") as uow:
        assert service.mark_read(uow, own[:1]) == 1
        assert service.mark_read(uow, own[:1]) == 0
        assert reads.page(uow, Page(), reads.Filter(unread=False))["total"] == 1
        assert service.mark_read(uow, None) == 2
        assert reads.unread_count(uow, cast["desk"].user_id) == 0
        assert reads.one(uow, own[0])["read_at"] is not None
    read = rows(cast, "SELECT payload FROM app.outbox WHERE type = 'notification.read'")
    assert read == [({"user_id": str(cast["desk"].user_id)},)] * 2


def test_the_hub_marks_what_it_has_shown_and_can_change_nothing_else(cast: Cast, tell: Tell) -> None:
    event_id = new_id()
    tell("request.status_changed", "sho", event_id, request_id=request_of(cast), **step("submit", "SUBMITTED"))
    ((shown,),) = rows(
        cast,
        "SELECT id FROM app.lers_notifications WHERE event_id = %s AND user_id = %s",
        event_id,
        cast["desk"].user_id,
    )
    hub = Backend.connect(cast.settings, cast.settings.hub_database_url, application="lers-test-hub")
    with unit_of_work(hub, system_actor(cast.tenants["telecom"])) as uow:
        assert reads.one(uow, shown)["delivered"] is False
        service.mark_delivered(uow, [shown])
    with unit_of_work(hub, system_actor(cast.tenants["bank"])) as uow, pytest.raises(NotFound):
        reads.one(uow, shown)
    hub.engine.dispose()
    assert rows(
        cast, "SELECT delivered, delivered_at IS NOT NULL, read FROM app.lers_notifications WHERE id = %s", shown
    ) == [(True, True, False)]


def test_a_mail_carries_number_and_link_and_nothing_else(cast: Cast, tell: Tell, worker: Backend) -> None:
    event_id, request_id = new_id(), request_of(cast)
    tell("request.status_changed", "sho", event_id, request_id=request_id, **step("submit", "SUBMITTED"))
    with unit_of_work(worker, system_actor(cast.tenants["telecom"])) as uow:
        ((found_id,),) = rows(
            cast,
            "SELECT id FROM app.lers_notifications WHERE event_id = %s AND user_id = %s",
            event_id,
            cast["nodal"].user_id,
        )
        notification = uow.session.get_one(Notification, found_id)
        person = next(each for each in directory.addressees(uow) if each.id == cast["nodal"].user_id)
        mail = compose(cast.settings, notification, person)
    assert mail.key == f"notification.{found_id}"
    assert mail.subject == f"[LERS] {notification.title}"
    url = f"{cast.settings.base_url}/provider/requests/{request_id}"
    for body in (mail.text, mail.html or ""):
        assert url in body
        assert "MUM/2026/000042" in body
        assert "SECRET" not in body
    assert '<html lang="en">' in (mail.html or "")


def test_a_name_cannot_write_html_into_a_mail(cast: Cast, tell: Tell, worker: Backend) -> None:
    rows(
        cast,
        "UPDATE app.tenants SET name = '<img src=x onerror=alert(1)>' WHERE id = %s RETURNING 1",
        cast.tenants["mumbai"],
    )
    event_id = new_id()
    tell("request.status_changed", "sho", event_id, request_id=request_of(cast), **step("submit", "SUBMITTED"))
    with unit_of_work(worker, system_actor(cast.tenants["telecom"])) as uow:
        ((found_id,),) = rows(
            cast,
            "SELECT id FROM app.lers_notifications WHERE event_id = %s AND user_id = %s",
            event_id,
            cast["nodal"].user_id,
        )
        notification = uow.session.get_one(Notification, found_id)
        person = next(each for each in directory.addressees(uow) if each.id == cast["nodal"].user_id)
        mail = compose(cast.settings, notification, person)
    assert "<img" not in (mail.html or "")
    assert "&lt;img" in (mail.html or "")
