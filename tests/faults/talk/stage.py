"""The processes of a round: PostgreSQL, Redis behind its proxy, two web processes and the proxies before them; or one
web process with SQLite. Knows nothing of Django, so that the environment can be made first."""

import json
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.faults.talk.cuts import Cuts
from tests.faults.talk.plan import Plan
from tests.faults.talk.resp import Resp
from tests.faults.talk.services import Service, redis, web
from tests.live import clean
from tests.servers import postgresql

DISMISSALS = ("exchange:user:",)
"""Where people are told that a room is theirs or no longer theirs: nothing may depend on it."""


@dataclass(frozen=True)
class Stage:
    """Everything that can fail. ``redis`` and ``bus`` are None where one process does without."""

    webs: list[Service]
    cuts: list[Cuts]
    redis: Service | None = None
    bus: Resp | None = None

    @property
    def doors(self) -> list[int]:
        """The ports that clients use: a third of them leads through a proxy."""
        return [web.port for web in self.webs] * 2 + [cuts.port for cuts in self.cuts]


@asynccontextmanager
async def stage(plan: Plan, words: IO[bytes], *, embedded: bool) -> AsyncIterator[Stage]:
    """Begun, in a folder of its own; the environment of this process names the same database and bus. The web
    processes take their time: ``ready`` waits for each."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="exchange-talk-")))
        if embedded:
            server, bus = None, None
            environment = surroundings(folder, f"sqlite:///{folder}/exchange.sqlite3")
        else:
            server = begun(redis(folder, words), stack)
            bus = Resp(f"redis://127.0.0.1:{server.port}", plan.seed, often_lost=DISMISSALS)
            url = await stack.enter_async_context(bus.running())
            environment = surroundings(folder, stack.enter_context(postgresql()), REDIS_URL=url)
        webs = [begun(web(environment, words), stack) for _ in range(1 if embedded else 2)]
        cuts = [Cuts(service.port) for service in webs]
        for proxy in cuts:
            await stack.enter_async_context(proxy.running())
        yield Stage(webs, cuts, server, bus)


def begun(service: Service, stack: AsyncExitStack) -> Service:
    """Begun now, ended with the round."""
    service.begin()
    stack.callback(service.end)
    return service


def surroundings(folder: Path, database: str, **more: str) -> dict[str, str]:
    """What each process is told. Nobody asks for a page, so there are no static files."""
    static = folder / "static"
    static.mkdir()
    (static / "staticfiles.json").write_text(json.dumps({"version": "1.1", "hash": "", "paths": {}}))
    environment = clean(VAR_DIR=str(folder), DATABASE_URL=database, **more)
    mine = f"{database}&application_name=judge" if database.startswith("postgresql") else database
    os.environ.update(environment | {"DATABASE_URL": mine, "DJANGO_ALLOW_ASYNC_UNSAFE": "1"})
    return environment
