"""Finding, reading and writing lessons: what each gets of Karlskrona–Saldanha Bay's."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from knowledge.actions import revise_lesson, write_lesson
from knowledge.attaching import attach
from knowledge.following import make_key, save_search
from knowledge.models import Attachment, Lesson, Missed, Quote, ThemeChange
from knowledge.vocabulary import change_theme
from search.models import Theme
from tests.access_rows import API_MEMBERS, MEMBERS, NOBODY, PARTNERSHIP, Row
from tests.conftest import World
from tests.files.documents import pdf

MOVED = {"owner": 302, "partner": 302, "officer": 302, "outsider": 404, "guest": 404, NOBODY: 302}
"""Who may change the partnership's lesson is led back to it."""


def lesson(world: World, **fields: Any) -> Lesson:
    """A published lesson of the partnership by the owner."""
    told = {"partnership": world.partnership, "visibility": "partnership", "status": "published", **fields}
    return write_lesson(
        author=world.owner,
        organisation=world.karlskrona,
        title="Sorting at the market",
        problem="Eleven tonnes of waste a day.",
        failed="- The sacks were plastic.",
        tags=["Market"],
        **told,
    )


def changed(world: World) -> Lesson:
    """The same, in its second version."""
    return revise_lesson(lesson(world), by=world.partner, note="Counted again", problem="Twelve tonnes a day.")


def restoring(world: World) -> str:
    """The address that lets the first version stand again."""
    one = changed(world)
    return f"/knowledge/{one.pk}/versions/{one.history.order_by('history_id').first().history_id}/restore/"


def quoted(world: World) -> str:
    """The page of the owner's own words in that lesson."""
    one = lesson(world)
    said_at = one.created_at
    made = Quote.objects.create(
        lesson=one, author=world.owner, words="Eleven tonnes!", said_at=said_at, source="message", source_id=0
    )
    return made.get_absolute_url()


def with_file(world: World) -> Attachment:
    """A PDF at that lesson."""
    return attach(lesson(world), SimpleUploadedFile("Plan.pdf", pdf("Sacks and scales")), by=world.owner)


def undoing(world: World) -> str:
    """The address that takes a change of the vocabulary back."""
    waste = Theme.objects.get(slug="waste")
    change_theme(waste, by=world.administrator, labels=waste.labels | {"en": "Rubbish"}, synonyms=waste.synonyms)
    return f"/knowledge/vocabulary/changes/{ThemeChange.objects.get().pk}/undo/"


KEEPERS = dict.fromkeys(MEMBERS, 404) | {NOBODY: 302, "administrator": 200}
"""Of these only the administrator keeps the vocabulary."""


OWN = {"owner": 200, "partner": 404, "officer": 404, "outsider": 404, "guest": 404, NOBODY: 302}

OWN_FORM = {"owner": 302, "partner": 404, "officer": 404, "outsider": 404, "guest": 404, NOBODY: 302}
SENT = dict.fromkeys(MEMBERS, 302)


def search_of_owner(world: World) -> str:
    """The address at which the owner changes a saved search."""
    return f"/knowledge/saved/{save_search(world.owner, '?q=waste').pk}/"


def feed_of_owner(world: World) -> str:
    """The address that ends a feed of the owner's."""
    return f"/knowledge/feeds/{make_key(world.owner, '?q=waste', 'waste')[0].pk}/end/"


def keyed(world: World) -> str:
    """A feed of the owner's, by its key."""
    return f"/knowledge/feeds/{make_key(world.owner, '?q=waste', 'waste')[1]}.atom"


def saved(world: World) -> str:
    """The page of saved searches, with one of the owner's."""
    search_of_owner(world), feed_of_owner(world)
    return "/knowledge/saved/"


EDITORS = {"owner": 404, "partner": 404, "officer": 200, "outsider": 404, "guest": 404, NOBODY: 302}


def missed(world: World) -> str:
    """The list of what was not found, with one search in it."""
    Missed.objects.get_or_create(query="reeds", language="en", day=timezone.localdate())
    return "/knowledge/missed/"


ROWS = [
    Row("knowledge/saved/", saved, MEMBERS),
    Row(
        "knowledge/saved/new/",
        "/knowledge/saved/new/",
        SENT,
        method="POST",
        data={"query": "?q=waste", "pace": "daily"},
    ),
    Row("knowledge/saved/<int:pk>/", search_of_owner, OWN_FORM, method="POST", data={"delete": "1"}),
    Row("knowledge/feeds/new/", "/knowledge/feeds/new/", MEMBERS, method="POST", data={"query": "?q=waste"}),
    Row("knowledge/feeds/<int:pk>/end/", feed_of_owner, OWN_FORM, method="POST"),
    Row("knowledge/feeds/<str:secret>.atom", keyed, dict.fromkeys(MEMBERS, 200), page=None),
    Row("knowledge/quotes/<int:pk>/", quoted, OWN),
    Row("knowledge/quotes/<int:pk>/", quoted, OWN | {"owner": 302}, method="POST", data={"withdraw": "1"}),
    Row("knowledge/", lambda world: f"/knowledge/?q={lesson(world).title}", MEMBERS),
    Row("knowledge/api/search/", "/knowledge/api/search/?q=waste", API_MEMBERS, page=None),
    Row(
        "knowledge/api/search/",
        "/knowledge/api/search/?page=0",
        dict.fromkeys(API_MEMBERS, 400) | {NOBODY: 401},
        page=None,
    ),
    Row("knowledge/api/suggest/", "/knowledge/api/suggest/?q=wa", API_MEMBERS, page=None),
    Row("knowledge/ask/", "/knowledge/ask/", SENT, method="POST", data={"words": "Who knows about reeds?"}),
    Row("knowledge/missed/", missed, EDITORS, visitor="officer"),
    Row(
        "knowledge/missed/",
        missed,
        EDITORS | {"officer": 302},
        method="POST",
        data={"query": "reeds", "language": "en"},
    ),
    Row("knowledge/new/", "/knowledge/new/", MEMBERS),
    Row("knowledge/mine/", lambda world: f"/knowledge/mine/?seen={lesson(world, status='draft').pk}", MEMBERS),
    Row("knowledge/vocabulary/", "/knowledge/vocabulary/", KEEPERS, visitor="administrator"),
    Row("knowledge/vocabulary/<slug:slug>/", "/knowledge/vocabulary/waste/", KEEPERS, visitor="administrator"),
    Row("knowledge/vocabulary/changes/<int:pk>/undo/", undoing, KEEPERS | {"administrator": 302}, method="POST"),
    Row("knowledge/themes/", "/knowledge/themes/", MEMBERS),
    Row("knowledge/tags/<str:slug>/", lambda world: f"/knowledge/tags/{lesson(world).tags.get().slug}/", PARTNERSHIP),
    Row("knowledge/<int:pk>/", lambda world: lesson(world).get_absolute_url(), PARTNERSHIP),
    Row(
        "knowledge/<int:pk>/",
        lambda world: lesson(world, visibility="network").get_absolute_url(),
        MEMBERS | {"guest": 404},
    ),
    Row(
        "knowledge/<int:pk>/",
        lambda world: lesson(world, status="draft").get_absolute_url(),
        dict.fromkeys(MEMBERS, 404) | {"owner": 200, NOBODY: 302},
    ),
    Row("knowledge/<int:pk>/edit/", lambda world: f"{lesson(world).get_absolute_url()}edit/", PARTNERSHIP),
    Row("knowledge/<int:pk>/files/", lambda world: f"{with_file(world).lesson.get_absolute_url()}files/", PARTNERSHIP),
    Row(
        "knowledge/files/<int:pk>/<str:name>",
        lambda world: with_file(world).get_absolute_url(),
        PARTNERSHIP,
        page=None,
    ),
    Row(
        "knowledge/files/<int:pk>/small/",
        lambda world: f"/knowledge/files/{with_file(world).pk}/small/",
        dict.fromkeys(PARTNERSHIP, 404) | {NOBODY: 302},
        page=None,
    ),
    Row(
        "knowledge/files/<int:pk>/step/",
        lambda world: f"/knowledge/files/{with_file(world).pk}/step/",
        MOVED,
        method="POST",
        data={"step": "remove"},
    ),
    Row("knowledge/<int:pk>/versions/", lambda world: f"{changed(world).get_absolute_url()}versions/", PARTNERSHIP),
    Row(
        "knowledge/<int:pk>/step/",
        lambda world: f"{lesson(world).get_absolute_url()}step/",
        MOVED,
        method="POST",
        data={"step": "withdraw"},
    ),
    Row("knowledge/<int:pk>/versions/<int:version>/restore/", restoring, MOVED, method="POST"),
]
