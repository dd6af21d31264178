"""Writing a lesson in a real browser: what is typed survives until the server has it, and then is forgotten."""

from playwright.async_api import expect

from tests.browser import IN_A_BROWSER, Visits

pytestmark = IN_A_BROWSER


async def test_words_survive_a_reload_and_are_forgotten_once_saved(visits: Visits) -> None:
    page = await visits.by("owner", width=360)
    await page.goto("/knowledge/new/")
    offer = page.locator("[data-found]")
    await expect(offer).to_be_hidden()
    await page.get_by_label("Title").fill("Sorting at the market")
    await page.get_by_label("What did not work").fill("The sacks were plastic.")
    await page.get_by_label("Every member").check()
    await page.reload()
    await expect(page.get_by_label("Title")).to_have_value("")
    await offer.get_by_role("button", name="Take them up").click()
    await expect(page.get_by_label("Title")).to_have_value("Sorting at the market")
    await expect(page.get_by_label("Every member")).to_be_checked()
    await page.get_by_role("button", name="Publish").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Sorting at the market")
    await page.goto("/knowledge/new/")
    await expect(offer).to_be_hidden()
    assert visits.complaints == []


async def test_a_lesson_is_written_without_script(visits: Visits) -> None:
    page = await visits.by("partner", width=360, java_script_enabled=False)
    await page.goto("/knowledge/")
    await page.get_by_role("link", name="Write a lesson").click()
    await page.get_by_role("button", name="Publish").click()
    await expect(page.get_by_role("alert")).to_contain_text("Title")
    await page.get_by_label("Title").fill("Weighing every truck")
    await page.get_by_label("What we did").fill("We weighed.")
    await page.get_by_role("button", name="Publish").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Weighing every truck")
