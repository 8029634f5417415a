"""The hub and second factors: nobody comes in, or stays, who has to set one up first."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.factories.authenticator import enrolled
from tests.hub.conftest import Stage
from tests.hub.nodes import Client, HubNode, Refused

Connect = Callable[..., Client]


def demand(stage: Stage, *, required: bool) -> None:
    with stage.cast.superuser() as connection:
        connection.execute(
            "UPDATE app.tenants SET policy = policy || jsonb_build_object('mfa_required', %s::boolean) WHERE id = %s",
            (required, stage.cast.tenants["telecom"]),
        )


@pytest.fixture
def demanded(stage: Stage) -> Iterator[Callable[[], None]]:
    yield lambda: demand(stage, required=True)
    demand(stage, required=False)


def test_the_handshake_is_refused_before_the_enrolment(
    stage: Stage, hub: HubNode, connect: Connect, demanded: Callable[[], None]
) -> None:
    demanded()
    with pytest.raises(Refused) as refused:
        connect("nodal")
    assert refused.value.code == "mfa_enrolment_required"
    connect("io").settle()


def test_a_policy_that_is_turned_on_reaches_open_connections(
    stage: Stage, connect: Connect, demanded: Callable[[], None]
) -> None:
    sid = stage.session("nodal")
    client, other = connect("nodal", token=stage.token("nodal", sid=sid)), connect("io")
    demanded()
    assert client.wait("session_ended", seconds=8) == {"reason": "mfa_enrolment_required"}
    client.gone(3)
    other.settle()


def test_a_fresh_token_does_not_help(stage: Stage, connect: Connect, demanded: Callable[[], None]) -> None:
    client = connect("nodal")
    demanded()
    answer = client.ask("reauthenticate", {"token": stage.token("nodal")})
    assert answer["code"] == "mfa_enrolment_required"


def test_a_session_of_the_password_alone_ends_with_the_enrolment(stage: Stage, connect: Connect) -> None:
    client = connect("desk")
    enrolled(stage.cast, "desk")
    assert client.wait("session_ended", seconds=8) == {"reason": "session_ended"}
    sid = stage.session("desk")
    with stage.cast.superuser() as connection:
        connection.execute("UPDATE app.auth_session SET mfa_at = now() WHERE sid = %s", (sid,))
    connect("desk", token=stage.token("desk", sid=sid)).settle()
