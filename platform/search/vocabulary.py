"""The shared vocabulary's file becomes rows, once; afterwards the rows are what counts."""

import json
from pathlib import Path
from typing import Any

from search.models import Theme

FILE = Path(__file__).with_name("vocabulary.json")


def load_themes(**_signal: object) -> None:
    """Add the themes of the file that are not there yet. Runs after every ``migrate`` (and after a test's flush),
    so a theme added to the file arrives by itself, and a label mended in the administration stays mended."""
    known = set(Theme.objects.values_list("slug", flat=True))
    Theme.objects.bulk_create([theme for theme in listed() if theme.slug not in known], ignore_conflicts=True)


def listed() -> list[Theme]:
    """The file's themes, as rows that are not stored."""
    entries = json.loads(FILE.read_text(encoding="utf-8"))["themes"]
    return [theme(entry, place) for place, entry in enumerate(entries)]


def theme(entry: dict[str, Any], position: int) -> Theme:
    """One row of the file's list."""
    return Theme(
        slug=entry["id"],
        group=entry["group"],
        labels=entry["label"],
        synonyms=entry["syn"],
        sdgs=entry["sdg"],
        position=position,
    )
