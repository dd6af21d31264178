"""Signing out while words wait: they are asked about, and nothing of theirs who went is left for the next."""

from playwright.async_api import Page, expect

from tests.browser import IN_A_BROWSER, Visits
from tests.chat.test_outbox_browser import ON_THE_SHELF, ROOM, on_the_shelf, own
from tests.chat.test_room_browser import connected, enter, words, write

pytestmark = IN_A_BROWSER

SOMEBODYS = "exchange.999.draft.1"
"""What the browser keeps for another person."""


async def waiting(visits: Visits, said: str) -> Page:
    """The page of signing out on the partner's telephone, with words that wait and others only typed."""
    page = await visits.by("", width=360, height=700)
    await sign_in(page)
    await enter(page, ROOM)
    await connected(page)
    await page.evaluate("(key) => localStorage.setItem(key, '\"theirs\"')", SOMEBODYS)
    await page.context.set_offline(True)
    await write(page, said)
    await page.get_by_label("Write to").fill("half a thought")
    await expect(own(page, said).locator(".state-queued")).to_be_visible()
    await on_the_shelf(page, said)
    await page.close()
    await visits.contexts[-1].set_offline(False)
    door = await visits.contexts[-1].new_page()
    await door.goto("/accounts/logout/")
    await leave(door)
    dialog = door.get_by_role("dialog", name="Not everything is sent")
    await expect(dialog.locator("li")).to_have_text([said, "half a thought"])
    return door


async def sign_in(page: Page) -> None:
    """By the password, as one does on a telephone."""
    await page.goto("/accounts/login/")
    await page.get_by_label("E-mail").fill("partner@test.example")
    await page.locator("[name=password]").fill("correct horse")
    await page.locator("[name=password]").press("Enter")
    await page.wait_for_url("**/")


async def leave(page: Page) -> None:
    """Press the page's button."""
    await page.locator("main").get_by_role("button", name="Sign out", exact=True).click()


async def left(page: Page) -> list[str]:
    """What the browser still keeps, once one is out."""
    await page.wait_for_url("**/accounts/login/**")
    assert await page.evaluate(ON_THE_SHELF) == []
    return sorted(await page.evaluate("Object.entries(localStorage).map((pair) => pair.join(' '))"))


async def test_words_that_wait_are_sent_before_one_is_out(visits: Visits) -> None:
    said = words()
    page = await waiting(visits, said)
    await page.get_by_role("button", name="Send them and sign out").click()
    assert len(await left(page)) == 2  # what was only typed stays a draft
    owner = await visits.by("owner")
    await enter(owner, ROOM)
    await expect(own(owner, said)).to_have_count(1)


async def test_without_a_connection_nobody_is_signed_out_with_words_that_should_go(visits: Visits) -> None:
    said = words()
    page = await waiting(visits, said)
    await page.context.set_offline(True)
    await page.get_by_role("button", name="Send them and sign out").click()
    await expect(page.get_by_text("Nothing was lost, and you are still signed in.")).to_be_visible()
    assert [body for _, body in await page.evaluate(ON_THE_SHELF)] == [said]


async def test_words_kept_as_drafts_wait_for_the_same_person_and_for_nobody_else(visits: Visits) -> None:
    said = words()
    page = await waiting(visits, said)
    await page.get_by_role("button", name="Stay signed in").click()
    await leave(page)
    await page.get_by_role("button", name="Keep them here as drafts and sign out").click()
    kept = await left(page)
    assert len(kept) == 2
    await sign_in(page)
    await enter(page, ROOM)
    await expect(page.get_by_label("Write to")).to_have_value(f"half a thought\n\n{said}")


async def test_discarded_words_are_gone_and_those_of_others_stay(visits: Visits) -> None:
    page = await waiting(visits, words())
    await page.get_by_role("button", name="Discard them and sign out").click()
    assert await left(page) == [f'{SOMEBODYS} "theirs"']
