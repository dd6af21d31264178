"""A process without a hub tells the others through one blocking connection, which must not hold it up for long."""

import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest
from pytest_django.fixtures import Settings

from realtime.bus import Shouter
from realtime.items import Item


@pytest.fixture
def silent_redis(settings: Settings) -> Iterator[socket.socket]:
    """A server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings.REDIS_URL = f"redis://127.0.0.1:{listener.getsockname()[1]}"
        yield listener


def test_a_redis_that_says_nothing_is_waited_for_once_and_not_for_each_thing_to_say(
    silent_redis: socket.socket,
) -> None:
    shouter = Shouter()
    for number in range(5):
        shouter.publish(Item("room:1", f"{number}"))
    assert waiting(silent_redis) == 1


def waiting(listener: socket.socket) -> int:
    """Connections that nobody has taken yet."""
    listener.setblocking(False)
    taken = 0
    with suppress(BlockingIOError):
        while True:
            listener.accept()[0].close()
            taken += 1
    return taken
