"""A conversation over 400 kbit/s and 400 ms that is cut again and again ends the same for both, with nothing twice.

The last cut comes after the last word: what a busy machine needs longer for than a pause lasts would never end.

``make test`` cuts for two seconds in ten messages; ``make audit`` (``POOR_LINK=1``) for thirty seconds every two
minutes in forty.
"""

import asyncio
import os
from contextlib import suppress
from urllib.parse import urlsplit

from playwright.async_api import Page, expect

from tests.browser import IN_A_BROWSER, Visits
from tests.chat.test_outbox_browser import ROOM, own
from tests.chat.test_room_browser import connected, enter, words, write
from tests.shaper import Link, link_to

pytestmark = IN_A_BROWSER

WHOLE = bool(os.environ.get("POOR_LINK"))
MESSAGES, PAUSE, LENGTH, GAP = (40, 90.0, 30.0, 8.0) if WHOLE else (10, 3.0, 2.0, 0.5)
"""How many are written, seconds between two cuts, seconds of a cut, seconds between two messages."""
PATIENCE = 180_000


async def cutting(link: Link) -> None:
    """A tunnel after the other."""
    while True:
        await asyncio.sleep(PAUSE)
        await cut(link)


async def cut(link: Link) -> None:
    """One tunnel."""
    link.interrupt()
    await asyncio.sleep(LENGTH)
    link.restore()


async def far_away(visits: Visits, who: str, link: Link) -> Page:
    """Somebody's browser at the other end of the link."""
    address = f"http://127.0.0.1:{link.port}"
    page = await visits.by(who, width=360, height=700)
    cookies = [{**cookie, "url": address} for cookie in visits.live.cookies(who)]
    await page.context.add_cookies(cookies)  # type: ignore[arg-type]  # playwright's own TypedDict
    await page.goto(f"{address}/chat/")
    await page.get_by_role("link", name=ROOM).first.click()
    await connected(page)
    return page


async def shown(page: Page, said: str) -> list[str]:
    """What stands in the room of this conversation, from the first to the last."""
    return await own(page, said).locator(".said").all_inner_texts()


async def test_a_conversation_over_a_link_that_is_cut_ends_equal_on_both_sides(visits: Visits) -> None:
    port = urlsplit(visits.live.url).port
    assert port
    async with link_to(port) as link:
        people = [await far_away(visits, "owner", link), await far_away(visits, "partner", link)]
        said = words()
        cuts = asyncio.create_task(cutting(link))
        for number in range(MESSAGES):
            await write(people[number % 2], f"{said} {number}")
            await asyncio.sleep(GAP)
        cuts.cancel()
        with suppress(asyncio.CancelledError):
            await cuts
        await cut(link)
        for page in people:
            await expect(own(page, said).locator(".said")).to_have_count(MESSAGES, timeout=PATIENCE)
            await expect(own(page, said).locator(".state-stored")).to_have_count(MESSAGES // 2, timeout=PATIENCE)
        here, there = [await shown(page, said) for page in people]
    witness = await visits.by("owner")
    await enter(witness, ROOM)
    stored = await shown(witness, said)
    assert here == there == stored
    assert sorted(stored) == sorted(f"{said} {number}" for number in range(MESSAGES))
    for one in (0, 1):
        mine = [text for text in stored if int(text.split()[-1]) % 2 == one]
        assert mine == [f"{said} {number}" for number in range(one, MESSAGES, 2)]
