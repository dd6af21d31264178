"""What new messages answer: the thread that each stands in, and who is told. Asks nothing where nobody answers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from django.db.models import Q

from chat.models import Message, Room, ThreadMarker


class Answer(Protocol):
    """As much of a post as matters here."""

    @property
    def room_id(self) -> int: ...
    @property
    def reply_to(self) -> int | None: ...
    @property
    def thread(self) -> int | None: ...


def answers(post: Answer) -> bool:
    """Whether it claims to answer something."""
    return bool(post.reply_to or post.thread)


@dataclass(frozen=True)
class Told:
    """Whom a message answers (an id; None for nobody who wants to hear of it), and the ids of those who follow."""

    answered: int | None = None
    followers: frozenset[int] = field(default_factory=frozenset)


class Threads:
    """The threads of one batch of posts: one query for what they answer, and two or three more to keep who follows."""

    def __init__(self, rooms: Mapping[int, Room], posts: Iterable[Answer]) -> None:
        wanted: dict[int, set[int]] = defaultdict(set)
        for post in posts:
            if room := rooms.get(post.room_id):
                numbers = (post.reply_to or 0, post.thread or 0)
                wanted[room.pk] |= {number for number in numbers if 0 < number <= room.message_count}
        self.asked = any(answers(post) for post in posts)
        self.known = {(one.room_id, one.number): one for one in found(wanted)}
        self.answering: list[Message] = []

    def root_of(self, room: Room, post: Answer) -> int | None:
        """The number of the message that began the thread in which ``post`` answers."""
        said = self.known.get((room.pk, post.thread or 0)) or self.known.get((room.pk, post.reply_to or 0))
        return (said.thread or said.number) if said else None

    def add(self, message: Message) -> None:
        """A new message: another of the batch may answer it, and it may answer others."""
        if self.asked:
            self.known[message.room_id, message.number] = message
        if message.thread:
            self.answering.append(message)

    def keep(self) -> None:
        """Whoever began one of these threads follows it, unless they left; whoever answers follows it from now on."""
        began: list[ThreadMarker] = []
        takes_part: dict[tuple[int, int, int], ThreadMarker] = {}
        for message in self.answering:
            root = message.thread or 0
            if first := self.known.get((message.room_id, root)):
                began.append(marker(message.room_id, root, first.author_id, root))
            key = (message.room_id, root, message.author_id)
            takes_part[key] = marker(*key, message.number)
        if self.answering:
            ThreadMarker.objects.begin(takes_part.values(), began)

    def told(self) -> dict[Message, Told]:
        """Who is to be told of each message that answers. Whoever left a thread hears no more of it."""
        markers: dict[tuple[int, int], dict[int, bool]] = defaultdict(dict)
        threads = {(one.room_id, one.thread or 0) for one in self.answering}
        for one in ThreadMarker.objects.of_threads(threads) if threads else ():
            markers[one.room_id, one.root][one.user_id] = one.left_at is None
        return {one: self.told_of(one, markers[one.room_id, one.thread or 0]) for one in self.answering}

    def told_of(self, message: Message, following: Mapping[int, bool]) -> Told:
        """The same for one message; ``following`` says of each who ever followed its thread whether they do."""
        said = self.known.get((message.room_id, message.reply_to or 0))
        answered = said.author_id if said and following.get(said.author_id, True) else None
        return Told(answered, frozenset(pk for pk, follows in following.items() if follows))


def found(wanted: Mapping[int, set[int]]) -> Iterable[Message]:
    """The messages with these numbers (room id → numbers)."""
    rule = Q()
    for room, numbers in wanted.items():
        rule |= Q(room=room, number__in=numbers) if numbers else Q()
    return Message.objects.filter(rule).only("room", "number", "thread", "author") if rule else ()


def marker(room: int, root: int, user: int, read: int) -> ThreadMarker:
    """Somebody in a thread."""
    return ThreadMarker(room_id=room, root=root, user_id=user, last_read_number=read)
