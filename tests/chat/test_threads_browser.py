"""Threads in real browsers: answered and read live on their own page, beside the room on a wide screen, by keyboard."""

from playwright.async_api import expect

from tests.browser import IN_A_BROWSER, Visits
from tests.chat.test_room_browser import connected, enter, words, write
from tests.chat.test_verbs_browser import menu_of

pytestmark = IN_A_BROWSER


async def test_a_thread_is_answered_live_on_its_own_page(visits: Visits) -> None:
    owner, partner = await visits.by("owner"), await visits.by("partner", width=360, height=700)
    for page in (owner, partner):
        await enter(page)
        await connected(page)
    said, first, second, aside = words(), words(), words(), words()
    await write(owner, said)
    theirs = partner.locator(".msg", has_text=said).first
    await (await menu_of(partner, theirs)).get_by_role("link", name="Open the thread").click()
    await expect(partner.get_by_role("heading", level=1)).to_have_text("Thread")
    await expect(partner.get_by_text("Nobody has answered yet.")).to_be_visible()
    await connected(partner)
    await write(partner, first)
    root = owner.locator(".msg", has_text=said).first
    await expect(root.locator(".thread")).to_contain_text("1 reply")
    await write(owner, aside)
    await (await menu_of(owner, owner.locator(".msg", has_text=first))).get_by_role("button", name="Reply").click()
    await write(owner, second)
    await expect(root.locator(".thread")).to_contain_text("2 replies")
    await expect(partner.locator(".log .msg", has_text=second)).to_be_visible()
    await expect(partner.locator(".log .msg", has_text=aside)).to_have_count(0)
    await expect(partner.locator(".log .msg")).to_have_count(3)
    await owner.goto("/chat/threads/")
    await expect(owner.get_by_role("link", name=said)).to_be_visible()
    assert visits.complaints == []
