"""What files say becomes lessons: a hundred a transaction, rows, versions, tags and index entries in bulk."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from knowledge.documents import lesson_document
from knowledge.importing.files import Paper, is_text, papers
from knowledge.models import Lesson, Tag, Tagged
from knowledge.models.states import Status, Visibility
from knowledge.models.tag import tag_key
from partnerships.models import Network, Organisation, Partnership
from search import put_all
from search.models import Theme

BATCH = 100
TOLD = ["title", "summary", "language", "body", "theme_slugs", "tag_names", "source_digest", "version", "changed_at"]
SHARED = ["status", "visibility", "published_at"]


@dataclass(frozen=True)
class Destination:
    """Whose lessons the files become and how far they are shared; without ``visibility`` they stay drafts."""

    author: User
    organisation: Organisation
    network: Network | None
    partnership: Partnership | None
    visibility: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of a file: ``new``, ``changed``, ``published``, ``unchanged`` or ``skipped``, and why."""

    source: str
    state: str
    notes: list[str]


def import_files(folder: Path, paths: list[Path], to: Destination) -> Iterator[Outcome]:
    """Bring every file in, telling of each as soon as its batch is stored."""
    themes = themes_by_key()
    for start in range(0, len(paths), BATCH):
        with transaction.atomic():
            outcomes = import_batch(folder, paths[start : start + BATCH], to, themes)
        yield from outcomes


def import_batch(folder: Path, paths: list[Path], to: Destination, themes: dict[str, Theme]) -> list[Outcome]:
    """One transaction's worth."""
    sources = [path.relative_to(folder).as_posix() for path in paths]
    asked = [source for source in sources if is_text(source)]
    there = {lesson.source: lesson for lesson in Lesson.objects.select_for_update().filter(source__in=asked)}
    batch = Batch(to, themes, there)
    known = {source: lesson.source_digest for source, lesson in there.items()}
    outcomes = [batch.take(source, said) for source, said in papers(paths, folder, known)]
    batch.store()
    return outcomes


class Batch:
    """Files that are read but not stored yet. ``there`` are the lessons that earlier imports made of them."""

    def __init__(self, to: Destination, themes: dict[str, Theme], there: dict[str, Lesson]) -> None:
        self.to, self.themes, self.there = to, themes, there
        self.made: list[Lesson] = []
        self.changed: list[Lesson] = []
        self.shared: list[Lesson] = []
        self.now = timezone.now()

    def take(self, source: str, said: Paper | str) -> Outcome:
        """Decide what becomes of one file."""
        lesson = self.there.get(source)
        if said and isinstance(said, str):
            return Outcome(source, "skipped", [said])
        if lesson is not None and lesson.status == Status.WITHDRAWN:
            return Outcome(source, "skipped", [_("withdrawn here")])
        if isinstance(said, Paper):
            notes = list(said.warnings)
            self.write(lesson, said, notes)
            return Outcome(source, "changed" if lesson else "new", notes)
        return Outcome(source, "published" if lesson and self.share(lesson) else "unchanged", [])

    def write(self, lesson: Lesson | None, paper: Paper, notes: list[str]) -> None:
        """Put a file's words into its lesson, or into a new one."""
        row = lesson or self.blank(paper)
        themes, unknown = self.concepts(paper.themes)
        if unknown:
            notes.append(_("kept as tags, being no themes: %(labels)s") % {"labels": ", ".join(unknown)})
        row.title, row.body, row.source_digest = paper.title, paper.body, paper.digest
        row.summary = paper.summary or ("" if lesson is None else row.summary)
        row.language = paper.language or row.language
        row.theme_slugs = [theme.slug for theme in themes]
        row.tag_names = [*paper.tags, *unknown]
        row.changed_at = self.now
        if lesson is None:
            self.made.append(row)
            return
        row.version += 1 if row.published_at else 0
        self.share(row)
        self.changed.append(row)

    def blank(self, paper: Paper) -> Lesson:
        """A lesson that is still empty, where the import leads."""
        to = self.to
        return Lesson(
            source=paper.source,
            author=to.author,
            organisation=to.organisation,
            network=to.network,
            partnership=to.partnership,
            language=paper.language or to.author.language,
            visibility=to.visibility or (Visibility.NETWORK if to.network else Visibility.MEMBERS),
            status=Status.PUBLISHED if to.visibility else Status.DRAFT,
            published_at=self.now if to.visibility else None,
        )

    def share(self, lesson: Lesson) -> bool:
        """Publish a draft of an earlier import, when this one publishes. True if that changed anything."""
        if not self.to.visibility or lesson.status == Status.PUBLISHED:
            return False
        lesson.status, lesson.visibility = Status.PUBLISHED, self.to.visibility
        lesson.partnership = self.to.partnership or lesson.partnership
        lesson.published_at = lesson.changed_at = self.now
        self.shared.append(lesson)
        return True

    def concepts(self, labels: Iterable[str]) -> tuple[list[Theme], list[str]]:
        """The themes that are meant by these labels, in the vocabulary's order, and the labels that mean none."""
        found = {self.themes[key].slug: self.themes[key] for label in labels if (key := tag_key(label)) in self.themes}
        unknown = [label for label in labels if tag_key(label) not in self.themes]
        return sorted(found.values(), key=lambda theme: theme.position), unknown

    def store(self) -> None:
        """Write everything down, its versions and index entries with it."""
        tags = {tag.key: tag for tag in Tag.objects.labelled(self.labels())}
        for lesson in [*self.made, *self.changed]:
            lesson.tag_names = [tag.name for tag in self.tags_of(lesson, tags)]
        touched = list({id(lesson): lesson for lesson in [*self.changed, *self.shared]}.values())
        Lesson.objects.bulk_create(self.made)
        Lesson.objects.bulk_update(touched, [*TOLD, *SHARED, "partnership"])
        keep_versions(self.made, self.to.author, update=False)
        keep_versions(touched, self.to.author, update=True)
        self.describe(tags)
        stored = Lesson.objects.with_words().filter(pk__in=[lesson.pk for lesson in [*self.made, *touched]])
        put_all(lesson_document(lesson) for lesson in stored)

    def labels(self) -> list[str]:
        """Every tag that is named."""
        return [label for lesson in [*self.made, *self.changed] for label in lesson.tag_names]

    def tags_of(self, lesson: Lesson, tags: dict[str, Tag]) -> list[Tag]:
        """The tags of one lesson, each once."""
        return list(dict.fromkeys(tags[key] for label in lesson.tag_names if (key := tag_key(label)) in tags))

    def describe(self, tags: dict[str, Tag]) -> None:
        """Set tags and themes as the rows name them."""
        described = [*self.made, *self.changed]
        through = Lesson.themes.through
        Tagged.objects.filter(content_object__in=self.changed).delete()
        through._default_manager.filter(lesson__in=self.changed).delete()
        Tagged.objects.bulk_create(
            Tagged(content_object=lesson, tag=tag) for lesson in described for tag in self.tags_of(lesson, tags)
        )
        by_slug = {theme.slug: theme for theme in self.themes.values()}
        through._default_manager.bulk_create(
            through(lesson=lesson, theme=by_slug[slug]) for lesson in described for slug in lesson.theme_slugs
        )


def keep_versions(lessons: list[Lesson], author: User, *, update: bool) -> None:
    """A version of each, in one statement."""
    if lessons:
        history: Any = Lesson.history
        history.bulk_history_create(
            lessons, update=update, default_user=author, default_change_reason=_("Imported"), batch_size=BATCH
        )


def themes_by_key() -> dict[str, Theme]:
    """Every way in which a theme may be named: its slug, its labels, its synonyms."""
    made: dict[str, Theme] = {}
    for theme in Theme.objects.all():
        synonyms = [word for words in theme.synonyms.values() for word in words]
        for name in [theme.slug, *theme.labels.values(), *synonyms]:
            made.setdefault(tag_key(str(name)), theme)
    return made
