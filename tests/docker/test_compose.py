"""The compose file: valid, hardened, without a default for any secret, and the same processes as everywhere."""

from __future__ import annotations

import dataclasses
import importlib.resources
import itertools
import json
import re
import stat
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest
import yaml

from lers_web.config import Settings
from lers_web.standalone.clamav import LIMITS
from lers_web.standalone.processes import processes
from lers_web.standalone.stack import ROOT
from tests.docker.files import (
    ANSWERS,
    DOCKER,
    VARIABLE,
    MissingVariable,
    command_of,
    compose,
    compose_text,
    environment_of,
    read_env,
    run_script,
)

MAY_BE_EMPTY = {"SMTP_PASSWORD", "METRICS_TOKEN"}
OURS = ("web", "hub", "relay", "worker", "scheduler", "migrate", "ops")
LOGINS = {
    "web": "lers_app", "hub": "lers_hub", "relay": "lers_worker", "worker": "lers_worker", "scheduler": "lers_worker",
    "migrate": "lers_migrate", "ops": "lers_ops",
}  # fmt: skip


@pytest.fixture(scope="module")
def values(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What stands in docker/.env after new-env.sh and the person who installs LERS have filled it in."""
    target = tmp_path_factory.mktemp("env") / ".env"
    subprocess.run(["sh", DOCKER / "new-env.sh", target], check=True, capture_output=True)
    return read_env(target) | ANSWERS


@pytest.fixture(scope="module")
def document(values: dict[str, str]) -> dict[str, Any]:
    return compose(values)


@pytest.fixture(scope="module")
def services(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["services"]
    return found


def test_it_is_a_compose_file_by_the_published_schema(document: dict[str, Any]) -> None:
    vendored = importlib.resources.files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    schema = json.loads(vendored.read_text())
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in validator.iter_errors(document)] == []
    broken = {**document, "services": {**document["services"], "web": {"imagine": "x"}}}
    assert list(validator.iter_errors(broken))


# --- variables -------------------------------------------------------------------------------------------------------


def test_no_secret_has_a_default() -> None:
    for found in VARIABLE.finditer(compose_text()):
        if found["name"] not in MAY_BE_EMPTY and re.search(r"PASSWORD|KEY|TOKEN|SECRET", found["name"] or ""):
            assert found["kind"] == ":?", found[0]
            assert found["name"] in found["rest"], f"{found[0]} does not say what to set"
    # These two are off when empty: a relay that asks for no password, metrics for nobody.
    assert "${SMTP_PASSWORD:-}" in compose_text()
    assert "${METRICS_TOKEN:-}" in compose_text()


def test_without_a_value_for_a_secret_nothing_starts(values: dict[str, str]) -> None:
    needed = {found["name"] for found in VARIABLE.finditer(compose_text()) if found["kind"] == ":?"}
    assert len(needed) == 15
    for name in needed:
        with pytest.raises(MissingVariable, match=name):
            compose({key: value for key, value in values.items() if key != name})


def test_every_variable_is_in_the_example_and_every_line_of_the_example_is_used() -> None:
    used = {found["name"] for found in VARIABLE.finditer(compose_text()) if found["name"]}
    told = set(re.findall(r"(?m)^#?([A-Z0-9_]+)=", (DOCKER / ".env.example").read_text()))
    assert used == told


def test_the_example_tells_the_true_defaults() -> None:
    defaults = {f["name"]: f["rest"] for f in VARIABLE.finditer(compose_text()) if f["kind"] == ":-" and f["rest"]}
    told = dict(re.findall(r"(?m)^#([A-Z0-9_]+)=(.+)$", (DOCKER / ".env.example").read_text()))
    assert {name: told.get(name) for name in defaults} == defaults


def test_new_secrets_are_random_private_and_never_overwritten(tmp_path: Path) -> None:
    def make(name: str) -> subprocess.CompletedProcess[str]:
        command = ["sh", DOCKER / "new-env.sh", tmp_path / name]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert make("a").returncode == make("b").returncode == 0
    first, second = read_env(tmp_path / "a"), read_env(tmp_path / "b")
    secrets = {name for name, value in first.items() if value}
    assert len(secrets) == 11
    assert all(first[name] != second[name] and re.fullmatch(r"[0-9a-f]{20,64}", first[name]) for name in secrets)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600
    again = make("a")
    assert again.returncode == 1
    assert "stays as it is" in again.stderr
    assert read_env(tmp_path / "a") == first


# --- the settings of each process ------------------------------------------------------------------------------------


def environment(service: dict[str, Any]) -> dict[str, str]:
    return environment_of("lers") | service["environment"]


@pytest.mark.parametrize("name", OURS)
def test_a_process_starts_with_its_settings_in_production(services: dict[str, Any], name: str) -> None:
    settings = Settings.from_env(environment(services[name]))
    assert settings.production
    assert settings.base_url == settings.hub_url == "https://lers.example"


@pytest.mark.parametrize("name", OURS)
def test_every_setting_exists(services: dict[str, Any], name: str) -> None:
    known = {f"LERS_{field.name.upper()}" for field in dataclasses.fields(Settings)}
    given = {key for key in environment(services[name]) if key.startswith("LERS_")}
    assert given <= known


@pytest.mark.parametrize("name", OURS)
def test_a_process_knows_the_password_of_its_own_role_alone(
    services: dict[str, Any], values: dict[str, str], name: str
) -> None:
    urls = {k: urlsplit(v) for k, v in services[name]["environment"].items() if k.endswith("DATABASE_URL")}
    assert {url.username for url in urls.values()} == {LOGINS[name]}
    whole = json.dumps(services[name])
    mine = "" if name == "scheduler" else LOGINS[name].removeprefix("lers_").upper()
    for role in ("APP", "HUB", "WORKER", "OPS", "MIGRATE"):
        assert (values[f"{role}_DB_PASSWORD"] in whole) == (role == mine), role
    assert values["POSTGRES_PASSWORD"] not in whole


def test_the_superuser_is_known_to_the_database_and_to_who_makes_the_roles(
    services: dict[str, Any], values: dict[str, str]
) -> None:
    knows = {name for name, service in services.items() if values["POSTGRES_PASSWORD"] in json.dumps(service)}
    assert knows == {"postgres", "roles"}


def test_the_hub_cannot_sign_and_only_commands_and_preparation_write_keys(services: dict[str, Any]) -> None:
    def keys(name: str) -> set[str]:
        return {volume for volume in services[name].get("volumes", []) if volume.startswith(("keys:", "public-keys:"))}

    assert keys("hub") == {"public-keys:/etc/lers/keys/public:ro"}
    assert keys("relay") == keys("scheduler") == set()
    for name in ("web", "worker"):
        assert keys(name) == {"keys:/etc/lers/keys:ro", "public-keys:/etc/lers/keys/public:ro"}
    for name in ("migrate", "ops"):
        assert keys(name) == {"keys:/etc/lers/keys", "public-keys:/etc/lers/keys/public"}


# --- the processes ---------------------------------------------------------------------------------------------------


def test_the_processes_are_those_of_the_standalone_run(services: dict[str, Any]) -> None:
    stack: Any = SimpleNamespace(valkey=SimpleNamespace(url="redis://127.0.0.1"))
    here = processes(stack, {"LERS_PORT": "8080", "LERS_HUB_PORT": "8081"}, ROOT, web_workers=2)
    names = {process.name.partition("-")[0] for process in here}
    assert names == set(OURS) - {"migrate", "ops"}
    assert services["worker"]["deploy"]["replicas"] == sum(process.name.startswith("worker") for process in here)
    for process in here:
        name = process.name.partition("-")[0]
        there = services[name].get("command") or command_of("lers")
        assert there[0] == "python"
        assert _without_size(there[1:]) == _without_size(process._arguments), name


def _without_size(arguments: list[str]) -> list[str]:
    """What is run, without where it listens, how many there are and how long they get to end."""
    own = {"--host", "--port", "--workers", "--workers-kill-timeout"}
    pairs = zip([*arguments, ""], ["", *arguments], strict=True)
    return [each for each, before in pairs if each not in own and before not in own and each]


def test_everything_waits_for_what_it_needs_and_can_be_asked_whether_it_is_well(services: dict[str, Any]) -> None:
    once = {"roles", "migrate", "ops"}
    for name, service in services.items():
        image_checks = name in {"web", "nginx"}  # by the HEALTHCHECK of the Dockerfile
        assert image_checks or name in once or service["healthcheck"]["test"], name
        for needed, how in service.get("depends_on", {}).items():
            expected = "service_completed_successfully" if needed in once else "service_healthy"
            assert how["condition"] == expected, (name, needed)
    for name in ("web", "hub", "relay", "worker", "scheduler"):
        assert services[name]["depends_on"]["migrate"]
    assert services["migrate"]["depends_on"]["roles"]
    assert services["roles"]["depends_on"]["postgres"]


def test_health_checks_name_checks_that_exist(services: dict[str, Any]) -> None:
    done = run_script("health.py", {}, "nonsense")
    assert done.returncode == 2
    known = done.stderr.strip().rpartition(" ")[2].split("|")
    asked = [services[name]["healthcheck"]["test"][-1] for name in ("hub", "relay", "worker", "scheduler")]
    assert sorted([*asked, "web"]) == sorted(known)


# --- walls -----------------------------------------------------------------------------------------------------------


def test_only_the_edge_is_reachable_from_outside(services: dict[str, Any]) -> None:
    assert [name for name, service in services.items() if "ports" in service] == ["nginx"]
    assert not any("network_mode" in service or "expose" in service for service in services.values())


def test_what_holds_data_has_no_way_out_and_the_edge_no_way_to_it(
    document: dict[str, Any], services: dict[str, Any]
) -> None:
    closed = {name for name, network in document["networks"].items() if network.get("internal")}
    assert closed == {"edge", "data"}
    for name in ("postgres", "redis", "minio", "web", "hub", "relay", "scheduler", "migrate", "roles", "ops"):
        assert set(services[name]["networks"]) <= closed, name
    assert set(services["nginx"]["networks"]) == {"public", "edge"}
    outside = {name for name, service in services.items() if "outside" in service["networks"]}
    assert outside == {"worker", "clamav"}  # mail, and signatures


def test_every_container_is_hardened(services: dict[str, Any]) -> None:
    for name, service in services.items():
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["pids_limit"] <= 512, name
        assert service.get("read_only") or name == "clamav", name
        assert "privileged" not in service
        assert "cap_add" not in service
        assert service["restart"] in {"unless-stopped", "no"}, name
        assert not any("docker.sock" in volume for volume in service.get("volumes", [])), name


def test_images_are_pinned_and_what_is_kept_is_kept_in_named_volumes(
    document: dict[str, Any], services: dict[str, Any]
) -> None:
    for name, service in services.items():
        _, _, tag = service["image"].rpartition(":")
        assert tag not in {"", "latest"}, name
        assert "/" not in tag
    mounts = list(itertools.chain.from_iterable(service.get("volumes", []) for service in services.values()))
    named = {mount.partition(":")[0] for mount in mounts if not mount.startswith((".", "/"))}
    assert named == set(document["volumes"])
    for source in {mount.partition(":")[0] for mount in mounts if mount.startswith(".")}:
        assert (DOCKER / source).resolve().is_file(), source


def test_clamd_has_the_limits_that_the_standalone_run_was_tried_with() -> None:
    lines = (DOCKER / "clamav/clamd.conf").read_text().splitlines()
    assert [line for line in LIMITS.splitlines() if line not in lines] == []


def test_the_text_is_yaml_without_duplicate_keys() -> None:
    class Strict(yaml.SafeLoader):
        pass

    def mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value if key.value != "<<"]
        assert len(keys) == len(set(keys)), f"line {node.start_mark.line + 1}: {keys}"
        loader.flatten_mapping(node)
        return dict(loader.construct_pairs(node, deep=True))

    Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)
    assert yaml.load(compose_text(), Loader=Strict)["services"]  # noqa: S506 - a safe loader of its own
