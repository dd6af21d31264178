"""Talk without a mouse and without eyes: what a screen reader is told, in which order; a conversation by keyboard."""

import re
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.browser import IN_A_BROWSER, Visits
from tests.chat.test_room_browser import ROOM, connected, enter, words, write

pytestmark = IN_A_BROWSER
FAR = 250
"""So many presses of Tab lead round the page once."""


async def tree_of(page: Page) -> list[dict[str, Any]]:
    """The accessibility tree as the browser gives it to a screen reader."""
    session = await page.context.new_cdp_session(page)
    answer = await session.send("Accessibility.getFullAXTree")
    return list(answer["nodes"])


def value(node: dict[str, Any], name: str) -> str:
    return str(node.get(name, {}).get("value", ""))


def below(nodes: list[dict[str, Any]], node: dict[str, Any]) -> list[dict[str, Any]]:
    """What stands below a node, in the order in which it is read."""
    known = {one["nodeId"]: one for one in nodes}
    children = [known[pk] for pk in node.get("childIds", []) if pk in known]
    return [inner for child in children for inner in (child, *below(nodes, child))]


async def test_a_screen_reader_hears_author_text_and_time_of_each_message_in_their_order(visits: Visits) -> None:
    owner, partner = await visits.by("owner"), await visits.by("partner")
    for page in (owner, partner):
        await enter(page)
        await connected(page)
    first, second = words(), words()
    await write(owner, first)
    await expect(partner.locator(".msg", has_text=first)).to_be_visible()
    await write(partner, second)
    await expect(owner.locator(".msg", has_text=second)).to_be_visible()
    nodes = await tree_of(owner)
    (log,) = [node for node in nodes if value(node, "role") == "log"]
    assert value(log, "name") == ROOM
    heard = [
        [value(one, "name") for one in below(nodes, node) if value(one, "role") == "StaticText"]
        for node in below(nodes, log)
        if value(node, "role") == "article"
    ]
    for author, said, texts in zip(["You", "Partner Test"], [first, second], heard[-2:], strict=True):
        spoken = " | ".join(texts)
        assert re.search(rf"{author}.*{said}.*\d\d:\d\d", spoken), spoken
    names = {(value(node, "role"), value(node, "name")) for node in nodes}
    assert {("textbox", f"Write to {ROOM}"), ("region", "Messages"), ("navigation", "Rooms")} <= names
    nameless = [node for node in nodes if value(node, "role") in {"button", "link"} and not value(node, "name")]
    assert [node for node in nameless if not node.get("ignored")] == []
    assert visits.complaints == []


async def go(page: Page, to: Locator, key: str = "Tab") -> None:
    """Press ``key`` until ``to`` has the focus."""
    await expect(to).to_have_count(1)
    for _ in range(FAR):
        if await to.evaluate("node => node === document.activeElement"):
            return
        await page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {to}")


async def choose(page: Page, message: Locator, verb: str, role: Any = "button") -> None:
    """Open the menu of a message and press one of its verbs, all by keyboard."""
    await go(page, message.get_by_role("link", name="More"), "Shift+Tab")
    await page.keyboard.press("Enter")
    menu = page.get_by_role("dialog", name="This message")
    await expect(menu).to_be_visible()
    await go(page, menu.get_by_role(role, name=verb))
    await page.keyboard.press("Enter")


async def test_a_whole_conversation_is_held_by_keyboard(visits: Visits) -> None:
    page = await visits.by("owner", width=1440, height=900)
    await enter(page)
    await connected(page)
    field = page.get_by_label("Write to", exact=False).first
    said, reply, thread = words(), words(), words()
    await go(page, field)
    await page.keyboard.type(said)
    await page.keyboard.press("Enter")
    mine = page.locator(".log .msg", has_text=said).first
    await expect(mine.locator(".state-stored")).to_have_count(1)
    await choose(page, mine, "Thumbs up")
    await expect(mine.get_by_role("button", name="Thumbs up: 1")).to_have_count(1)
    await go(page, field)
    await choose(page, mine, "Reply")
    await expect(field).to_be_focused()
    await page.keyboard.type(reply)
    await page.keyboard.press("Enter")
    answer = page.locator(".log .msg").filter(has=page.locator(".said", has_text=reply))
    await expect(answer.locator(".state-stored")).to_have_count(1)
    await choose(page, answer, "Edit")
    await expect(field).to_have_value(reply)
    await page.keyboard.press("End")
    await page.keyboard.type(", changed")
    await page.keyboard.press("Enter")
    await expect(answer.locator(".said")).to_have_text(f"{reply}, changed")
    await expect(field).to_be_focused()
    await choose(page, mine, "Open the thread", "link")
    side = page.locator(".thread-side")
    await expect(side.get_by_label("Write to this thread")).to_be_focused()
    await page.keyboard.type(thread)
    await page.keyboard.press("Enter")
    await expect(side.locator(".msg", has_text=thread)).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(side).to_be_hidden()
    last = page.locator(".log .msg").filter(has=page.locator(".said", has_text=thread)).first
    number = await last.get_attribute("data-number")
    await go(page, field)
    await choose(page, page.locator(f"#m{number}").first, "Delete", "link")
    await expect(page.locator(f"#m{number} [data-deleted]").first).to_have_count(1)
    assert visits.complaints == []
