"""Questions and choosing messages in a real browser: what comes live, and the way from the room to a lesson."""

from playwright.async_api import expect

from tests.browser import IN_A_BROWSER, Visits
from tests.chat.test_room_browser import connected, enter, words, write
from tests.chat.test_verbs_browser import menu_of

pytestmark = IN_A_BROWSER


async def test_a_question_comes_live_and_says_who_has_answered(visits: Visits) -> None:
    owner, partner = await visits.by("owner"), await visits.by("partner", width=360, height=700)
    for page in (owner, partner):
        await enter(page)
        await connected(page)
    said, answer = words(), words()
    await owner.get_by_label("Write to").fill(said)
    await owner.get_by_role("button", name="Ask as a question").click()
    await expect(owner.get_by_label("Your question")).to_have_value(said)
    await owner.get_by_label("Saldanha Bay").check()
    await owner.get_by_role("button", name="Ask", exact=True).click()
    asked = partner.locator(".msg", has_text=said).last
    await expect(asked.locator("[data-question]")).to_contain_text("Saldanha Bay has not answered yet")
    await asked.get_by_role("link", name="Answer").click()
    await connected(partner)
    await write(partner, answer)
    mine = owner.locator(".msg", has_text=said).first
    await expect(mine.get_by_role("link", name="Saldanha Bay has answered")).to_be_visible()
    assert visits.complaints == []


async def test_messages_are_chosen_in_the_room_and_lead_to_a_lesson(visits: Visits) -> None:
    owner = await visits.by("owner", width=360, height=700)
    await enter(owner)
    await connected(owner)
    first, second = words(), words()
    await write(owner, first)
    await write(owner, second)
    await (await menu_of(owner, owner.locator(".msg", has_text=first).first)).get_by_text("Keep in a lesson").click()
    bar = owner.get_by_role("group", name="Keep what we learnt")
    await expect(bar).to_contain_text("1 chosen")
    await owner.locator(".msg", has_text=second).first.get_by_role("checkbox").check()
    await expect(bar).to_contain_text("2 chosen")
    await bar.get_by_role("button", name="Write a lesson").click()
    quoted = owner.get_by_role("group", name="Words that you quote")
    await expect(quoted).to_contain_text(first)
    await expect(quoted).to_contain_text(second)
    assert visits.complaints == []
