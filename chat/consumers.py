"""The socket of chat: each frame of docs/chat-protocol.md that a client may send."""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from chat import question_frames
from chat.actions import (
    Outcome,
    Refused,
    Verdict,
    delete_message,
    edit_message,
    pin_message,
    react,
    say_language,
    undelete_message,
)
from chat.broadcasts import topic
from chat.drafts import save as save_draft
from chat.forms import SOON, post_of, refused_because
from chat.live import visible_heads
from chat.marking import follow, set_read, set_unread
from chat.pages import Changes, changes
from chat.payloads import user_payload
from chat.presence import MOST_PEOPLE, is_shown
from chat.writer import writer
from realtime.frames import FrameError, is_whole, ref_of, switch, whole, words
from realtime.items import encode
from realtime.kinds import Head, Page
from realtime.publishing import hint
from realtime.socket import Socket
from realtime.threads import change, read
from realtime.topic import Place
from realtime.versioned import Versioned
from realtime.wire import Frame

MOST_ROOMS = 500
TYPING_PAUSE = 3.0


class ChatSocket(Socket):
    """One browser that talks. Each frame looks its room up again."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.typed: dict[int, float] = {}
        self.is_shown: bool | None = None

    # Following

    async def watch(self, frame: dict[str, Any]) -> None:
        """Follow rooms, whole or only their heads; the first that is behind gets its first page at once."""
        have, count = rooms_in(frame)
        asked = [*have, *(pk for pk in count if pk not in have)]
        fresh = [pk for pk in asked if topic(pk) not in self.places]
        for pk in asked:
            self.place(pk)  # before the numbers are read, so that nothing falls between
        heads = await read(visible_heads, self.user, asked)
        for pk in fresh:
            if pk not in heads:
                self.leave(pk)
        denied = [pk for pk in asked if pk not in heads]
        self.say(
            {
                "type": "welcome",
                "user": user_payload(self.user),
                "heads": {pk: head.version for pk, head in heads.items()},
                **({"denied": denied} if denied else {}),
                "beat": self.beat_seconds,
            },
            frame,
        )
        for pk in count:
            if pk in heads and pk not in have:
                self.count(pk, heads[pk])
        behind = [pk for pk in have if pk in heads and not await self.settle(pk, have[pk], heads[pk])]
        if behind:
            await self.catch_up(behind[0])

    def count(self, pk: int, head: Head) -> None:
        """Hear only of the room's heads."""
        place = self.place(pk)
        place.counts = place.live = True
        place.have, place.access = head.version, head.access
        versioned(place).begin(head.version)

    async def settle(self, pk: int, have: int | None, head: Head) -> bool:
        """Go live in a room where nothing is missing. False where the client is behind, and must ask."""
        place = self.place(pk)
        place.counts = place.live = False
        if have is not None and have != head.version:
            place.have = have
            versioned(place).begin(head.version)
            return False
        if not versioned(place).settle(place, head):
            await self.catch_up(pk)  # something came while the head was read
        return True

    async def catch_up(self, pk: int, since: int | None = None, to: dict[str, Any] | None = None) -> bool:
        """Write one page; the one that reaches the head and going live are one step. False where there is no room."""
        place = self.places.get(topic(pk))
        if place is not None:
            place.live = False
        start = since if since is not None else place.have if place else 0
        while True:
            page = await read(changes, pk, start, self.user)
            if page is None or (place is not None and self.places.get(topic(pk)) is not place):
                return False  # not there, or taken away while it was read: after ``gone`` nothing comes of it
            finished = said(page, to)
            if place is None or place.counts:
                self.outbox.put(Frame(finished.text, page=True))
                return True
            if versioned(place).offer(place, finished):
                return True
            if page.version > start:  # the room went on: what there is goes out, and the client asks for the rest
                return versioned(place).offer(place, said(replace(page, more=True), to))

    async def unwatch(self, frame: dict[str, Any]) -> None:
        """Follow these rooms no more."""
        for pk in ids_in(frame.get("rooms")):
            self.leave(pk)

    async def ask(self, frame: dict[str, Any]) -> None:
        """One page after a version."""
        if not await self.catch_up(whole(frame, "room"), whole(frame, "since"), frame):
            self.refuse(frame, "not_found")

    # Saying something

    async def post(self, frame: dict[str, Any]) -> None:
        """Hand a message to the writer; its answer is an ``ack`` or an ``error``."""
        post = post_of(frame, whole(frame, "room"), self.user)
        if isinstance(post, Refused):
            self.refused(frame, post)
        else:
            writer().submit(post, partial(self.answer, frame))

    def answer(self, frame: dict[str, Any], outcome: Outcome) -> None:
        """The verdict on a post."""
        if isinstance(outcome, Refused):
            self.refused(frame, outcome)
            return
        message = outcome.message
        self.say(
            {
                "type": "ack",
                "client_id": frame["client_id"],
                "room": message.room_id,
                "id": message.pk,
                "number": message.number,
                "version": message.version,
            },
            frame,
        )

    async def typing(self, frame: dict[str, Any]) -> None:
        """Tell those who watch the room live, at most once in three seconds; not where many do, nor of whoever does
        not want to be seen (looked up once a socket)."""
        pk = whole(frame, "room")
        place = self.places.get(topic(pk))
        now = time.monotonic()
        if place and place.live and not place.counts and now - self.typed.get(pk, -TYPING_PAUSE) >= TYPING_PAUSE:
            self.typed[pk] = now
            if self.is_shown is None:
                self.is_shown = await read(is_shown, self.user)
            if not self.is_shown or sum(one.live and not one.counts for one in place.topic.places) > MOST_PEOPLE:
                return
            typing = {"type": "typing", "room": pk, "user": user_payload(self.user)}
            hint(topic(pk), typing, access=place.access, by=self.user.pk)

    # Changing what was said

    async def edit(self, frame: dict[str, Any]) -> None:
        """Say an own message otherwise."""
        confirmed = "confirm" in frame and switch(frame, "confirm")
        await self.change(frame, edit_message, words(frame, "body").replace("\r\n", "\n").rstrip(), confirm=confirmed)

    async def delete(self, frame: dict[str, Any]) -> None:
        """Take a message back."""
        await self.change(frame, delete_message)

    async def undelete(self, frame: dict[str, Any]) -> None:
        """Let a message stand that one has just deleted."""
        await self.change(frame, undelete_message)

    async def react(self, frame: dict[str, Any]) -> None:
        """Answer by a sign, or take it back."""
        await self.change(frame, react, words(frame, "emoji"), on=switch(frame, "on"))

    async def language(self, frame: dict[str, Any]) -> None:
        """Say in which language an own message is."""
        await self.change(frame, say_language, words(frame, "language"))

    async def pin(self, frame: dict[str, Any]) -> None:
        """Keep a message in sight, or no longer."""
        await self.change(frame, pin_message, on=switch(frame, "on"))

    async def change(self, frame: dict[str, Any], verb: Callable[..., Verdict], *args: Any, **kwargs: Any) -> None:
        """Do it, and say ``done`` or why not; everybody hears the change."""
        room, message = whole(frame, "room"), whole(frame, "message")
        verdict = await change(verb, self.user, room, message, *args, **kwargs)
        if isinstance(verdict, Refused):
            self.refused(frame, verdict)
        else:
            self.say({"type": "done", "room": room, "version": verdict.version}, frame)

    # Small things

    def refuse(self, frame: dict[str, Any], code: str) -> None:
        """Say why nothing was done."""
        self.refused(frame, Refused(code))

    def refused(self, frame: dict[str, Any], why: Refused) -> None:
        """The same in the words of a verb, with when it may be, or how many people it would tell."""
        seconds = why.retry_after or (SOON if why.code == "unavailable" else 0)
        more = {"retry_after": seconds} if seconds else {}
        self.error(frame, why.code, refused_because(why), **more, **({"people": why.people} if why.people else {}))

    def place(self, pk: int) -> Place:
        """This socket's place in a room."""
        return self.hub.place(self, topic(pk))

    def leave(self, pk: int) -> None:
        """Off the room, if on it."""
        if place := self.places.get(topic(pk)):
            self.hub.leave(place)

    frames = {
        "hello": watch,
        "watch": watch,
        "unwatch": unwatch,
        "changes": ask,
        "post": post,
        "edit": edit,
        "delete": delete,
        "undelete": undelete,
        "react": react,
        "language": language,
        "pin": pin,
        "read": set_read,
        "unread": set_unread,
        "follow": follow,
        "typing": typing,
        **question_frames.frames,
        "draft": save_draft,
    }


def said(page: Changes, to: dict[str, Any] | None) -> Page:
    """The page as it goes out, with the ``ref`` of the frame that it answers."""
    ref = ref_of(to) if to is not None else ""
    return replace(page.finished(), text=encode({**page.frame(), "ref": ref})) if ref else page.finished()


def versioned(place: Place) -> Versioned:
    """The topic of a room, which always has versions."""
    if not isinstance(place.topic, Versioned):
        raise LookupError(place.topic.name)
    return place.topic


def rooms_in(frame: dict[str, Any]) -> tuple[dict[int, int | None], list[int]]:
    """``have`` and ``count`` of a ``hello``. Raises ``FrameError``."""
    have = frame.get("have") or {}
    if not isinstance(have, dict) or not all(value is None or is_whole(value) for value in have.values()):
        raise FrameError("“have” maps rooms to versions.")
    rooms = dict(zip(ids_in([as_id(key) for key in have]), have.values(), strict=True))
    count = ids_in(frame.get("count") or [])
    if len(rooms) + len(count) > MOST_ROOMS:
        raise FrameError(f"At most {MOST_ROOMS} rooms at once.")
    return rooms, count


def as_id(key: str) -> int | None:
    """A key of a JSON object as the number that it stands for."""
    return int(key) if key.isascii() and key.isdigit() and len(key) < 19 else None


def ids_in(value: Any) -> list[int]:
    """A list of room ids. Raises ``FrameError``."""
    if not isinstance(value, list) or not all(is_whole(pk) for pk in value):
        raise FrameError("Rooms are a list of numbers.")
    return list(dict.fromkeys(value))
