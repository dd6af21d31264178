"""A room on the screen: what stands where, what a tap leads to, and what an address brings into the field."""

from playwright.async_api import expect

from tests.browser import IN_A_BROWSER, Visits
from tests.chat.test_room_browser import connected, enter, words, write

pytestmark = IN_A_BROWSER


async def test_words_of_an_address_stand_behind_what_was_typed_and_only_once(visits: Visits) -> None:
    page = await visits.by("owner")
    address = await enter(page)
    await connected(page)  # the script that keeps what is typed is there
    field = page.get_by_label("Write to")
    await field.fill("Half a sentence")
    await page.goto(f"{address}?draft=%40Partner+Test+#latest")
    await expect(field).to_have_value("Half a sentence\n\n@Partner Test ")
    await expect(field).to_be_focused()
    await page.keyboard.type("do you know?")
    await page.reload()
    await expect(field).to_have_value("Half a sentence\n\n@Partner Test do you know?")
    await page.goto(f"{address}?draft=%40Partner+Test+#latest")
    await expect(field).to_have_value("Half a sentence\n\n@Partner Test do you know?")
    await field.fill("")
    assert visits.complaints == []


async def test_opening_the_details_and_closing_them_leaves_the_conversation_where_it_was(visits: Visits) -> None:
    page = await visits.by("owner", width=360, height=700)
    address = await enter(page)
    await page.goto(f"{address}#latest")
    for _number in range(8):
        await write(page, f"{words()}\n\nAnd more\n\nand more.")
    await expect(page.locator(".log [data-state]:not(.state-stored)")).to_have_count(0)
    await page.evaluate("scrollBy(0, -200)")
    before = await page.evaluate("scrollY")
    assert before > 0
    await page.locator('a[href="#details"]').dispatch_event("click")
    await expect(page.locator("#details")).to_be_visible()
    await page.locator("#details").get_by_text("Close").dispatch_event("click")
    await expect(page.locator("#details")).to_be_hidden()
    assert await page.evaluate("scrollY") == before


async def test_the_link_of_a_message_is_copied(visits: Visits) -> None:
    page = await visits.by("owner")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    address = await enter(page)
    await connected(page)
    said = words()
    await write(page, said)
    message = page.locator(".msg", has_text=said)
    await expect(message.locator(".state-stored")).to_be_visible()
    number = await message.get_attribute("data-number")
    await message.hover()
    await message.get_by_role("link", name="More").click()
    menu = page.get_by_role("dialog", name="This message")
    await menu.get_by_text("Copy link").click()
    await expect(menu.get_by_role("link", name="Copied")).to_be_visible()
    assert await page.evaluate("navigator.clipboard.readText()") == f"{address}?around={number}#m{number}"


async def test_the_tools_of_the_last_message_open_above_the_field(visits: Visits) -> None:
    page = await visits.by("owner", width=360, height=700)
    await enter(page)
    await connected(page)
    said = words()
    for text in (f"{words()}\n\n" + "And more.\n\n" * 40, said):
        await write(page, text)
    newest = page.locator(".msg", has_text=said)
    await expect(newest.locator(".state-stored")).to_be_visible()
    await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    text_box = await newest.locator(".text").bounding_box()
    assert text_box
    await page.mouse.move(text_box["x"] + 20, text_box["y"] + 5)
    await expect(newest.locator(".msg-tools")).to_be_visible()
    tools, foot = await newest.locator(".msg-tools").bounding_box(), await page.locator(".room-foot").bounding_box()
    assert tools
    assert foot
    assert tools["y"] + tools["height"] <= foot["y"] + 1
