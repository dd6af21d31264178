"""A real server of the exchange for the browser: its own folder and database, the world, everyone signed in.

Run as a command (``python -m tests.live FILE``) it fills that database and writes to FILE what the tests must know.
That takes ten seconds of a processor: it is done once in a run, and every server begins with a copy of the folder.
"""

import atexit
import fcntl
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
RUN_FOLDER = "TEST_RUN_FOLDER"
"""The variable that names what the processes of a run share."""
MIGRATED = "migrated.sqlite3"
"""The file there in which ``tests.suite`` has had the tables made."""


@dataclass(frozen=True)
class Live:
    """Where the server is, the sessions of its people, and the addresses of the rows of ``tests.access_rows``."""

    url: str
    folder: Path
    sessions: dict[str, str]
    paths: dict[int, str]

    def cookies(self, person: str) -> list[dict[str, Any]]:
        """The cookies of a browser in which ``person`` is signed in; none for nobody."""
        return [{"name": "sessionid", "value": self.sessions[person], "url": self.url}] if person else []

    def speak(self, language: str, person: str = "") -> None:
        """Have ``person``, or everybody, prefer ``language``."""
        with closing(sqlite3.connect(self.folder / "exchange.sqlite3", timeout=20)) as database, database:
            chosen = "UPDATE accounts_user SET language = ? WHERE email LIKE ?"
            database.execute(chosen, [language, f"{person or '%'}@%"])


@contextmanager
def running(folder: Path, **variables: str) -> Iterator[Live]:
    """A filled database and a server on it, both in ``folder``, on a free port."""
    port = free_port()
    found = filled(folder, port)
    with server(["serve", "--port", str(port)], port, clean(VAR_DIR=str(folder), PORT=str(port), **variables)):
        yield found


def filled(folder: Path, port: int) -> Live:
    """A filled database in ``folder``, for a server that the test starts at ``port``."""
    shutil.copytree(first_filled(), folder, dirs_exist_ok=True)
    found = json.loads((folder / "facts.json").read_text())
    paths = {int(number): path for number, path in found["paths"].items()}
    return Live(f"http://127.0.0.1:{port}", folder, found["sessions"], paths)


def first_filled() -> Path:
    """The folder that the others are copies of, filled by whichever process of this run needs it first."""
    made = run_folder() / "filled"
    with (run_folder() / "filled.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            making = run_folder() / "filling"
            command = [sys.executable, "-m", "tests.live", str(making / "facts.json")]
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir()
            migrated(making / "exchange.sqlite3")
            subprocess.run(command, cwd=ROOT, env=clean(VAR_DIR=str(making)), check=True)
            making.rename(made)
    return made


def migrated(database: Path) -> bool:
    """Whether this run has made the tables; then ``database`` begins with them."""
    made = Path(os.environ.get(RUN_FOLDER, "/nonexistent")) / MIGRATED
    if made.exists():
        shutil.copyfile(made, database)
    return made.exists()


@cache
def run_folder() -> Path:
    """What the processes of a run share: ``tests.suite`` names it; a run without it has one for each process."""
    if given := os.environ.get(RUN_FOLDER):
        return Path(given)
    folder = Path(tempfile.mkdtemp(prefix="exchange-live-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@contextmanager
def server(
    command: list[str], port: int, environment: dict[str, str], words: IO[bytes] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """``manage.py`` with ``command``, until it answers at ``port``; ended by its own id. It speaks to ``words``."""
    with process_of([sys.executable, "manage.py", *command], port, environment, words) as process:
        yield process


@contextmanager
def process_of(
    command: list[str], port: int, environment: dict[str, str], words: IO[bytes] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Any server of the exchange, until it answers; ended by its own id."""
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=words, stderr=words)
    try:
        deadline = time.monotonic() + 120
        while not answers(f"http://127.0.0.1:{port}/healthz"):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{' '.join(command)} did not come up")
            time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=60)


def answers(address: str) -> bool:
    """Whether a page comes back from there."""
    with suppress(OSError), closing(urlopen(address, timeout=5)) as answer:
        return bool(answer.status == 200)
    return False


def free_port() -> int:
    """A port that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def clean(**variables: str) -> dict[str, str]:
    """The environment without any setting of the exchange but those given."""
    ours = {"SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "INDEX_DIR", "MEDIA_DIR", "DEBUG"}
    ours |= {"PUSH_HOSTS", "VAPID_PRIVATE_KEY", "CLAMD", "FILES_A_PERSON_MB", "SEARCH_ENGINE"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return (
        kept | {"DJANGO_SETTINGS_MODULE": "exchange.settings", "DEMO": "0", "MESSAGES_A_MINUTE": "1000000"} | variables
    )


def fill(facts: Path) -> None:
    """Make tables and static files, build the world and what each row of the access table needs, sign everyone in."""
    import django

    sys.path.insert(1, str(ROOT / "platform"))
    django.setup()

    from django.test import Client

    import search
    from exchange.preparation import prepare
    from tests.access_rows import PEOPLE, rows
    from tests.conftest import build_world

    prepare(lambda step: None)
    world = build_world()
    sessions = {}
    for name in [*PEOPLE, "councillor", "administrator", "stranger"]:
        client = Client()
        client.force_login(getattr(world, name))
        sessions[name] = client.cookies["sessionid"].value
    paths = {number: row.address(world) for number, row in enumerate(rows()) if row.is_page}
    search.work_off()
    room = world.partnership.rooms.get(kind="partnership").pk
    facts.write_text(json.dumps({"sessions": sessions, "paths": paths, "room": room}))


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
