"""A real browser for the tests: Chromium, one for the whole run, a fresh context for each visit.

A module of browser tests begins with ``pytestmark = IN_A_BROWSER``; its tests are coroutines that take ``visits``::

    async def test_a_message_is_seen_by_the_partner(visits: Visits) -> None:
        page = await visits.by("partner", width=360)
        await page.goto("/chat/")
"""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from tests.chromium import shell
from tests.live import Live, running

IN_A_BROWSER = pytest.mark.asyncio(loop_scope="session")
SWITCHES = ["--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PATIENCE = 30_000
"""Milliseconds that a page has for what is asked of it, on a busy machine. It costs only where something is broken."""
expect.set_options(timeout=PATIENCE)


@dataclass
class Visits:
    """The visits of one test; all end with it."""

    browser: Browser
    live: Live
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    """What the browser wrote to its console as an error, refusals of the content policy among them."""

    async def by(self, person: str = "owner", *, width: int = 1280, height: int = 800, **options: Any) -> Page:
        """A fresh browser in which ``person`` is signed in (nobody when empty); addresses may be relative.

        ``options`` are Playwright's: ``color_scheme="dark"``, ``java_script_enabled=False``, ``locale="sv"`` …
        """
        context = await self.browser.new_context(
            base_url=self.live.url, viewport={"width": width, "height": height}, reduced_motion="reduce", **options
        )
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        await context.add_cookies(self.live.cookies(person))  # type: ignore[arg-type]  # playwright's own TypedDict
        page = await context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        return page

    async def end(self) -> None:
        """All of them."""
        for context in self.contexts:
            await context.close()


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One server for all browser tests of a run."""
    with running(Path(tmp_path_factory.mktemp("live"))) as server:
        yield server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all browser tests of a run."""
    async with opened(shell()) as chrome:
        yield chrome


@asynccontextmanager
async def opened(path: str) -> AsyncIterator[Browser]:
    """The browser at ``path``, until the end of the context."""
    switches = [*SWITCHES, "--no-sandbox"] if os.geteuid() == 0 else SWITCHES
    async with async_playwright() as playwright:
        chrome = await playwright.chromium.launch(executable_path=path, args=switches)
        yield chrome
        await chrome.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visits(browser: Browser, live: Live) -> AsyncIterator[Visits]:
    """The visits of this test; everybody prefers English at first."""
    live.speak("en")
    made = Visits(browser, live)
    yield made
    await made.end()
