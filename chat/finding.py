"""Messages found by a question: the one door, for the page and for its JSON twin. Newest first.

Only rooms that the asker may see now are looked in, and what the index gives is read once more from the messages.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from chat.index import Asked, keys
from chat.models import Findable, Message, Room
from chat.models.findable import key_of, moment_key
from chat.naming import name_for
from chat.roomlist import haystack
from chat.text import words_of
from chat.wording import Wording, read
from search.analysis import fold
from search.concepts import Vocabulary
from search.snippets import snippet

PAGE = 20
"""Messages on one page."""
ME = "me"
MOST_QUESTIONS = 2000
"""Of all questions in somebody's rooms, the newest are looked through."""
MANY = 1000
"""Messages that may wait to be taken up without a word."""


@dataclass(frozen=True)
class Hit:
    """A message that was found, with the piece of it that shows why (HTML)."""

    message: Message
    snippet: SafeString

    @property
    def author(self) -> str:
        """Who wrote it, as others see them."""
        return self.message.author.shown_name


@dataclass(frozen=True)
class Finding:
    """What came of a question. ``older`` is the id of the last message, where there are more; ``problems`` say in
    words why nothing was looked for; so many messages are ``missing`` that the index has not taken up yet."""

    rooms: Sequence[Room]
    asked: bool
    hits: Sequence[Hit] = ()
    older: int | None = None
    problems: Sequence[str] = field(default=())

    @property
    def missing(self) -> int:
        """Nothing while it is as many as come and go; more where the index is being made."""
        taken = {room.pk: getattr(room, "taken_up", None) for room in self.rooms}
        missing = sum(room.version - (found.version if (found := taken[room.pk]) else 0) for room in self.rooms)
        return missing if missing > MANY else 0


def find(user: User, text: str, fields: Sequence[tuple[str, str]] = (), older: int | None = None) -> Finding:
    """The newest messages that ``text`` and ``fields`` ask for, or those before the message ``older``."""
    rooms = list(Room.objects.visible_to(user).with_place().select_related("taken_up").by_place())
    name_for(user, rooms)
    wording = read(text, user.language, fields)
    if not (wording.all or wording.none or wording.fields or wording.problems):
        return Finding(rooms, asked=False)
    question = Narrowing(user, rooms, wording).question()
    if wording.problems:
        return Finding(rooms, asked=True, problems=wording.problems)
    return page(rooms, wording, question, older)


def page(rooms: list[Room], wording: Wording, question: Asked, older: int | None) -> Finding:
    """Ask the index, and read what it gives once more in those rooms."""
    if older is not None and (last := Message.objects.filter(room__in=question.rooms, pk=older).first()):
        question.until = min(question.until, key_of(last))
    found = keys(question, PAGE + 1)
    ids = dict(Findable.objects.filter(pk__in=found[:PAGE]).values_list("pk", "message"))
    readable = Message.objects.filter(room__in=question.rooms, number__gt=F("room__floor"), deleted_at=None)
    messages = readable.with_author().in_bulk(list(ids.values()))
    by_id = {room.pk: room for room in rooms}
    hits = []
    for key in found[:PAGE]:
        if message := messages.get(ids.get(key, 0)):
            message.room = by_id[message.room_id]
            hits.append(Hit(message, why(message, wording.shown)))
    return Finding(rooms, True, hits, ids.get(found[PAGE - 1]) if len(found) > PAGE else None)


def why(message: Message, words: str) -> SafeString:
    """The piece of a message around the words that were asked for."""
    return snippet(words_of(message.body, message.html), words, message.language, Vocabulary({}))


class Narrowing:
    """Makes of the fields of a question what the index knows: rooms, people, moments."""

    def __init__(self, user: User, rooms: list[Room], wording: Wording) -> None:
        self.user, self.rooms, self.wording = user, rooms, wording
        self.made = Asked([room.pk for room in rooms], wording.all, wording.none)

    def question(self) -> Asked:
        """All of them; what is wrong goes to the wording's problems."""
        takers = {
            "from": self.written_by,
            "in": self.said_in,
            "room": self.said_there,
            "before": self.before,
            "after": self.after,
            "has": self.has,
        }
        for name, value in self.wording.fields:
            if problem := takers[name](value.strip().lstrip("@")):
                self.wording.problems.append(problem)
        return self.made

    def written_by(self, value: str) -> str:
        """Everybody whose name has these words. That nobody has is not told apart from no message of theirs: who has
        an account elsewhere is nobody's business."""
        wanted = fold(value).split()
        if not wanted:
            return _("Write a name after “from:”, or “me”.")
        found = {pk for pk, name in self.names if all(part in name for part in wanted)}
        found = {self.user.pk} if wanted == [ME] else found
        self.made.authors = sorted(found if self.made.authors is None else found.intersection(self.made.authors))
        return ""

    @cached_property
    def names(self) -> list[tuple[int, str]]:
        """Folded here: no database knows that Åsa and asa are one."""
        people = User.objects.filter(erased_at=None).order_by("pk").values_list("pk", "name")
        return [(pk, fold(name)) for pk, name in people]

    def said_in(self, value: str) -> str:
        """The rooms whose name or place has these words."""
        wanted = fold(value)
        found = {room.pk for room in self.rooms if wanted and wanted in fold(haystack(room))}
        if not found:
            return _("You are in no room called “%(name)s”.") % {"name": value}
        self.made.rooms = [pk for pk in self.made.rooms if pk in found]
        return ""

    def said_there(self, value: str) -> str:
        """One room by its id."""
        self.made.rooms = [pk for pk in self.made.rooms if str(pk) == value]
        return "" if self.made.rooms else _("This room is not open to you.")

    def before(self, value: str) -> str:
        """Up to a day, that day left out."""
        if (begun := midnight(value)) is None:
            return not_a_day("before", value)
        self.made.until = min(self.made.until, moment_key(begun))
        return ""

    def after(self, value: str) -> str:
        """From a day on."""
        if (begun := midnight(value)) is None:
            return not_a_day("after", value)
        self.made.since = max(self.made.since, moment_key(begun))
        return ""

    def has(self, value: str) -> str:
        """What hangs on a message: links, files, pictures; or that it asks something."""
        if value.lower() == "link":
            self.made.links = True
            return ""
        if value.lower() in {"file", "image"}:
            pictures = {"files__width__gt": 0} if value.lower() == "image" else {}
            self.only(Message.objects.filter(files__isnull=False, **pictures))
            return ""
        if value.lower() == "question":
            self.only(Message.objects.filter(question__isnull=False))
            return ""
        return _("“has:%(value)s” is not known. “has:link”, “has:file”, “has:image” and “has:question” are.") % {
            "value": value
        }

    def only(self, messages: QuerySet[Message]) -> None:
        """No others than the newest of these."""
        rows = messages.filter(room__in=self.made.rooms).only("posted_at").order_by("-pk").distinct()
        found = [key_of(one) for one in rows[:MOST_QUESTIONS]]
        self.made.only = found if self.made.only is None else sorted(set(found) & set(self.made.only), reverse=True)


def not_a_day(name: str, value: str) -> str:
    """How a day is written."""
    words = _("“%(name)s:%(value)s” is no day. Write the year, the month and the day: %(name)s:2026-03-14.")
    return words % {"name": name, "value": value}


def midnight(value: str) -> datetime | None:
    """When a day, a month or a year begins where the reader is: ``2026-03-14``, ``2026-03``, ``2026``."""
    parts = value.split("-")
    if not 1 <= len(parts) <= 3 or not all(part.isascii() and part.isdigit() for part in parts) or len(parts[0]) != 4:
        return None
    year, month, day = [*map(int, parts), 1, 1][:3]
    try:
        begun = datetime.combine(date(year, month, day), datetime.min.time())
        return timezone.make_aware(begun)
    except (ValueError, OverflowError):
        return None
