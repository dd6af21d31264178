"""A search as a feed that a reader fetches (Atom, RFC 4287), the newest lessons first."""

from dataclasses import replace

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from accounts.models import User
from knowledge.finding import search_lessons
from knowledge.questions import forgiving

ENTRIES = 50


def feed_of(person: User, query: str, title: str) -> HttpResponse:
    """What ``person`` may read of a search, by its address (``?q=…``). Nothing on the way keeps it; a reader may, and
    asks each time whether it still stands: by its content, since what is taken out of it changes no date."""
    question = replace(forgiving(QueryDict(query.removeprefix("?"))), page=1, limit=ENTRIES, order="date")
    page = settings.PUBLIC_URL + reverse("knowledge:home") + query
    feed = Atom1Feed(
        title=_("Lessons: %(title)s") % {"title": title}, link=page, description="", language=person.language
    )
    for one in search_lessons(person, question).found:
        lesson = one.lesson
        feed.add_item(
            title=lesson.title,
            link=settings.PUBLIC_URL + lesson.get_absolute_url(),
            description=lesson.summary or strip_tags(str(one.snippet)),
            author_name=lesson.organisation.name,
            pubdate=lesson.published_at,
            updateddate=lesson.changed_at,
            categories=[theme.label(person.language) for theme in lesson.themes.all()],
        )
    response = HttpResponse(content_type=feed.content_type)
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    feed.write(response, "utf-8")
    return response
