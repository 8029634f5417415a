"""The bill of materials is whole and the same each time; advisories find what they name, and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.supply.__main__ import main
from tests.supply.audit import findings, read_advisories
from tests.supply.inventory import NPM_LOCK, PYTHON_LOCK, BrokenLock, Package, read_all, read_npm, read_python
from tests.supply.sbom import bill

HASH = "ab" * 32
INTEGRITY = "sha512-" + "q" * 86 + "=="
FLASK = f"""flask[async]==3.1.3 ; python_version < '4' \\
    --hash=sha256:{HASH}
    # via
    #   lers (pyproject.toml)
    #   flask-cors
"""


def package(version: str, ecosystem: str = "PyPI", name: str = "jinja2") -> Package:
    return Package(ecosystem, name, version, "SHA-256", (HASH,), runtime=True)


def advisory(name: str = "Jinja2", ecosystem: str = "PyPI", **affected: Any) -> dict[str, Any]:
    place = {"package": {"ecosystem": ecosystem, "name": name}}
    return {"id": "GHSA-1", "summary": "It breaks", "affected": [{**place, **affected}]}


def ranges(*events: dict[str, str], kind: str = "ECOSYSTEM") -> dict[str, Any]:
    return {"ranges": [{"type": kind, "events": list(events)}]}


def test_every_package_of_both_locks_is_in_the_bill() -> None:
    document = bill(read_all(), "1.2.3")
    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.6")
    named = {(each["purl"].partition(":")[2].partition("/")[0], each["name"]) for each in document["components"]}
    pinned = re.findall(r"^([a-z0-9._-]+)(?:\[.*?\])?==", PYTHON_LOCK.read_text(), re.MULTILINE | re.IGNORECASE)
    paths = [path for path in json.loads(NPM_LOCK.read_text())["packages"] if path]
    assert named == {("pypi", name.lower()) for name in pinned} | {
        ("npm", path.rpartition("node_modules/")[2]) for path in paths
    }
    refs = [each["bom-ref"] for each in document["components"]]
    assert len(refs) == len(set(refs))
    assert all(each["externalReferences"][0]["hashes"] for each in document["components"])
    known = {*refs, document["metadata"]["component"]["bom-ref"]}
    assert all({each["ref"], *each["dependsOn"]} <= known for each in document["dependencies"])


def test_production_is_told_from_what_builds_and_tests_it() -> None:
    scopes = {each["name"]: each["scope"] for each in bill(read_all(), "1")["components"]}
    assert (scopes["flask"], scopes["pytest"]) == ("required", "excluded")
    assert (scopes["react"], scopes["vitest"]) == ("required", "excluded")


def test_the_same_locks_give_the_same_bytes_and_others_another_number() -> None:
    one, two = ([package("3.1")], [package("3.2")])
    assert bill(one, "1") == bill(one, "1")
    assert bill(one, "1")["serialNumber"] != bill(two, "1")["serialNumber"]


def test_names_of_scoped_packages_are_escaped() -> None:
    assert package("1.0.0", "npm", "@lingui/core").purl == "pkg:npm/%40lingui/core@1.0.0"


def test_a_python_lock_is_read_with_who_wants_what() -> None:
    (flask,) = read_python(FLASK, frozenset({"flask"}))
    assert (flask.name, flask.version, flask.hashes, flask.runtime) == ("flask", "3.1.3", (HASH,), True)
    assert flask.wanted_by == ["lers", "flask-cors"]


@pytest.mark.parametrize(
    ("lock", "complaint"),
    [
        ("flask==3.1.3\n", "no hashes of flask"),
        ("git+https://example.org/flask\n", "requirements.lock:1 pins no version"),
        (FLASK + "werkzeug>=3\n", "pins no version: werkzeug>=3"),
    ],
)
def test_a_python_lock_that_leaves_bytes_open_is_refused(lock: str, complaint: str) -> None:
    with pytest.raises(BrokenLock, match=re.escape(complaint)):
        read_python(lock, frozenset())


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        ({"version": "1.0.0"}, "no SHA-512 of left-pad"),
        ({"version": "1.0.0", "integrity": "sha1-abc"}, "no SHA-512 of left-pad"),
        ({"version": "1.0.0", "integrity": INTEGRITY, "resolved": "git+ssh://x"}, "takes left-pad from git+ssh://x"),
    ],
)
def test_an_npm_lock_that_leaves_bytes_open_is_refused(told: dict[str, str], complaint: str) -> None:
    with pytest.raises(BrokenLock, match=re.escape(complaint)):
        read_npm({"packages": {"": {}, "node_modules/left-pad": told}})


@pytest.mark.parametrize(
    ("version", "affected", "is_found"),
    [
        ("3.1.2", {"versions": ["3.1.1", "3.1.2"]}, True),
        ("3.1.3", {"versions": ["3.1.1", "3.1.2"]}, False),
        ("3.1.2", ranges({"introduced": "0"}, {"fixed": "3.1.3"}), True),
        ("3.1.3", ranges({"introduced": "0"}, {"fixed": "3.1.3"}), False),
        ("3.1.10", ranges({"introduced": "3.1.9"}), True),  # numbers, not letters
        ("3.1.8", ranges({"introduced": "3.1.9"}), False),
        ("3.1.9", ranges({"introduced": "0"}, {"last_affected": "3.1.9"}), True),
        ("3.1.10", ranges({"introduced": "0"}, {"last_affected": "3.1.9"}), False),
        ("2.5", ranges({"introduced": "0"}, {"fixed": "2.0"}, {"introduced": "2.4"}, {"fixed": "2.6"}), True),
        ("2.1", ranges({"introduced": "0"}, {"fixed": "2.0"}, {"introduced": "2.4"}, {"fixed": "2.6"}), False),
        ("3.0", ranges({"introduced": "what?"}), True),  # somebody has to look
        ("3.0", ranges({"introduced": "0"}, kind="GIT"), False),
        ("3.0rc1", ranges({"introduced": "0"}, {"fixed": "3.0"}), True),
    ],
)
def test_versions_of_pypi(version: str, affected: dict[str, Any], is_found: bool) -> None:
    assert bool(findings([package(version)], [advisory(**affected)])) is is_found


@pytest.mark.parametrize(
    ("version", "is_found"),
    [("1.2.3-beta.2", True), ("1.2.3-beta.10", True), ("1.2.3", False), ("1.10.0", False), ("1.2.2", True)],
)
def test_versions_of_npm(version: str, is_found: bool) -> None:
    named = advisory("left-pad", "npm", **ranges({"introduced": "0"}, {"fixed": "1.2.3"}, kind="SEMVER"))
    found = findings([package(version, "npm", "left-pad")], [named])
    assert bool(found) is is_found
    assert not is_found or found[0].fixed == ("1.2.3",)


def test_others_and_what_was_withdrawn_count_for_nothing() -> None:
    hit = advisory(versions=["3.1"])
    assert findings([package("3.1")], [hit])
    assert not findings([package("3.1")], [{**hit, "withdrawn": "2026-01-01T00:00:00Z"}])
    assert not findings([package("3.1", "npm")], [hit])
    assert not findings([package("3.1", name="jinja3")], [hit])


def test_the_bill_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sbom", str(tmp_path / "a/b")]) == 0
    assert json.loads((tmp_path / "a/b/lers.cdx.json").read_text())["components"]
    assert "lers.cdx.json" in capsys.readouterr().out


def test_without_advisories_nothing_is_called_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit"]) == 3
    assert main(["audit", "--advisories", str(tmp_path)]) == 3
    told = capsys.readouterr()
    assert "nothing was looked up" in told.out
    assert "holds no advisories" in told.err


def test_what_is_known_of_a_pinned_package_fails_the_audit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "PyPI").mkdir()
    file = tmp_path / "PyPI/GHSA-1.json"
    file.write_text(json.dumps(advisory("Flask", **ranges({"introduced": "0"}, {"fixed": "999"}))))
    assert main(["audit", "--advisories", str(tmp_path)]) == 1
    told = capsys.readouterr().out
    assert "(production): GHSA-1 It breaks" in told
    assert "fixed in 999" in told
    file.write_text(json.dumps(advisory("Flask", **ranges({"introduced": "999"}))))
    assert main(["audit", "--advisories", str(tmp_path)]) == 0


@pytest.mark.parametrize("text", ["{", "[]", '{"id": 7}'])
def test_a_file_that_is_no_advisory_is_named(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "odd.json").write_text(text)
    with pytest.raises(ValueError, match=r"odd\.json"):
        list(read_advisories(tmp_path))
    assert main(["audit", "--advisories", str(tmp_path)]) == 1
    assert "odd.json" in capsys.readouterr().err
