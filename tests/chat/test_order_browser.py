"""Conversations and topic rooms in real browsers: begun by keyboard and without a script, live for those who look."""

from uuid import uuid4

from playwright.async_api import expect

from tests.browser import IN_A_BROWSER, Visits

pytestmark = IN_A_BROWSER


async def test_a_topic_room_is_opened_archived_and_opened_again_while_another_looks(visits: Visits) -> None:
    owner, partner = await visits.by("owner"), await visits.by("partner", width=360, height=700)
    name = f"Compost {uuid4().hex[:8]}"
    await partner.goto("/chat/")
    await owner.goto("/chat/topics/new/")
    await owner.get_by_label("Name").fill(name)
    await owner.get_by_label("Who is in it").select_option(label="Karlskrona–Saldanha Bay")
    await owner.get_by_role("button", name="Open the room").press("Enter")
    await expect(owner.get_by_role("heading", level=1)).to_have_text(name)
    await partner.get_by_role("link", name=name).click()
    await expect(partner.locator("[data-fresh]")).to_contain_text("Up to date")
    await owner.goto(f"{owner.url.split('#')[0]}topic/")
    await owner.get_by_role("button", name="Archive the room").press("Enter")
    await expect(partner.get_by_text("Whether you may write here has changed.")).to_be_visible()
    await expect(partner.get_by_label("Write to")).to_be_hidden()
    await expect(partner.locator('[data-kinds="archived"] .room-link', has_text=name)).to_have_count(1)
    await owner.goto(f"{owner.url.split('#')[0]}topic/")
    await owner.get_by_role("button", name="Open the room again").press("Enter")
    await expect(partner.get_by_label("Write to")).to_be_visible()
    await expect(partner.locator('[data-kinds="archived"] .room-link', has_text=name)).to_have_count(0)
    await partner.get_by_label("Write to").fill("Good that it is open")
    await partner.get_by_label("Write to").press("Enter")
    await expect(owner.locator(".msg", has_text="Good that it is open")).to_be_visible()
    assert visits.complaints == []


async def test_a_conversation_is_begun_without_a_script(visits: Visits) -> None:
    plain = await visits.by("owner", java_script_enabled=False)
    await plain.goto("/chat/new/")
    await plain.get_by_label("Name, title or municipality").fill("councillor")
    await plain.get_by_role("button", name="Find").click()
    await plain.get_by_label("Councillor Test").check()
    await plain.get_by_role("button", name="Open the conversation").click()
    await expect(plain.get_by_role("heading", level=1)).to_have_text("Councillor Test")
    assert visits.complaints == []
