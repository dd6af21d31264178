"""The first ratchet, for sockets: every frame says what each named person hears, and that is what they hear."""

from typing import Any

import pytest

from exchange.sockets import ADDRESSES
from tests.access_rows import NOBODY, PEOPLE, FrameRow, frame_rows
from tests.conftest import World
from tests.sockets import Browser, in_thread

ROWS = frame_rows()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
async def test_everyone_hears_what_the_table_says(row: FrameRow, world: World) -> None:
    frame = await in_thread(row.frame, world)
    heard = {person: await answer(row, frame, world, person) for person in [*PEOPLE, NOBODY]}
    assert heard == row.expected


def test_every_frame_has_a_row() -> None:
    known = {(path, name) for path, serve in ADDRESSES.items() for name in [*serve.__self__.frames, "ping"]}
    missing = sorted(known - {(row.socket, row.type) for row in ROWS})
    assert missing == [], "".join(
        f'\nAdd to FRAMES in tests/<app>/access_rows.py: FrameRow("{path}", "{name}", lambda world: {{…}}, …)'
        for path, name in missing
    )


async def answer(row: FrameRow, frame: dict[str, Any], world: World, person: str) -> str:
    """What one person hears in answer to the frame. ``nothing`` is proved by the answer to what is asked next."""
    if person == NOBODY:
        signed_out = Browser(path=row.socket)
        await signed_out.wire.connect()
        return str((await signed_out.hear())["code"])
    browser = await Browser.open(getattr(world, person))
    await browser.say(row.type, **frame, ref="asked")
    if row.expected[person] == "nothing":
        await browser.say("ping", ref="next")
    heard = await browser.hear()
    while heard.get("ref") not in {"asked", "next"}:
        heard = await browser.hear()
    await browser.close()
    return described(heard)


def described(frame: dict[str, Any]) -> str:
    """The word of ``FrameRow.expected`` for a frame."""
    if frame["ref"] == "next":
        return "nothing"
    return "denied" if frame.get("denied") else str(frame.get("code") or frame["type"])
