"""Rules and delegations over HTTP."""

from __future__ import annotations

import datetime as dt
from typing import Any

from lers_web.domains.authority import schemas
from lers_web.kernel import clock
from tests.factories.callers import Callers
from tests.factories.cast import Cast

RULES, DELEGATIONS = "/lers/authority-rules/", "/lers/delegations/"
RULE: dict[str, Any] = {
    "request_type": "CDR",
    "levels": [{"level": 1, "min_rank": "SHO"}, {"level": 2, "min_rank": "DSP"}],
}


def test_a_rules_life(people: Callers, cast: Cast):
    made = people.call("sho", "POST", RULES, json=RULE)
    assert made.status_code == 201, made.json
    assert made.json["tenant"]["name"] == "Cyber Police Station, Mumbai"
    assert set(made.json) == set(schemas.RuleOut().fields)
    path = f"{RULES}{made.json['id']}/"
    assert people.call("io", "GET", path).json["abilities"] == {"update": False, "delete": False}
    assert people.call("sho", "GET", path).json["abilities"] == {"update": True, "delete": True}
    assert people.call("sp", "GET", path).status_code == 404
    assert people.call("nodal", "GET", path).status_code == 403
    assert people.call("io", "POST", RULES, json=RULE).status_code == 403
    assert people.call("sho", "PATCH", path, json={"note": "x"}).status_code == 428
    changed = people.call("sho", "PATCH", path, json={"note": "x"}, headers={"If-Match": made.headers["ETag"]})
    assert (changed.status_code, changed.json["note"], changed.headers["ETag"]) == (200, "x", '"2"')
    stale = people.call("sho", "PATCH", path, json={"note": "y"}, headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    listed = people.call("sho", "GET", f"{RULES}?request_type=CDR").json
    assert [each["id"] for each in listed["items"]] == [made.json["id"]]
    assert people.call("sp", "GET", RULES).json == {"items": [], "next_cursor": None, "total": 0}
    for body in (
        {}, {"levels": []}, {"levels": [{"level": 1, "min_rank": "CONSTABLE"}]}, {**RULE, "priority": "PANIC"},
        {**RULE, "surprise": 1},
    ):  # fmt: skip
        assert people.call("sho", "POST", RULES, json=body).status_code == 422, body
    assert people.call("sho", "DELETE", path, headers={"If-Match": '"2"'}).status_code == 204
    assert people.call("sho", "GET", path).status_code == 404


def test_an_administrator_writes_for_any_unit(people: Callers, cast: Cast):
    unit = str(cast.tenants["bengaluru"])
    assert people.call("admin", "POST", RULES, json=RULE).status_code == 422
    made = people.call("admin", "POST", RULES, json={**RULE, "tenant_id": unit})
    assert made.status_code == 201
    assert people.call("sp", "GET", RULES).json["total"] == 1
    seen = people.call("admin", "GET", f"{RULES}?tenant_id={unit}").json
    assert [each["id"] for each in seen["items"]] == [made.json["id"]]


def test_a_delegations_life(people: Callers, cast: Cast):
    until = (clock.now() + dt.timedelta(days=2)).isoformat()
    body = {"to_user_id": str(cast["sho"].user_id), "valid_until": until, "reason": "On leave"}
    assert people.call("io", "POST", DELEGATIONS, json=body).status_code == 422, "an officer has nothing to delegate"
    assert people.call("nodal", "POST", DELEGATIONS, json=body).status_code == 403
    made = people.call("dsp", "POST", DELEGATIONS, json=body)
    assert made.status_code == 201, made.json
    assert set(made.json) == set(schemas.DelegationOut().fields)
    assert made.json["from_user"] == {"id": str(cast["dsp"].user_id), "name": "Dsp", "rank": "DSP"}
    assert made.json["active"] is True
    path = f"{DELEGATIONS}{made.json['id']}/"
    assert people.call("sp", "GET", path).status_code == 404
    assert people.call("dsp", "GET", f"{DELEGATIONS}?active=true").json["total"] == 1
    assert people.call("dsp", "GET", f"{DELEGATIONS}?active=false").json["total"] == 0
    changed = people.call("dsp", "PATCH", path, json={"request_type": "CDR"}, headers={"If-Match": '"1"'})
    assert changed.json["request_type"] == "CDR"
    past = people.call("dsp", "PATCH", path, json={"valid_until": "2020-01-01T00:00:00Z"}, headers={"If-Match": '"2"'})
    assert past.status_code == 422
    assert people.call("io", "DELETE", path, headers={"If-Match": '"2"'}).status_code == 403
    assert people.call("dsp", "DELETE", path, headers={"If-Match": '"2"'}).status_code == 204
    assert people.call("dsp", "GET", path).status_code == 404


def test_a_route_is_tried_before_its_rule_is_written(people: Callers, cast: Cast):
    def tried(name: str, **body: Any) -> Any:
        return people.call(name, "POST", f"{RULES}preview/", json={"request_type": "KYC", **body})

    mumbai, bengaluru = str(cast.tenants["mumbai"]), str(cast.tenants["bengaluru"])
    default = tried("sho").json
    assert (default["rule_id"], default["gap"]) == (None, None)
    assert [each["name"] for each in default["levels"][0]["people"]] == ["Dsp", "Sho"], "SHO and above fill the default"
    levels = [{"level": 1, "min_rank": "SHO"}, {"level": 2, "min_rank": "DSP"}, {"level": 3, "min_rank": "DSP"}]
    drafted = tried("sho", levels=levels).json
    names = [[each["name"] for each in level["people"]] for level in drafted["levels"]]
    assert names == [["Dsp", "Sho"], ["Dsp"], ["Dsp"]]
    assert drafted["gap"] == 3, "one person fills one level, and the unit has one DSP"
    assert people.call("sho", "GET", RULES).json["total"] == 0, "nothing was written"

    rule = people.call("sho", "POST", RULES, json={"request_type": "KYC", "levels": [{"level": 1, "min_rank": "DSP"}]})
    assert tried("sho").json["rule_id"] == rule.json["id"]
    assert tried("sho", request_type="IPDR").json["rule_id"] is None
    until = (clock.now() + dt.timedelta(days=3)).isoformat()
    body = {"to_user_id": str(cast["sho"].user_id), "valid_until": until, "reason": "On leave"}
    people.call("dsp", "POST", DELEGATIONS, json=body)
    people_now = tried("sho").json["levels"][0]["people"]
    assert [(each["name"], each["as_deputy"]) for each in people_now] == [("Dsp", False), ("Sho", True)]

    assert tried("admin", tenant_id=mumbai).json["rule_id"] == rule.json["id"]
    assert tried("admin").status_code == 422, "an administrator says which unit"
    assert tried("sho", tenant_id=bengaluru).status_code == 422
    assert tried("io").status_code == 403
    assert tried("nodal").status_code == 403, "nobody approves at a provider"
