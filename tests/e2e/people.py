"""People who use LERS from outside: HTTP with a token, and a socket; nothing of the code base is imported here."""

from __future__ import annotations

import hashlib
import queue
import time
from collections.abc import Callable
from typing import Any

import requests
import socketio

PASSWORD = "Lers-demo-2026!"
SECONDS = 30.0


class Refused(AssertionError):
    """The answer was not what the step expected."""


def eventually(check: Callable[[], Any], what: str, seconds: float = SECONDS) -> Any:
    """Wait for a condition that others bring about; fail loudly when it does not come true in time."""
    end = time.monotonic() + seconds
    last: Any = None
    while time.monotonic() < end:
        last = check()
        if last:
            return last
        time.sleep(0.1)
    raise Refused(f"{what} did not happen within {seconds} s (last: {last!r})")


class Person:
    """One signed-in user."""

    def __init__(self, base_url: str, email: str, password: str = PASSWORD) -> None:
        self.base = base_url.rstrip("/") + "/api/v1"
        self.email, self.password = email, password
        self.http = requests.Session()
        self.token = ""
        self.user: dict[str, Any] = {}
        self.sign_in()

    def sign_in(self) -> None:
        answer = self.http.post(
            f"{self.base}/auth/login/", json={"email": self.email, "password": self.password}, timeout=SECONDS
        )
        if answer.status_code != 200:
            raise Refused(f"login of {self.email}: {answer.status_code} {answer.text}")
        body = answer.json()
        self.token, self.user = body["access_token"], body["user"]

    @property
    def id(self) -> str:
        return str(self.user["id"])

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        expect: int | tuple[int, ...] = 200,
        **kwargs: Any,
    ) -> requests.Response:
        """Send a request; hold the answer to the expected status, and every error to the problem form."""
        headers = {"Authorization": f"Bearer {self.token}", **kwargs.pop("headers", {})}
        if body is not None:
            kwargs["json"] = body
        answer = self.http.request(method, self.base + path, headers=headers, timeout=60, **kwargs)
        expected = (expect,) if isinstance(expect, int) else expect
        if answer.status_code not in expected:
            raise Refused(f"{self.email}: {method} {path} gave {answer.status_code}: {answer.text[:1500]}")
        if answer.status_code >= 400:
            assert answer.headers["Content-Type"].startswith("application/problem+json"), answer.headers
            assert {"type", "title", "status", "detail", "code", "request_id"} <= set(answer.json())
        return answer

    def get(self, path: str, **kwargs: Any) -> Any:
        return self.call("GET", path, **kwargs).json()

    def post(self, path: str, body: Any = None, expect: int | tuple[int, ...] = (200, 201), **kwargs: Any) -> Any:
        answer = self.call("POST", path, {} if body is None else body, expect, **kwargs)
        return answer.json() if answer.content else None

    def act(self, request_id: str, action: str, body: Any = None, **kwargs: Any) -> Any:
        return self.post(f"/lers/requests/{request_id}/{action}/", body, **kwargs)

    def upload(self, name: str, data: bytes, media_type: str, purpose: str, request_id: str | None = None) -> str:
        """Announce a file and send its bytes; return its id, scan pending."""
        announced = self.post(
            "/lers/files/",
            {
                "filename": name,
                "size": len(data),
                "media_type": media_type,
                "purpose": purpose,
                "sha256": hashlib.sha256(data).hexdigest(),
                **({"request_id": request_id} if request_id else {}),
            },
            expect=201,
        )
        assert announced["scan_status"] == "AWAITING_UPLOAD"
        sent = self.call(
            "PUT",
            f"/lers/files/{announced['id']}/content/",
            expect=200,
            data=data,
            headers={"Content-Type": "application/octet-stream"},
        ).json()
        assert sent["sha256"] == hashlib.sha256(data).hexdigest()
        assert sent["size"] == len(data)
        return str(announced["id"])

    def scanned(self, file_id: str) -> str:
        """Wait for the scan and return what it found."""

        def done() -> str | None:
            status = self.get(f"/lers/files/{file_id}/")["scan_status"]
            return status if status not in {"PENDING", "AWAITING_UPLOAD"} else None

        return str(eventually(done, f"the scan of {file_id}", 60))

    def upload_clean(self, *args: Any, **kwargs: Any) -> str:
        file_id = self.upload(*args, **kwargs)
        assert self.scanned(file_id) in {"CLEAN", "UNSCANNED"}
        return file_id

    def download(self, file_id: str) -> bytes:
        answer = self.call("GET", f"/lers/files/{file_id}/content/")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "attachment" in answer.headers["Content-Disposition"]
        return answer.content


class Socket:
    """A person's open connection to the hub, with everything that it has heard."""

    def __init__(self, hub_url: str, token: str) -> None:
        self.heard: queue.Queue[tuple[str, Any]] = queue.Queue()
        self.seen: list[tuple[str, Any]] = []
        self.client = socketio.Client(reconnection=False)
        self.client.on("*", lambda event, data=None: self.heard.put((event, data)))
        self.client.connect(hub_url, auth={"token": token}, transports=["websocket"], wait_timeout=10)

    def ask(self, event: str, payload: dict[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = self.client.call(event, payload, timeout=10)
        return answer

    def wait_for(self, event: str, check: Callable[[Any], bool] = lambda _: True, seconds: float = SECONDS) -> Any:
        """Return the first such event heard, now or earlier."""
        for name, data in self.seen:
            if name == event and check(data):
                return data
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                name, data = self.heard.get(timeout=left)
            except queue.Empty:
                break
            self.seen.append((name, data))
            if name == event and check(data):
                return data
        raise Refused(f"{event} was not heard within {seconds} s; heard {[name for name, _ in self.seen]}")

    def count(self, event: str, check: Callable[[Any], bool]) -> int:
        """Return how often such an event has been heard so far."""
        while not self.heard.empty():
            self.seen.append(self.heard.get())
        return sum(1 for name, data in self.seen if name == event and check(data))

    def close(self) -> None:
        self.client.disconnect()
