"""Which socket address leads where."""

from collections.abc import Awaitable, Callable
from typing import Any

from chat.routing import sockets as chat

ADDRESSES = {**chat}


async def sockets(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[dict[str, Any]]],
    send: Callable[[dict[str, Any]], Awaitable[None]],
) -> None:
    """Hand a socket to whom its address belongs; refuse any other before the upgrade."""
    if serve := ADDRESSES.get(scope["path"]):
        await serve(scope, receive, send)
    else:
        await receive()
        await send({"type": "websocket.close"})
