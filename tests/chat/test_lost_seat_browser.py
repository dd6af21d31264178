"""A room that closes while it is open in a browser: nothing of it stays there."""

import asyncio
import sqlite3
from contextlib import closing

from playwright.async_api import Route, expect

from tests.browser import IN_A_BROWSER, Visits
from tests.chat.test_room_browser import connected, enter, words, write

pytestmark = IN_A_BROWSER


async def test_whoever_loses_the_seat_loses_the_room_at_once(visits: Visits) -> None:
    page = await visits.by("councillor")
    await enter(page, "Steering group")
    await connected(page)
    await write(page, words())
    await expect(page.locator(".msg .state-stored").last).to_be_visible()
    answered = asyncio.Event()

    async def late(route: Route) -> None:
        await answered.wait()
        await route.fulfill(json={"version": 9, "body": "never sent"})

    await page.route("**/draft/**", late)
    async with page.expect_request("**/draft/**"):
        await page.get_by_label("Write to").fill("never sent")
    seat(visits, "'2025-02-01'")
    try:
        await expect(page.get_by_text("This room is no longer open to you.")).to_be_visible()
        await expect(page.locator(".msg")).to_have_count(0)
        await expect(page.get_by_role("link", name="Steering group")).to_have_count(0)
        async with page.expect_response("**/draft/**"):
            answered.set()
        await page.wait_for_load_state("networkidle")
        assert await page.evaluate("Object.keys(localStorage).filter((key) => !key.includes('.used.'))") == []
    finally:
        seat(visits, "NULL")


def seat(visits: Visits, ends: str) -> None:
    """End the councillor's seat, or give it back, behind the server's back: no message tells it."""
    with closing(sqlite3.connect(visits.live.folder / "exchange.sqlite3", timeout=20)) as database, database:
        database.execute(f"UPDATE partnerships_membership SET ends = {ends} WHERE function = 'councillor'")
        database.execute("UPDATE chat_room SET access = access + 1 WHERE kind = 'body'")
