"""What people are told of lessons: that their words are quoted in one, and that a quote was withdrawn."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import things
from accounts.models import User
from knowledge.models import Lesson, Quote
from notifications.actions import News, Why, notify, notify_all
from notifications.kinds import Kind, Telling, Words, register
from things import Thing

QUOTED = "quoted"
WITHDRAWN = "quote_withdrawn"


def tell_quoted(lesson: Lesson, quotes: Iterable[Quote], by: User) -> None:
    """Each author hears once of each of their words that a lesson quotes."""
    card = things.kinds["quote"].card
    news = [
        News([one.author], card(one), Why(QUOTED, f"quote:{one.pk}", facts={"by": by.shown_name}, by=by))
        for one in quotes
    ]
    notify_all(news)


def tell_withdrawn(quote: Quote) -> None:
    """The lesson's author hears that words are gone from it."""
    why = Why(WITHDRAWN, f"quote_withdrawn:{quote.pk}", facts={"by": quote.by}, by=quote.author)
    notify([quote.lesson.author], things.kinds["lesson"].card(quote.lesson), why)


def quoted(telling: Telling) -> Words:
    """Who quotes the person, where, and what they can do about it."""
    about = thing_of(telling)
    said = {"by": telling.facts["by"], "lesson": about.title}
    text = _(
        "Your function and municipality stand beside the words, not your name. You can be named if you like, or take"
        " the words back, now and later."
    )
    title = _("%(by)s quotes you in the lesson “%(lesson)s”") % said
    return Words(title, text, quote=about.summary, quote_language=about.facts.get("language", ""), action=_("See it"))


def withdrawn(telling: Telling) -> Words:
    """Whose words are gone from which lesson."""
    about = thing_of(telling)
    said = {"by": telling.facts["by"], "lesson": about.title}
    text = _("The quote is gone from all versions. If you used the same words elsewhere in the lesson, take them out.")
    return Words(_("%(by)s took a quote back from “%(lesson)s”") % said, text, action=_("Open the lesson"))


def thing_of(telling: Telling) -> Thing:
    """What it is about. Raises ``LookupError`` where there is nothing, which is never so in these kinds."""
    if telling.about is None:
        raise LookupError(telling.facts)
    return telling.about


def sample_quoted() -> Telling:
    """Invented: a project manager is quoted."""
    said = _("Nobody came to the meeting on Monday. On market day the whole street was there.")
    about = Thing("quote", 0, _("Meet people where they are"), "/knowledge/", said, {"language": ""})
    return Telling(None, about, {"by": "Amina Juma"})


def sample_withdrawn() -> Telling:
    """Invented: one of them thinks again."""
    about = Thing("lesson", 0, _("Meet people where they are"), "/knowledge/")
    return Telling(None, about, {"by": _("Project manager, Saldanha Bay")})


def register_kinds() -> None:
    """Called once, when the apps are ready."""
    hint = gettext_lazy("Somebody keeps what you said in a room as part of a lesson.")
    register(Kind(QUOTED, gettext_lazy("Your words are quoted"), quoted, sample_quoted, hint=hint, icon="knowledge"))
    register(Kind(WITHDRAWN, gettext_lazy("A quote is taken back"), withdrawn, sample_withdrawn, icon="knowledge"))
