"""The parts of the standalone run by themselves: settings files, ports, logs, pid files, choices."""

from __future__ import annotations

import json
import os
import smtplib
import socket
import stat
import subprocess
import sys
from mailbox import Maildir
from pathlib import Path

import psutil
import pytest

from lers_web.standalone.account import Account, reachable_copy
from lers_web.standalone.child import Child, Command, stop_leftovers
from lers_web.standalone.errors import StandaloneError
from lers_web.standalone.home import Home, format_env, free_port, read_env
from lers_web.standalone.logs import LARGEST_LOG, LogFile, LogPump
from lers_web.standalone.mail import MailSink
from lers_web.standalone.options import Options
from lers_web.standalone.server import RunningServers, Server
from lers_web.standalone.stack import ROOT

STRANGE = {"A": "two words", "B": "it's", "C": 'a "quote" and $HOME and `ls`', "D": "line\nbreak", "E": "", "F": "é\\"}


def test_any_value_comes_back_from_a_shell(tmp_path: Path) -> None:
    path = tmp_path / "standalone.env"
    path.write_text(format_env(STRANGE))
    printed = subprocess.run(
        ["sh", "-c", 'set -a; . "$0"; env -0', path], capture_output=True, check=True, env={}
    ).stdout.decode()
    loaded = dict(entry.split("=", 1) for entry in printed.split("\0") if entry)
    assert {name: loaded[name] for name in STRANGE} == STRANGE
    assert read_env(path) == STRANGE


def test_a_name_that_no_shell_holds_is_refused() -> None:
    with pytest.raises(StandaloneError, match="A;rm"):
        format_env({"A;rm": "x"})


def test_secrets_and_ports_stay_the_same_and_are_private(home: Home) -> None:
    secret, port = home.secret("one"), home.port("one")
    home.unlock()
    again = Home(home.path, home.account)
    again.lock()
    assert (again.secret("one"), again.port("one")) == (secret, port)
    assert again.secret("two") != secret
    assert stat.S_IMODE((home.path / "home.json").stat().st_mode) == 0o600
    again.unlock()


def test_a_port_that_somebody_took_is_replaced(home: Home) -> None:
    port = home.port("one")
    home.unlock()
    with socket.create_server(("127.0.0.1", port)):
        again = Home(home.path, home.account)
        again.lock()
        assert again.port("one") != port
        again.unlock()


def test_a_damaged_state_file_is_explained(home: Home) -> None:
    home.unlock()
    (home.path / "home.json").write_text("{")
    with pytest.raises(StandaloneError, match="damaged"):
        Home(home.path, home.account).lock()


def test_a_home_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StandaloneError, match="LERS_HOME=/some/where"):
        Home(tmp_path / "file" / "home").lock()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has an account to drop to")
def test_a_program_below_a_closed_directory_is_copied_for_the_account(tmp_path: Path) -> None:
    nobody = Account("nobody", 65_534, 65_534)
    closed = tmp_path / "closed"
    (closed / "tree").mkdir(parents=True)
    (closed / "tree.libs").mkdir()
    closed.chmod(0o700)
    program = closed / "tree" / "program"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert reachable_copy(None, program, closed / "tree", tmp_path / "copy") == program
    copy = reachable_copy(nobody, program, closed / "tree", tmp_path / "copy")
    assert copy == tmp_path / "copy" / "tree" / "program"
    assert copy.read_text() == "#!/bin/sh\n"
    assert (tmp_path / "copy" / "tree.libs").is_dir()
    program.write_text("#!/bin/sh\n# newer\n")
    assert "newer" in reachable_copy(nobody, program, closed / "tree", tmp_path / "copy").read_text()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has an account to drop to")
def test_the_data_of_a_home_that_the_account_cannot_reach_lies_outside(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o700)
    home = Home(tmp_path / "closed" / "home", Account("nobody", 65_534, 65_534))
    home.lock()
    root = home.server_root()
    try:
        assert root == Path("/var/lib/lers-standalone") / home.id
        assert home.account is not None
        assert home.account.can_reach(root / "anything")
        assert stat.S_IMODE((tmp_path / "closed").stat().st_mode) == 0o700
    finally:
        home.unlock()
        root.rmdir()


def test_lines_that_are_no_json_are_wrapped(tmp_path: Path) -> None:
    log = LogFile(tmp_path / "p.log", "p")
    log.feed(b'{"message": "mine"}\nplain te')
    log.feed(b"xt\n\n")
    log.feed(b"no end")
    log.close()
    entries = [json.loads(line) for line in (tmp_path / "p.log").read_text().splitlines()]
    assert [entry["message"] for entry in entries] == ["mine", "plain text", "no end"]
    assert entries[1]["process"] == "p"
    assert stat.S_IMODE((tmp_path / "p.log").stat().st_mode) == 0o600


def test_a_log_that_has_grown_large_is_put_aside(tmp_path: Path) -> None:
    log = LogFile(tmp_path / "p.log", "p")
    line = b'{"x": "' + b"y" * 100_000 + b'"}\n'
    for _ in range(LARGEST_LOG // len(line) + 2):
        log.feed(line)
    log.close()
    assert (tmp_path / "p.log.1").stat().st_size > LARGEST_LOG
    assert (tmp_path / "p.log").stat().st_size < LARGEST_LOG


def sleeper(home: Home, logs: LogPump, *, program: str = "import time; time.sleep(600)") -> Child:
    command = Command(argv=[sys.executable, "-c", program], env={}, cwd=Path("/"))
    return Child("sleeper", command, home, logs)


def test_the_rest_of_the_pipe_is_written_when_a_run_ends(home: Home) -> None:
    logs = LogPump(home.log_dir)
    child = sleeper(home, logs, program="print('last words')")
    child.wait()
    child.stop()
    logs.close()
    assert json.loads(logs.path("sleeper").read_text())["message"] == "last words"


def test_a_stop_takes_the_whole_session_along(home: Home) -> None:
    logs = LogPump(home.log_dir)
    program = "import subprocess as s; p = s.Popen(['sleep', '600']); print(p.pid, flush=True); p.wait()"
    child = sleeper(home, logs, program=program)
    while not child.has_spoken():
        assert child.poll() is None
    grandchild = psutil.Process(int(json.loads(logs.path("sleeper").read_text())["message"]))
    child.stop()
    assert not grandchild.is_running() or grandchild.status() == psutil.STATUS_ZOMBIE
    logs.close()


def test_what_a_dead_runner_left_is_stopped_by_its_pid_file(home: Home) -> None:
    logs = LogPump(home.log_dir)
    child = sleeper(home, logs)
    assert stop_leftovers(home) == ["sleeper"]
    assert child.wait() < 0
    assert stop_leftovers(home) == []
    logs.close()


def test_a_pid_that_belongs_to_another_process_by_now_is_left_alone(home: Home) -> None:
    logs = LogPump(home.log_dir)
    child = sleeper(home, logs)
    pid_file = home.run_dir / "sleeper.pid"
    noted = json.loads(pid_file.read_text())
    pid_file.write_text(json.dumps(noted | {"created": noted["created"] - 3600}))
    assert stop_leftovers(home) == []
    assert child.poll() is None
    child.kill()
    logs.close()


def test_the_mail_sink_keeps_what_it_took_and_refuses_what_is_too_large(home: Home) -> None:
    sink = MailSink(home, ROOT)
    servers: list[Server] = [sink]
    running = RunningServers(home, servers)
    running.start()
    try:
        with smtplib.SMTP("127.0.0.1", sink.port) as smtp:
            smtp.sendmail("a@lers.example", ["b@lers.example"], "Subject: =?utf-8?q?=C3=A9?=\r\n\r\nhello\r\n.dot\r\n")
            running.children["mailsink"].kill()  # 250 was the promise that it is on the disk
            box = Maildir(sink.maildir, create=False)
            (mail,) = [box[key] for key in box.keys()]  # noqa: SIM118 - a Maildir is no dict
            assert mail["X-Envelope-To"] == "b@lers.example"
            assert mail.get_payload() == "hello\n.dot\n"
    finally:
        running.stop()
    assert stat.S_IMODE(sink.maildir.stat().st_mode) == 0o700


def test_a_mail_over_the_limit_is_refused(home: Home) -> None:
    sink = MailSink(home, ROOT)
    running = RunningServers(home, [sink])
    running.start()
    try:
        with smtplib.SMTP("127.0.0.1", sink.port) as smtp, pytest.raises(smtplib.SMTPException) as refused:
            smtp.sendmail("a@lers.example", ["b@lers.example"], "x" * 26 * 1024 * 1024)
        assert getattr(refused.value, "smtp_code", 0) == 552
    finally:
        running.stop()


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"LERS_PORT": "http"}, "LERS_PORT is 'http'"),
        ({"LERS_HUB_PORT": "70000"}, "from 1 to 65535"),
        ({"LERS_PORT": "9000", "LERS_HUB_PORT": "9000"}, "two different ports"),
        ({"LERS_FRESHCLAM": "maybe"}, "say true or false"),
        ({"LERS_WEB_WORKERS": "0"}, "from 1 to 64"),
    ],
)
def test_a_choice_that_cannot_be_meant_is_explained(environ: dict[str, str], says: str) -> None:
    with pytest.raises(StandaloneError, match=says):
        Options.from_env(environ)


def test_only_real_settings_are_taken_over_from_the_caller() -> None:
    options = Options.from_env({"LERS_LOG_LEVEL": "DEBUG", "LERS_NO_SUCH": "x", "HOME": "/", "LERS_MAIL_FROM": ""})
    assert options.settings == {"LERS_LOG_LEVEL": "DEBUG"}


def test_free_ports_are_free() -> None:
    with socket.create_server(("127.0.0.1", free_port())):
        pass
