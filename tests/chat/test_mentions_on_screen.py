"""Mentions in real browsers: names are offered while one types, and whoever is called sees that they are."""

from playwright.async_api import expect

from tests.browser import IN_A_BROWSER, Visits
from tests.chat.test_room_browser import connected, enter, listed

pytestmark = IN_A_BROWSER


async def test_typing_the_sign_offers_the_people_of_the_room_by_keyboard(visits: Visits) -> None:
    owner, partner = await visits.by("owner"), await visits.by("partner", width=360, height=700)
    await partner.goto("/chat/")
    address = await enter(owner)
    await connected(owner)
    field = owner.get_by_label("Write to")
    await field.press_sequentially("What now, @te")
    offered = owner.get_by_role("listbox", name="People to mention").get_by_role("option")
    await expect(offered.locator("b")).to_have_text(["Councillor Test", "Officer Test", "Partner Test"])
    await field.press("ArrowUp")
    await expect(offered.last).to_have_attribute("aria-selected", "true")
    await field.press("Enter")
    await expect(field).to_have_value("What now, @Partner Test ")
    await expect(owner.get_by_role("listbox")).to_be_hidden()
    await field.press("Enter")
    await expect(owner.locator(".msg b.mention").last).to_have_text("@Partner Test")
    link = listed(partner, address)
    await expect(link.locator(".count-calls")).to_contain_text("mention you")
    await enter(partner)
    await expect(partner.locator(".msg-calls .calls").last).to_have_text("Mentions you")
    await expect(link.locator(".count-calls")).to_be_hidden()
    assert visits.complaints == []


async def test_the_people_are_offered_to_a_finger_and_escape_puts_them_away(visits: Visits) -> None:
    page = await visits.by("owner", width=360, height=700)
    await enter(page)
    await connected(page)
    field = page.get_by_label("Write to")
    await field.press_sequentially("@cou")
    await expect(page.get_by_role("option").first).to_be_visible()
    await field.press("Escape")
    await expect(page.get_by_role("listbox")).to_be_hidden()
    await field.press_sequentially("n")
    await page.get_by_role("option").first.click()
    await expect(field).to_have_value("@Councillor Test ")
    await expect(field).to_be_focused()
    assert visits.complaints == []
