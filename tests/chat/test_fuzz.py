"""Anything may be said over a socket, in any order: the server answers by the schema and stores what is good.

Frames of every type, with poison in every place, go to a running server. ``make audit`` tries many more.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.chat.schema import hold
from tests.live import Live, clean, filled, free_port, server

pytestmark = pytest.mark.live  # it has a server and a database of its own, so once is enough
EXAMPLES = int(os.environ.get("EXAMPLES", "20"))
WAIT = 60
FEW = 15
"""Frames in a round: twenty bad ones in a minute end a socket, as they should."""

POISON: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(
        [
            None,
            True,
            "",
            "\x00",
            "\ud800",
            "a\x00b",
            "x" * 9000,
            -1,
            0,
            1.5,
            2**63,
            10**400,
            1e308,
            float("nan"),
            float("inf"),
            [],
            {},
            [[[[[[1]]]]]],
            {"a": {"b": {"c": {"d": {"e": 1}}}}},
            "𐀀" * 4000,
            "‮<script>",
            "%00%s{0}",
        ]
    ),
    st.text(max_size=20),
    st.integers(),
)
TYPES = [
    "hello",
    "watch",
    "unwatch",
    "changes",
    "post",
    "edit",
    "delete",
    "react",
    "pin",
    "read",
    "unread",
    "typing",
    "ping",
]
FIELDS = [
    *["room", "message", "number", "since", "client_id", "body", "emoji", "on", "have", "count", "rooms", "ref"],
    *["reply_to", "thread", "language", "written_at", "type"],
]


@st.composite
def frames(draw: st.DrawFn) -> str:
    """One frame as text: now and then no JSON, else an object in which some fields are right and some are not."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.sampled_from(["", "{", "null", "[]", "\x00", '{"type":', '{"type":"ping"}' * 2, "[" * 50_000]))
    room = 1 + draw(st.integers(0, 12))
    right = {
        "room": room,
        "message": draw(st.integers(1, 60)),
        "number": draw(st.integers(0, 60)),
        "since": draw(st.integers(0, 60)),
        "client_id": str(draw(st.uuids())),
        "body": draw(st.sampled_from(["Habari", "**fed", "@Owner Test", "# <b>", "1. a\n2. b"])),
        "emoji": draw(st.sampled_from(["👍", "👍🏿", "x"])),
        "on": draw(st.booleans()),
        "have": {str(room): draw(st.sampled_from([None, 0, 3]))},
        "count": [room],
        "rooms": [room],
        "ref": "r",
        "type": draw(st.sampled_from(TYPES)),
    }
    frame = right | draw(st.dictionaries(st.sampled_from(FIELDS), POISON, max_size=3))
    for name in draw(st.lists(st.sampled_from(FIELDS), max_size=2)):
        frame.pop(name, None)
    return json.dumps(frame)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Live, Path]]:
    """A server of this module's own, and what it says to its operator."""
    folder, port = Path(tmp_path_factory.mktemp("fuzz")), free_port()
    found, said = filled(folder, port), folder / "said"
    with said.open("wb") as words, server(["serve", "--port", str(port)], port, environment(folder, port), words):
        yield found, said


def environment(folder: Path, port: int) -> dict[str, str]:
    """That server's."""
    return clean(VAR_DIR=str(folder), PORT=str(port))


def browser(live: Live, person: str) -> ClientConnection:
    """A socket."""
    cookie = {"Cookie": f"sessionid={live.sessions[person]}"}
    address = f"{live.url.replace('http', 'ws')}/ws/chat/"
    return connect(address, additional_headers=cookie, origin=Origin(live.url), ping_interval=None, max_size=None)


def until(who: ClientConnection, kind: str, **facts: Any) -> dict[str, Any]:
    """Hear, and hold against the schema, up to the frame of this type with these facts."""
    while True:
        frame = json.loads(who.recv(timeout=WAIT))
        hold(frame)
        if frame["type"] == kind and facts.items() <= frame.items():
            found: dict[str, Any] = frame
            return found


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(st.lists(frames(), max_size=FEW))
@example(['{"type":"post","room":1,"client_id":"\\ud800","body":"\\u0000"}', '{"type":"hello","have":{"1":1e999}}'])
@example([json.dumps({"type": "react", "room": 2**63 - 1, "message": 2**63 - 1, "emoji": "\ud83d", "on": True})])
def test_whatever_is_said_the_good_word_is_stored(served: tuple[Live, Path], said: list[str]) -> None:
    live, log = served
    room = json.loads((live.folder / "facts.json").read_text())["room"]
    with browser(live, "owner") as owner:
        for text in said:
            owner.send(text)
        good = str(uuid4())
        owner.send(json.dumps({"type": "post", "room": room, "client_id": good, "body": "All is well"}))
        assert until(owner, "ack", client_id=good)["room"] == room
        owner.send('{"type":"ping","ref":"end"}')
        until(owner, "beat", ref="end")
    assert "Traceback" not in log.read_text()


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(
    st.sampled_from(["POST", "PATCH", "DELETE", "PUT"]),
    st.sampled_from(["messages/", "messages/1/", "messages/1/reactions/👍/", "messages/1/pin/", "read/", "unread/"]),
    frames(),
)
def test_no_request_is_an_error_of_the_server(served: tuple[Live, Path], method: str, at: str, body: str) -> None:
    live, log = served
    room = json.loads((live.folder / "facts.json").read_text())["room"]
    status = answer(live, f"/chat/api/rooms/{room}/{at}", method, body)
    assert status < 500
    assert "Traceback" not in log.read_text()


def answer(live: Live, path: str, method: str, body: str) -> int:
    """The status of a request with a session and its CSRF token."""
    headers = {
        "Cookie": f"sessionid={live.sessions['owner']}; csrftoken={'c' * 32}",
        "X-CSRFToken": "c" * 32,
        "Content-Type": "application/json",
    }
    address = live.url + path.replace("👍", "%F0%9F%91%8D")
    request = Request(address, body.encode(errors="replace"), headers, method=method)
    try:
        with urlopen(request, timeout=WAIT) as response:
            return int(response.status)
    except HTTPError as refused:
        refused.close()
        return refused.code
