"""Rules and delegations on PostgreSQL: which levels a request needs, and who may fill one."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from lers_web.domains.authority import service
from lers_web.kernel import clock
from lers_web.kernel.errors import Forbidden, Invalid, NotFound, StaleVersion
from lers_web.kernel.ids import new_id
from tests.factories.cast import Cast

ONE = [{"level": 1, "min_rank": "SHO"}]
TWO = [{"level": 1, "min_rank": "SHO"}, {"level": 2, "min_rank": "DSP"}]
DAY = dt.timedelta(days=1)


def rule(cast: Cast, levels: list[dict[str, Any]], who: str = "sho", **facts: Any) -> UUID:
    with cast.acting(who) as uow:
        return service.create_rule(uow, {"levels": levels, **facts}).id


def route(
    cast: Cast, request_type: str = "CDR", mandate: str | None = "BNSS_94", priority: str = "NORMAL"
) -> list[str]:
    with cast.acting("io") as uow:
        found = service.route_for(uow, cast.tenants["mumbai"], request_type, mandate, priority)
    assert [level["level"] for level in found] == list(range(1, len(found) + 1))
    return [level["min_rank"] for level in found]


def test_without_a_rule_it_is_one_level(cast: Cast):
    assert route(cast) == ["SHO"]


def test_the_most_specific_rule_wins(cast: Cast):
    rule(cast, [{"level": 1, "min_rank": "DG"}])
    assert route(cast) == ["DG"]
    rule(cast, [{"level": 1, "min_rank": "ADG"}], priority="CRITICAL")
    assert route(cast, priority="CRITICAL") == ["ADG"]
    rule(cast, [{"level": 1, "min_rank": "IG"}], legal_mandate_type="BNSS_94")
    assert route(cast, priority="CRITICAL") == ["IG"], "the mandate weighs more than the priority"
    rule(cast, TWO, request_type="CDR")
    assert route(cast, priority="CRITICAL") == ["SHO", "DSP"], "what is asked weighs most"
    rule(cast, [{"level": 1, "min_rank": "SP"}], request_type="CDR", priority="CRITICAL")
    assert route(cast, priority="CRITICAL") == ["SP"]
    assert route(cast, "KYC", "LETTER") == ["DG"]


def test_another_units_rules_do_not_count(cast: Cast):
    rule(cast, [{"level": 1, "min_rank": "SP"}], who="sp")
    assert route(cast) == ["SHO"]


def test_a_deleted_rule_does_not_count(cast: Cast):
    rule_id = rule(cast, TWO, request_type="CDR")
    with cast.acting("sho") as uow:
        service.delete_rule(uow, rule_id, expected_version=1)
    assert route(cast) == ["SHO"]
    with pytest.raises(NotFound), cast.acting("sho") as uow:
        service.load_rule(uow, rule_id)


@pytest.mark.parametrize(
    "levels",
    [
        [],
        [{"level": 2, "min_rank": "SHO"}],
        [{"level": 1, "min_rank": "SHO"}, {"level": 1, "min_rank": "DSP"}],
        [{"level": 1, "min_rank": "SP"}, {"level": 2, "min_rank": "SHO"}],
        [{"level": step, "min_rank": "DG"} for step in range(1, 7)],
    ],
)
def test_levels_that_make_no_sense_are_refused(cast: Cast, levels: list[dict[str, Any]]):
    with pytest.raises(Invalid) as refused:
        rule(cast, levels)
    assert set(refused.value.errors) == {"levels"}


def test_who_writes_rules(cast: Cast):
    for who in ("io", "dsp", "nodal"):
        with pytest.raises(Forbidden):
            rule(cast, ONE, who=who)
    with pytest.raises(Invalid):
        rule(cast, ONE, tenant_id=cast.tenants["bengaluru"])
    with pytest.raises(Invalid):
        rule(cast, ONE, who="admin")
    with pytest.raises(Invalid):
        rule(cast, ONE, who="admin", tenant_id=cast.tenants["telecom"])
    rule_id = rule(cast, ONE, who="admin", tenant_id=cast.tenants["mumbai"])
    with pytest.raises(NotFound), cast.acting("sp") as uow:
        service.update_rule(uow, rule_id, {"note": "x"}, expected_version=None)
    with pytest.raises(Forbidden), cast.acting("dsp") as uow:
        service.update_rule(uow, rule_id, {"note": "x"}, expected_version=None)
    with pytest.raises(StaleVersion), cast.acting("sho") as uow:
        service.update_rule(uow, rule_id, {"note": "x"}, expected_version=9)
    with cast.acting("sho") as uow:
        assert service.update_rule(uow, rule_id, {"levels": TWO}, expected_version=1).version == 2


def fills(cast: Cast, who: str, min_rank: str, **more: Any) -> bool:
    facts = {"request_type": "CDR", "creator_id": cast["io"].user_id, **more}
    with cast.acting(who) as uow:
        return service.may_fill(uow, uow.actor, {"level": 1, "min_rank": min_rank}, **facts) is not None


@pytest.mark.parametrize(
    ("who", "min_rank", "expected"),
    [
        ("sho", "SHO", True), ("sho", "DSP", False), ("dsp", "SHO", True), ("dsp", "ACP", True), ("dsp", "SP", False),
        ("sp", "DCP", True), ("io", "SHO", False), ("nodal", "SHO", False), ("admin", "SHO", False),
    ],
)  # fmt: skip
def test_a_level_is_filled_by_rank(cast: Cast, who: str, min_rank: str, expected: bool):
    assert fills(cast, who, min_rank) is expected


def test_nobody_fills_two_levels_or_decides_on_their_own(cast: Cast):
    assert not fills(cast, "sho", "SHO", filled_by=[str(cast["sho"].user_id)])
    assert not fills(cast, "sho", "SHO", creator_id=cast["sho"].user_id)


def delegate(cast: Cast, who: str = "dsp", to: str = "sho", **more: Any) -> UUID:
    data = {"to_user_id": cast[to].user_id, "valid_until": clock.now() + DAY, **more}
    with cast.acting(who) as uow:
        return service.create_delegation(uow, data).id


def test_a_deputy_fills_what_the_absent_one_could(cast: Cast):
    assert not fills(cast, "sho", "DSP")
    delegation_id = delegate(cast)
    with cast.acting("sho") as uow:
        filling = service.may_fill(
            uow, uow.actor, {"level": 1, "min_rank": "DSP"}, request_type="CDR", creator_id=cast["io"].user_id
        )
    assert filling == service.Filling(on_behalf_of_id=cast["dsp"].user_id), "both names stand on the decision"
    assert not fills(cast, "sho", "SP")
    assert not fills(cast, "sho", "DSP", filled_by=[cast["dsp"].user_id]), "the absent one has decided already"
    assert not fills(cast, "sho", "DSP", creator_id=cast["dsp"].user_id)
    with cast.acting("dsp") as uow:
        service.delete_delegation(uow, delegation_id, expected_version=1)
    assert not fills(cast, "sho", "DSP")


def test_a_delegation_has_its_time_and_its_scope(cast: Cast):
    delegation_id = delegate(cast, request_type="KYC")
    assert not fills(cast, "sho", "DSP")
    assert fills(cast, "sho", "DSP", request_type="KYC")
    with cast.acting("dsp") as uow:
        service.update_delegation(uow, delegation_id, {"request_type": None}, expected_version=1)
    assert fills(cast, "sho", "DSP")
    assert not fills(cast, "sho", "DSP", at=clock.now() + 2 * DAY)
    assert not fills(cast, "sho", "DSP", at=clock.now() - DAY)


def test_a_deactivated_approver_delegates_nothing(cast: Cast):
    delegate(cast)
    assert fills(cast, "sho", "DSP")
    with cast.superuser() as connection:
        connection.execute("UPDATE app.authentication_user SET is_active = false WHERE id = %s", (cast["dsp"].user_id,))
    assert not fills(cast, "sho", "DSP")


def test_who_delegates_what(cast: Cast):
    for more in (
        {"to": "dsp"}, {"to": "io"}, {"to": "sp"}, {"to": "nodal"}, {"to_user_id": new_id()},
        {"valid_until": clock.now() - DAY}, {"valid_from": clock.now() + 3 * DAY},
    ):  # fmt: skip
        with pytest.raises(Invalid):
            delegate(cast, **more)
    with pytest.raises(Forbidden):
        delegate(cast, "dsp", "dsp", from_user_id=cast["sho"].user_id)
    with pytest.raises(Invalid):
        delegate(cast, "io", "dsp")
    by_the_admin = delegate(cast, "sho", "sho", from_user_id=cast["dsp"].user_id)
    with pytest.raises(NotFound), cast.acting("sp") as uow:
        service.delete_delegation(uow, by_the_admin, expected_version=None)


def test_levels_that_nobody_fills_are_found(cast: Cast):
    def lacking(levels: list[dict[str, Any]]) -> Any:
        with cast.acting("io") as uow:
            return service.first_level_nobody_fills(
                uow, cast.tenants["mumbai"], levels, request_type="CDR", creator_id=cast["io"].user_id
            )

    assert lacking(ONE) is None
    assert lacking(TWO) is None
    assert lacking([{"level": 1, "min_rank": "DSP"}, {"level": 2, "min_rank": "DSP"}]) is not None
    delegate(cast)
    assert lacking([{"level": 1, "min_rank": "DSP"}, {"level": 2, "min_rank": "DSP"}]) is None
    assert lacking([{"level": 1, "min_rank": "IG"}]) == {"level": 1, "min_rank": "IG"}
