"""What an open page learns without being loaded again: of lost answers, of late helpers, of threads, of notes."""

import asyncio

from playwright.async_api import Route, WebSocketRoute, expect

from tests.browser import IN_A_BROWSER, Visits
from tests.chat.test_offline_browser import NEWS, becomes
from tests.chat.test_outbox_browser import ROOM, own
from tests.chat.test_room_browser import connected, enter, words, write

pytestmark = IN_A_BROWSER

IS_KEPT = "async (path) => Boolean(await caches.match(path))"
LATE_WORKER = """
const { register } = ServiceWorkerContainer.prototype;
ServiceWorkerContainer.prototype.register = async function (...given) {
  await new Promise((go) => { globalThis.letWorkerCome = go; });
  return register.apply(this, given);
};
"""


def path_of(address: str) -> str:
    """The address without the server."""
    return f"/{address.split('/', maxsplit=3)[3]}"


async def test_what_comes_before_the_first_page_is_kept_is_kept_with_it(visits: Visits) -> None:
    page, partner = await visits.by("owner"), await visits.by("partner")
    await page.add_init_script(LATE_WORKER)
    address = await enter(page, ROOM)
    await enter(partner, ROOM)
    await connected(page)
    await connected(partner)
    came = words()
    await write(partner, came)
    await expect(own(page, came)).to_be_visible()
    await becomes(page, "() => Boolean(globalThis.letWorkerCome)")
    await page.evaluate("letWorkerCome()")
    await becomes(page, NEWS, [f"{path_of(address)}news", came])


async def test_a_page_that_the_worker_leads_before_it_is_live_is_kept(visits: Visits) -> None:
    page, partner = await visits.by("owner"), await visits.by("partner")
    path, released = path_of(await enter(partner, ROOM)), asyncio.Event()

    async def hold(socket: WebSocketRoute) -> None:
        await released.wait()
        socket.connect_to_server()

    await page.route_web_socket("**/ws/chat/", hold)
    await page.goto(path)
    await (await page.context.new_page()).goto("/chat/")
    await becomes(page, "() => Boolean(navigator.serviceWorker.controller)")
    assert not await page.evaluate(IS_KEPT, path)
    released.set()
    await connected(page)
    await becomes(page, IS_KEPT, path)


async def test_a_draft_whose_answer_was_lost_does_not_come_back_after_it_was_sent(visits: Visits) -> None:
    page = await visits.by("owner")
    address = await enter(page, ROOM)
    await connected(page)
    said, lost = words(), asyncio.Event()

    async def lose(route: Route) -> None:
        if route.request.method != "PUT" or lost.is_set():
            return await route.continue_()
        await route.fetch()
        await route.abort()
        return lost.set()

    await page.route("**/draft/", lose)
    await page.get_by_label("Write to").fill(said)
    await lost.wait()
    async with page.expect_response(lambda answer: '"body":""' in (answer.request.post_data or "")):
        await page.get_by_label("Write to").press("Enter")
    await expect(own(page, said).locator(".state-stored")).to_be_visible()
    await page.goto(address)
    await connected(page)
    await expect(page.get_by_label("Write to")).to_have_value("")


async def test_the_count_of_unread_threads_moves_as_answers_come_and_are_read(visits: Visits) -> None:
    owner, partner = await visits.by("owner"), await visits.by("partner")
    for page in (owner, partner):
        await enter(page, ROOM)
        await connected(page)
    begun = words()
    await write(owner, begun)
    number = await own(partner, begun).get_attribute("data-number")
    await expect(own(owner, begun).locator(".state-stored")).to_be_visible()
    room = owner.url.split("#")[0]
    await owner.goto("/knowledge/")
    other = await owner.context.new_page()
    await other.goto("/chat/")
    await connected(other)
    count = other.locator("[data-threads] .count-number")
    before = int(await count.text_content() or 0)
    await partner.goto(f"{partner.url.split('#')[0]}{number}/thread/")
    await connected(partner)
    await write(partner, words())
    await expect(count).to_have_text(str(before + 1))
    await owner.goto(f"{room}{number}/thread/")
    await expect(count).to_have_text(str(before))


async def test_a_note_comes_in_the_language_of_its_reader(visits: Visits) -> None:
    owner, partner = await visits.by("owner"), await visits.by("partner")
    path = path_of(await enter(owner, ROOM))
    visits.live.speak("sv", "partner")
    try:
        await partner.goto(path)
        await expect(partner.locator("[data-status]")).to_have_attribute("data-state", "live")
        notes = partner.locator(".log .note[lang=sv]")
        before = await notes.count()
        await owner.goto(f"{path}keeping/?years=2")
        await owner.get_by_role("button", name="Set this rule").click()
        await expect(owner.get_by_role("button", name="Undo")).to_be_visible()
        await expect(notes).to_have_count(before + 1)
        said = await notes.last.inner_text()
        await partner.reload()
        assert await notes.last.inner_text() == said
        await owner.get_by_role("button", name="Undo").click()
    finally:
        visits.live.speak("en", "partner")
