"""An export in an open browser: the page says by itself when it is done, and without a script leads on."""

import sqlite3
from contextlib import closing

from playwright.async_api import expect

from tests.browser import IN_A_BROWSER, Visits
from tests.chat.test_room_browser import enter

pytestmark = IN_A_BROWSER


async def test_the_page_says_by_itself_when_an_export_is_done(visits: Visits) -> None:
    page = await visits.by("owner", width=360, height=700)
    await page.goto(f"{await enter(page, 'Project group')}keeping/")
    export = page.get_by_role("button", name="Export the room")
    await export.click()
    await expect(page.get_by_text("waits for its turn")).to_be_visible()
    await expect(export).to_be_disabled()
    with closing(sqlite3.connect(visits.live.folder / "exchange.sqlite3", timeout=20)) as database, database:
        database.execute(f"UPDATE chat_export SET {DONE} WHERE finished_at IS NULL")
    await expect(page.get_by_role("link", name="Download").first).to_be_visible()
    await expect(page.get_by_role("status").filter(has_text="It is done.")).to_be_visible()
    await expect(export).to_be_enabled()
    assert visits.complaints == []


DONE = "bytes = 4000, finished_at = '2026-01-02 00:00:00', expires_at = '2099-01-02 00:00:00'"
"""What the job writes in the end."""
