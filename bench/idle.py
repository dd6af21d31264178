"""User-space memory of one process for idle sockets, each signed in as somebody else and following twenty rooms."""

import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from bench._idlers import Ground, Idler
from tests.live import ROOT, clean, free_port, server

SOCKETS = int(os.environ.get("BENCH_SOCKETS", "5000"))
ROOMS = 20
AT_ONCE = 8
"""Sockets that are being opened at one time: Autobahn gives a handshake five seconds, also on a busy machine."""
TRIES = 5
STEPS = {"the first fifth": SOCKETS // 5, "all": SOCKETS}
WARM = 40
"""Sockets that open and close before anything is measured, so that what is loaded once has been."""
SETTLED = 3.0
"""Seconds without growth after which a process is taken to be at rest."""


def measure() -> dict[str, float | str]:
    """Kilobytes a socket; the fewer the better."""
    enough = SOCKETS + 500
    resource.setrlimit(resource.RLIMIT_NOFILE, (enough, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = clean(VAR_DIR=folder, PORT=str(port))
        filled = [sys.executable, "-m", "bench._idlers", str(SOCKETS), str(ROOMS)]
        ground = subprocess.run(filled, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE).stdout
        with server(["serve", "--port", str(port)], port, environment) as process:
            return asyncio.run(grown(process.pid, Ground(port, **json.loads(ground))))


async def grown(pid: int, ground: Ground) -> dict[str, float | str]:
    """How much the process is larger at each step, by socket."""
    for idler in await opened(ground, 0, WARM):
        idler.leave()
    before = await at_rest(pid)
    idlers: list[Idler] = []
    figures: dict[str, float | str] = {}
    for name, sockets in STEPS.items():
        idlers += await opened(ground, len(idlers), sockets)
        each = (await at_rest(pid) - before) / sockets
        figures[f"kB a socket, {name} ({sockets} sockets; bar: at most 40)"] = round(each, 1)
    if lost := sum(idler.lost for idler in idlers):
        raise RuntimeError(f"{lost} sockets were closed")
    for idler in idlers:
        idler.leave()
    await rid_of_them(pid)
    return figures


async def rid_of_them(pid: int) -> None:
    """Return when the process has let go of the sockets: how it ends is no part of this."""
    while open_files(pid) > WARM:  # noqa: ASYNC110 (another process says nothing)
        await asyncio.sleep(1)


async def opened(ground: Ground, first: int, end: int) -> list[Idler]:
    """Sockets of the people from ``first`` to ``end``, each welcomed."""
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> Idler:
        async with turn:
            for _ in range(TRIES):
                with suppress(ConnectionError):
                    return await Idler.open(ground, number)
            raise ConnectionError(f"person {number} gets no socket")

    return await asyncio.gather(*(one(number) for number in range(first, end)))


async def at_rest(pid: int) -> float:
    """Kilobytes of the process once it grows no more."""
    known = -1.0
    while (now := kilobytes(pid)) > known:
        known = now
        await asyncio.sleep(SETTLED)
    return now


def open_files(pid: int) -> int:
    """Sockets and files that the process has open."""
    return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())


def kilobytes(pid: int) -> float:
    """What the process holds of memory (proc(5), ``statm``); what the kernel keeps for its sockets is not in it."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1000
