"""Fills the knowledge repository: each lesson by somebody of the organisation that learnt it, with its translations."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from random import Random
from uuid import UUID

from accounts.models import User
from exchange.demo.people import Cast
from exchange.demo.places import Pair
from exchange.demo.seats import SIDES
from exchange.demo.source import SECTIONS, Page, pages
from knowledge.actions import index, write_lesson
from knowledge.models import Lesson
from knowledge.models.states import Status, Visibility
from search.models import Theme

MONTHS = timedelta(days=390)
CLOSED_TO_OTHERS = {"youth-climate-forum-fares", "baseline-before-first-trip"}
"""Read by the partnership alone, whatever chance says: what an outsider must not find."""
DRAFTS = {"councillor-shadowing-day", "lake-gauge-forty-years", "kerb-test-before-payment"}
PROPOSED = {"biogas-repair-masons", "grazing-corridor-before-subdivision"}
SHARED = [Visibility.MEMBERS] * 5 + [Visibility.NETWORK] * 4 + [Visibility.PARTNERSHIP]


@dataclass(frozen=True)
class Origin:
    """Where a lesson comes from, alike for the original and its translations."""

    pair: Pair
    author: User
    status: str
    visibility: str
    written_at: datetime


def write_lessons(cast: Cast, scale: int) -> int:
    """All lessons, the originals before their translations; gives their number."""
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    count = 0
    for round_ in range(scale):
        for original, *translations in families(round_):
            chance = Random(f"{cast.day} {original.slug} {round_}")
            origin = originate(cast, original, chance)
            first = write(cast, original, origin, themes, chance)
            for page in translations:
                write(cast, page, origin, themes, chance, of=first)
            count += 1 + len(translations)
    return count


def families(round_: int) -> Iterator[list[Page]]:
    """Each original followed by its translations; in later rounds with sections of others in their place."""
    found: dict[str, list[Page]] = defaultdict(list)
    for page in sorted(pages(), key=lambda page: not page.original):
        found[page.slug].append(recombined(page, round_) if round_ else page)
    yield from found.values()


def recombined(page: Page, round_: int) -> Page:
    """Another lesson of the same language, for measuring: section by section from one further down."""
    alike: Sequence[Page] = [other for other in pages() if other.language == page.language]
    place = alike.index(page)
    sections = {name: alike[(place + round_ * step) % len(alike)].sections[name] for step, name in enumerate(SECTIONS)}
    return replace(page, title=f"{page.title} ({round_ + 1})", sections=sections)


def originate(cast: Cast, page: Page, chance: Random) -> Origin:
    """Who learnt it, in which partnership, who may read it, and when it was written."""
    organisation = cast.places.organisations[page.organisation]
    pair = cast.places.pair_at(organisation)
    crew = [person for which in SIDES for person in cast.crews[pair.partnership.slug, which, "working"]]
    authors = [person for person in crew if cast.home[person.pk] == organisation]
    named = [person for person in authors if person in cast.accounts.values()]
    visibility = Visibility.PARTNERSHIP if page.slug in CLOSED_TO_OTHERS else chance.choice(SHARED)
    if pair.partnership.network is None or page.themes[0] == "waste":
        visibility = Visibility.MEMBERS
    status = Status.DRAFT if page.slug in DRAFTS else Status.REVIEW if page.slug in PROPOSED else Status.PUBLISHED
    return Origin(pair, (named or authors or crew)[0], status, visibility, moment(cast, pair, chance))


def moment(cast: Cast, pair: Pair, chance: Random) -> datetime:
    """An hour of the partnership's time, in a closed one of its last year."""
    ends = min(cast.day - timedelta(days=2), pair.partnership.ends or cast.day)
    begins = max(ends - MONTHS, pair.partnership.begins + timedelta(days=60))
    day = begins + (ends - begins) * chance.random() if begins < ends else ends
    return datetime.combine(day, time(chance.randint(7, 14), chance.randrange(60)), UTC)


def write(
    cast: Cast, page: Page, origin: Origin, themes: dict[str, Theme], chance: Random, of: Lesson | None = None
) -> Lesson:
    """One page, through the verb that everybody writes with; a translation some days after its original."""
    lesson = write_lesson(
        author=origin.author,
        client_id=UUID(int=chance.getrandbits(128), version=4),
        tags=page.tags,
        themes=[themes[slug] for slug in page.themes],
        title=page.title,
        language=page.language,
        organisation=cast.places.organisations[page.organisation],
        network=origin.pair.partnership.network,
        partnership=origin.pair.partnership,
        visibility=origin.visibility,
        status=origin.status,
        core_areas=page.core_areas,
        sdgs=page.sdgs,
        genre=page.genre,
        contact=origin.author,
        translation_of=of,
        **page.sections,
    )
    date_back(lesson, origin.written_at + timedelta(days=chance.randint(1, 2) if of else 0))
    return lesson


def date_back(lesson: Lesson, written_at: datetime) -> None:
    """Put a lesson where it belongs in time, in its history and in the index too."""
    lesson.created_at = lesson.changed_at = written_at
    lesson.published_at = written_at if lesson.published_at else None
    Lesson.objects.filter(pk=lesson.pk).update(
        created_at=written_at, changed_at=written_at, published_at=lesson.published_at
    )
    lesson.history.update(history_date=written_at, changed_at=written_at, published_at=lesson.published_at)
    index(lesson)
