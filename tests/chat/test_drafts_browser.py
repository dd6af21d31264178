"""A draft goes from one browser of a person to another by itself."""

from playwright.async_api import Page, expect

from tests.browser import IN_A_BROWSER, Visits
from tests.chat.test_room_browser import connected, enter, words, write

pytestmark = IN_A_BROWSER

ROOM = "Announcements"


async def kept(page: Page, text: str) -> None:
    """Type ``text``, and leave the room once the server has it."""
    field = page.get_by_label("Write to")
    async with page.expect_response(lambda answer: answer.url.endswith("/draft/") and answer.ok):
        await field.fill(text)
        await page.evaluate("dispatchEvent(new Event('pagehide'))")


async def test_words_begun_in_one_browser_are_gone_on_with_in_another(visits: Visits) -> None:
    telephone, computer = await visits.by("officer", width=360, height=700), await visits.by("officer")
    address = await enter(telephone, ROOM)
    await connected(telephone)
    begun = words()
    await kept(telephone, begun)
    await enter(computer, ROOM)
    field = computer.get_by_label("Write to")
    await expect(field).to_have_value(begun)
    await expect(computer.locator(".room-link[aria-current] .room-draft")).to_be_visible()
    await connected(computer)
    await kept(computer, f"{begun} and more")
    await kept(telephone, f"{begun} otherwise")
    offer = telephone.locator("[data-other]")
    await expect(offer).to_contain_text(f"{begun} and more")
    await offer.get_by_role("button", name="Put it into the field").click()
    await expect(telephone.get_by_label("Write to")).to_have_value(f"{begun} otherwise\n\n{begun} and more")
    await expect(offer).to_be_hidden()
    async with telephone.expect_response(lambda answer: answer.url.endswith("/draft/")):
        await write(telephone, f"{begun} at last")
    await expect(telephone.locator(".room-link[aria-current] .room-draft")).to_be_hidden()
    await computer.goto(address)
    await expect(computer.get_by_label("Write to")).to_have_value("")
    await expect(computer.locator(".room-link .room-draft:visible")).to_have_count(0)
    assert visits.complaints == []
