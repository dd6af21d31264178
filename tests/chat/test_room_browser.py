"""Talk in real browsers: two people in one room, a link that drops, a page without scripts."""

from uuid import uuid4

from playwright.async_api import Locator, Page, WebSocketRoute, expect

from tests.browser import IN_A_BROWSER, Visits

pytestmark = IN_A_BROWSER

ROOM = "Karlskrona–Saldanha Bay"


def words() -> str:
    """A text that no other test writes."""
    return f"Bins are full again {uuid4().hex[:8]}"


async def enter(page: Page, room: str = ROOM) -> str:
    """Go into a room through the list; returns its address."""
    await page.goto("/chat/")
    await page.get_by_role("link", name=room).first.click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(room)
    return page.url.split("#", maxsplit=1)[0]


async def to_the_end(page: Page) -> None:
    """Scroll there: a room opens at what is unread, which other tests may have left a screenful of."""
    await page.locator("#latest").evaluate("end => end.scrollIntoView()")


def listed(page: Page, address: str) -> Locator:
    """The line of the list that leads to the room at ``address``: rooms of one partnership bear its name too."""
    return page.locator(f'.room-link[data-room="{address.split("/")[4]}"]')


async def write(page: Page, text: str) -> None:
    """Type and press Enter."""
    await page.get_by_label("Write to").fill(text)
    await page.get_by_label("Write to").press("Enter")


async def connected(page: Page) -> None:
    """Wait until the page says that it is up to date."""
    await expect(page.locator("[data-fresh]")).to_contain_text("Up to date")


async def test_what_one_writes_stands_in_the_others_browser(visits: Visits) -> None:
    owner, partner = await visits.by("owner"), await visits.by("partner", width=360, height=700)
    for page in (owner, partner):
        await enter(page)
        await connected(page)
    await to_the_end(partner)
    said = words()
    await write(owner, f"{said}, **every** morning\n- one\n- two")
    mine = owner.locator(".msg", has_text=said)
    theirs = partner.locator(".msg", has_text=said)
    await expect(mine.locator(".state-stored")).to_be_visible()
    await expect(theirs.locator("strong")).to_have_text("every")
    await expect(theirs.locator("li")).to_have_count(2)
    await expect(theirs.locator(".who b")).to_have_text("Owner Test")
    await expect(theirs).to_be_in_viewport()
    assert visits.complaints == []


async def test_what_becomes_of_a_message_is_seen_at_once(visits: Visits) -> None:
    owner, partner = await visits.by("owner"), await visits.by("partner")
    for page in (owner, partner):
        await enter(page)
        await connected(page)
    said = words()
    await write(owner, said)
    theirs = partner.locator(".msg", has_text=said)
    message, room = await theirs.get_attribute("data-id"), partner.url.split("/")[4]
    at = f"/chat/api/rooms/{room}/messages/{message}/"
    await change(partner, "PUT", f"{at}reactions/👍/")
    await expect(owner.locator(".msg", has_text=said).locator(".sign")).to_have_text("👍 1")
    await change(owner, "PATCH", at, {"body": f"{said}, twice"})
    await expect(theirs.locator(".marks")).to_have_text("👍 1Edited")
    await expect(theirs.locator(".said")).to_have_text(f"{said}, twice")
    await change(owner, "DELETE", at)
    await expect(partner.locator(f'.msg[data-id="{message}"] .text')).to_have_text("This message was deleted.")
    assert visits.complaints == []


async def change(page: Page, method: str, address: str, data: dict[str, str] | None = None) -> None:
    """What a client does over HTTP, as the page's person."""
    cookies = {cookie["name"]: cookie["value"] for cookie in await page.context.cookies()}
    headers = {"X-CSRFToken": cookies["csrftoken"], "Referer": page.url}
    answer = await page.request.fetch(address, method=method, headers=headers, data=data)
    assert answer.ok, await answer.text()


async def test_on_a_telephone_the_newest_own_words_say_stored_and_tools_cover_nothing(visits: Visits) -> None:
    page = await visits.by("owner", width=360, height=700)
    await enter(page)
    await connected(page)
    for said in (words(), words()):
        await write(page, said)
        newest = page.locator(".msg", has_text=said)
        await expect(newest.locator(".state-stored")).to_be_visible()
        word = await newest.locator(".state-stored > span").bounding_box()
        assert word
        assert word["width"] > 20
        assert await newest.locator(".state-stored").inner_text() == "Sent"
    await page.mouse.move(0, 0)
    await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    text = await newest.locator(".text").bounding_box()
    assert text
    await page.mouse.move(text["x"] + 20, text["y"] + 5)
    await expect(newest.locator(".msg-tools")).to_be_visible()
    tools, field = await newest.locator(".msg-tools").bounding_box(), await page.locator(".composer").bounding_box()
    article = await newest.bounding_box()
    assert tools
    assert field
    assert article
    assert tools["y"] + tools["height"] <= article["y"] + article["height"] <= field["y"]


async def test_the_outsider_finds_nothing(visits: Visits) -> None:
    address = await enter(await visits.by("owner"))
    outsider = await visits.by("outsider")
    response = await outsider.goto(address)
    assert response is not None
    assert response.status == 404
    await outsider.goto("/chat/")
    await expect(outsider.get_by_role("link", name="Älvsbyn–Rombo")).to_be_visible()
    await expect(outsider.get_by_role("link", name=ROOM)).to_have_count(0)


async def test_a_reload_keeps_what_is_typed(visits: Visits) -> None:
    page = await visits.by("owner")
    await enter(page, "Project group")
    await connected(page)
    await page.get_by_label("Write to").fill("Half a thou")
    await page.reload()
    await expect(page.get_by_label("Write to")).to_have_value("Half a thou")
    await connected(page)
    await write(page, words())
    await page.reload()
    await expect(page.get_by_label("Write to")).to_have_value("")


async def test_words_written_without_a_link_are_queued_then_stored(visits: Visits) -> None:
    owner, partner = await visits.by("owner"), await visits.by("partner")
    for page in (owner, partner):
        await enter(page)
        await connected(page)
    said = words()
    await owner.context.set_offline(True)
    await expect(owner.locator("[data-spoken]")).to_contain_text("No connection")
    await write(owner, said)
    mine = owner.locator(".msg", has_text=said)
    await expect(mine.locator(".state-queued")).to_be_visible()
    await expect(owner.locator("[data-waiting]")).to_have_text("1 waiting to be sent")
    await owner.context.set_offline(False)
    await expect(mine.locator(".state-stored")).to_be_visible()
    await expect(owner.locator("[data-waiting]")).to_be_hidden()
    await expect(partner.locator(".msg", has_text=said)).to_have_count(1)


async def test_words_queued_outlive_a_reload(visits: Visits) -> None:
    page = await visits.by("owner")
    await enter(page)
    await connected(page)
    said = words()
    await page.context.set_offline(True)
    await write(page, said)
    await expect(page.locator(".msg", has_text=said).locator(".state-queued")).to_be_visible()
    await page.context.set_offline(False)
    await page.reload()
    await expect(page.locator(".msg", has_text=said).locator(".state-stored")).to_be_visible()
    await expect(page.locator(".msg", has_text=said)).to_have_count(1)


async def test_a_refused_message_goes_back_into_the_field(visits: Visits) -> None:
    page = await visits.by("owner")
    await enter(page)
    await connected(page)
    await write(page, "long " * 2000)
    await page.get_by_role("button", name="Edit").click()
    await expect(page.get_by_label("Write to")).to_have_value(("long " * 2000).strip())
    await page.get_by_label("Write to").fill("")


async def test_the_list_counts_without_a_reload(visits: Visits) -> None:
    owner, partner = await visits.by("owner"), await visits.by("partner")
    address = await enter(owner)
    await connected(owner)
    await partner.goto("/chat/")
    await partner.wait_for_load_state("networkidle")
    entry = listed(partner, address)
    await expect(entry).to_have_attribute(
        "data-version", await owner.locator("[data-talk]").get_attribute("data-version")
    )
    before = await unread(entry)
    others = await unread(partner.locator(".room-link")) - before
    said = words()
    await write(owner, said)
    await expect(entry.locator(".count-number")).to_have_text(str(before + 1))
    await expect(entry.locator(".room-last")).to_contain_text(said)
    await expect(partner).to_have_title(f"({before + others + 1}) Talk – Exchange")
    await entry.click()
    await expect(partner.locator(".msg", has_text=said)).to_be_visible()
    await connected(partner)
    await to_the_end(partner)
    await expect(partner.locator(".room-link[aria-current] .count")).to_be_hidden()
    await expect(partner).to_have_title(f"({others}) {ROOM} – Exchange" if others else f"{ROOM} – Exchange")


async def unread(entries: Locator) -> int:
    """The sum of what is unread in these lines of the list."""
    return int(await entries.evaluate_all("links => links.reduce((n, {dataset: d}) => n + (d.count - d.read), 0)"))


async def test_a_network_that_blocks_sockets_only_makes_it_slower(visits: Visits) -> None:
    owner, partner = await visits.by("owner"), await visits.by("partner")
    await owner.route_web_socket("**/ws/chat/", refuse)
    for page in (owner, partner):
        await enter(page)
    await connected(partner)
    said, answer = words(), words()
    await write(owner, said)
    await expect(owner.locator(".msg", has_text=said).locator(".state-stored")).to_be_visible(timeout=30_000)
    await expect(partner.locator(".msg", has_text=said)).to_be_visible()
    await write(partner, answer)
    await expect(owner.locator(".msg", has_text=answer)).to_be_visible()


async def refuse(socket: WebSocketRoute) -> None:
    """What a proxy does that knows no sockets."""
    await socket.close()


async def test_whoever_is_signed_out_is_told_and_keeps_the_draft(visits: Visits) -> None:
    page = await visits.by("officer")
    await enter(page)
    await connected(page)
    await page.get_by_label("Write to").fill("Half a thought")
    cookies = await page.context.cookies()
    await page.context.clear_cookies()
    await page.evaluate("dispatchEvent(new Event('offline')); dispatchEvent(new Event('online'))")
    await expect(page.get_by_role("link", name="Sign in again")).to_be_visible()
    await expect(page.get_by_label("Write to")).to_have_value("Half a thought")
    await page.context.add_cookies(cookies)  # type: ignore[arg-type]  # playwright's own TypedDict
    await page.get_by_role("link", name="Sign in again").click()
    await expect(page.get_by_label("Write to")).to_have_value("Half a thought")


async def test_signing_out_leaves_nothing_in_the_browser(visits: Visits) -> None:
    page = await visits.by("")  # a session of its own, since it ends
    await page.goto("/accounts/login/")
    await page.get_by_label("E-mail").fill("stranger@test.example")
    await page.locator("[name=password]").fill("correct horse")
    await page.locator("[name=password]").press("Enter")
    await page.wait_for_url("**/")
    await page.evaluate("localStorage.setItem(`exchange.${document.body.dataset.person}.meter`, '7')")
    await page.goto("/accounts/logout/")
    await page.locator("main").get_by_role("button", name="Sign out").click()
    await page.wait_for_url("**/accounts/login/**")
    assert await page.evaluate("Object.keys(localStorage)") == []


async def test_a_room_works_without_a_script(visits: Visits) -> None:
    page = await visits.by("owner", java_script_enabled=False)
    await enter(page)
    said = words()
    await page.get_by_label("Write to").fill(f"{said}\nand a second line")
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.locator(".msg", has_text=said)).to_have_count(1)
    await expect(page.get_by_label("Write to")).to_have_value("")
