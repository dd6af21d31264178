"""The frames of the socket that ask, take an answer and close."""

from collections.abc import Callable
from typing import Any, Protocol

from chat.actions import Refused, accept_answer, ask, close_question, withdraw_question
from chat.question_forms import ask_of
from realtime.frames import switch, whole


class Changing(Protocol):
    """As much of a socket as matters here."""

    async def change(self, frame: dict[str, Any], verb: Callable[..., Any], *args: Any, **options: Any) -> None: ...
    def refuse(self, frame: dict[str, Any], code: str) -> None: ...


async def question(socket: Changing, frame: dict[str, Any]) -> None:
    """Make a question of an own message, or let it ask no more."""
    if not switch(frame, "on"):
        await socket.change(frame, withdraw_question)
        return
    what = ask_of({name: value for name, value in frame.items() if name in {"organisations", "themes", "due"}})
    if what is None or isinstance(what, Refused):
        socket.refuse(frame, what.code if what else "bad_frame")
    else:
        await socket.change(frame, ask, what)


async def accept(socket: Changing, frame: dict[str, Any]) -> None:
    """Take a message for the answer, or no longer."""
    await socket.change(frame, accept_answer, whole(frame, "number") if switch(frame, "on") else None)


async def close(socket: Changing, frame: dict[str, Any]) -> None:
    """Wait for no more answers, or again."""
    await socket.change(frame, close_question, on=switch(frame, "on"))


frames = {"question": question, "accept": accept, "close": close}
