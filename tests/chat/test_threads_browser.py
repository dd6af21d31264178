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


async def test_a_thread_opens_beside_the_room_on_a_wide_screen(visits: Visits) -> None:
    owner, partner = await visits.by("owner", width=1440, height=900), await visits.by("partner")
    for page in (owner, partner):
        await enter(page)
        await connected(page)
    said, first, second = words(), words(), words()
    await write(owner, said)
    theirs = partner.locator(".log .msg", has_text=said).first
    await (await menu_of(partner, theirs)).get_by_role("button", name="Reply").press("Enter")
    await expect(partner.locator("[data-answering]")).to_be_visible()
    await write(partner, first)
    link = owner.locator(".log .msg", has_text=said).first.locator(".thread")
    await link.press("Enter")
    side = owner.locator(".thread-side")
    await expect(side.get_by_role("heading", level=2).first).to_have_text("Thread")
    await expect(owner.locator("#details")).to_be_hidden()
    await expect(side.get_by_label("Write to this thread")).to_be_focused()
    await owner.keyboard.type(second)
    await owner.keyboard.press("Enter")
    await expect(side.locator(".msg", has_text=second)).to_be_visible()
    await expect(side.locator(".msg")).to_have_count(3)
    await expect(link).to_contain_text("2 replies")
    await expect(partner.locator(".log .msg", has_text=said).first.locator(".thread")).to_contain_text("2 replies")
    await owner.keyboard.press("Escape")
    await expect(side).to_be_hidden()
    await expect(owner.locator("#details")).to_be_visible()
    assert visits.complaints == []


async def test_what_is_pinned_and_who_writes_is_seen_at_once(visits: Visits) -> None:
    owner, partner = await visits.by("owner", width=1440, height=900), await visits.by("partner")
    for page in (owner, partner):
        await enter(page)
        await connected(page)
    said = words()
    await partner.get_by_label("Write to").press_sequentially(said[:3])
    await expect(owner.locator("[data-status]")).to_contain_text("Partner Test is writing")
    await write(partner, said)
    mine = partner.locator(".log .msg", has_text=said).first
    await expect(mine.locator(".state-stored")).to_have_count(1)
    await (await menu_of(partner, mine)).get_by_role("button", name="Pin for everybody").press("Enter")
    pins = owner.locator("[data-pins]")
    await expect(pins.get_by_role("link", name=said)).to_be_visible()
    await (await menu_of(partner, mine)).get_by_role("button", name="Unpin").press("Enter")
    await expect(pins.get_by_role("link", name=said)).to_have_count(0)
    assert visits.complaints == []
