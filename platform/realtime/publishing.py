"""From a commit to the hubs: ``publish`` may be called in any thread, with or without sockets in this process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction

from realtime import bus, hub
from realtime.items import CONTROL, Item, encode
from realtime.sessions import digest


def publish(topic: str, frame: dict[str, Any], *, version: int | None = None, access: int = 0) -> None:
    """Send ``frame`` to every socket on ``topic`` once the transaction is committed; never if it is rolled back."""
    after_commit(Item(topic, encode(frame), version, access))


def drop(user_id: int, topic: str, frame: dict[str, Any]) -> None:
    """After the commit, take every socket of a user off ``topic`` and say so with ``frame``."""
    after_commit(Item(f"user:{user_id}", encode(frame), drop=topic))


def hint(topic: str, frame: dict[str, Any], *, access: int, by: int) -> None:
    """Send what may be lost, at once, from the event loop: not to its cause, nor to those who save data."""
    send(Item(topic, encode(frame), access=access, by=by))


def recheck(user_id: int) -> None:
    """After the commit, look again whether the sessions of this user's sockets still hold."""
    after_commit(Item(CONTROL, encode({"user": user_id})))


def sign_out(session_key: str) -> None:
    """Close the sockets of a session that ends now."""
    send(Item(CONTROL, encode({"session": digest(session_key)})))


class Held(threading.local):
    """What this thread keeps back, if it does."""

    items: list[Item] | None = None


_held = Held()


@contextmanager
def held() -> Iterator[list[Item]]:
    """What the commits of this thread tell within the block is kept back, for the caller to ``send`` together."""
    before, _held.items = _held.items, []
    try:
        yield _held.items
    finally:
        _held.items = before


def listening() -> bool:
    """False in a process that can reach no browser: no sockets of its own and no bus."""
    return hub.current() is not None or bool(settings.REDIS_URL)


def after_commit(item: Item) -> None:
    """Robust: what cannot be told must not undo or hide that it was done."""
    transaction.on_commit(partial(tell, item), robust=True)


def tell(item: Item) -> None:
    """Now, or when those hear it for whom it is kept back."""
    if _held.items is None:
        send(item)
    else:
        _held.items.append(item)


def send(item: Item) -> None:
    """Hand over to this process's hub; without one, straight to the bus."""
    here = hub.current()
    if here is not None:
        here.hand_over(item)
    elif settings.REDIS_URL:
        bus.shout(item)
