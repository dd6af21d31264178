"""The same rooms behind servers that offer no direct write: a message posted by one is heard by the other."""

import json
import sys
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.live import clean, filled, free_port, process_of, server

pytestmark = pytest.mark.live  # it has a database of its own
APPLICATION = "exchange.asgi:application"
WAIT = 30
TOKEN = "numbers"


def daphne(port: str) -> list[str]:
    """Daphne as it comes."""
    return [sys.executable, "-m", "daphne", "-v", "0", "-p", port, APPLICATION]


def uvicorn(port: str) -> list[str]:
    """Another server altogether."""
    options = ["--ws", "websockets-sansio", "--log-level", "warning", "--port", port]
    return [sys.executable, "-m", "uvicorn", *options, APPLICATION]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A folder with the world in it, and everybody's sessions."""
    return filled(Path(tmp_path_factory.mktemp("others")), free_port())


def browser(url: str, session: str) -> ClientConnection:
    cookie = {"Cookie": f"sessionid={session}"}
    return connect(f"{url}/ws/chat/", additional_headers=cookie, origin=Origin(url.replace("ws", "http")))


def hear(who: ClientConnection, kind: str) -> dict[str, Any]:
    """The next frame of this type."""
    while (frame := json.loads(who.recv(timeout=WAIT)))["type"] != kind:
        pass
    found: dict[str, Any] = frame
    return found


@pytest.mark.parametrize("server_of", [daphne, uvicorn])
def test_a_message_is_heard_behind_any_server(place: Any, server_of: Any) -> None:
    port = free_port()
    environment = clean(VAR_DIR=str(place.folder), PORT=str(port), PYTHONPATH=".:platform")
    room = json.loads((place.folder / "facts.json").read_text())["room"]
    url = f"ws://127.0.0.1:{port}"
    with (
        process_of(server_of(str(port)), port, environment),
        browser(url, place.sessions["owner"]) as owner,
        browser(url, place.sessions["partner"]) as partner,
    ):
        for who in (owner, partner):
            who.send(json.dumps({"type": "hello", "have": {room: None}}))
            hear(who, "welcome")
        owner.send(json.dumps({"type": "post", "room": room, "client_id": str(uuid4()), "body": "Habari"}))
        assert hear(owner, "ack")["room"] == room
        assert hear(partner, "change")["message"]["body"] == "Habari"


def test_our_own_server_writes_directly_and_says_so(place: Any) -> None:
    port = free_port()
    environment = clean(VAR_DIR=str(place.folder), PORT=str(port), METRICS_TOKEN=TOKEN)
    with (
        server(["serve", "--port", str(port)], port, environment),
        browser(f"ws://127.0.0.1:{port}", place.sessions["owner"]) as owner,
    ):
        for _ in range(3):
            owner.send('{"type":"ping"}')
            hear(owner, "beat")
        numbers = read_numbers(f"http://127.0.0.1:{port}/metrics")
    assert numbers["exchange_sockets"] == 1
    assert numbers['exchange_frames_total{way="direct"}'] >= 2


def read_numbers(address: str) -> dict[str, float]:
    """The page of numbers."""
    request = Request(address, headers={"Authorization": f"Bearer {TOKEN}"})
    with urlopen(request, timeout=WAIT) as answer:
        lines = [line for line in answer.read().decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}
