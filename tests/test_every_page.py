"""The second ratchet: every page of the access table, looked at in a real browser.

``make test`` looks at each page once with axe, in a combination of theme, language and width that goes round;
``make audit`` (``EVERY_COMBINATION=1``) in all of them.
"""

import os
import re
from collections.abc import AsyncIterator, Iterator
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page

from tests.access_rows import Budget, Row, rows
from tests.browser import IN_A_BROWSER, Visits
from tests.live import Live, running
from tests.sources import ROOT

pytestmark = IN_A_BROWSER

PAGES = [(number, row) for number, row in enumerate(rows()) if row.is_page]
COMBINATIONS = list(product(["light", "dark"], ["en", "sv"], [360, 1280]))
LANGUAGES = ["en", *sorted(path.name for path in (ROOT / "platform/exchange/locale").iterdir())]
EVERY = list(product(["light", "dark"], LANGUAGES, [320, 1280]))
NARROWEST, WIDEST = 320, 1280
FIRST_PAGE = 60_000
"""Compressed bytes of a page and all it needs, for somebody who has never been here."""

LOOKS = [
    pytest.param(number, row, combination, id=f"{row.name} {'-'.join(map(str, combination))}")
    for place, (number, row) in enumerate(PAGES)
    for combination in (EVERY if os.environ.get("EVERY_COMBINATION") else [COMBINATIONS[place % len(COMBINATIONS)]])
]
EACH = pytest.mark.parametrize(("number", "row"), [pytest.param(*page, id=page[1].name) for page in PAGES])


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server of these pages' own: what other tests write would weigh with them."""
    with running(Path(tmp_path_factory.mktemp("pages"))) as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def readers(browser: Browser, live: Live) -> AsyncIterator[dict[str, Page]]:
    """Everybody's page without scripts, which goes from one address to the next."""
    visits = Visits(browser, live)
    names = sorted({row.visitor for _, row in PAGES})
    yield {name: await visits.by(name, width=360, java_script_enabled=False) for name in names}
    await visits.end()


@pytest.mark.parametrize(("number", "row", "combination"), LOOKS)
async def test_a_page_is_for_everybody(
    number: int, row: Row, combination: tuple[str, str, int], visits: Visits
) -> None:
    theme, language, width = combination
    visits.live.speak(language)
    looks: dict[str, Any] = {"width": width, "color_scheme": theme, "locale": language}
    page = await visits.by(row.visitor, **looks, service_workers="block")
    assert await weight(page, visits.live.paths[number]) <= FIRST_PAGE
    assert await page.locator("html").get_attribute("lang") == language
    assert await page.locator("h1").count() == 1
    assert await page.title() != ""
    assert visits.complaints == []
    assert [await sideways(page, wide) for wide in (NARROWEST, width, WIDEST)] == [0, 0, 0]
    await page.set_viewport_size({"width": width, "height": 800})
    assert violations((await Axe().run(page)).response) == []


@EACH
async def test_a_page_needs_no_script_and_holds_none(
    number: int, row: Row, live: Live, readers: dict[str, Page]
) -> None:
    live.speak("en")
    page = readers[row.visitor]
    await page.goto("about:blank")  # from an address to a place on it the browser would not ask again
    response = await page.goto(live.paths[number])
    assert response is not None
    assert Inline.of(await response.text()) == []
    assert await page.locator("h1").is_visible()
    assert await page.inner_text("body") != ""


@EACH
async def test_a_page_is_light_for_who_comes_from_another(number: int, row: Row, visits: Visits) -> None:
    budget = row.page or Budget()
    page = await visits.by(row.visitor, service_workers="block")
    await opened(page, budget.via if row.visitor else "/accounts/password/reset/")
    assert await weight(page, visits.live.paths[number]) <= budget.later


async def opened(page: Page, path: str) -> None:
    """Go to ``path`` and wait until its scripts have settled."""
    response = await page.goto(path)
    assert response is not None
    assert (path, response.status) == (path, 200)
    await page.wait_for_load_state("networkidle")


async def sideways(page: Page, width: int) -> int:
    """By how many pixels the page is wider than the window."""
    await page.set_viewport_size({"width": width, "height": 800})
    return int(await page.evaluate("Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"))


async def weight(page: Page, path: str) -> int:
    """Bytes on the wire, headers included, of a page and everything it fetches."""
    wire = await page.context.new_cdp_session(page)
    sizes: list[int] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    await wire.send("Network.enable")
    await opened(page, path)
    await wire.detach()
    return sum(sizes)


def violations(results: dict[str, Any]) -> list[str]:
    """What axe found, a line each: the rule and where."""
    return [
        f"{found['id']}: {node['target']} {node['html'][:160]}"
        for found in results["violations"]
        for node in found["nodes"]
    ]


class Inline(HTMLParser):
    """Finds style and script inside the page, which its policy would refuse. Data for scripts is none."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    @classmethod
    def of(cls, html: str) -> list[str]:
        """Every inline style, handler and script in ``html``."""
        parser = cls()
        parser.feed(html)
        return parser.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        inline_script = tag == "script" and "src" not in names and names.get("type") != "application/json"
        if tag == "style" or inline_script or any(name == "style" or re.match(r"on[a-z]+$", name) for name in names):
            self.found.append(self.get_starttag_text() or tag)
