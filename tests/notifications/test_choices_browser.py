"""How to be told, in real browsers: a table on a wide screen, a list on a telephone, and a room's own choice."""

from playwright.async_api import Page, expect

from tests.browser import IN_A_BROWSER, Visits

pytestmark = IN_A_BROWSER

NEWS = "News in the announcements"


async def rows_of(page: Page) -> int:
    """On how many lines the three choices of one kind stand."""
    group = page.get_by_role("group", name=NEWS)
    await expect(group).to_be_visible()
    boxes = [await box.bounding_box() for box in await group.get_by_role("radio").all()]
    return len({round(box["y"]) for box in boxes if box})


async def test_choices_stand_in_a_row_or_below_each_other_and_are_kept(visits: Visits) -> None:
    page = await visits.by("owner", width=1280)
    await page.goto("/accounts/me/")
    await page.get_by_role("link", name="Change how you are told").click()
    assert await rows_of(page) == 1
    await page.set_viewport_size({"width": 360, "height": 700})
    assert await rows_of(page) == 3
    await page.get_by_role("group", name=NEWS).get_by_label("In the digest").check()
    await expect(page.get_by_label("On what day")).to_be_hidden()
    await page.get_by_label("Once a week").check()
    await page.get_by_label("On what day").select_option("Friday")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Saved.")).to_be_visible()
    await expect(page.get_by_role("group", name=NEWS).get_by_label("In the digest")).to_be_checked()
    await expect(page.get_by_label("On what day")).to_have_value("4")
    await page.get_by_text("Back to how it was at first").click()
    await page.get_by_role("button", name="Yes, back to the defaults").click()
    await expect(page.get_by_role("group", name=NEWS).get_by_label("At once")).to_be_checked()
    assert visits.complaints == []


async def test_everything_is_muted_and_no_longer_without_a_script(visits: Visits) -> None:
    page = await visits.by("partner", width=360, java_script_enabled=False)
    await page.goto("/notifications/choices/")
    await page.get_by_role("button", name="An hour").click()
    await expect(page.get_by_text("Only the bell until")).to_be_visible()
    await page.get_by_role("button", name="End it now").click()
    await expect(page.get_by_role("button", name="An hour")).to_be_visible()


async def test_a_room_is_muted_in_its_details_on_a_telephone_without_a_script(visits: Visits) -> None:
    page = await visits.by("councillor", width=360, height=700, java_script_enabled=False)
    await page.goto("/chat/")
    await page.get_by_role("link", name="Steering group").click()
    await page.get_by_role("link", name="Details").click()
    await page.get_by_role("button", name="a day").click()
    await expect(page.get_by_text("Muted until")).to_be_visible()
    await page.goto("/chat/")
    await expect(page.get_by_role("link", name="Steering group").get_by_text("muted")).to_be_attached()
    await page.goto("/notifications/choices/")
    await expect(page.get_by_role("listitem").filter(has_text="Steering group")).to_contain_text("Not at all, until")
    await page.get_by_role("button", name="Remove Steering group").click()
    await expect(page.get_by_role("button", name="Remove")).to_have_count(0)
