"""The bell in real browsers: it rises while one looks elsewhere, and everything works without a script."""

from uuid import uuid4

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser import IN_A_BROWSER, Visits

pytestmark = IN_A_BROWSER


async def announce(visits: Visits) -> str:
    """An officer tells everybody something that no other test tells. Returns the words."""
    said = f"Reports are due {uuid4().hex[:8]}"
    page = await visits.by("officer", java_script_enabled=False)
    await page.goto("/chat/")
    await page.get_by_role("link", name="Announcements").click()
    await page.get_by_label("Write to").fill(said)
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.locator(".msg", has_text=said)).to_be_visible()
    return said


def count(page: Page) -> Locator:
    """The number on the bell."""
    return page.locator("[data-bell] .count")


async def quiet(visits: Visits, *, width: int = 1280, person: str = "owner") -> Page:
    """A browser of somebody who has seen everything, on Me, with its socket up."""
    page = await visits.by(person, width=width, height=700)
    await page.goto("/notifications/")
    async with page.expect_response("**/notifications/api/count/"):  # asked for once the socket is welcomed
        await page.goto("/accounts/me/")
    await expect(count(page)).to_be_hidden()
    return page


@pytest.mark.parametrize("width", [360, 1280])
async def test_the_bell_rises_on_any_page_and_falls_where_another_device_looks(visits: Visits, width: int) -> None:
    page = await quiet(visits, width=width)
    await announce(visits)
    await expect(count(page)).to_have_text("1 new")
    await expect(page).to_have_title("(1) Me – Exchange")
    await expect(page.get_by_role("link", name="Notifications 1 new")).to_be_visible()
    await announce(visits)
    await expect(count(page)).to_have_text("2 new")
    other = await visits.by("owner", java_script_enabled=False)
    await other.goto("/notifications/")
    await expect(count(page)).to_be_hidden()
    await expect(page).to_have_title("Me – Exchange")
    assert visits.complaints == []


async def test_in_talk_the_bell_rises_over_the_one_socket_of_talk(visits: Visits) -> None:
    page = await visits.by("owner")
    await page.goto("/notifications/")
    await page.goto("/chat/")
    room = await page.get_by_role("link", name="Karlskrona–Saldanha Bay").first.get_attribute("href") or ""
    await page.goto("about:blank")
    sockets: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    await page.goto(room)
    await expect(page.locator("[data-fresh]")).to_contain_text("Up to date")
    await announce(visits)
    await expect(count(page)).to_have_text("1 new")
    assert len(sockets) == 1


async def test_under_data_saver_no_page_outside_talk_opens_a_socket(visits: Visits) -> None:
    page = await visits.by("guest")
    await page.goto("/accounts/me/")
    await page.get_by_label("Data saver").check()
    sockets: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    await page.get_by_role("button", name="Save", exact=True).click()
    await page.goto("/network/")
    await page.evaluate("new Promise((idle) => requestIdleCallback(() => setTimeout(idle, 500)))")
    assert sockets == []


async def test_a_new_line_appears_at_the_top_of_the_open_list(visits: Visits) -> None:
    page = await visits.by("owner", width=360)
    async with page.expect_response("**/notifications/news/**"):
        await page.goto("/notifications/")
    first = await announce(visits)
    top = page.locator(".told").first
    await expect(top).to_contain_text(first)
    await expect(top.get_by_text("Unread")).to_be_visible()
    await expect(page.locator("[data-spoken]")).to_contain_text("News from Officer Test")
    second = await announce(visits)
    await expect(top).to_contain_text(second)
    await expect(page.locator(".told", has_text=first)).to_have_count(1)
    await expect(count(page)).to_be_hidden()
    assert visits.complaints == []


async def test_a_line_that_was_opened_is_not_unread_when_one_comes_back(visits: Visits) -> None:
    said = await announce(visits)
    page = await visits.by("owner")
    await page.goto("/notifications/")
    line = page.locator(".told", has_text=said)
    await line.get_by_role("link").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Announcements")
    await page.go_back()
    await expect(line).to_be_visible()
    await expect(line.get_by_text("Unread")).to_have_count(0)


async def test_without_a_script_one_counts_reads_and_takes_back(visits: Visits) -> None:
    said = await announce(visits)
    page = await visits.by("owner", width=360, java_script_enabled=False)
    await page.goto("/")
    await page.get_by_role("link", name="Notifications").click()
    await expect(page.locator(".told").first).to_contain_text(said)
    await expect(count(page)).to_be_hidden()
    await page.get_by_role("button", name="Mark all as read").click()
    await expect(page.locator(".told-unread")).to_have_count(0)
    await page.get_by_role("button", name="Undo").click()
    await expect(page.locator(".told-unread").first).to_contain_text(said)
    await page.locator(".told").first.get_by_role("link").click()
    await expect(page.locator(".msg", has_text=said)).to_be_visible()
    await page.goto("/notifications/?show=unread")
    await expect(page.locator(".told", has_text=said)).to_have_count(0)
