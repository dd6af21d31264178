"""Files in a real browser: chosen, pasted and dropped, over a link that is cut, and without a script."""

import asyncio

from playwright.async_api import Page, Route, expect

from tests.browser import IN_A_BROWSER, Visits
from tests.chat.test_room_browser import connected, enter, words, write
from tests.chat.uploading import picture

pytestmark = IN_A_BROWSER

DROP = """([where, kind, name, text]) => {
  const brought = new DataTransfer();
  brought.items.add(new File([text], name, { type: "text/plain" }));
  const field = kind === "paste" ? { clipboardData: brought } : { dataTransfer: brought };
  document.querySelector(where).dispatchEvent(
    kind === "paste"
      ? new ClipboardEvent(kind, { ...field, bubbles: true, cancelable: true })
      : new DragEvent(kind, { ...field, bubbles: true, cancelable: true }),
  );
}"""


async def choose(page: Page, name: str, data: bytes) -> None:
    """Press the paper clip and choose a file."""
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    await page.get_by_label("Attach files").set_input_files(file)  # type: ignore[arg-type]  # playwright's TypedDict


async def test_a_file_goes_on_after_a_cut_and_its_message_with_it(visits: Visits) -> None:
    owner, partner = await visits.by("owner"), await visits.by("partner", width=360, height=700)
    for page in (owner, partner):
        await enter(page)
        await connected(page)
    cuts: list[str] = []

    async def cut(route: Route) -> None:
        """The second and the third piece do not arrive."""
        cuts.append(route.request.url)
        if len(cuts) in {2, 3}:
            await route.abort()
        else:
            await route.continue_()

    await owner.route("**/chat/api/files/*/?offset=*", cut)
    said = words()
    data = b"%PDF-1.7\n" + b"The plan. " * 40_000
    await choose(owner, "Plan.pdf", data)
    await owner.get_by_label("Write to").fill(said)
    await owner.get_by_role("button", name="Send", exact=True).click()
    await expect(owner.locator(".tray .note")).to_contain_text("No connection. It goes on by itself.")
    await expect(owner.get_by_text("Your message goes out as soon as the files are there.")).to_be_visible()
    theirs = partner.locator(".msg", has_text=said)
    await expect(theirs.locator(".file b")).to_have_text("Plan.pdf")
    await expect(owner.locator(".tray .file")).to_have_count(0)
    link = await theirs.get_by_role("link", name="Download Plan.pdf").get_attribute("href")
    assert await (await partner.request.get(str(link))).body() == data
    assert len(cuts) > 3
    visits.complaints[:] = [one for one in visits.complaints if "ERR_FAILED" not in one]
    assert visits.complaints == []


async def test_a_file_is_paused_and_goes_on_when_told(visits: Visits) -> None:
    owner = await visits.by("owner")
    await enter(owner)
    await connected(owner)
    pieces: list[str] = []
    held = asyncio.Event()

    async def hold(route: Route) -> None:
        """The second piece is on its way until the file is paused."""
        pieces.append(route.request.url)
        if len(pieces) == 2:
            return held.set()
        return await route.continue_()

    await owner.route("**/chat/api/files/*/?offset=*", hold)
    said, data = words(), b"%PDF-1.7\n" + b"The plan. " * 20_000
    await choose(owner, "Plan.pdf", data)
    await held.wait()
    await owner.get_by_role("button", name="Pause Plan.pdf").press("Enter")
    await expect(owner.locator(".tray .note")).to_contain_text("Paused at")
    await choose(owner, "Small.txt", b"Meanwhile")
    await expect(owner.get_by_text("ready to send")).to_be_visible()
    await write(owner, said)
    await expect(owner.get_by_text("Your message goes out as soon as the files are there.")).to_be_visible()
    assert len(pieces) == 3
    await owner.get_by_role("button", name="Go on Plan.pdf").press("Enter")
    mine = owner.locator(".msg", has_text=said)
    await expect(mine.get_by_role("link", name="Download Plan.pdf")).to_be_visible()
    await expect(mine.get_by_role("link", name="Download Small.txt")).to_be_visible()


async def test_pictures_are_pasted_and_dropped_and_looked_at(visits: Visits) -> None:
    owner = await visits.by("owner")
    await enter(owner)
    await connected(owner)
    await owner.evaluate(DROP, ["#body", "paste", "pasted.txt", "Pasted"])
    await owner.evaluate(DROP, [".log-wrap", "drop", "dropped.txt", "Dropped"])
    await choose(owner, "market.jpg", picture(size=(1600, 900)))
    await choose(owner, "holiday.jpg", b"MZ\x90\x00" * 20)
    tray = owner.get_by_role("list", name="Files that go with your message")
    await expect(tray.get_by_text("ready to send")).to_have_count(3)
    await expect(tray.get_by_text("This is a program")).to_be_visible()
    await tray.get_by_role("button", name="Do not send holiday.jpg").click()
    await tray.get_by_role("button", name="Do not send dropped.txt").click()
    await expect(tray.get_by_role("listitem")).to_have_count(2)
    await owner.reload()
    await expect(tray.get_by_text("ready to send")).to_have_count(2)
    said = words()
    await write(owner, said)
    mine = owner.locator(".msg", has_text=said)
    await expect(mine.locator(".state-stored")).to_be_visible()
    await expect(mine.locator(".file b")).to_have_text("pasted.txt")
    await mine.get_by_role("link", name="market.jpg").click()
    dialog = owner.get_by_role("dialog", name="market.jpg")
    await dialog.get_by_role("button", name="Show the whole picture").click()
    await expect(dialog.locator("img")).to_have_js_property("naturalWidth", 1600)
    await owner.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(mine.get_by_role("link", name="market.jpg")).to_be_focused()
    visits.complaints[:] = [one for one in visits.complaints if "415" not in one]
    assert visits.complaints == []


async def test_a_file_goes_with_the_form_where_no_script_runs(visits: Visits) -> None:
    page = await visits.by("owner", java_script_enabled=False)
    await enter(page)
    said = words()
    await choose(page, "Plan.txt", b"The plan")
    await page.get_by_label("Write to").fill(said)
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.locator(".msg", has_text=said).locator(".file b")).to_have_text("Plan.txt")
