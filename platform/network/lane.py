"""A partnership's years as one drawn lane: preparation, project, reporting, and where today stands."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from partnerships.models import Partnership

WIDTH = 100  # the drawing is as wide as the page: places are percentages of it
REPORTING_MONTHS = 6
LABELS = {"preparation": _("Preparation"), "project": _("Project"), "reporting": _("Reporting")}


@dataclass(frozen=True)
class Stretch:
    """One phase: where it starts and how wide it is, in percent of the drawing, and its dates (both included)."""

    phase: str
    x: float
    width: float
    begins: date
    ends: date

    @property
    def label(self) -> str:
        """The phase's name in the reader's language."""
        return str(LABELS[self.phase])

    @property
    def kind(self) -> str:
        """The class that it is drawn in."""
        return {"preparation": "prep", "project": "run"}.get(self.phase, "rest")

    @property
    def years(self) -> str:
        """``2025–2027``, or one year alone."""
        return f"{self.begins.year}–{self.ends.year}" if self.begins.year < self.ends.year else str(self.begins.year)


@dataclass(frozen=True)
class Lane:
    """What the template draws and, with the same facts, writes as a table."""

    years: list[tuple[int, float]]
    stretches: list[Stretch]
    today: float | None


def lane_of(partnership: Partnership, today: date) -> Lane | None:
    """The lane of a partnership whose end is known; None where it is open."""
    if partnership.ends is None or partnership.ends <= partnership.begins:
        return None
    begins, ends = partnership.begins, partnership.ends
    prepared = min(date(begins.year, 12, 31), ends)
    reported = date(ends.year + 1, REPORTING_MONTHS, 30)
    first, last = date(begins.year, 1, 1), date(reported.year, 12, 31)

    def place(day: date) -> float:
        return round((day - first).days / (last - first).days * WIDTH, 2)

    def stretch(phase: str, start: date, end: date) -> Stretch:
        return Stretch(phase, place(start), round(place(end) - place(start), 2), start, end)

    phases = [("preparation", begins, prepared)]
    if ends > prepared:
        phases.append(("project", date(begins.year + 1, 1, 1), ends))
    phases.append(("reporting", date(ends.year + 1, 1, 1), reported))
    return Lane(
        years=[(year, place(date(year, 1, 1))) for year in range(first.year, last.year + 1)],
        stretches=[stretch(*phase) for phase in phases],
        today=place(today) if first <= today <= last else None,
    )
