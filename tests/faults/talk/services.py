"""Processes of a round that are killed and come back where they were: web processes and Redis."""

import asyncio
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from tests.live import ROOT, free_port
from tests.servers import redis_binary

PATIENCE = 120
"""Seconds that a process may take to begin, on a busy machine."""


class Service:
    """One process that listens on ``port``, whatever becomes of it. It speaks to ``words``."""

    def __init__(self, command: list[str], port: int, environment: dict[str, str], words: IO[bytes]) -> None:
        self.command, self.port, self.environment, self.words = command, port, environment, words
        self.alone = asyncio.Lock()
        self.is_up = False
        self.process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Start it."""
        self.process = subprocess.Popen(
            self.command, cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=self.words, stderr=self.words
        )

    async def ready(self) -> None:
        """Return once it answers."""
        deadline = time.monotonic() + PATIENCE
        while not await listens(self.port):
            if time.monotonic() > deadline or self.process is None or self.process.poll() is not None:
                raise RuntimeError(f"{' '.join(self.command)} did not come up")
            await asyncio.sleep(0.1)
        self.is_up = True

    async def kill(self, away: float = 0) -> None:
        """kill -9; begin again after ``away`` seconds."""
        async with self.alone:
            self.end()
            await asyncio.sleep(away)
            self.begin()
            await self.ready()

    def end(self) -> None:
        """SIGKILL, by its own id."""
        self.is_up = False
        if self.process:
            self.process.kill()
            self.process.wait(timeout=PATIENCE)


async def listens(port: int) -> bool:
    """Whether somebody takes connections there."""
    with suppress(OSError):
        _, writer = await asyncio.open_connection("127.0.0.1", port, family=socket.AF_INET)
        writer.close()
        return True
    return False


def web(environment: dict[str, str], words: IO[bytes]) -> Service:
    """``manage.py serve``."""
    port = free_port()
    return Service([sys.executable, "manage.py", "serve", "--port", str(port)], port, environment, words)


def redis(folder: Path, words: IO[bytes]) -> Service:
    """A Redis that keeps nothing."""
    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    return Service([str(redis_binary()), *options], port, {"PATH": "/usr/bin:/bin"}, words)
