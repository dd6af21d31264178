"""Finding across languages in a real browser: with and without script, wide and narrow, to the alert under the bell."""

import asyncio
import subprocess
import sys

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Locator, Page, expect

from tests.browser import IN_A_BROWSER, Visits
from tests.live import ROOT, Live, clean

pytestmark = IN_A_BROWSER

ROUND = "from django.utils import timezone; from search import work_off; from knowledge.alerts import look; "
ROUND += "work_off(); look(timezone.now())"


def worker(live: Live) -> None:
    """What the worker does within a second and a minute."""
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", ROUND]
    subprocess.run(command, cwd=ROOT, env=clean(VAR_DIR=str(live.folder)), check=True, timeout=120)


async def found(page: Page, query: str, title: Locator) -> None:
    """Ask until the server has looked at its index again, which it does within a second."""
    for _attempt in range(30):
        await page.goto(f"/knowledge/?q={query}")
        if await title.is_visible():
            return
        await asyncio.sleep(0.5)
    await expect(title).to_be_visible()


async def publish(page: Page, title: str, words: str) -> None:
    """Write a Swedish lesson for every member."""
    await page.goto("/knowledge/new/")
    await page.get_by_label("Title").fill(title)
    await page.get_by_label("Language").select_option("sv")
    await page.get_by_label("What we did").fill(words)
    await page.get_by_label("Every member").check()
    await page.get_by_role("button", name="Publish").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(title)


@pytest.mark.parametrize(("width", "script"), [(360, False), (1280, True)])
async def test_a_swahili_query_finds_what_a_swede_wrote_and_tells_of_the_next(
    visits: Visits, width: int, script: bool
) -> None:
    mark = f"torget{width}"
    writer = await visits.by("owner", java_script_enabled=script)
    await publish(writer, f"Sopsäckar vid {mark}", "Vi ordnade en enklare avfallshantering med säckar.")
    worker(visits.live)
    reader = await visits.by("partner", width=width, java_script_enabled=script)
    title = reader.get_by_role("link", name=f"Sopsäckar vid {mark}")
    await found(reader, "taka+ngumu", title)
    await expect(reader.locator(".result mark").first).to_be_visible()
    await reader.goto("/knowledge/?q=avfallshantreing")
    await expect(title).to_be_visible()
    await reader.goto("/knowledge/?q=taka+ngumu")
    if width < 800:
        await reader.locator(".filters-narrow > summary").click()
    await reader.locator('input[name="language"][value="sv"]').check()
    await reader.get_by_role("button", name="Show results").click()
    await expect(reader.get_by_role("link", name="Swedish").or_(reader.locator(".chip-remove")).first).to_be_visible()
    await expect(title).to_be_visible()
    await reader.get_by_text("Save this search").click()
    await reader.get_by_label("What you call it").fill(f"Taka {width}")
    await reader.get_by_role("button", name="Save", exact=True).click()
    await expect(reader.get_by_role("link", name=f"Taka {width}")).to_be_visible()
    await publish(writer, f"Vågen vid {mark}", "En våg gjorde vår avfallshantering billigare.")
    worker(visits.live)
    await reader.goto("/notifications/")
    await expect(reader.get_by_text(f"“Vågen vid {mark}”").first).to_be_visible()
    assert visits.complaints == []


async def test_the_field_suggests_and_is_walked_by_keys(visits: Visits) -> None:
    writer = await visits.by("owner")
    await publish(writer, "Kompostering i kolonilotten", "Vi komposterade.")
    worker(visits.live)
    page = await visits.by("partner", width=360)
    await page.goto("/knowledge/")
    field = page.get_by_role("combobox", name="Search lessons")
    await field.press_sequentially("kompost")
    await expect(page.get_by_role("option", name="Kompostering i kolonilotten")).to_be_visible()
    await field.press("ArrowDown")
    await expect(page.locator('[role="option"][aria-selected="true"]')).to_have_count(1)
    assert (await Axe().run(page)).response["violations"] == []
    await field.press("Escape")
    await expect(page.locator("#suggestions")).to_be_hidden()
    await expect(field).to_have_value("kompost")
    await field.press_sequentially("e")
    await expect(page.get_by_role("option").first).to_be_visible()
    await field.press("ArrowUp")
    await field.press("Enter")
    await expect(page.get_by_role("link", name="Kompostering i kolonilotten")).to_be_visible()
    assert visits.complaints == []
