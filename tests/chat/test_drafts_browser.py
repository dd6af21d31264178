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
    async with telephone.expect_response(lambda answer: '"body":""' in (answer.request.post_data or "")):
        await write(telephone, f"{begun} at last")
    await expect(telephone.locator(".room-link[aria-current] .room-draft")).to_be_hidden()
    await computer.goto(address)
    await expect(computer.get_by_label("Write to")).to_have_value("")
    await expect(computer.locator(".room-link[aria-current] .room-draft")).to_be_hidden()
    assert visits.complaints == []


async def test_a_time_is_put_in_by_keyboard_and_read_by_everybodys_clock(visits: Visits) -> None:
    owner, outsider = await visits.by("owner"), await visits.by("outsider", width=360, height=700)
    for page in (owner, outsider):
        await enter(page, "Square")
        await connected(page)
    said = words()
    field = owner.get_by_label("Write to")
    await field.fill(f"{said} at")
    await owner.get_by_role("button", name="Insert a time").press("Enter")
    when = owner.get_by_label("A time, by your clock")
    await expect(when).to_be_focused()
    await when.fill("2026-11-25T14:00")
    await when.press("Enter")
    await expect(field).to_be_focused()
    await expect(field).to_have_value(f"{said} at <time:2026-11-25T14:00> ")
    await field.press("Enter")
    mine, theirs = (page.locator(".msg", has_text=said).locator("time[title]") for page in (owner, outsider))
    await expect(mine).to_have_text("Wed 25 Nov 2026, 14:00 (Stockholm)")
    await expect(theirs).to_have_text("Wed 25 Nov 2026, 16:00 (Dar es Salaam)")
    await outsider.reload()
    await expect(theirs).to_have_text("Wed 25 Nov 2026, 16:00 (Dar es Salaam)")
    assert visits.complaints == []
