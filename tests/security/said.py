"""What the tests of the matrix say to each operation: the document's example, with ids of the world in its place."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lers_web.kernel import clock
from lers_web.kernel.ids import new_id
from tests.security.world import World

API: dict[str, Any] = json.loads((Path(__file__).resolve().parents[2] / "docs/openapi.json").read_text())
REQUEST = "/api/v1/lers/requests/{request_id}/"

Change = Callable[[World, str], dict[str, Any]]
"""``(world, caller)`` gives the members that replace the example's."""


def example(name: str) -> dict[str, Any] | None:
    """Return a fresh copy of the body that the document gives as example, or None: the operation takes no JSON."""
    method, path = name.split(" ")
    content = API["paths"][path][method.lower()].get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return None
    return json.loads(json.dumps(content["application/json"].get("example", {})))  # type: ignore[no-any-return]


def _unit(world: World, caller: str) -> dict[str, Any]:
    return {"tenant_id": str(world.cast.tenants["mumbai"])} if caller == "SUPER_ADMIN" else {}


def _user(world: World, caller: str) -> dict[str, Any]:
    body = {"email": f"{new_id()}@new.example", **_unit(world, caller)}
    return {**body, "role": "PROVIDER", "rank": None} if caller == "PROVIDER+" else body


def _delegation(world: World, caller: str) -> dict[str, Any]:
    giver, taker = ("sho", "dsp") if caller == "APPROVER+" else ("dsp", "sho")
    named = {} if caller.startswith("APPROVER") else {"from_user_id": str(world.cast[giver].user_id)}
    until = (clock.now() + dt.timedelta(days=3)).isoformat()
    return {"to_user_id": str(world.cast[taker].user_id), "valid_until": until, **named}


def _offer(world: World, caller: str) -> dict[str, Any]:
    return {"provider_tenant_id": str(world.cast.tenants["telecom"])} if caller == "SUPER_ADMIN" else {}


def _file(_world: World, caller: str) -> dict[str, Any]:
    return {"purpose": "RESPONSE"} if caller.startswith("PROVIDER") else {}


BODIES: dict[str, Change] = {
    "POST /api/v1/lers/requests/": lambda world, _: {"catalog_item_id": world.ids["catalog_item"]["own"]},
    "POST /api/v1/lers/requests/search/": lambda _, __: {"identifier": None},
    "POST /api/v1/lers/authority-rules/": _unit,
    "POST /api/v1/lers/authority-rules/preview/": _unit,
    "POST /api/v1/lers/catalog/": _offer,
    "POST /api/v1/lers/delegations/": _delegation,
    "POST /api/v1/lers/files/": _file,
    "POST /api/v1/users/": _user,
    f"POST {REQUEST}participants/": lambda world, _: {"user_id": str(world.cast["io2"].user_id)},
}

ALSO: dict[str, set[tuple[int, str]]] = {
    "POST /api/v1/auth/login/": {(401, "invalid_credentials")},
    "DELETE /api/v1/auth/mfa/": {(404, "not_found")},  # they have none
    "POST /api/v1/auth/step-up/": {(401, "invalid_credentials")},
    "POST /api/v1/auth/password/change/": {(401, "invalid_credentials")},
    "POST /api/v1/auth/token/refresh/": {(401, "not_authenticated")},  # there is no cookie
    "POST /api/v1/auth/invitations/accept/": {(422, "invitation_invalid")},
}
"""What somebody who may is told, beside 2xx, 409 and 412: nobody here has a password, a cookie or an invitation."""
