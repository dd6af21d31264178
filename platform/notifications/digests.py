"""What a digest says: everything that waited for it, place by place, each thing in a line or two with its time."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from babel.dates import format_date, format_datetime
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from notifications.kinds import kinds
from notifications.models import Preferences
from notifications.sheets import line
from notifications.stops import Stop
from notifications.telling import Told

MOST = 30
"""Things in one digest, the newest; the rest is under the bell."""
IN_SUBJECT = 3
"""Places that the subject names."""
NAME = 40
"""Characters of each."""
DETAIL = 140
"""Characters of what was said."""

NOWHERE = "…"
"""Stands for the links that are each reader's own."""


@dataclass(frozen=True)
class Item:
    """One thing. ``detail`` are the first words of what was said, in ``language`` where it is known."""

    title: str
    when: str
    detail: str
    language: str
    link: str


@dataclass(frozen=True)
class Group:
    """What is new in one place."""

    heading: str
    items: list[Item]


@dataclass(frozen=True)
class Digest:
    """A whole one, for the envelope that every mail has. ``stop`` and ``switch`` are the links to less of it."""

    subject: str
    day: str
    groups: list[Group]
    more: int
    preferences: Preferences
    stop: str
    switch: str
    answerable: bool = False

    @property
    def bell(self) -> str:
        """Where the rest is."""
        return urljoin(settings.PUBLIC_URL, reverse("notifications:home"))

    @property
    def choices(self) -> str:
        """Where one says how to be told."""
        return urljoin(settings.PUBLIC_URL, reverse("notifications:choices"))

    @property
    def weekly(self) -> bool:
        """Whether it comes once a week."""
        return self.preferences.rhythm == Preferences.Rhythm.WEEKLY

    @property
    def rhythm(self) -> str:
        """How often it comes."""
        return rhythm(self.preferences)

    def text(self) -> str:
        """The plain part, in the current language."""
        made = render_to_string("notifications/digest.txt", {"digest": self})
        return re.sub(r"\n{3,}", "\n\n", made).strip() + "\n"

    def html(self) -> str:
        """The HTML part, in the current language."""
        return render_to_string("notifications/digest.html", {"digest": self}).strip() + "\n"


def digest(told: Sequence[Told], preferences: Preferences, stop: Stop | None) -> Digest:
    """What somebody is told, which they may see, in the current language and zone. ``stop`` is theirs; None for an
    invented one."""
    newest = sorted(told, key=age)[-MOST:]
    return Digest(
        subject=subject(told),
        day=str(format_date(timezone.localdate(), "d MMMM y", locale=language())),
        groups=[Group(heading(some[0]), [item(one) for one in some]) for some in by_place(newest)],
        more=len(told) - len(newest),
        preferences=preferences,
        stop=stop.url if stop else NOWHERE,
        switch=urljoin(settings.PUBLIC_URL, reverse("notifications:digest", args=[stop.token])) if stop else NOWHERE,
    )


def subject(told: Sequence[Told]) -> str:
    """``3 new: Square, Steering group``: how much, and where."""
    names = list(dict.fromkeys(line(name(some[0]), NAME) for some in by_place(told)))
    places = ", ".join(names[:IN_SUBJECT]) + (" …" if len(names) > IN_SUBJECT else "")
    new = ngettext("%(count)d new: %(places)s", "%(count)d new: %(places)s", len(told))
    return new % {"count": len(told), "places": places}


def by_place(told: Iterable[Told]) -> list[list[Told]]:
    """Those of one place together, as they came; the places in the order of what came first in each."""
    groups: dict[str, list[Told]] = {}
    for one in sorted(told, key=age):
        groups.setdefault(place(one), []).append(one)
    return list(groups.values())


def age(one: Told) -> tuple[datetime, int]:
    """By which they are put in order."""
    return one.notification.created_at, one.notification.pk


def place(one: Told) -> str:
    """What it stands with: all of the calendar, all of one room, or all about one thing."""
    return str(kinds[one.notification.kind].heading) or one.notification.place or f"{one.about.kind}:{one.about.id}"


def name(one: Told) -> str:
    """The place in a word or two: ``Steering group``."""
    return str(kinds[one.notification.kind].heading) or one.about.title


def heading(one: Told) -> str:
    """The place in full: ``Steering group, Karlskrona–Saldanha Bay``, as it stands over a mail of its own."""
    return line(str(kinds[one.notification.kind].heading) or one.words.subject or one.about.title)


def item(one: Told) -> Item:
    """One thing in two lines, its words cut short."""
    local = timezone.localtime(one.notification.created_at)
    words = one.words
    return Item(
        title=line(words.title),
        when=str(format_datetime(local, "d MMM HH:mm", locale=language())),
        detail=beginning(words.quote or words.text),
        language=words.quote_language if words.quote else "",
        link=urljoin(settings.PUBLIC_URL, one.url),
    )


def beginning(text: str) -> str:
    """Its first words, on one line."""
    cut = line(text, DETAIL)
    return f"{cut.rpartition(' ')[0]} …" if cut.endswith("…") and " " in cut else cut


def rhythm(preferences: Preferences) -> str:
    """How often it comes and when, by the reader's own clock."""
    hour = f"{preferences.digest_hour:02}:00"
    if preferences.rhythm == Preferences.Rhythm.WEEKLY:
        return _("once a week: %(day)s at %(hour)s") % {"day": preferences.get_digest_day_display(), "hour": hour}
    if preferences.quiet_weekends:
        return _("Monday to Friday at %(hour)s") % {"hour": hour}
    return _("every day at %(hour)s") % {"hour": hour}


def language() -> str:
    """The reader's, as CLDR names it."""
    return get_language() or "en"
