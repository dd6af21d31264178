"""What one does to a message in a real browser: the menu, signs, answers, all by keyboard too."""

from playwright.async_api import Locator, Page, expect

from tests.browser import IN_A_BROWSER, Visits
from tests.chat.test_room_browser import connected, enter, words, write

pytestmark = IN_A_BROWSER


async def menu_of(page: Page, message: Locator) -> Locator:
    """Open the menu of a message by keyboard."""
    await message.get_by_role("link", name="More").focus()
    await page.keyboard.press("Enter")
    menu = page.get_by_role("dialog", name="This message")
    await expect(menu).to_be_visible()
    return menu


async def test_a_message_gets_signs_and_an_answer_by_keyboard(visits: Visits) -> None:
    owner, partner = await visits.by("owner"), await visits.by("partner", width=360, height=700)
    for page in (owner, partner):
        await enter(page)
        await connected(page)
    said, reply = words(), words()
    await write(owner, said)
    theirs = partner.locator(".msg", has_text=said).first
    menu = await menu_of(partner, theirs)
    await expect(menu.get_by_role("button", name="Thumbs up")).to_be_focused()
    await partner.keyboard.press("Enter")
    sign = theirs.get_by_role("button", name="Thumbs up: 1")
    await expect(sign).to_have_attribute("aria-pressed", "true")
    await expect(owner.locator(".msg", has_text=said).get_by_role("button")).to_have_attribute("aria-pressed", "false")
    await sign.press("Enter")
    await expect(sign).to_have_count(0)
    await expect(theirs.get_by_role("link", name="More")).to_be_focused()
    field = partner.get_by_label("Write to")
    await field.fill("half typed")
    await (await menu_of(partner, theirs)).get_by_role("button", name="Reply").press("Enter")
    await expect(field).to_be_focused()
    await expect(partner.locator("[data-answering]")).to_contain_text(said)
    await field.press("Escape")
    await expect(partner.locator("[data-answering]")).to_have_count(0)
    await expect(field).to_have_value("half typed")
    await (await menu_of(partner, theirs)).get_by_role("button", name="Reply").press("Enter")
    await expect(partner.locator("[data-answering]")).to_be_visible()
    await write(partner, reply)
    quote = owner.locator(".msg", has_text=reply).locator(".quote")
    await expect(quote).to_have_text(f"You: {said}")
    await expect(partner.locator("[data-answering]")).to_have_count(0)
    first = owner.locator(".msg", has_text=said).first
    changing = owner.get_by_label("Write to")
    await (await menu_of(owner, first)).get_by_role("button", name="Edit").click()
    await expect(changing).to_have_value(said)
    await changing.press("Escape")
    await expect(changing).to_have_value("")
    await (await menu_of(owner, first)).get_by_role("button", name="Edit").click()
    await expect(changing).to_have_value(said)
    await (await menu_of(owner, owner.locator(".msg", has_text=reply))).get_by_role("button", name="Reply").click()
    await expect(owner.locator(".answering")).to_have_count(1)
    await expect(changing).to_have_value("")
    await (await menu_of(owner, first)).get_by_role("button", name="Edit").click()
    await expect(changing).to_have_value(said)
    await expect(owner.locator(".answering")).to_have_count(1)
    await changing.fill(f"{said}, twice")
    await changing.press("Enter")
    await expect(theirs.get_by_role("link", name="Edited")).to_be_visible()
    await expect(quote).to_have_text(f"You: {said}, twice")
    assert visits.complaints == []


async def test_a_change_that_is_refused_or_does_not_arrive_says_so_and_keeps_the_words(visits: Visits) -> None:
    owner = await visits.by("owner", width=360, height=700)
    await enter(owner)
    await connected(owner)
    said = words()
    await write(owner, said)
    mine, field = owner.locator(".msg", has_text=said).first, owner.get_by_label("Write to")
    await expect(mine.locator(".state-stored")).to_be_visible()
    await (await menu_of(owner, mine)).get_by_role("button", name="Edit").click()
    await expect(field).to_have_value(said)
    reason = owner.locator("[data-changing]").get_by_role("alert")
    await field.fill("x" * 8_001)
    await owner.get_by_role("button", name="Send", exact=True).click()
    await expect(reason).to_contain_text("8,000")
    assert await reason.evaluate("it => it.scrollWidth <= it.clientWidth")
    await expect(field).to_have_value("x" * 8_001)
    await owner.context.set_offline(True)
    await field.fill(f"{said}, twice")
    await owner.get_by_role("button", name="Send", exact=True).click()
    await expect(reason).not_to_contain_text("8,000")
    await expect(reason).not_to_be_empty()
    await expect(field).to_have_value(f"{said}, twice")
    await owner.context.set_offline(False)
    await owner.get_by_role("button", name="Send", exact=True).click()
    await expect(owner.locator("[data-changing]")).to_have_count(0)
    await expect(owner.locator(".msg", has_text=f"{said}, twice").first).to_be_visible()


async def test_a_message_is_deleted_and_comes_back_by_keyboard(visits: Visits) -> None:
    owner, partner = await visits.by("owner"), await visits.by("partner", width=360, height=700)
    for page in (owner, partner):
        await enter(page)
        await connected(page)
    said = words()
    await write(owner, said)
    mine, theirs = (page.locator(".msg", has_text=said) for page in (owner, partner))
    await (await menu_of(owner, mine.first)).get_by_role("link", name="Delete").press("Enter")
    undo = owner.get_by_role("button", name="Undo")
    await expect(undo).to_be_focused()
    await expect(owner.get_by_role("status").filter(has_text="Message deleted.")).to_be_visible()
    await expect(theirs).to_have_count(0)
    await owner.keyboard.press("Enter")
    await expect(theirs).to_be_visible()
    await expect(mine.get_by_role("link", name="More")).to_be_focused()
    await expect(owner.get_by_role("status").filter(has_text="It stands again.")).to_be_visible()
    assert visits.complaints == []


async def test_words_being_said_otherwise_outlive_a_reload(visits: Visits) -> None:
    page = await visits.by("owner")
    await enter(page, "Project group")
    await connected(page)
    said = words()
    await write(page, said)
    mine = page.locator(".msg", has_text=said)
    await expect(mine.locator(".state-stored")).to_be_visible()
    field = page.get_by_label("Write to")
    await field.fill("a draft of something else")
    await (await menu_of(page, mine)).get_by_role("button", name="Edit").press("Enter")
    await expect(field).to_have_value(said)
    await field.fill(f"{said}, twice")
    await page.reload()
    await expect(field).to_have_value(f"{said}, twice")
    await field.press("Enter")
    await expect(mine.locator(".said")).to_have_text(f"{said}, twice")
    await expect(field).to_have_value("a draft of something else")
    await page.reload()
    await connected(page)
    await expect(field).to_have_value("a draft of something else")
    await field.fill("")


async def test_the_link_to_a_message_is_copied_and_leads_there(visits: Visits) -> None:
    owner, partner = await visits.by("owner"), await visits.by("partner", width=360, height=700)
    await owner.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await enter(owner)
    await connected(owner)
    said = words()
    await write(owner, said)
    await write(owner, words())
    mine = owner.locator(".msg", has_text=said)
    await expect(mine.locator(".state-stored")).to_be_visible()
    menu = await menu_of(owner, mine)
    await menu.get_by_role("link", name="Copy link").press("Enter")
    await expect(menu.get_by_role("status")).to_have_text("Copied")
    address = await owner.evaluate("navigator.clipboard.readText()")
    await owner.keyboard.press("Escape")
    await owner.evaluate("navigator.clipboard.writeText('')")
    await mine.locator(".when a").click()
    await expect(owner.locator("[data-spoken]")).to_have_text("Link copied")
    assert await owner.evaluate("navigator.clipboard.readText()") == address
    await partner.goto(address)
    await expect(partner.locator(".msg:target")).to_contain_text(said)
    await expect(partner.locator(".msg:target")).to_be_in_viewport()
    assert visits.complaints == []
