"""Two web processes with PostgreSQL and Redis between them: what goes in at one comes out at the other."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.live import ROOT, clean, free_port, server

pytestmark = pytest.mark.live  # it brings its own database, so once is enough for each `make test`
WAIT = 60
"""Seconds within which a frame has to come, on a busy machine."""


class Host:
    """One of the two processes, and a signed-in browser's way to its socket."""

    def __init__(self, port: int, sessions: dict[str, str]) -> None:
        self.port = port
        self.sessions = sessions

    def socket(self, person: str) -> ClientConnection:
        """A socket of ``person`` at this process."""
        cookie = {"Cookie": f"sessionid={self.sessions[person]}"}
        here = f"127.0.0.1:{self.port}"
        return connect(f"ws://{here}/ws/chat/", additional_headers=cookie, origin=Origin(f"http://{here}"))


@pytest.fixture(scope="module")
def hosts(
    tmp_path_factory: pytest.TempPathFactory, postgresql_url: str, redis_url: str
) -> Iterator[tuple[Host, Host, int]]:
    """Both processes, and the room of Karlskrona–Saldanha Bay."""
    folder = Path(tmp_path_factory.mktemp("two"))
    ports = [free_port(), free_port()]
    environment = clean(VAR_DIR=str(folder), DATABASE_URL=postgresql_url, REDIS_URL=redis_url)
    facts = folder / "facts.json"
    subprocess.run([sys.executable, "-m", "tests.live", facts], cwd=ROOT, env=environment, check=True)
    found = json.loads(facts.read_text())
    with ExitStack() as stack:
        for port in ports:
            stack.enter_context(server(["serve", "--port", str(port)], port, environment))
        one, other = (Host(port, found["sessions"]) for port in ports)
        yield one, other, found["room"]


def test_a_message_posted_at_one_arrives_at_the_other(hosts: tuple[Host, Host, int]) -> None:
    one, other, room = hosts
    with one.socket("owner") as owner, other.socket("partner") as partner:
        for browser in (owner, partner):
            say(browser, "hello", have={str(room): None})
            hear(browser, "welcome")
        client_id = str(uuid4())
        say(owner, "post", room=room, client_id=client_id, body="Molo from the other process")
        heard = hear(partner, "change")
        acknowledged = hear(owner, "ack")
    assert (acknowledged["client_id"], acknowledged["room"]) == (client_id, room)
    assert heard["version"] == acknowledged["version"]
    assert heard["message"]["client_id"] == client_id
    assert heard["message"]["body"] == "Molo from the other process"


def test_an_outsider_hears_nothing_at_either(hosts: tuple[Host, Host, int]) -> None:
    one, other, room = hosts
    for host in (one, other):
        with host.socket("outsider") as outsider:
            say(outsider, "hello", have={str(room): None})
            assert hear(outsider, "welcome")["denied"] == [room]


def say(browser: ClientConnection, kind: str, **frame: Any) -> None:
    browser.send(json.dumps({"type": kind, **frame}))


def hear(browser: ClientConnection, kind: str) -> dict[str, Any]:
    """The next frame of this type."""
    while True:
        frame: dict[str, Any] = json.loads(browser.recv(timeout=WAIT))
        if frame["type"] == kind:
            return frame
