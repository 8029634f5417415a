"""Acts the demo's stories out: each step is a use case, taken by the person whose step it is, at its moment."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from lers_web.demo import accounts as a
from lers_web.demo import catalog as c
from lers_web.demo import papers
from lers_web.demo.base import World
from lers_web.demo.stories import Step, Story, draft_of
from lers_web.domains.approvals import service as approvals
from lers_web.domains.chat import service as chat
from lers_web.domains.files import scanning, transfer
from lers_web.domains.files import service as files
from lers_web.domains.identity import service as identity
from lers_web.domains.requests import service as requests
from lers_web.domains.requests.service import Action
from lers_web.domains.responses import service as responses
from lers_web.kernel import clock
from lers_web.kernel.uow import unit_of_work

_WITHOUT_MANDATE = frozenset({c.LOCATION, c.PRESERVE})
_UNFINISHED = frozenset({0, 2})  # drafts that still miss something, so that a screen shows what

_NODAL = {a.TELECOM: a.NODAL, a.BANK: a.NODAL_BANK, a.SOCIAL: a.NODAL_SOCIAL}
_DESK = {**_NODAL, a.TELECOM: a.DESK}


@dataclass(slots=True)
class _Told:
    """What is known of a story so far."""

    request_id: UUID | None = None
    number: str = ""
    response_id: UUID | None = None
    message_id: UUID | None = None


@dataclass(slots=True)
class Teller:
    """Tells steps in the order they are given."""

    world: World
    told: dict[int, _Told] = field(default_factory=dict)
    notices: dict[tuple[str, str], UUID] = field(default_factory=dict)

    def tell(self, step: Step) -> None:
        """Act one step out at its moment."""
        told = self.told.setdefault(step.story.number, _Told())
        act: Callable[..., None] = getattr(self, f"_{step.act}")
        with clock.at(step.moment, self.world.settings):
            act(step.story, told, **step.details)

    # --- the agency -----------------------------------------------------------------------------------------------

    def _draft(self, story: Story, told: _Told) -> None:
        moment = clock.now()
        mandate: UUID | None = None
        if story.item not in _WITHOUT_MANDATE and story.number not in _UNFINISHED:
            officer = self.world.people[story.officer]
            unit = next(t.name for t in a.TENANTS if self.world.tenants[t.code] == officer.tenant_id)
            mandate = self.notices.get((story.officer, story.case))
            if mandate is None:  # one notice serves all requests of a case
                body = papers.mandate(story.case, unit, officer.name, moment.date())
                name = f"notice-{story.case.split()[-1].replace('/', '-')}.pdf"
                mandate = self._upload(story.officer, name, "application/pdf", "MANDATE", body)
                self.notices[story.officer, story.case] = mandate
        with self.world.acting(story.officer) as uow:
            request = requests.create(uow, draft_of(self.world, story, moment, mandate))
            told.request_id, told.number = request.id, request.request_number

    def _send(self, story: Story, told: _Told) -> None:
        self._take(story.officer, told, Action.SUBMIT_FOR_APPROVAL)

    def _cancel(self, story: Story, told: _Told) -> None:
        self._take(story.officer, told, Action.CANCEL, reason="Entered twice.")

    def _withdraw(self, story: Story, told: _Told) -> None:
        self._take(story.officer, told, Action.WITHDRAW, reason="The complaint was withdrawn.")

    def _approve(self, _story: Story, told: _Told, *, by: str) -> None:
        with self.world.acting(by) as uow:
            approvals.approve(uow, _id(told), comments="In order.")

    def _approve_and_hold(self, story: Story, told: _Told, *, by: str, tenant: str) -> None:
        """Approve while the unit has turned automatic submission off, so that the officer still has to send it."""
        tenant_id = self.world.tenants[tenant]
        with self.world.acting(by) as uow:
            identity.update_tenant(uow, tenant_id, {"policy": {"auto_submit": False}}, expected_version=None)
        self._approve(story, told, by=by)
        with self.world.acting(by) as uow:
            identity.update_tenant(uow, tenant_id, {"policy": {"auto_submit": True}}, expected_version=None)

    def _request_changes(self, _story: Story, told: _Told, *, by: str) -> None:
        with self.world.acting(by) as uow:
            approvals.request_changes(uow, _id(told), comments="Narrow the period to what the case needs.")

    def _refuse(self, _story: Story, told: _Told, *, by: str) -> None:
        with self.world.acting(by) as uow:
            approvals.reject(uow, _id(told), reason="The mandate does not cover this data.")

    def _accept(self, story: Story, told: _Told, *, score: int) -> None:
        with self.world.acting(story.officer) as uow:
            responses.accept(uow, _response(told))
            comment = "Complete and quick." if score > 3 else "Complete, but after the due date."  # noqa: PLR2004
            responses.rate(uow, _response(told), score=score, comment=comment)

    def _dispute(self, story: Story, told: _Told) -> None:
        with self.world.acting(story.officer) as uow:
            responses.reject(uow, _response(told), reason="The second half of the period is missing.")
            responses.rate(uow, _response(told), score=2, comment="Half of the period is missing.")

    # --- the provider ---------------------------------------------------------------------------------------------

    def _acknowledge(self, story: Story, told: _Told) -> None:
        self._take(self._desk(story), told, Action.ACKNOWLEDGE)

    def _start(self, story: Story, told: _Told) -> None:
        self._take(self._desk(story), told, Action.START)

    def _assign(self, story: Story, told: _Told) -> None:
        desk = self.world.people[self._desk(story)]
        self._take(self._nodal(story), told, Action.ASSIGN, user_id=desk.user_id)

    def _decline(self, story: Story, told: _Told) -> None:
        reason = {"reason_code": "DATA_EXPIRED", "reason": "The records of that period are no longer kept."}
        self._take(self._nodal(story), told, Action.DECLINE, **reason)

    def _ask(self, story: Story, told: _Told, *, text: str) -> None:
        with self.world.acting(self._desk(story)) as uow:
            told.message_id = chat.request_info(uow, _id(told), text)

    def _answer(self, story: Story, told: _Told, *, partial: bool = False) -> None:
        desk, now = self._desk(story), clock.now()
        provider = self.world.names[self.world.providers[story.item]]
        table = papers.records(story.item, now - dt.timedelta(days=20))
        letter = papers.answer(told.number, provider, now.date())
        sent = [self._upload(desk, f"{told.number}-records.csv", "text/csv", "RESPONSE", table)]
        if not partial and story.number % 2:
            sent.append(self._upload(desk, f"{told.number}-letter.pdf", "application/pdf", "RESPONSE", letter))
        with self.world.acting(desk) as uow:
            told.response_id = responses.create(
                uow,
                _id(told),
                {
                    "response_text": "The first part; the rest follows." if partial else "Please find the records.",
                    "remarks": None,
                    "file_ids": sent,
                    "outcomes": [],
                    "is_partial": partial,
                },
            )

    def _complete(self, story: Story, told: _Told) -> None:
        self._take(self._desk(story), told, Action.COMPLETE)
        if told.message_id is not None:
            for person in (story.officer, self._desk(story)):
                with self.world.acting(person) as uow:
                    chat.mark_read(uow, _id(told), told.message_id)

    # --- both -----------------------------------------------------------------------------------------------------

    def _say(self, story: Story, told: _Told, *, side: str, text: str) -> None:
        with self.world.acting(story.officer if side == "officer" else self._desk(story)) as uow:
            told.message_id = chat.post(uow, _id(told), {"message_text": text})

    def _take(self, email: str, told: _Told, action: Action, **details: Any) -> None:
        with self.world.acting(email) as uow:
            requests.transition(uow, _id(told), action, **details)

    def _desk(self, story: Story) -> str:
        return _DESK[self.world.providers[story.item]]

    def _nodal(self, story: Story) -> str:
        return _NODAL[self.world.providers[story.item]]

    def _upload(self, email: str, name: str, media_type: str, purpose: str, body: bytes) -> UUID:
        """Upload a file as a person does, and have it scanned at once."""
        person = self.world.people[email]
        with self.world.acting(email) as uow:
            file_id = files.announce(uow, filename=name, size=len(body), media_type=media_type, purpose=purpose)
        transfer.receive(lambda: unit_of_work(self.world.backend, person), file_id, len(body), io.BytesIO(body).read)
        scanning.scan(self.world.backend, file_id, person.tenant_id)
        return file_id


def _id(told: _Told) -> UUID:
    if told.request_id is None:
        raise RuntimeError("a story begins with its draft")
    return told.request_id


def _response(told: _Told) -> UUID:
    if told.response_id is None:
        raise RuntimeError("there is no response to judge yet")
    return told.response_id
