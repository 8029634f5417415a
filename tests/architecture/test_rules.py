"""House rules that no linter knows, as small tests over the source."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("lers_web", "lers_hub", "lers_jobs")


def sources() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def calls(path: Path, name: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name:
            yield node.lineno


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:]


def test_only_the_unit_of_work_commits() -> None:
    """The request's session ends early in one more place, before bytes flow: ``http/context.py``."""
    allowed = {"lers_web/kernel/uow.py", "lers_web/http/context.py"}
    found = {
        f"{path.relative_to(ROOT)}:{line}"
        for path in sources()
        if str(path.relative_to(ROOT)) not in allowed and "standalone" not in path.parts
        for line in calls(path, "commit")
    }
    assert not found


def test_a_flush_says_why() -> None:
    missing = []
    for path in sources():
        if "standalone" in path.parts:
            continue  # files and terminals, not sessions
        lines = path.read_text().splitlines()
        missing += [
            f"{path.relative_to(ROOT)}:{line}"
            for line in calls(path, "flush")
            if "#" not in lines[line - 1] and "stdout" not in lines[line - 1] and "stderr" not in lines[line - 1]
            and "print(" not in lines[line - 1] and "#" not in lines[line - 2]
        ]  # fmt: skip
    assert not missing, "write the reason of a flush in a comment on its line"


def test_nobody_uses_a_word_that_says_nothing() -> None:
    bad = re.compile(r"(^|_)(utils?|helpers?|managers?|misc|common)($|_)")
    assert not [str(path) for path in sources() if bad.search(path.stem)]


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(p) for p in sources() if p.read_text().strip() and ast.get_docstring(ast.parse(p.read_text())) is None
    ]
    assert not silent


def test_nothing_is_left_to_do() -> None:
    mark = re.compile(r"\b(TODO|FIXME|XXX)\b")
    assert not [str(path.relative_to(ROOT)) for path in sources() if mark.search(path.read_text())]


def test_the_environment_is_read_in_one_place() -> None:
    allowed = {"lers_web/config.py"}
    found = [
        str(path.relative_to(ROOT))
        for path in sources()
        if "standalone" not in path.parts
        and str(path.relative_to(ROOT)) not in allowed
        and re.search(
            r"os\.environ(?!\[\"TZ\"\] = )|os\.getenv", path.read_text()
        )  # the zone may be set, nothing is read
    ]
    assert not found


def test_hub_and_jobs_load_without_the_web_framework() -> None:
    code = (
        "import lers_web.tables, lers_hub.app, lers_jobs.relay, lers_jobs.subscribers, sys;"
        "bad = {'flask', 'werkzeug'} & set(sys.modules);"
        "sys.exit(f'loaded: {bad}' if bad else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_pickle_is_nowhere() -> None:
    assert not [
        str(p)
        for p in sources()
        if re.search(r"^\s*(import|from) (pickle|marshal|dill)\b", p.read_text(), re.MULTILINE)
    ]


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", ".env.example"])
def test_the_documents_are_there(name: str) -> None:
    assert (ROOT / name).read_text().strip()


def test_every_domain_is_described() -> None:
    domains = {p.name for p in (ROOT / "lers_web/domains").iterdir() if (p / "__init__.py").exists()}
    described = {p.stem for p in (ROOT / "docs/domains").glob("*.md")}
    assert domains <= described, f"docs/domains lacks {sorted(domains - described)}"


def test_every_setting_is_explained() -> None:
    from dataclasses import fields

    from lers_web.config import Settings

    text = (ROOT / ".env.example").read_text()
    names = [
        "EVIDENCE_ENCRYPTION_KEY" if f.name == "evidence_key" else f"LERS_{f.name.upper()}" for f in fields(Settings)
    ]
    assert not [name for name in names if name not in text]
