"""Not again, in a real browser: from the mail's link to the answer and back, signed out, with and without a script."""

import pytest
from playwright.async_api import expect

from tests.access_rows import rows
from tests.browser import IN_A_BROWSER, Visits

pytestmark = IN_A_BROWSER

ROUTE = "notifications/unsubscribe/<str:token>/"


def link_of(visits: Visits) -> str:
    """The address in the foot of the owner's mail."""
    return next(visits.live.paths[number] for number, row in enumerate(rows()) if row.is_page and row.route == ROUTE)


@pytest.mark.parametrize(("width", "script"), [(360, False), (1280, True)])
async def test_it_is_switched_off_and_taken_back(visits: Visits, width: int, script: bool) -> None:
    visits.live.speak("en")
    page = await visits.by("", width=width, java_script_enabled=script)
    await page.goto(link_of(visits))
    await expect(page.locator("h1")).to_have_text("Not again?")
    await expect(page.locator(".rows")).to_contain_text("Karlskrona–Saldanha Bay")
    await page.get_by_role("button", name="Switch it off").click()
    await expect(page.locator("h1")).to_have_text("Switched off")
    await page.get_by_role("button", name="Undo").click()
    await expect(page.locator("h1")).to_have_text("Switched on again")
    assert visits.complaints == []
