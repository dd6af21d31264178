"""A second connection to the database, in a thread of its own: what was just said is looked for at once, and whatever
has gathered meanwhile in one look."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, TypeVar
from uuid import UUID

from chat.models import Message, Room

T = TypeVar("T")


class Seen(NamedTuple):
    """``heads``: room → version, of all. ``messages``: author and client_id → room, id and number, as asked for."""

    heads: dict[int, int]
    messages: dict[tuple[int, UUID], tuple[int, ...]]


Question = Callable[[Seen], None]


class Second:
    """``heads`` is what it saw last. Looking goes on until ``stop``."""

    def __init__(self) -> None:
        self.heads: dict[int, int] = {}
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="second")
        self.questions: list[tuple[Question, UUID | None]] = []
        self.looking: asyncio.Task[None] | None = None

    def ask(self, question: Question, client_id: UUID | None = None) -> None:
        """Have it answered by a look that begins now, or as soon as the one under way is over."""
        self.questions.append((question, client_id))
        if self.looking is None or self.looking.done():
            self.looking = asyncio.create_task(self.answer())

    async def answer(self) -> None:
        """Look until nothing is asked any more."""
        while self.questions:
            asked, self.questions = self.questions, []
            seen = await self.does(look, {client_id for _, client_id in asked if client_id})
            self.heads = seen.heads
            for question, _ in asked:
                question(seen)

    async def does(self, work: Callable[..., T], *args: object) -> T:
        """Anything else that is to be read."""
        return await asyncio.get_running_loop().run_in_executor(self.thread, work, *args)

    async def finish(self) -> None:
        """Return once all is answered."""
        if self.looking:
            await self.looking


def look(client_ids: set[UUID]) -> Seen:
    """One look."""
    messages: dict[tuple[int, UUID], tuple[int, ...]] = {}
    if client_ids:
        rows = Message.objects.filter(client_id__in=client_ids)
        for author, client_id, *place in rows.values_list("author", "client_id", "room", "pk", "number"):
            messages[author, client_id] = tuple(place)
    return Seen(dict(Room.objects.values_list("pk", "version")), messages)
