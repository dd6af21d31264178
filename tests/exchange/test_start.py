"""``make run``: starts on an empty machine, says where and what first, refuses with a sentence, ends when told."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

from django.contrib.auth import get_user_model
from pytest_django.fixtures import Settings

from accounts.demo import ACCOUNTS
from exchange.management.commands.start import welcome
from tests.live import ROOT, answers, clean, free_port

PATIENCE = 60
"""Seconds after which a process that was told to end is taken for one that never will, however busy the machine."""


def test_it_starts_empty_says_where_once_it_answers_there_and_ends_when_told(tmp_path: Path) -> None:
    port = free_port()
    environment = clean(VAR_DIR=str(tmp_path), PORT=str(port))
    command = [sys.executable, "manage.py", "start"]
    text = ""
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as it:
        try:
            assert it.stdout
            for line in it.stdout:
                text += line
                if f"The exchange runs at http://127.0.0.1:{port}/" in line:
                    break
            assert answers(f"http://127.0.0.1:{port}/accounts/login/")
            it.send_signal(signal.SIGINT)
            it.wait(timeout=PATIENCE)
            text += it.stdout.read()
        finally:
            it.terminate()
    assert (it.returncode, "Traceback" in text) == (0, False), text
    assert "manage.py invite you@example.org --role administrator" in text


def test_the_demonstration_lists_its_accounts(settings: Settings, db: None) -> None:
    settings.DEMO = True
    text = welcome("127.0.0.1")
    assert [email for email in ACCOUNTS if email not in text] == []
    assert "Sign in with the password exchange-demo" in text
    assert not get_user_model().objects.exists()


def test_a_taken_port_is_a_plain_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = refused(tmp_path, PORT=str(port))
    assert said == (
        f"CommandError: Port {port} on 127.0.0.1 cannot be had (Address already in use): "
        "stop what uses it, or PORT=8001 make run.\n"
    )


def test_the_demonstration_stays_on_this_machine(tmp_path: Path) -> None:
    """Its passwords are known to everybody."""
    said = refused(tmp_path, "--host", "0.0.0.0", DEMO="1")
    assert said == "CommandError: The demonstration has known passwords: it runs on 127.0.0.1 only. Set DEMO=0.\n"


def refused(folder: Path, *arguments: str, **variables: str) -> str:
    """What ``manage.py start`` says as it refuses, before it has made anything."""
    environment = clean(**{"VAR_DIR": str(folder), "PORT": str(free_port())} | variables)
    done = subprocess.run(
        [sys.executable, "manage.py", "start", *arguments],
        cwd=ROOT,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, (folder / "exchange.sqlite3").exists()) == (1, "", False)
    return done.stderr
