"""Changing the shared vocabulary: by knowledge editors and administrators, each change kept and undone like any other.

The index's version is a hash of these words: it makes itself anew behind the pages, with no word from here.
"""

from typing import Any

from django.db import transaction

from accounts.models import User
from knowledge.models import ThemeChange
from partnerships.permissions import Reach
from search.models import Theme


class ChangedMeanwhileError(Exception):
    """Somebody else changed the theme since it was opened."""


def may_edit_vocabulary(reach: Reach) -> bool:
    """Whoever publishes the lessons of a network as its editor, and administrators: the words are everybody's."""
    return reach.administrator or bool(reach.editor)


@transaction.atomic
def change_theme(
    theme: Theme, *, by: User, labels: dict[str, str], synonyms: dict[str, list[str]], seen: int | None = None
) -> None:
    """Call it so from now on. What changes nothing is no change. Raises ``ChangedMeanwhileError`` where ``seen`` is
    not the last change any more."""
    now = Theme.objects.select_for_update().get(pk=theme.pk)
    if seen is not None and seen != last_change(now):
        raise ChangedMeanwhileError
    before = words_of(now)
    now.labels, now.synonyms = labels, synonyms
    if words_of(now) == before:
        return
    now.save(update_fields=["labels", "synonyms"])
    ThemeChange.objects.create(theme=now, by=by, before=before, after=words_of(now))


def undo_change(change: ThemeChange, *, by: User) -> None:
    """Let the words from before this change stand again; that is a change as well."""
    change_theme(change.theme, by=by, labels=change.before["labels"], synonyms=change.before["synonyms"])


def last_change(theme: Theme) -> int:
    """The number of the last change of a theme; 0 where there was none."""
    return ThemeChange.objects.filter(theme=theme).values_list("pk", flat=True).first() or 0


def words_of(theme: Theme) -> dict[str, Any]:
    """What a theme is called, in all languages."""
    return {"labels": dict(theme.labels), "synonyms": {code: list(said) for code, said in theme.synonyms.items()}}
