"""Keeping order as it shows in an open browser: whoever is silenced stops writing there, and begins again when let."""

from playwright.async_api import Page, expect

from tests.browser import IN_A_BROWSER, Visits
from tests.chat.test_room_browser import connected, enter, words, write

pytestmark = IN_A_BROWSER

ROOM = "Project group"


async def test_a_silence_takes_effect_in_an_open_browser_and_ends_there(visits: Visits) -> None:
    owner, partner = await visits.by("owner"), await visits.by("partner", width=360, height=700)
    desk = f"{await enter(owner, ROOM)}moderation/"
    await enter(partner, ROOM)
    await connected(partner)
    field, typed = partner.get_by_label("Write to"), words()
    await field.fill(typed)
    await silence(owner, desk)
    await expect(partner.get_by_text("Whether you may write here has changed.")).to_be_visible()
    await expect(field).to_have_attribute("readonly", "")
    await expect(partner.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    await partner.get_by_role("link", name="Load the page again").click()
    await expect(partner.get_by_text("let you only read until")).to_be_visible()
    await expect(field).to_have_count(0)
    await connected(partner)
    await owner.get_by_role("button", name="Let Partner Test write again").click()
    await expect(partner.get_by_text("Whether you may write here has changed.")).to_be_visible()
    await partner.get_by_role("link", name="Load the page again").click()
    await expect(field).to_have_value(typed)
    await connected(partner)
    await field.press("Enter")
    await expect(partner.locator(".msg", has_text=typed).locator(".state-stored")).to_be_visible()
    assert visits.complaints == []


async def test_words_that_waited_when_the_silence_began_are_refused_and_kept(visits: Visits) -> None:
    owner, partner = await visits.by("owner"), await visits.by("partner")
    desk = f"{await enter(owner, ROOM)}moderation/"
    await enter(partner, ROOM)
    await connected(partner)
    await partner.context.set_offline(True)
    await expect(partner.locator("[data-spoken]")).to_contain_text("No connection")
    said = words()
    await write(partner, said)
    await silence(owner, desk)
    await partner.context.set_offline(False)
    mine = partner.locator(".msg", has_text=said)
    await expect(mine.locator(".state-refused")).to_be_visible()
    await owner.get_by_role("button", name="Let Partner Test write again").click()
    await expect(partner.get_by_role("button", name="Send", exact=True)).to_be_enabled()
    await mine.get_by_role("button", name="Try again").click()
    await expect(mine.locator(".state-stored")).to_be_visible()


async def silence(keeper: Page, desk: str) -> None:
    """Somebody who keeps order has the partner only read there for a day."""
    await keeper.goto(desk)
    await keeper.get_by_label("Who").select_option(label="Partner Test")
    await keeper.get_by_label("Reason (they read it)").fill("Calm down.")
    await keeper.get_by_role("button", name="Silence").click()
    await expect(keeper.get_by_role("button", name="Let Partner Test write again")).to_be_visible()
