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


@dataclass(frozen=True)
class Door:
    """One of the five doors. ``prefix`` is where its pages live; ``count`` the amber number on it."""

    name: str
    icon: str
    url: str
    current: bool
    count: int = 0


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
