"""Exports: what they hold, and the verifier that travels along, run as an outsider runs it, against every tampering."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lers_web.config import Settings
from lers_web.domains.audit import export as making
from lers_web.domains.audit import service
from lers_web.domains.audit.service import CheckpointRefused, Exported, ExportRefused, Scope
from lers_web.kernel import clock
from lers_web.kernel.errors import Forbidden, Invalid
from lers_web.kernel.ids import new_id
from lers_web.kernel.merkle import Prover, root_from_proof
from tests.service.audit.logs import Log, log_in

VERIFIER = Path(making.__file__).parent / "offline" / "verify.py"
CASE = new_id()
Members = dict[str, bytes]


@pytest.fixture(scope="module")
def log(clone_database: Callable[[], Settings], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Log]:
    """Both sides act on one case, amid other work, over several checkpoints."""
    with log_in(clone_database(), tmp_path_factory.mktemp("log")) as found:
        for number in range(4):
            found.act("sho", "nodal", "banker")
            for name in ("sho", "nodal"):
                with found.cast.acting(name) as uow:
                    uow.audit("request:approve", "request", CASE, request_id=CASE, why=f'"मुंबई" {number}\u2028')
            found.sign()
        yield found


@pytest.fixture(scope="module")
def made(log: Log, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Exported]:
    path = tmp_path_factory.mktemp("made") / "export.zip"
    return path, service.export(log.operator, log.cast["admin"], Scope(request_id=CASE), path)


def run(path: Path, *arguments: str) -> tuple[int, str]:
    """Run the verifier as an outsider does: another directory, no package of ours, nothing of the environment."""
    alone = path.parent / "verifier"
    alone.mkdir(exist_ok=True)
    shutil.copy(VERIFIER, alone / "verify.py")
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(alone / "verify.py"), str(path), *arguments],
        cwd=alone, env={}, capture_output=True, text=True, check=False, timeout=60, encoding="utf-8",
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


def members_of(path: Path) -> Members:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(path: Path, members: Members) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def relisted(members: Members) -> Members:
    """Make the manifest fit again, as whoever tampers would."""
    manifest = json.loads(members["manifest.json"])
    for name, told in manifest["members"].items():
        told["sha256"], told["size"] = hashlib.sha256(members[name]).hexdigest(), len(members[name])
    return members | {"manifest.json": (canonical(manifest) + "\n").encode()}


def canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# --- what an export holds --------------------------------------------------------------------------------------------


def test_one_case_with_both_sides_and_nothing_else(log: Log, made: tuple[Path, Exported]) -> None:
    path, exported = made
    entries = [json.loads(line) for line in members_of(path)["entries.jsonl"].split(b"\n")[:-1]]
    assert len(entries) == exported.entries == 8
    assert {entry["chain"] for entry in entries} == {str(log.cast.tenants[name]) for name in ("mumbai", "telecom")}
    assert {json.loads(entry["canonical"])["request"] for entry in entries} == {str(CASE)}
    code, said = run(path, "--vkey", exported.vkey, "--origin", "localhost/lers/audit")
    assert (code, said.splitlines()[-1]) == (0, "TRUE.")
    assert "8 entries" in said
    assert exported.root in said


def test_without_a_key_it_is_printed_to_be_compared(made: tuple[Path, Exported]) -> None:
    path, exported = made
    code, said = run(path)
    assert code == 0
    assert exported.vkey in said
    assert "TRUE IF" in said


def test_another_key_another_log_and_nonsense_are_refused(made: tuple[Path, Exported]) -> None:
    path, exported = made
    other = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
    assert run(path, "--vkey", other)[0] == 1
    assert run(path, "--vkey", exported.vkey, "--origin", "other.example/lers/audit")[0] == 1
    assert run(path.parent / "not-there.zip")[0] == 1
    (path.parent / "text.zip").write_text("no ZIP")
    assert run(path.parent / "text.zip")[0] == 1
    assert run(path, "--colour")[0] == 2


def test_a_period_of_all_chains_and_of_ones_own(log: Log, tmp_path: Path) -> None:
    now = clock.now()
    period = Scope(since=now - dt.timedelta(hours=1), until=now + dt.timedelta(hours=1))
    every = service.export(log.operator, log.cast["admin"], period, tmp_path / "all.zip")
    own = service.export(log.operator, log.cast["nodal"], period, tmp_path / "own.zip")
    chains = {json.loads(line)["chain"] for line in members_of(tmp_path / "own.zip")["entries.jsonl"].splitlines()}
    assert every.entries > own.entries >= 8
    assert chains == {log.chain}
    for path, exported in ((tmp_path / "all.zip", every), (tmp_path / "own.zip", own)):
        assert run(path, "--vkey", exported.vkey)[0] == 0


def test_the_log_records_who_exported_what(log: Log, made: tuple[Path, Exported]) -> None:
    path, exported = made
    statement = json.loads(members_of(path)["export.json"])
    assert (statement["chain"], statement["seq"], statement["hash"]) == (
        exported.receipt.chain, exported.receipt.seq, exported.receipt.hash,
    )  # fmt: skip
    told = json.loads(statement["canonical"])
    assert told["actor"]["email"] == log.cast["admin"].email
    assert told["change"]["scope"] == {"request_id": str(CASE)}
    assert log.verify().ok


def test_what_cannot_be_exported_leaves_nothing_behind(
    log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "export.zip"
    with pytest.raises(Invalid):
        service.export(log.operator, log.cast["admin"], Scope(request_id=new_id()), target)
    with pytest.raises(Forbidden):
        service.export(log.operator, log.cast["io"], Scope(request_id=CASE), target)
    monkeypatch.setattr(making, "MOST_ENTRIES", 7)
    with pytest.raises(Invalid):
        service.export(log.operator, log.cast["admin"], Scope(request_id=CASE), target)
    assert list(tmp_path.iterdir()) == []
    moment = clock.now()
    for wrong in ({}, {"since": moment}, {"until": moment}, {"since": moment, "until": moment},
                  {"request_id": CASE, "since": moment, "until": moment + dt.timedelta(days=1)}):  # fmt: skip
        with pytest.raises(Invalid):
            Scope(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("seq", [2, 3])
def test_a_log_that_is_not_intact_is_not_exported(database: Settings, tmp_path: Path, seq: int) -> None:
    with log_in(database, tmp_path) as log:
        log.act("nodal", times=3)
        log.tamper(f"UPDATE audit.entry SET canonical = replace(canonical, 'app', 'opp') WHERE seq = {seq}")
        period = Scope(since=clock.now() - dt.timedelta(hours=1), until=clock.now() + dt.timedelta(hours=1))
        with pytest.raises(ExportRefused, match="audit verify"):
            service.export(log.operator, log.cast["admin"], period, tmp_path / "export.zip")
        log.rewrite(1)
        with pytest.raises(CheckpointRefused, match="audit verify"):
            service.export(log.operator, log.cast["admin"], period, tmp_path / "export.zip")
        assert not (tmp_path / "export.zip").exists()


# --- every tampering is found ----------------------------------------------------------------------------------------


def lines(members: Members, change: Callable[[list[bytes]], list[bytes]], *names: str) -> Members:
    """Change the lines of the entries and of their proofs alike."""
    changed = {
        name: b"".join(line + b"\n" for line in change(members[name].split(b"\n")[:-1]))
        for name in names or ("entries.jsonl", "proofs.jsonl")
    }
    return members | changed


def recounted(members: Members, count: int) -> Members:
    manifest = json.loads(members["manifest.json"])
    manifest["entries"] = count
    return members | {"manifest.json": (canonical(manifest) + "\n").encode()}


def entry(members: Members, nth: int, **fields: Any) -> Members:
    def change(found: list[bytes]) -> list[bytes]:
        told = json.loads(found[nth]) | fields
        return [*found[:nth], canonical(told).encode(), *found[nth + 1 :]]

    return lines(members, change, "entries.jsonl")


def rehashed(members: Members, nth: int) -> Members:
    """Change an entry's text and give it the hash that fits."""
    told = json.loads(members["entries.jsonl"].split(b"\n")[nth])
    text = told["canonical"].replace("approve", "decline")
    digest = hashlib.sha256(b"LERS-AUDIT-v1\x00" + bytes.fromhex(told["prev_hash"]) + text.encode()).hexdigest()
    return entry(members, nth, canonical=text, hash=digest)


def swapped(found: list[bytes]) -> list[bytes]:
    return [found[1], found[0], *found[2:]]


TAMPERINGS: dict[str, Callable[[Members], Members]] = {
    "an entry's text": lambda m: entry(m, 2, canonical='{"chain":"","seq":3}'),
    "an entry's text with its hash": lambda m: rehashed(m, 3),
    "an entry's number": lambda m: entry(m, 2, seq=99),
    "an entry's chain": lambda m: entry(m, 2, chain=str(new_id())),
    "an entry's hash": lambda m: entry(m, 2, hash="00" * 32),
    "an entry's link": lambda m: entry(m, 2, prev_hash="00" * 32),
    "a field more": lambda m: entry(m, 2, note="x"),
    "a number that is none": lambda m: entry(m, 2, seq="2"),
    "a text that is none": lambda m: entry(m, 2, canonical=7),
    "blanks in an entry": lambda m: m | {"entries.jsonl": m["entries.jsonl"].replace(b'":"', b'": "', 1)},
    "the first entry removed": lambda m: lines(m, lambda found: found[1:]),
    "an entry removed": lambda m: lines(m, lambda found: found[:3] + found[4:]),
    "the last entry removed": lambda m: lines(m, lambda found: found[:-1]),
    "an entry removed, its proof left": lambda m: lines(m, lambda found: found[:-1], "entries.jsonl"),
    "all entries removed": lambda m: lines(m, lambda _found: []),
    "an entry twice": lambda m: lines(m, lambda found: [*found, found[-1]]),
    "two entries changed over": lambda m: lines(m, swapped),
    "two entries changed over, their proofs left": lambda m: lines(m, swapped, "entries.jsonl"),
    "chains changed over": lambda m: lines(m, lambda found: found[4:] + found[:4]),
    "cut in a line": lambda m: m | {"entries.jsonl": m["entries.jsonl"][:-20]},
    "an empty line": lambda m: m | {"entries.jsonl": m["entries.jsonl"] + b"\n"},
    "two proofs changed over": lambda m: lines(m, swapped, "proofs.jsonl"),
    "a leaf": lambda m: m | {"proofs.jsonl": m["proofs.jsonl"].replace(b'"leaf":', b'"leaf":1', 1)},
    "a proof": lambda m: m | {"proofs.jsonl": m["proofs.jsonl"].replace(b'["', b'["' + b"00" * 32 + b'","', 1)},
    "no proofs": lambda m: m | {"proofs.jsonl": b""},
    "blanks in a proof": lambda m: m | {"proofs.jsonl": m["proofs.jsonl"].replace(b",", b", ", 1)},
    "the size of the log": lambda m: m | {"checkpoint.txt": m["checkpoint.txt"].replace(b"\n", b"\n1", 1)},
    "the root": lambda m: m | {"checkpoint.txt": m["checkpoint.txt"].replace(b"=\n", b"A\n", 1)},
    "the signature": lambda m: m | {"checkpoint.txt": m["checkpoint.txt"][:-20] + b"A" * 16 + m["checkpoint.txt"][-4:]},
    "another line in the checkpoint": lambda m: m | {"checkpoint.txt": m["checkpoint.txt"] + b"\xe2\x80\x94 x AAAA\n"},
    "no checkpoint": lambda m: m | {"checkpoint.txt": b""},
    "a checkpoint in other bytes": lambda m: m | {"checkpoint.txt": b"\xff"},
    "the key": lambda m: m | {"vkey.txt": b"sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8\n"},
    "no key": lambda m: m | {"vkey.txt": b""},
    "a key that is none": lambda m: m | {"vkey.txt": b"a+00000000+AAAA\n"},
    "the statement's text": lambda m: m | {"export.json": m["export.json"].replace(b"entries", b"entrees", 1)},
    "the statement's leaf": lambda m: m | {"export.json": m["export.json"].replace(b'"leaf":', b'"leaf":1', 1)},
    "another entry as the statement": lambda m: m | {
        "export.json": canonical(
            json.loads(m["entries.jsonl"].split(b"\n")[0]) | json.loads(m["proofs.jsonl"].split(b"\n")[0])
        ).encode()
    },
    "no statement": lambda m: m | {"export.json": b"{}"},
    "the explanation": lambda m: m | {"README.txt": m["README.txt"] + b"Do not compare the key.\n"},
    "the verifier": lambda m: m | {"verify.py": b"print('TRUE.')\n"},
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERINGS)
@pytest.mark.parametrize("pinned", [True, False], ids=["pinned", "unpinned"])
def test_a_tampered_export_is_not_true(made: tuple[Path, Exported], tmp_path: Path, name: str, pinned: bool) -> None:
    path, exported = made
    before = members_of(path)
    members = TAMPERINGS[name](before)
    assert members != before
    key = ("--vkey", exported.vkey) if pinned else ()
    for tampered in (members, relisted(members), recounted(relisted(members), members["entries.jsonl"].count(b"\n"))):
        code, said = run(pack(tmp_path / "tampered.zip", tampered), *key)
        assert (code, said.startswith("NOT TRUE: ")) == (1, True), said


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"entries":8', b'"entries":7'),
        (b'"format":"lers', b'"format":"LERS'),
        (b'"made_at":"2', b'"made_at":"1'),
        (b'"request_id":"', b'"request_id":"0'),
        (b'"size":', b'"size":1'),
        (b'"sha256":"', b'"sha256":"00'),
        (b"}\n", b"}"),
    ],
)
def test_a_tampered_manifest_is_not_true(made: tuple[Path, Exported], tmp_path: Path, old: bytes, new: bytes) -> None:
    members = members_of(made[0])
    assert old in members["manifest.json"]
    members["manifest.json"] = members["manifest.json"].replace(old, new, 1)
    assert run(pack(tmp_path / "tampered.zip", members))[0] == 1


def test_members_that_are_missing_or_too_many(made: tuple[Path, Exported], tmp_path: Path) -> None:
    members = members_of(made[0])
    for name in members:
        rest = {other: data for other, data in members.items() if other != name}
        assert run(pack(tmp_path / "less.zip", rest))[0] == 1, name
    assert run(pack(tmp_path / "more.zip", members | {"more.txt": b""}))[0] == 1
    with (
        pytest.warns(UserWarning, match="Duplicate"),
        zipfile.ZipFile(pack(tmp_path / "d.zip", members), "a") as archive,
    ):
        archive.writestr("entries.jsonl", b"")
    assert run(tmp_path / "d.zip")[0] == 1


def test_a_file_that_was_cut_or_bent_on_the_way(made: tuple[Path, Exported], tmp_path: Path) -> None:
    whole = made[0].read_bytes()
    for size in (0, 100, len(whole) // 2, len(whole) - 1):
        (tmp_path / "cut.zip").write_bytes(whole[:size])
        assert run(tmp_path / "cut.zip")[0] == 1, size
    middle = len(whole) // 3
    (tmp_path / "bent.zip").write_bytes(whole[:middle] + bytes(8) + whole[middle + 8 :])
    assert run(tmp_path / "bent.zip")[0] == 1


def test_an_older_export_with_fewer_entries_does_not_pass_for_the_newer(
    log: Log, made: tuple[Path, Exported], tmp_path: Path
) -> None:
    """Cut the tail to what an older export held, and put its statement in: then it says that it is the older one."""
    with log.cast.acting("nodal") as uow:
        uow.audit("request:complete", "request", CASE, request_id=CASE)
    newer = service.export(log.operator, log.cast["admin"], Scope(request_id=CASE), tmp_path / "newer.zip")
    old, new = members_of(made[0]), members_of(tmp_path / "newer.zip")
    assert newer.entries > made[1].entries
    for names in (("entries.jsonl", "proofs.jsonl"), ("export.json",), ("checkpoint.txt",), ("entries.jsonl",)):
        mixed = relisted(new | {name: old[name] for name in names})
        assert run(pack(tmp_path / "mixed.zip", mixed), "--vkey", newer.vkey)[0] == 1, names


def test_the_verifiers_signatures_agree_with_the_library() -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from lers_web.domains.audit.offline import verify as offline

    for number in range(20):
        key = Ed25519PrivateKey.generate()
        public, message = key.public_key().public_bytes_raw(), bytes(number)
        signature = key.sign(message)
        assert offline.signed(public, message, signature)
        assert not offline.signed(public, message + b"x", signature)
        bent = bytearray(signature)
        bent[number * 3] ^= 1
        assert not offline.signed(public, message, bytes(bent))
        low = int.from_bytes(signature[32:], "little") + offline.L  # the same scalar, written in a second way
        assert not offline.signed(public, message, signature[:32] + low.to_bytes(32, "little"))
    assert not offline.signed(bytes(31), b"", bytes(64))
    assert not offline.signed(b"\xff" * 32, b"", bytes(64))


def test_the_verifiers_paths_agree_with_the_trees() -> None:
    from lers_web.domains.audit.offline import verify as offline

    hashes = [hashlib.sha256(bytes([number])).digest() for number in range(33)]
    for size in range(1, 34):
        prover = Prover(size, range(size))
        prover.extend(b"".join(hashes))
        for leaf in range(size):
            path = prover.proof(leaf)
            assert offline.root_of(leaf, size, hashes[leaf], path) == root_from_proof(leaf, size, hashes[leaf], path)
