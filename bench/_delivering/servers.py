"""The servers that are measured, each with its people in an empty database; all are ended by their own ids."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory

from bench._delivering.crowd import Ticket
from tests.live import ROOT, clean, free_port, process_of
from tests.servers import postgresql, redis

PLAIN = "bench._delivering.plain"


@dataclass(frozen=True)
class Served:
    """Processes whose CPU time counts, and for each room the tickets of its members."""

    processes: list[int]
    rooms: list[list[Ticket]]


@contextmanager
def ours(sizes: Sequence[int]) -> Iterator[Served]:
    """One process of ``manage.py serve`` with SQLite."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        environment = clean(VAR_DIR=folder, DATABASE_URL=f"sqlite:///{folder}/exchange.sqlite3")
        yield serving(sizes, environment, 1, stack)


@contextmanager
def ours_with_redis(sizes: Sequence[int], processes: int) -> Iterator[Served]:
    """Processes of ``manage.py serve`` with PostgreSQL and Redis."""
    with TemporaryDirectory() as folder, postgresql(quick=False) as database, redis() as bus, ExitStack() as stack:
        environment = clean(VAR_DIR=folder, DATABASE_URL=database, REDIS_URL=bus)
        yield serving(sizes, environment, processes, stack)


def serving(sizes: Sequence[int], environment: dict[str, str], processes: int, stack: ExitStack) -> Served:
    """So many processes on one database; a room's members are dealt out to them in turn."""
    sessions = filled("bench._delivering.fill", sizes, environment)
    ports = [free_port() for _ in range(processes)]
    commands = [[sys.executable, "manage.py", "serve", "--port", str(port)] for port in ports]
    started = [
        stack.enter_context(process_of(command, port, environment))
        for command, port in zip(commands, ports, strict=True)
    ]
    rooms = []
    for room, keys in sessions.items():
        hello = json.dumps({"type": "hello", "have": {room: None}})
        rooms.append([Ticket(ports[n % processes], "/ws/chat/", key, room, hello) for n, key in enumerate(keys)])
    return Served([process.pid for process in started], rooms)


@contextmanager
def plain(sizes: Sequence[int]) -> Iterator[Served]:
    """One process of the peer with SQLite and the layer in memory."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        yield peer(sizes, stack, PLAIN_LAYER="memory", DATABASE_URL=f"sqlite:///{folder}/plain.sqlite3")


@contextmanager
def plain_with_redis(sizes: Sequence[int], layer: str) -> Iterator[Served]:
    """One process of the peer with PostgreSQL and a layer of channels_redis, ``core`` or ``pubsub``."""
    with postgresql(quick=False) as database, redis() as bus, ExitStack() as stack:
        yield peer(sizes, stack, PLAIN_LAYER=layer, DATABASE_URL=database, REDIS_URL=bus)


def peer(sizes: Sequence[int], stack: ExitStack, **variables: str) -> Served:
    """Daphne as it comes."""
    variables |= {"DJANGO_SETTINGS_MODULE": f"{PLAIN}.settings", "PYTHONPATH": f"{ROOT}:{ROOT}/platform"}
    environment = clean(**variables)
    sessions = filled(f"{PLAIN}.fill", sizes, environment)
    port = free_port()
    command = [sys.executable, "-m", "daphne", "-v", "0", "-p", str(port), f"{PLAIN}.asgi:application"]
    process = stack.enter_context(process_of(command, port, environment))
    rooms = [[Ticket(port, f"/ws/{room}/", key, room) for key in keys] for room, keys in sessions.items()]
    return Served([process.pid], rooms)


@contextmanager
def bare(members: int, frame: int) -> Iterator[Served]:
    """The writer of ready frames of so many bytes; it has one room."""
    port = free_port()
    command = [sys.executable, "-m", "bench._delivering.bare", str(port), str(frame)]
    with process_of(command, port, clean()) as process:
        yield Served([process.pid], [[Ticket(port, "/", "", 1)] * members])


def filled(module: str, sizes: Sequence[int], environment: dict[str, str]) -> dict[int, list[str]]:
    """Room id → session keys, by the module that makes them."""
    command = [sys.executable, "-m", module, *(str(members) for members in sizes)]
    run = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
    return {int(room): keys for room, keys in json.loads(run.stdout).items()}
