"""What people do with lessons: write, revise, propose, publish, withdraw, put back. Each keeps a version and tells
the index, in one transaction."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from knowledge.documents import lesson_document
from knowledge.models import Lesson, Tag
from knowledge.models.lesson import WRITTEN
from knowledge.models.states import Status, Visibility
from partnerships.models import Partnership
from search import put, remove
from search.models import Theme


class OutdatedError(Exception):
    """Somebody changed the lesson since it was opened for editing. ``lesson`` is how it stands now."""

    def __init__(self, lesson: Lesson) -> None:
        super().__init__(lesson.version)
        self.lesson = lesson


def write_lesson(
    *,
    author: User,
    client_id: uuid.UUID | None = None,
    tags: Iterable[str] = (),
    themes: Iterable[Theme] = (),
    **fields: Any,
) -> Lesson:
    """A new lesson, a draft unless ``status`` says otherwise. The same form again gives the lesson it gave first."""
    lesson = Lesson(author=author, client_id=client_id or uuid.uuid4(), **fields)
    try:
        with transaction.atomic():
            settle(lesson, published=lesson.status == Status.PUBLISHED)
            store(lesson, by=author, tags=tags, themes=themes)
    except IntegrityError:
        before = Lesson.objects.filter(author=author, client_id=lesson.client_id).first()
        if before is None:
            raise
        return before
    return lesson


@transaction.atomic
def revise_lesson(
    lesson: Lesson,
    *,
    by: User,
    seen: int | None = None,
    note: str = "",
    tags: Iterable[str] | None = None,
    themes: Iterable[Theme] | None = None,
    **fields: Any,
) -> Lesson:
    """Change a lesson; ``note`` says why. Raises ``OutdatedError`` when it is no longer version ``seen``.

    Once it was published each change is a version of its own; a change that changes nothing is none.
    """
    now = locked(lesson)
    if seen is not None and now.version != seen:
        raise OutdatedError(now)
    before = state_of(now)
    for name, value in fields.items():
        setattr(now, name, value)
    labels = now.tag_names if tags is None else [tag.name for tag in Tag.objects.labelled(tags)]
    concepts = list(now.themes.all() if themes is None else themes)
    if (state_of(now), labels, [theme.slug for theme in concepts]) == (before, now.tag_names, now.theme_slugs):
        return now
    now.version += 1 if now.published_at else 0
    return store(now, by=by, note=note, tags=labels, themes=concepts)


def propose_lesson(lesson: Lesson, *, by: User) -> Lesson:
    """Put it on the desk of those who may publish it."""
    return move(lesson, Status.REVIEW, by, _("Proposed"))


def publish_lesson(lesson: Lesson, *, by: User, visibility: str = "") -> Lesson:
    """Let it be read as far as ``visibility`` (its own, unless told)."""
    return move(lesson, Status.PUBLISHED, by, _("Published"), visibility)


def withdraw_lesson(lesson: Lesson, *, by: User) -> Lesson:
    """Take it back. It stays, with its versions, for its author and whoever may publish it."""
    return move(lesson, Status.WITHDRAWN, by, _("Withdrawn"))


@transaction.atomic
def put_back_lesson(lesson: Lesson, *, by: User) -> Lesson:
    """Undo a withdrawal: published again if it ever was, else a draft."""
    status = Status.PUBLISHED if locked(lesson).published_at else Status.DRAFT
    return move(lesson, status, by, _("Put back"))


def restore_version(lesson: Lesson, record: Any, *, by: User) -> Lesson:
    """Let the words, tags and themes of a version of the history stand again, as a new version."""
    return revise_lesson(
        lesson,
        by=by,
        note=_("As it was in version %(version)d") % {"version": record.version},
        tags=record.tag_names,
        themes=Theme.objects.filter(slug__in=record.theme_slugs),
        **{name: getattr(record, name) for name in (*WRITTEN, "genre", "core_areas", "sdgs")},
    )


@transaction.atomic
def follow_partnership(partnership: Partnership) -> None:
    """A partnership that went to another network takes its lessons along."""
    for lesson in partnership.lessons.exclude(network=partnership.network).with_words():
        lesson.network = partnership.network
        if lesson.network is None and lesson.visibility == Visibility.NETWORK:
            lesson.visibility = Visibility.PARTNERSHIP
        lesson.save()
        index(lesson)


@transaction.atomic
def merge_tags(kept: Tag, others: Iterable[Tag], *, by: User) -> int:
    """Let every lesson that has one of ``others`` have ``kept`` instead; how many lessons that were."""
    gone = list(others)
    lessons = list(Lesson.objects.filter(tags__in=gone).distinct())
    for lesson in lessons:
        names = [kept.name if tag in gone else tag.name for tag in lesson.tags.all()]
        store(lesson, by=by, note=_("Tags merged"), tags=names)
    Tag.objects.filter(pk__in=[tag.pk for tag in gone]).delete()
    return len(lessons)


@transaction.atomic
def move(lesson: Lesson, status: Status, by: User, note: str, visibility: str = "") -> Lesson:
    """One step of a lesson's life. Stepping where it already stands is harmless: a form may come twice."""
    now = locked(lesson)
    wanted = visibility or now.visibility
    if (now.status, now.visibility) == (status, wanted):
        return now
    now.status, now.visibility = status, wanted
    settle(now, published=status == Status.PUBLISHED)
    return store(now, by=by, note=note)


def store(
    lesson: Lesson,
    *,
    by: User,
    note: str = "",
    tags: Iterable[str] | None = None,
    themes: Iterable[Theme] | None = None,
) -> Lesson:
    """Save the row with what describes it, keep the version, tell the index."""
    labelled = None if tags is None else Tag.objects.labelled(tags)
    concepts = None if themes is None else list(themes)
    if labelled is not None:
        lesson.tag_names = [tag.name for tag in labelled]
    if concepts is not None:
        lesson.theme_slugs = [theme.slug for theme in concepts]
    lesson._history_user = by
    lesson._change_reason = note[:200]
    lesson.save()
    if labelled is not None:
        lesson.tags.set(labelled)
    if concepts is not None:
        lesson.themes.set(concepts)
    index(lesson)
    return lesson


def index(lesson: Lesson) -> None:
    """Let the index follow, in the transaction of the change."""
    if lesson.is_withdrawn:
        remove("lesson", lesson.pk)
    else:
        put(lesson_document(lesson))


def settle(lesson: Lesson, *, published: bool) -> None:
    """Keep what follows from the rest: a partnership's network, the first day of publication."""
    if lesson.partnership:
        lesson.network = lesson.partnership.network
    if published and lesson.published_at is None:
        lesson.published_at = timezone.now()


def locked(lesson: Lesson) -> Lesson:
    """The row as it is now, held until the transaction ends."""
    return (
        Lesson.objects.select_for_update(of=("self",)).select_related("organisation", "partnership").get(pk=lesson.pk)
    )


def state_of(lesson: Lesson) -> dict[str, Any]:
    """Every column that a person can change."""
    return {field.attname: getattr(lesson, field.attname) for field in Lesson._meta.concrete_fields if field.editable}
