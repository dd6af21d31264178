"""What one has read can be read again without a connection: by the same person, and only while it is theirs."""

import asyncio
from typing import Any

from playwright.async_api import Page, expect

from tests.browser import IN_A_BROWSER, Visits
from tests.chat.test_lost_seat_browser import seat
from tests.chat.test_outbox_browser import ROOM, in_turn, own
from tests.chat.test_room_browser import connected, enter, words, write

pytestmark = IN_A_BROWSER

KEPT = """
async () => {
  const found = [];
  for (const name of await caches.keys()) {
    if (!/^exchange\\.\\d/.test(name)) continue;
    for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
  }
  return found.sort();
}
"""
HELPED = """
async (path) => {
  if (!navigator.serviceWorker.controller || !(await caches.match(path))) return false;
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const files = loaded.filter((name) => name.includes("/static/"));
  const found = await Promise.all(files.map((name) => caches.match(name)));
  return found.every(Boolean);
}
"""
NEWS = "async ([path, said]) => (await (await caches.match(path))?.text())?.includes(said) ?? false"


TRIES = 600


async def becomes(page: Page, state: str, arg: Any = None) -> None:
    """Wait until the script says yes. To ``wait_for_function`` a promise is a yes, whatever comes of it."""
    for _ in range(TRIES):
        if await page.evaluate(state, arg):
            return
        await asyncio.sleep(0.05)
    raise TimeoutError


async def kept(page: Page, path: str) -> None:
    """Wait until the browser keeps that page with its files, and the worker leads it."""
    await becomes(page, HELPED, path)


async def test_a_visited_room_opens_offline_with_what_came_since_and_takes_words(visits: Visits) -> None:
    page, partner = await visits.by("owner"), await visits.by("partner")
    address = await enter(page, ROOM)
    path = f"/{address.split('/', maxsplit=3)[3]}"
    await connected(page)
    await kept(page, path)
    await enter(partner, ROOM)
    await connected(partner)
    came, said = words(), words()
    await write(partner, came)
    await expect(own(page, came)).to_be_visible()
    await becomes(page, NEWS, [f"{path}news", came])
    await page.close()
    phone = visits.contexts[0]
    await phone.set_offline(True)
    back = await phone.new_page()
    await back.goto(address)
    await expect(back.get_by_role("heading", level=1)).to_have_text(ROOM)
    await expect(own(back, came)).to_have_count(1)
    await expect(back.locator("[data-spoken]")).to_contain_text("No connection since")
    await write(back, said)
    await expect(own(back, said).locator(".state-queued")).to_be_visible()
    await back.goto("/knowledge/")
    await expect(back.get_by_role("heading", level=1)).to_have_text("No connection")
    await back.get_by_role("link", name=ROOM).click()
    await expect(own(back, said).locator(".state-queued")).to_be_visible()
    await phone.set_offline(False)
    await expect(own(back, said).locator(".state-stored")).to_be_visible()
    await expect(own(partner, said)).to_have_count(1)


async def test_the_next_person_on_the_phone_reads_nothing_of_the_first(visits: Visits) -> None:
    page = await visits.by("owner", width=360, height=700)
    address = await enter(page, ROOM)
    path = f"/{address.split('/', maxsplit=3)[3]}"
    await connected(page)
    await kept(page, path)
    await page.context.clear_cookies()
    await page.goto(address)
    await page.wait_for_url("**/accounts/login/**")
    await becomes(page, "async () => !(await caches.has('exchange-who'))")
    await page.context.set_offline(True)
    await page.goto(address)
    await expect(page.get_by_role("heading", level=1)).to_have_text("No connection")
    await expect(page.get_by_role("listitem")).to_have_count(0)
    await page.context.set_offline(False)
    other = await in_turn(visits, "guest", visits.live.url + "/chat/")
    await kept(other, "/chat/")
    await other.context.set_offline(True)
    await other.goto(address)
    await expect(other.get_by_role("listitem")).to_have_text(["Talk – Exchange"])
    await other.context.set_offline(False)


async def test_a_room_that_is_lost_is_wiped(visits: Visits) -> None:
    page = await visits.by("councillor")
    address = await enter(page, "Steering group")
    path = f"/{address.split('/', maxsplit=3)[3]}"
    await connected(page)
    await kept(page, path)
    seat(visits, "'2025-02-01'")
    try:
        await expect(page.get_by_text("This room is no longer open to you.")).to_be_visible()
        await becomes(page, f"async () => !(await ({KEPT})()).includes('{path}')")
    finally:
        seat(visits, "NULL")


async def test_the_oldest_pages_go_when_more_than_twenty_megabytes_are_kept(visits: Visits) -> None:
    page = await visits.by("owner")
    address = await enter(page, ROOM)
    path = f"/{address.split('/', maxsplit=3)[3]}"
    await connected(page)
    await kept(page, path)
    fill = """
    async () => {
      const cache = await caches.open(`exchange.${document.body.dataset.person}`);
      for (const [place, bytes] of [[1, 9e6], [2, 9e6], [3, 9e6]]) {
        const headers = { "X-Kept": `2020-01-0${place}T00:00:00Z`, "X-Bytes": String(bytes) };
        await cache.put(`/chat/90${place}/`, new Response("", { headers }));
      }
    }
    """
    await page.evaluate(fill)
    await page.reload()
    await connected(page)
    await becomes(page, f"async () => !(await ({KEPT})()).includes('/chat/901/')")
    left = await page.evaluate(KEPT)
    assert "/chat/902/" in left
    assert path in left


async def test_me_says_about_how_much_data_this_device_has_used(visits: Visits) -> None:
    page = await visits.by("owner", width=360, height=700)
    await page.goto("/accounts/me/")
    first = await used(page)
    assert 0.01 < first < 0.1
    await enter(page, ROOM)
    await connected(page)
    await page.goto("/accounts/me/")
    assert first < await used(page) < first + 0.1


async def used(page: Page) -> float:
    """Megabytes, as the page says."""
    await expect(page.locator("[data-used]")).to_be_visible()
    said = await page.locator("[data-used] b").inner_text()
    return float(said.split()[0])
