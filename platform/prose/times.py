"""``<time:2026-11-25T14:00>`` in a text: one moment, that each reader sees by their own clock."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from zoneinfo import ZoneInfo

from markdown_it.rules_inline import StateInline

TYPED = re.compile(r"<time:(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)>")
SHOWN = re.compile(r'<time datetime="([0-9TZ:-]+)">([^<]*)</time>')


def time(state: StateInline, silent: bool) -> bool:
    """The rule for markdown-it: what no clock shows stays words; a time without an offset is that of ``zone``, and
    without a zone only its words."""
    found = TYPED.match(state.src, state.pos)
    moment = moment_of(found[1], state.env.get("zone", "")) if found else None
    if found is None or moment is None:
        return False
    if not silent:
        say(state, moment)
    state.pos = found.end()
    return True


def moment_of(text: str, zone: str) -> datetime | None:
    """What was typed, by the clock that is meant; None for the 31st of June."""
    try:
        typed = datetime.fromisoformat(text)
        moment = typed if typed.tzinfo or not zone else typed.replace(tzinfo=ZoneInfo(zone))
        moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment


def say(state: StateInline, moment: datetime) -> None:
    """The tokens of one moment: its words as its writer means them, around them what a machine reads."""
    if moment.tzinfo is None:
        state.push("text", "", 0).content = f"{moment:%Y-%m-%d %H:%M}"
        return
    state.push("time_open", "time", 1).attrs = {"datetime": f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"}
    state.push("text", "", 0).content = f"{moment:%Y-%m-%d %H:%M} {place_of(moment)}"
    state.push("time_close", "time", -1)


def place_of(moment: datetime) -> str:
    """``Dar es Salaam`` of a zone, ``UTC+03:00`` of an offset."""
    zone = moment.tzinfo
    return zone.key.rpartition("/")[2].replace("_", " ") if isinstance(zone, ZoneInfo) else str(zone)


def retold(html: str, tell: Callable[[datetime], str]) -> str:
    """``html`` with each of its moments said by ``tell``; how its writer said it stays as a title."""
    if "<time " not in html:
        return html
    return SHOWN.sub(lambda found: one_retold(found, tell), html)


def one_retold(found: re.Match[str], tell: Callable[[datetime], str]) -> str:
    """One of them."""
    words = escape(tell(datetime.fromisoformat(found[1])))
    return f'<time datetime="{found[1]}" title="{found[2]}">{words}</time>'
