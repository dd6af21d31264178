"""The real server: who may open a socket, and with which word it ends."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from socket import SO_RCVBUF, SOL_SOCKET
from socket import socket as wire_socket
from typing import Any
from uuid import uuid4

import pytest
from daphne.server import WebSocketFactory
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from realtime.server import ExchangeProtocol, ExchangeServer
from realtime.socket import MOST_SOCKETS
from tests.live import Live, clean, free_port, running, server

WAIT = 30
TOGETHER = 20
MANY = 400
"""Messages of 8 kB: more than what the kernel and the outbox hold for a socket together."""


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One server and everybody's sessions."""
    with running(Path(tmp_path_factory.mktemp("live"))) as found:
        yield found


def socket(live: Live, session: str, origin: str = "", url: str = "", **options: Any) -> ClientConnection:
    url = url or live.url
    opened: ClientConnection = connect(
        f"{url.replace('http', 'ws')}/ws/chat/",
        additional_headers={"Cookie": f"sessionid={session}"},
        origin=Origin(origin or url),
        ping_interval=None,
        **options,
    )
    return opened


def narrow(live: Live) -> wire_socket:
    """A connection into which the kernel lets little more than is read, so that what waits, waits at the server."""
    wire = wire_socket()
    wire.setsockopt(SOL_SOCKET, SO_RCVBUF, 16 * 1024)
    wire.connect(("127.0.0.1", int(live.url.rpartition(":")[2])))
    return wire


def ask(browser: ClientConnection, kind: str, **frame: Any) -> dict[str, Any]:
    browser.send(json.dumps({"type": kind, **frame}))
    answer: dict[str, Any] = json.loads(browser.recv(timeout=WAIT))
    return answer


def hear(browser: ClientConnection) -> dict[str, Any]:
    """The next frame that is no beat: those come by the clock."""
    while (frame := json.loads(browser.recv(timeout=WAIT)))["type"] == "beat":
        pass
    found: dict[str, Any] = frame
    return found


def closing(browser: ClientConnection) -> int | None:
    """The code with which the server closes."""
    try:
        while True:
            browser.recv(timeout=WAIT)
    except ConnectionClosed as ended:
        return ended.rcvd.code if ended.rcvd else None


@pytest.mark.parametrize("origin", ["http://127.0.0.1:1", "https://127.0.0.1", "http://evil.example"])
def test_a_page_of_another_origin_is_refused_before_the_upgrade(live: Live, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused, socket(live, live.sessions["owner"], origin):
        pass
    assert refused.value.response.status_code == 403


def test_an_address_that_is_none_is_refused(live: Live) -> None:
    address = f"{live.url.replace('http', 'ws')}/ws/nothing/"
    with pytest.raises(InvalidStatus), connect(address, origin=Origin(live.url)):
        pass


def test_who_is_not_signed_in_can_tell_it_from_a_broken_network(live: Live) -> None:
    with socket(live, "nobody") as browser:
        assert closing(browser) == 4401


def test_twenty_bad_frames_end_a_socket(live: Live) -> None:
    with socket(live, live.sessions["owner"]) as browser:
        for bad in ["no json", "[]", '{"type":1}', "x" * 70_000, '{"type":"ping","a":[[[[1]]]]}'] * 4:
            browser.send(bad)
            assert json.loads(browser.recv(timeout=WAIT))["code"] == "bad_frame"
        assert closing(browser) == 1008


def test_the_eleventh_socket_of_a_person_is_asked_to_come_later(live: Live) -> None:
    with ExitStack() as opened:
        for _ in range(MOST_SOCKETS):
            browser = opened.enter_context(socket(live, live.sessions["guest"]))
            assert ask(browser, "ping")["type"] == "beat"
        assert closing(opened.enter_context(socket(live, live.sessions["guest"]))) == 1013
        assert ask(opened.enter_context(socket(live, live.sessions["outsider"])), "ping")["type"] == "beat"


def test_a_member_who_never_reads_is_closed_and_the_others_get_everything(live: Live) -> None:
    with (
        socket(live, live.sessions["owner"]) as owner,
        socket(live, live.sessions["partner"]) as partner,
        socket(live, live.sessions["councillor"], sock=narrow(live)) as sleeper,
    ):
        room = partnership_room(live, owner)
        (head,) = {ask(watcher, "hello", have={room: None})["heads"][str(room)] for watcher in (partner, sleeper)}
        for begun in range(head, head + MANY, TOGETHER):
            for _ in range(TOGETHER):
                post = {"type": "post", "room": room, "client_id": str(uuid4()), "body": "x" * 7900}
                owner.send(json.dumps(post))
            assert [hear(owner)["type"] for _ in range(TOGETHER)] == ["ack"] * TOGETHER
            heard = [hear(partner)["version"] for _ in range(TOGETHER)]
            assert heard == list(range(begun + 1, begun + TOGETHER + 1))
        assert closing(sleeper) == 4408


def partnership_room(live: Live, browser: ClientConnection) -> int:
    """The id of the room of Karlskrona–Saldanha Bay: the one that owner and councillor share beside the network's."""
    heads = ask(browser, "hello", count=list(range(1, 20)))["heads"]
    browser.send(json.dumps({"type": "unwatch", "rooms": list(range(1, 20))}))
    with socket(live, live.sessions["councillor"]) as other:
        shared = set(heads) & set(ask(other, "hello", count=list(range(1, 20)))["heads"])
    with socket(live, live.sessions["outsider"]) as stranger:
        return int((shared - set(ask(stranger, "hello", count=list(range(1, 20)))["heads"])).pop())


def test_a_restart_says_so(live: Live) -> None:
    port = free_port()
    environment = clean(VAR_DIR=str(live.folder), PORT=str(port))
    with (
        server(["serve", "--port", str(port)], port, environment) as process,
        socket(live, live.sessions["owner"], url=f"http://127.0.0.1:{port}") as browser,
    ):
        assert ask(browser, "ping")["type"] == "beat"
        process.terminate()
        assert closing(browser) == 1012


@pytest.mark.parametrize("state", [ExchangeProtocol.STATE_CLOSING, ExchangeProtocol.STATE_CLOSED])
@pytest.mark.parametrize("text", ["", "a word"])
def test_what_is_said_to_a_browser_that_has_gone_is_no_error(state: int, text: str) -> None:
    protocol = ExchangeProtocol()
    protocol.state = state
    protocol.handle_reply({"type": "websocket.send", "text": text})


def test_a_crowd_that_comes_back_at_once_is_given_time_to_come_in() -> None:
    server = ExchangeServer(None, endpoints=["tcp:0"])
    server.ws_factory = WebSocketFactory(server)
    server.tune()
    assert server.ws_factory.openHandshakeTimeout == 30
    assert server.ws_factory.protocol is ExchangeProtocol
