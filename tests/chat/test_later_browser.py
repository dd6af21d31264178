"""Choosing when a message goes out: the page shows what the other clock will show, in summer, in winter and between."""

import re

from playwright.async_api import expect

from tests.browser import IN_A_BROWSER, Visits
from tests.chat.test_room_browser import enter

pytestmark = IN_A_BROWSER


async def test_while_one_chooses_the_page_shows_the_time_by_the_other_clock(visits: Visits) -> None:
    page = await visits.by("owner", width=360, height=700)
    await page.goto(f"{await enter(page)}later/")
    both, clock = page.locator("[data-both]"), page.get_by_label("By whose clock")
    await page.get_by_label("Time").fill("08:00")
    for day, theirs, mine in (("2027-01-20", "09:00", "07:00"), ("2027-07-20", "08:00", "08:00")):
        await page.get_by_label("Day").fill(day)
        await clock.select_option("Europe/Stockholm")
        await expect(both).to_have_text(re.compile(rf"Saldanha Bay \(Johannesburg\): \w+,? 20 \w+,? {theirs}"))
        await clock.select_option("Africa/Johannesburg")
        await expect(both).to_have_text(re.compile(rf"My own \(Stockholm\): \w+,? 20 \w+,? {mine}"))
    await clock.select_option("Europe/Stockholm")
    await page.get_by_label("Day").fill("2027-03-28")
    await page.get_by_label("Time").fill("02:30")
    await expect(both).to_have_text("")
    assert visits.complaints == []
