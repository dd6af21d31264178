"""What the index sees of a lesson, and in whose scopes: the rule of ``models/access.py`` once more, as words."""

from collections.abc import Iterable, Iterator

from knowledge.models import Attachment, Lesson
from knowledge.models.lesson import SECTIONS
from knowledge.sizes import size_of
from partnerships.permissions import Reach
from prose import bare
from search import Document


def lesson_document(lesson: Lesson) -> Document:
    """The lesson as it can be found. Wants what it names at hand (``with_words``)."""
    themes = list(lesson.themes.all())
    tags = list(lesson.tags.all())
    quoted = [quote.words for quote in lesson.quotes.all()]
    attached = [line for file in lesson.attachments.all() if file.removed_at is None for line in lines_of(file)]
    words = [theme.label(lesson.language) for theme in themes] + [tag.name for tag in tags]
    return Document(
        kind="lesson",
        id=lesson.pk,
        title=lesson.title,
        text="\n".join([words_of(lesson), *quoted, *attached, *words]),
        language=lesson.language,
        scopes=scopes_of(lesson),
        facets={
            "theme": [theme.slug for theme in themes],
            "country": [lesson.organisation.country] if lesson.organisation.country else [],
            "language": [lesson.language],
            "family": [str(lesson.translation_of_id or lesson.pk)],
            "tag": [tag.slug for tag in tags],
            "by": [f"organisation-{lesson.organisation_id}", f"person-{lesson.author_id}"],
            "genre": [lesson.genre],
            "area": list(lesson.core_areas),
            "sdg": [str(goal) for goal in lesson.sdgs],
            "size": [size] if (size := size_of(lesson.organisation.population)) else [],
        },
        changed_at=lesson.changed_at,
    )


def words_of(lesson: Lesson) -> str:
    """The lesson's text without its markup, as it is searched and as snippets show it."""
    return bare("\n\n".join(getattr(lesson, name) for name in ("summary", *SECTIONS, "ask", "body")))


def lines_of(file: Attachment) -> Iterator[str]:
    """What a file at a lesson is called, and what its pages say."""
    yield file.name
    yield from (page.text for page in file.pages.all())


def documents() -> Iterator[Document]:
    """Every lesson that can be found, for a rebuild."""
    for lesson in Lesson.objects.listed().with_words().iterator(chunk_size=50):
        yield lesson_document(lesson)


def scopes_of(lesson: Lesson) -> frozenset[str]:
    """Who may find it. Withdrawn lessons are not in the index at all."""
    scopes = {f"author:{lesson.author_id}"}
    if lesson.status == Lesson.Status.PUBLISHED:
        scopes |= {"administrator", *places(lesson, "partnership", "officer")}
        scopes |= {"member"} if lesson.visibility == Lesson.Visibility.MEMBERS else set()
        scopes |= set(places(lesson, "", "network")) if lesson.visibility == Lesson.Visibility.NETWORK else set()
    elif lesson.status == Lesson.Status.REVIEW:
        scopes |= {"administrator", *places(lesson, "keeper", "desk")}
    return frozenset(scopes)


def places(lesson: Lesson, of_partnership: str, of_network: str) -> Iterable[str]:
    """The lesson's two places as scopes of these names."""
    if lesson.partnership_id and of_partnership:
        yield f"{of_partnership}:{lesson.partnership_id}"
    if lesson.network_id:
        yield f"{of_network}:{lesson.network_id}"


def scopes_for(reach: Reach) -> frozenset[str]:
    """The scopes in which a person searches, worked out at the moment of asking."""
    if reach.person is None:
        return frozenset()
    held = {
        "network": reach.networks,
        "partnership": reach.partnerships,
        "officer": reach.officer,
        "keeper": reach.full_partnerships,
        "desk": reach.officer | reach.editor,
    }
    named = {f"{name}:{pk}" for name, pks in held.items() for pk in pks}
    always = {"member", f"author:{reach.person}", *(["administrator"] if reach.administrator else [])}
    return frozenset(named | always)
