"""How big a municipality is, in steps that are alike on both sides: what works for 8,000 people seldom fits 800,000."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STEPS: list[tuple[int, str, Promise]] = [
    (20_000, "small", _("up to 20,000 inhabitants")),
    (100_000, "medium", _("20,000 to 100,000")),
    (500_000, "large", _("100,000 to 500,000")),
]
"""Fewer inhabitants than this: the step's name in addresses, and its label."""
LARGEST = ("huge", _("more than 500,000"))
LABELS: dict[str, Promise] = {**{name: label for _below, name, label in STEPS}, LARGEST[0]: LARGEST[1]}


def size_of(population: int | None) -> str:
    """The step of so many inhabitants; empty where nobody has counted."""
    if not population:
        return ""
    return next((name for below, name, _label in STEPS if population < below), LARGEST[0])
