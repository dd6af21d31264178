"""Mentions in real browsers: names are offered while one types, whoever is called sees it, and telling many asks."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from playwright.async_api import expect

from tests.browser import IN_A_BROWSER, Visits
from tests.chat.test_room_browser import connected, enter, listed, words

pytestmark = IN_A_BROWSER


async def test_typing_the_sign_offers_the_people_of_the_room_by_keyboard(visits: Visits) -> None:
    owner, partner = await visits.by("owner"), await visits.by("partner", width=360, height=700)
    await partner.goto("/chat/")
    address = await enter(owner)
    await connected(owner)
    field = owner.get_by_label("Write to")
    await field.press_sequentially("What now, @te")
    offered = owner.get_by_role("listbox", name="People to mention").get_by_role("option")
    await expect(offered.locator("b")).to_have_text(["Councillor Test", "Officer Test", "Partner Test"])
    await field.press("ArrowUp")
    await expect(offered.last).to_have_attribute("aria-selected", "true")
    await field.press("Enter")
    await expect(field).to_have_value("What now, @Partner Test ")
    await expect(owner.get_by_role("listbox")).to_be_hidden()
    await field.press("Enter")
    await expect(owner.locator(".msg b.mention").last).to_have_text("@Partner Test")
    link = listed(partner, address)
    await expect(link.locator(".count-calls")).to_contain_text("mention you")
    await enter(partner)
    await expect(partner.locator(".msg-calls .calls").last).to_have_text("Mentions you")
    await expect(link.locator(".count-calls")).to_be_hidden()
    assert visits.complaints == []


async def test_the_people_are_offered_to_a_finger_and_escape_puts_them_away(visits: Visits) -> None:
    page = await visits.by("owner", width=360, height=700)
    await enter(page)
    await connected(page)
    field = page.get_by_label("Write to")
    await field.press_sequentially("@cou")
    await expect(page.get_by_role("option").first).to_be_visible()
    await field.press("Escape")
    await expect(page.get_by_role("listbox")).to_be_hidden()
    await field.press_sequentially("n")
    await page.get_by_role("option").first.click()
    await expect(field).to_have_value("@Councillor Test ")
    await expect(field).to_be_focused()
    assert visits.complaints == []


async def test_telling_over_twenty_people_asks_first_and_sends_nothing_before(visits: Visits) -> None:
    owner, partner = await visits.by("owner"), await visits.by("partner")
    said, after = words(), words()
    with crowd(visits.live.folder):
        for page in (owner, partner):
            await enter(page, "Square")
            await connected(page)
        field = owner.get_by_label("Write to")
        await field.press_sequentially(f"{said}, @every")
        group = owner.get_by_role("listbox", name="People to mention").get_by_role("option")
        await expect(group).to_contain_text(["everyone"])
        await expect(group.locator("small")).to_have_text(["25 people"])
        await field.press("Enter")
        await expect(field).to_have_value(f"{said}, @everyone ")
        await field.press("Enter")
        mine = owner.locator(".msg", has_text=said)
        await expect(mine).to_contain_text("25 people")
        await mine.get_by_role("button", name="Edit").click()
        await expect(mine).to_have_count(0)
        await expect(field).to_have_value(f"{said}, @everyone")
        await field.press("Enter")
        await field.fill(after)
        await field.press("Enter")
        await expect(partner.locator(".msg", has_text=after)).to_be_visible()
        await expect(partner.locator(".msg", has_text=said)).to_have_count(0)
        await mine.get_by_role("button", name="Send now").press("Enter")
        await expect(mine.locator(".state-stored")).to_be_visible()
        await expect(partner.locator(".msg-calls", has_text=said)).to_have_count(1)
    assert visits.complaints == []


@contextmanager
def crowd(folder: Path, many: int = 21) -> Iterator[None]:
    """Trainees in the network, who are guests of its square, made behind its back; their seats end with the test."""
    with closing(sqlite3.connect(folder / "exchange.sqlite3", timeout=20)) as database:
        (officer,) = database.execute("SELECT id FROM accounts_user WHERE name = 'Officer Test'").fetchone()
        (seat,) = database.execute("SELECT id FROM partnerships_membership WHERE person_id = ?", [officer]).fetchone()
        with database:
            for number in range(many):
                name = f"Trainee{number} Test"
                trainee = copied(database, "accounts_user", officer, name=name, email=f"trainee{number}@test.example")
                copied(database, "partnerships_membership", seat, person_id=trainee, function="trainee")
        yield
        with database:
            database.execute("UPDATE partnerships_membership SET ends = '2025-02-01' WHERE function = 'trainee'")


def copied(database: sqlite3.Connection, table: str, row: int, **other: object) -> int:
    """A row like another, but for these fields; its number."""
    names = [name for _place, name, *_more in database.execute(f"PRAGMA table_info({table})") if name != "id"]
    like = ", ".join(f":{name}" if name in other else name for name in names)
    made = database.execute(
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {like} FROM {table} WHERE id = :row", {**other, "row": row}
    )
    return int(made.lastrowid or 0)
