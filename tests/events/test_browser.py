"""The calendar in a real browser: answers without a reload and without a script, the month by keyboard."""

from playwright.async_api import Page, expect

from tests.access_rows import rows
from tests.browser import IN_A_BROWSER, Visits

pytestmark = IN_A_BROWSER


def path_of(visits: Visits, route: str) -> str:
    """The address of the row's own gathering."""
    return next(visits.live.paths[number] for number, row in enumerate(rows()) if row.is_page and row.route == route)


async def choose(page: Page, choice: str) -> None:
    await page.locator(f"#standing button[value={choice}]").click()
    await expect(page.locator(f"#standing button[value={choice}]")).to_have_attribute("aria-pressed", "true")


async def test_an_answer_changes_the_page_in_place(visits: Visits) -> None:
    page = await visits.by("partner", width=360)
    await page.goto(path_of(visits, "events/<int:pk>/"))
    await page.evaluate("window.stayed = true")
    await choose(page, "yes")
    await expect(page.locator("#h-answer")).to_have_text("You answered yes")
    await expect(page.locator("[data-said]")).to_have_text("You answered yes to “What the bins tell”.")
    await expect(page.locator("#who")).to_contain_text("Partner Test (you)")
    await choose(page, "no")
    await expect(page.locator("#who .aside")).to_contain_text("1 yes, 1 no")
    assert await page.evaluate("window.stayed") is True
    assert await page.evaluate("document.activeElement.value") == "no"
    assert visits.complaints == []


async def test_an_answer_needs_no_script(visits: Visits) -> None:
    page = await visits.by("officer", java_script_enabled=False)
    await page.goto(path_of(visits, "events/<int:pk>/"))
    await choose(page, "maybe")
    await expect(page.locator("#h-answer")).to_have_text("You answered maybe")


async def test_an_answer_in_the_list_counts_down_what_waits(visits: Visits) -> None:
    page = await visits.by("partner")
    await page.goto("/events/?show=waiting")
    waiting = int(await page.locator(".tabs .count").inner_text())
    form = page.locator("form[data-answer]").first
    await form.locator("button[value=yes]").click()
    await expect(form.locator("button[value=yes]")).to_have_attribute("aria-pressed", "true")
    await expect(page.locator(".tabs")).to_contain_text("" if waiting == 1 else str(waiting - 1))
    assert visits.complaints == []


async def test_the_month_is_walked_by_keyboard(visits: Visits) -> None:
    page = await visits.by("owner")
    await page.goto("/events/month/2096-05/")
    await page.locator(".daylink").first.focus()
    await page.keyboard.press("ArrowRight")
    await expect(page.locator(".daylink").first).to_be_focused()  # the only day with something on it
    await page.keyboard.press("PageDown")
    await page.wait_for_url("**/2096-06/")
