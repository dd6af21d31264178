"""Who may do what, as one table: an address (or socket frame), and what each named person gets.

Each app keeps its rows in ``tests/<app>/access_rows.py`` as ``ROWS``; here is what a row is, and the rows of the whole.
Adding one::

    Row("chat/<int:pk>/", lambda world: f"/chat/{square(world).pk}/", MEMBERS | {"guest": 404})

The first word is the route as the resolver spells it (the message of the failing test prints it). ``GET`` rows that
give the owner a page are also walked by ``test_every_page.py`` in a real browser; ``page=None`` keeps a row out of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from tests.conftest import World

PEOPLE = ["owner", "partner", "outsider", "guest", "officer"]
NOBODY = "nobody"

EVERYONE = dict.fromkeys([*PEOPLE, NOBODY], 200)
MEMBERS = dict.fromkeys(PEOPLE, 200) | {NOBODY: 302}
"""A page for everyone who is signed in; others are led to the sign-in page."""
API_MEMBERS = dict.fromkeys(PEOPLE, 200) | {NOBODY: 401}
PARTNERSHIP = MEMBERS | {"outsider": 404, "guest": 404}
"""A page of Karlskrona–Saldanha Bay: both sides and the officer; a guest of one body is not in the partnership."""
API_PARTNERSHIP = API_MEMBERS | {"outsider": 404, "guest": 404}


@dataclass(frozen=True)
class Budget:
    """What a page may weigh for somebody who comes from the page ``via``: compressed bytes on the wire."""

    later: int = 15_000
    via: str = "/"


@dataclass(frozen=True)
class Row:
    """One address and what each of ``PEOPLE`` and nobody gets.

    ``expected`` is person → HTTP status. ``path`` is the address, or makes it (and the rows it needs) from the world;
    ``data`` likewise the form, or with ``json=True`` the JSON, that is sent. ``visitor`` is whom the browser signs in
    as to look at the page.
    """

    route: str
    path: str | Callable[[World], str]
    expected: Mapping[str, int]
    _: KW_ONLY
    method: str = "GET"
    data: dict[str, Any] | Callable[[World], dict[str, Any]] = field(default_factory=dict)
    json: bool = False
    page: Budget | None = field(default_factory=Budget)
    visitor: str = "owner"

    @property
    def name(self) -> str:
        """How the row is called in a report: ``GET chat/<int:pk>/``."""
        return f"{self.method} {self.route}"

    def address(self, world: World) -> str:
        """Where the request goes."""
        return self.path if isinstance(self.path, str) else self.path(world)

    def payload(self, world: World) -> dict[str, Any]:
        """What the request carries."""
        return self.data(world) if callable(self.data) else self.data

    @property
    def is_page(self) -> bool:
        """Whether a browser looks at it."""
        return self.page is not None and self.method == "GET" and self.expected[self.visitor or NOBODY] == 200


@dataclass(frozen=True)
class FrameRow:
    """One frame that a browser may send over ``socket``, and what each of ``PEOPLE`` and nobody hears.

    ``expected`` is person → the type of the answer; the code of an ``error``; ``denied`` for a welcome that denies;
    ``nothing``; the code that closes the socket. ``frame`` makes the frame from the world, without its type.
    """

    socket: str
    type: str
    frame: Callable[[World], dict[str, Any]]
    expected: Mapping[str, str]

    @property
    def name(self) -> str:
        """How the row is called in a report."""
        return f"{self.type} {self.socket}"


APPS = [
    "accounts",
    "chat",
    "events",
    "exchange",
    "knowledge",
    "network",
    "notifications",
    "partnerships",
    "search",
    "work",
]


MORE = ["tests.chat.keeping_rows", "tests.chat.room_rows"]
"""What no longer fits into the file of its app."""


def rows() -> list[Row]:
    """The whole table of addresses."""
    return [row for module in _tables() for row in module.ROWS]


def frame_rows() -> list[FrameRow]:
    """The whole table of socket frames."""
    return [row for module in _tables() for row in getattr(module, "FRAMES", [])]


def _tables() -> list[ModuleType]:
    names = [*(f"tests.{app}.access_rows" for app in APPS), *MORE]
    return [import_module(name) for name in names if find_spec(name)]
