"""The server of the exchange with nothing behind it but an echo, for other people's test suites.

python -m tests.realtime.echo 9001
"""

import sys
from typing import Any

from realtime.server import ExchangeServer


async def echo(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Say what is heard, in its own kind; an HTTP request is answered with a word."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"alive"})
        return
    await receive()
    await send({"type": "websocket.accept"})
    while (event := await receive())["type"] == "websocket.receive":
        kind = "text" if event.get("text") is not None else "bytes"
        await send({"type": "websocket.send", kind: event[kind]})


if __name__ == "__main__":
    LARGE = 2**26
    ExchangeServer(
        application=echo,
        endpoints=[f"tcp:port={sys.argv[1]}:interface=127.0.0.1"],
        verbosity=0,
        websocket_max_message_size=LARGE,
        websocket_max_frame_size=LARGE,
    ).run()
