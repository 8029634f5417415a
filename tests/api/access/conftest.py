"""The application over a database of this module's own, with two administrators and a case with content."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from uuid import UUID

import pytest

from lers_web.config import Settings
from lers_web.domains.requests.service import Status
from tests import samples
from tests.factories import cases, uploads
from tests.factories.admins import add_second_admin
from tests.factories.callers import Callers, callers_of
from tests.factories.cast import Cast, cast_in


@pytest.fixture(scope="module")
def cast(module_database: Settings) -> Iterator[Cast]:
    with cast_in(module_database) as cast:
        add_second_admin(cast)
        yield cast


@pytest.fixture(scope="module")
def item(cast: Cast) -> UUID:
    return cases.make_item(cast)


@pytest.fixture(scope="module")
def people(cast: Cast) -> Iterator[Callers]:
    with callers_of(cast) as callers:
        yield callers


@dataclasses.dataclass(frozen=True)
class Case:
    """A submitted request with something of every kind in it."""

    id: str
    file_id: str
    response_id: str

    @property
    def path(self) -> str:
        return f"/lers/requests/{self.id}/"

    def content_paths(self) -> dict[str, str]:
        """Return where each part of the case is read, beside the request itself."""
        return {
            "messages": f"{self.path}messages/",
            "files": f"{self.path}files/",
            "file": f"/lers/files/{self.file_id}/",
            "content": f"/lers/files/{self.file_id}/content/",
            "response": f"/lers/responses/{self.response_id}/",
            "manifest": f"/lers/responses/{self.response_id}/manifest/",
        }


@pytest.fixture
def case(people: Callers, cast: Cast, item: UUID) -> Case:
    request_id = str(cases.make_request(cast, item, Status.IN_PROGRESS))
    file_id = uploads.upload_clean(
        cast, "desk", samples.cdr_vi(), filename="vi.csv", media_type="text/csv", purpose="RESPONSE"
    )
    said = people.call("io", "POST", f"/lers/requests/{request_id}/messages/", json={"message_text": "SECRET-WORD"})
    assert said.status_code == 201, said.text
    sent = people.call(
        "desk",
        "POST",
        "/lers/responses/",
        json={"request_id": request_id, "response_text": "SECRET-ANSWER", "file_ids": [str(file_id)]},
    )
    assert sent.status_code == 201, sent.text
    return Case(request_id, str(file_id), sent.json["id"])
