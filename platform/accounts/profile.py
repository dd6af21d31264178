"""What stands on Me beside the account itself: the apps above add their parts without being known here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.models import User


@dataclass(frozen=True)
class Section:
    """One part of the page: a template and what it shows."""

    template: str
    context: dict[str, Any]


parts: list[Callable[[User], Section]] = []
"""Each makes its section for a person. Apps append theirs from ``apps.py``."""


def sections(person: User) -> list[Section]:
    """The sections of ``person``'s page."""
    return [part(person) for part in parts]
