"""What the frame of every page knows: the doors and their counts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext, gettext_lazy

from accounts.models import User
from notifications.bell import MOST, new_count


@dataclass(frozen=True)
class Door:
    """One of the five doors. ``prefix`` is where its pages live; ``count`` the amber number on it."""

    name: str
    icon: str
    url: str
    current: bool
    count: int = 0


@dataclass(frozen=True)
class Bell:
    """What the bell in the bar shows: how much is new, and whether one is looking."""

    count: int
    current: bool

    @property
    def shown(self) -> str:
        """The number, or ``99+``."""
        return f"{MOST}+" if self.count > MOST else str(self.count)


DOORS = [
    ("today", gettext_lazy("Today"), "today"),
    ("chat:home", gettext_lazy("Talk"), "talk"),
    ("knowledge:home", gettext_lazy("Knowledge"), "knowledge"),
    ("events:home", gettext_lazy("Calendar"), "calendar"),
    ("network:home", gettext_lazy("Network"), "network"),
]

counts: dict[str, Callable[[User], int]] = {}
"""Door → how many things wait behind it for a person. Filled by the wiring, so that the frame knows no app."""


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context of ``base.html``. The doors are worked out only when the template asks for them."""
    return {
        "doors": SimpleLazyObject(lambda: doors(request)),
        "bell": SimpleLazyObject(lambda: bell(request)),
        "demo": settings.DEMO,
        "site_name": gettext("Exchange"),
        "languages": settings.LANGUAGES,
    }


def doors(request: HttpRequest) -> list[Door]:
    """The five doors for whoever asks, with the one they stand behind."""
    made = []
    for name, label, icon in DOORS:
        url = reverse(name)
        here = request.path == url if name == "today" else request.path.startswith(url)
        count = counts[name](request.user) if name in counts and isinstance(request.user, User) else 0
        made.append(Door(str(label), icon, url, here, count))
    return made


def bell(request: HttpRequest) -> Bell:
    """The bell of whoever asks."""
    url = reverse("notifications:home")
    return Bell(new_count(request.user) if isinstance(request.user, User) else 0, request.path == url)
