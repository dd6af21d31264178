"""What a client sends: JSON objects with a ``type``, checked before anything is done with them."""

import json
from typing import Any

DEEPEST = 4
"""Lists and objects in one another; the deepest frame of the protocol has two."""
LARGEST = 64 * 1024
"""Bytes in one frame from a client."""
LONGEST_REF = 36
BIGGEST = 2**63 - 1


class FrameError(Exception):
    """The frame is not one of the protocol's; ``detail`` says why, ``counts`` towards closing the socket."""

    def __init__(self, detail: str, *, counts: bool = False) -> None:
        super().__init__(detail)
        self.counts = counts


def parse_frame(event: dict[str, Any]) -> dict[str, Any]:
    """The JSON object of a ``websocket.receive`` event. Raises ``FrameError``."""
    text = event.get("text")
    if not isinstance(text, str):
        raise FrameError("Frames are text.", counts=True)
    if len(text) > LARGEST or len(text.encode(errors="replace")) > LARGEST:
        raise FrameError("A frame has at most 64 KiB.", counts=True)
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        raise FrameError("This is not JSON.", counts=True) from None
    if text.count("{") + text.count("[") > DEEPEST and depth(frame) > DEEPEST:
        raise FrameError("This is nested too deeply.", counts=True)
    if not isinstance(frame, dict) or not isinstance(frame.get("type"), str):
        raise FrameError("A frame is a JSON object with a type.", counts=True)
    return frame


def depth(value: Any) -> int:
    """How many lists and objects stand in one another."""
    level, deep = [value], 0
    while level := [one for one in level if isinstance(one, list | dict)]:
        deep += 1
        if deep > DEEPEST:
            break
        level = [inner for one in level for inner in (one.values() if isinstance(one, dict) else one)]
    return deep


def ref_of(frame: dict[str, Any]) -> str:
    """What the answer returns; nothing where it is none."""
    return echo(frame, "ref")


def echo(frame: dict[str, Any], name: str) -> str:
    """A short text of the frame that may be said back: JSON lets lone surrogates in, UTF-8 lets none out."""
    value = frame.get(name)
    if not isinstance(value, str) or len(value) > LONGEST_REF:
        return ""
    return value if value.isprintable() else ""


def whole(frame: dict[str, Any], name: str) -> int:
    """A number from 0 up. Raises ``FrameError``."""
    value = frame.get(name)
    if not is_whole(value):
        raise FrameError(f"“{name}” must be a whole number.")
    return int(value)  # type: ignore[arg-type]  # is_whole has looked


def is_whole(value: object) -> bool:
    """True for 0, 1, 2 … as far as a database goes; JSON's ``true`` is no number."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= BIGGEST


def words(frame: dict[str, Any], name: str) -> str:
    """Words that the frame must have. Raises ``FrameError``."""
    value = frame.get(name)
    if not isinstance(value, str):
        raise FrameError(f"“{name}” must be text.")
    return value


def switch(frame: dict[str, Any], name: str) -> bool:
    """True or false, which the frame must say. Raises ``FrameError``."""
    value = frame.get(name)
    if not isinstance(value, bool):
        raise FrameError(f"“{name}” must be true or false.")
    return value
