"""One page of a room as its reader sees it: a window of messages, cut into days and runs of one author."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import accumulate

from babel.dates import format_date, format_datetime
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accounts.models import User
from chat import pages
from chat.models import Mention, Message, Room
from chat.noting import words_of
from chat.questions import Shown, questions_on
from chat.quotes import Quote, quotes
from chat.signs import Sign, signs_at
from chat.threads import Replies, replies_under
from prose import retold

PAGE = 50
"""The most messages on one page."""

MOST_CHARACTERS = 20_000
"""Of HTML on one page, past which it holds fewer messages: they come over 400 kbit/s."""

BESIDE_ITS_WORDS = 200
"""Characters that each message counts for."""

NEAR = timedelta(minutes=10)
"""Messages of one author that follow each other within this time stand under one name."""


@dataclass(frozen=True)
class Line:
    """One message in its place: the label of the ``day`` that begins with it, how many are ``unread`` from it on when
    the first-unread line stands above it, whether it ``continues`` the run of the message before, whether it is the
    reader's own (``mine``) and mentions them (``calls_me``), the signs at it, the ``quote`` of what it answers, the
    ``replies`` that it got, and what it ``asks``."""

    message: Message
    day: str = ""
    unread: int = 0
    continues: bool = False
    mine: bool = False
    calls_me: bool = False
    signs: Sequence[Sign] = field(default_factory=list)
    quote: Quote | None = None
    replies: Replies | None = None
    asks: Shown | None = None

    @property
    def html(self) -> SafeString:
        """The message's HTML, its moments by the reader's clock."""
        return mark_safe(retold(self.message.html, by_the_readers_clock))

    @property
    def note(self) -> str:
        """What the room is told by it, in the reader's language; empty where somebody wrote it."""
        return words_of(self.message.note) if self.message.note else ""


@dataclass(frozen=True)
class Window:
    """Neighbouring messages of ``room``, in the order of their numbers."""

    room: Room
    messages: Sequence[Message]

    @property
    def first(self) -> int:
        """The lowest number shown; 1 past the end in an empty room."""
        return self.messages[0].number if self.messages else self.room.message_count + 1

    @property
    def last(self) -> int:
        """The highest number shown."""
        return self.messages[-1].number if self.messages else self.room.message_count

    @property
    def has_earlier(self) -> bool:
        """True when something stands above."""
        return self.first > self.room.floor + 1

    @property
    def has_later(self) -> bool:
        """True when something stands below, so that what is said now does not follow on this page."""
        return self.last < self.room.message_count


def window(room: Room, *, before: int | None = None, after: int | None = None, around: int | None = None) -> Window:
    """The messages before or after a number, around it, or else the newest: 50, or as many as one page carries.
    ``room`` must have been read before the messages are: then nothing can lie between its ``version`` and them."""
    if after is not None:
        found, begin = pages.after(room, after, PAGE), after
    elif around is not None:
        found, begin = pages.around(room, around, PAGE), around
    else:
        found, begin = pages.before(room, before, PAGE), room.message_count
    messages = fitting(found.messages, begin)
    Mention.objects.load(messages)
    return Window(room, messages)


def fitting(messages: Sequence[Message], begin: int) -> list[Message]:
    """As many of these neighbours as one page carries, outwards from the one at number ``begin`` or nearest to it: at
    least one."""
    nearest = sorted(messages, key=lambda one: abs(one.number - begin))
    sizes = accumulate(BESIDE_ITS_WORDS + len(one.html or one.body) for one in nearest)
    count = sum(size <= MOST_CHARACTERS for size in sizes) or 1
    return sorted(nearest[:count], key=lambda one: one.number)


def lines(
    room: Room, messages: Sequence[Message], reader: User, last_read: int, thread: int | None = None
) -> list[Line]:
    """The messages of ``room`` as they stand on its page, or on that of a ``thread``, where nobody needs to be told
    that they answer its root; days are the reader's."""
    made: list[Line] = []
    quoted = {number: one for number, one in quotes(room, messages, reader).items() if number != thread}
    replies = replies_under(room, messages) if thread is None else {}
    calling = Mention.objects.called(messages, reader)
    first_new, news = unread_line(room, messages, reader, last_read, thread)
    asking = questions_on(room, messages, reader)
    before: Message | None = None
    for message in messages:
        begins_day = before is None or local_day(before) != local_day(message)
        unread = news if message.number == first_new else 0
        made.append(
            Line(
                message,
                day=day_label(local_day(message)) if begins_day else "",
                unread=unread,
                continues=before is not None and not begins_day and not unread and same_run(before, message),
                mine=message.author_id == reader.pk,
                calls_me=message.pk in calling,
                signs=signs_at(message, reader),
                quote=None if message.deleted_at else quoted.get(message.reply_to or 0),
                replies=replies.get(message.number),
                asks=asking.get(message.number),
            )
        )
        before = message
    return made


def unread_line(
    room: Room, messages: Sequence[Message], reader: User, last_read: int, thread: int | None
) -> tuple[int, int]:
    """Above which number the first-unread line stands, and how many are new: in a thread, what others said in it."""
    if thread is None:
        return last_read + 1, room.message_count - last_read
    new = [one.number for one in messages if one.number > last_read and one.author_id != reader.pk]
    return (new[0], len(new)) if new else (0, 0)


def by_the_readers_clock(moment: datetime) -> str:
    """``Wed 25 Nov 2026, 14:00 (Nairobi)``."""
    local = timezone.localtime(moment)
    words = format_datetime(local, "EEE d MMM y, HH:mm", locale=translation.get_language() or "en")
    return f"{words} ({timezone.get_current_timezone_name().rpartition('/')[2].replace('_', ' ')})"


def same_run(before: Message, message: Message) -> bool:
    """True when ``message`` needs no name of its own."""
    return before.author_id == message.author_id and message.posted_at - before.posted_at <= NEAR


def local_day(message: Message) -> date:
    """The day on the reader's wall."""
    return timezone.localtime(message.posted_at).date()


def day_label(day: date) -> str:
    """``Friday 10 October``, with the year when it is another one, and ``Today`` before it."""
    today = timezone.localdate()
    form = "EEEE d MMMM" if day.year == today.year else "EEEE d MMMM y"
    text = format_date(day, form, locale=translation.get_language() or "en")
    return _("Today, %(day)s") % {"day": text} if day == today else text
