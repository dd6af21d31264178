"""Words that wait in the browser: in order and once, through closed tabs, beside other tabs, for one person only."""

import re

from playwright.async_api import Locator, Page, expect

from tests.browser import IN_A_BROWSER, Visits
from tests.chat.test_room_browser import connected, enter, words, write

pytestmark = IN_A_BROWSER

ROOM = "Project group"
"""Not the partnership's: other tests count what is unread there."""

AN_HOUR_AGO = """
(body) => new Promise((resolve) => {
  indexedDB.open("exchange", 1).onsuccess = ({ target: { result } }) => {
    const table = result.transaction("outbox", "readwrite").objectStore("outbox");
    table.getAll().onsuccess = ({ target }) => {
      const item = target.result.find((one) => one.body === body);
      table.put({ ...item, written_at: new Date(Date.now() - 3_700_000).toISOString() }).onsuccess = resolve;
    };
  };
})
"""
ON_THE_SHELF = """
() => new Promise((resolve) => {
  indexedDB.open("exchange", 1).onsuccess = ({ target: { result } }) => {
    const table = result.transaction("outbox").objectStore("outbox");
    table.getAll().onsuccess = ({ target }) => resolve(target.result.map(({ user, body }) => [user, body]));
  };
})
"""

ASKS = """
async () => {
  const { name } = performance.getEntriesByType("resource").find((loaded) => loaded.name.includes("/chat/kit."));
  const { $api } = await import(name);
  return $api.get("rooms/").catch(({ status }) => status);
}
"""


def own(page: Page, said: str) -> Locator:
    """The messages on screen that say it."""
    return page.locator(".msg", has_text=said)


async def bodies(page: Page, said: str) -> list[str]:
    """What the room's page from the server shows of those messages, from the first to the last."""
    await page.goto(page.url.split("#", maxsplit=1)[0])
    return await own(page, said).locator(".said").all_inner_texts()


async def test_six_messages_typed_offline_outlive_the_tab_and_are_stored_in_order_once(visits: Visits) -> None:
    owner, partner = await visits.by("owner"), await visits.by("partner")
    address = await enter(owner, ROOM)
    await connected(owner)
    said = words()
    six = [f"{said} {place}" for place in range(6)]
    await owner.context.set_offline(True)
    await expect(owner.locator("[data-spoken]")).to_contain_text("No connection")
    for one in six:
        await write(owner, one)
    await expect(owner.locator("[data-waiting]")).to_have_text("6 waiting to be sent")
    await expect(own(owner, said).locator(".state-queued")).to_have_count(6)
    await on_the_shelf(owner, six[-1])
    await owner.close()
    await visits.contexts[0].set_offline(False)
    back = await visits.contexts[0].new_page()
    await back.goto(address)
    await expect(own(back, said).locator(".state-stored")).to_have_count(6)
    await expect(back.locator("[data-waiting]")).to_be_hidden()
    await enter(partner, ROOM)
    assert await bodies(partner, said) == six
    assert await back.evaluate(ON_THE_SHELF) == []


async def test_two_tabs_share_what_waits_and_each_message_is_sent_once(visits: Visits) -> None:
    one = await visits.by("owner")
    address = await enter(one, ROOM)
    two = await one.context.new_page()
    await two.goto(address)
    for page in (one, two):
        await connected(page)
    said = words()
    await one.context.set_offline(True)
    for page in (one, two):
        await expect(page.locator("[data-spoken]")).to_contain_text("No connection")
    for place, page in enumerate([one, two, one, two]):
        await write(page, f"{said} {place}")
        await expect(own(page, said)).to_have_count(place + 1)
    for page in (one, two):
        await expect(own(page, said).locator(".state-queued")).to_have_count(4)
        await expect(page.locator("[data-waiting]")).to_have_text("4 waiting to be sent")
    await one.context.set_offline(False)
    for page in (one, two):
        await expect(own(page, said).locator(".state-stored")).to_have_count(4)
    held = await two.evaluate("async () => (await navigator.locks.query()).held.map(({ name }) => name)")
    assert [name for name in held if name.endswith(".outbox")] == [f"exchange.{await person(two)}.outbox"]
    await one.close()
    await write(two, f"{said} 4")
    await expect(own(two, f"{said} 4").locator(".state-stored")).to_be_visible()
    assert await bodies(two, said) == [f"{said} {place}" for place in range(5)]


async def on_the_shelf(page: Page, said: str) -> None:
    """Wait until the browser keeps ``said``: what it shows is a moment ahead of that, and a page may end in between."""
    await page.wait_for_function(
        f"said => ({ON_THE_SHELF.strip()})().then(all => all.some(([, body]) => body === said))", arg=said
    )


async def person(page: Page) -> str | None:
    """Whose page it is."""
    return await page.locator("body").get_attribute("data-person")


async def test_two_people_in_turn_on_one_phone_neither_send_nor_see_the_others_words(visits: Visits) -> None:
    phone = await visits.by("owner", width=360, height=700)
    address = await enter(phone, ROOM)
    await connected(phone)
    said, half = words(), words()
    await phone.context.set_offline(True)
    await write(phone, said)
    await phone.get_by_label("Write to").fill(half)
    await expect(own(phone, said).locator(".state-queued")).to_be_visible()
    await on_the_shelf(phone, said)
    await phone.close()
    await visits.contexts[0].set_offline(False)
    other = await in_turn(visits, "partner", address)  # the first one's session has ended, unasked
    await expect(other.locator("[data-waiting]")).to_be_hidden()
    await expect(own(other, said)).to_have_count(0)
    await expect(other.get_by_label("Write to")).not_to_have_value(re.compile(half))
    answer = words()
    await write(other, answer)
    await expect(own(other, answer).locator(".state-stored")).to_be_visible()
    assert [body for _, body in await other.evaluate(ON_THE_SHELF)] == [said]
    await other.close()
    back = await in_turn(visits, "owner", address)
    await expect(own(back, said).locator(".state-stored")).to_be_visible()
    await expect(own(back, answer).locator(".who b")).to_have_text("Partner Test")
    await expect(back.get_by_label("Write to")).to_have_value(half)


async def in_turn(visits: Visits, who: str, address: str) -> Page:
    """The next person on the phone of the first visit."""
    await visits.contexts[0].clear_cookies()
    await visits.contexts[0].add_cookies(visits.live.cookies(who))  # type: ignore[arg-type]  # playwright's own TypedDict
    page = await visits.contexts[0].new_page()
    await page.goto(address)
    await connected(page)
    return page


async def test_a_page_of_somebody_else_than_who_is_signed_in_now_stands_still(visits: Visits) -> None:
    page = await visits.by("owner")
    await enter(page, ROOM)
    await connected(page)
    await page.context.clear_cookies()
    await page.context.add_cookies(visits.live.cookies("partner"))  # type: ignore[arg-type]  # playwright's own TypedDict
    await page.evaluate("dispatchEvent(new Event('offline'))")
    said = words()
    await write(page, said)
    await page.evaluate("dispatchEvent(new Event('online'))")
    await expect(page.locator("[data-spoken]")).to_contain_text("You are signed out")
    await expect(own(page, said).locator(".state-queued")).to_be_visible()
    assert await page.evaluate(ASKS) == 401


async def test_a_refused_message_does_not_hold_up_the_next(visits: Visits) -> None:
    page = await visits.by("owner")
    await enter(page, ROOM)
    await connected(page)
    said = words()
    await page.context.set_offline(True)
    await write(page, "long " * 2000)
    await write(page, said)
    await page.context.set_offline(False)
    await expect(own(page, said).locator(".state-stored")).to_be_visible()
    await expect(page.locator(".state-refused")).to_contain_text("Try again")
    await page.get_by_role("button", name="Edit").click()
    await page.get_by_label("Write to").fill("")
    assert await page.evaluate(ON_THE_SHELF) == []


async def test_what_waited_for_over_an_hour_asks_before_it_goes(visits: Visits) -> None:
    page = await visits.by("owner")
    address = await enter(page, ROOM)
    await connected(page)
    old, new = words(), words()
    await page.context.set_offline(True)
    await write(page, old)
    await write(page, new)
    await on_the_shelf(page, new)
    await page.evaluate(AN_HOUR_AGO, old)
    await page.close()
    await visits.contexts[0].set_offline(False)
    back = await visits.contexts[0].new_page()
    await back.goto(address)
    await expect(own(back, new).locator(".state-stored")).to_be_visible()
    await expect(own(back, old)).to_contain_text("Written over an hour ago")
    await expect(back.locator("[data-waiting]")).to_have_text("1 waiting to be sent")
    await own(back, old).get_by_role("button", name="Send now").click()
    await expect(own(back, old).locator(".state-stored")).to_be_visible()
