"""The one way a message comes to be: ``post_messages`` stores a batch in the caller's thread and transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from chat import asked
from chat.actions.attaching import Attaching
from chat.actions.calling import Calling
from chat.answering import Threads
from chat.asked import Ask
from chat.broadcasts import message_changed
from chat.models import Mention, Message, ReadMarker, Room
from chat.notices import tell
from chat.pace import Bucket
from chat.permissions import can_post, can_see, is_silenced
from chat.prepared import Prepared
from chat.speaking import language_of
from chat.standing import Standing, standings
from chat.text import html_of
from partnerships.models import Membership, Organisation

BIGGEST = 2**63 - 1
"""No id is greater; SQLite does not even take the question."""
OLDEST_WRITTEN = timedelta(days=30)

ROOMS = Prepared(
    lambda ids: Room.objects.filter(pk__in=ids).with_place().order_by("pk").select_for_update(of=("self",))
)
MARKERS = Prepared(lambda rooms, users: ReadMarker.objects.filter(room__in=rooms, user__in=users))


@dataclass(frozen=True)
class Post:
    """A message that somebody wants stored. ``client_id`` is theirs for ever: the same one never stores twice.
    ``reply_to`` and ``thread`` are message numbers in the room, ``attachments`` ids of files of the author's;
    ``posted_at`` is for imports and seeding only. With ``confirm``
    it may tell many people at once."""

    room_id: int
    author_id: int
    client_id: UUID
    body: str
    language: str = ""
    reply_to: int | None = None
    thread: int | None = None
    written_at: datetime | None = None
    posted_at: datetime | None = None
    confirm: bool = False
    attachments: tuple[int, ...] = ()
    asks: Ask | None = None

    @property
    def key(self) -> tuple[UUID, int]:
        """What makes it the same post."""
        return self.client_id, self.author_id


@dataclass(frozen=True)
class Stored:
    """The message in the database; ``repeat`` when it has stood there before."""

    message: Message
    repeat: bool = False


@dataclass(frozen=True)
class Refused:
    """Nothing was stored: ``not_found``, ``read_only``, ``bad_text``, ``empty``, ``too_long``, ``forbidden`` or
    ``rate_limited``; then ``retry_after`` says in how many seconds it may be. ``asks_first``: it would tell so many
    ``people``, and is stored when it comes again with ``confirm``."""

    code: str
    retry_after: int = 0
    people: int = 0


Outcome = Stored | Refused


def post_message(post: Post) -> Outcome:
    """A batch of one."""
    return post_messages([post])[0]


def post_messages(posts: Sequence[Post]) -> list[Outcome]:
    """Store a batch, one transaction for all, and tell the watchers after the commit. One outcome for each post,
    in their order; a repeat (also within the batch) is answered from the first, whatever else has changed since."""
    try:
        with transaction.atomic():
            return store_posts(posts)
    except IntegrityError:  # another process stored one of these in another room meanwhile: now the look-up finds it
        with transaction.atomic():
            return store_posts(posts)


def store_posts(posts: Sequence[Post]) -> list[Outcome]:
    """The same in a transaction that the caller has begun for this alone, and begins anew when it fails: lock the
    rooms, look up what is there already, then number and insert the rest."""
    rooms = locked(post.room_id for post in posts)
    known = already_stored(posts)
    batch = Batch(rooms, posts, known)
    outcomes: list[Outcome] = []
    for post in posts:
        if post.key in known:
            outcomes.append(Stored(known[post.key], repeat=True))
            continue
        outcome = batch.take(post)
        outcomes.append(outcome)
        if isinstance(outcome, Stored):
            known[post.key] = outcome.message
    batch.save()
    return outcomes


def locked(room_ids: Iterable[int]) -> dict[int, Room]:
    """The rooms by id, their rows locked in the order of their ids until the transaction ends."""
    return {room.pk: room for room in ROOMS({pk for pk in room_ids if 0 < pk <= BIGGEST})}


def already_stored(posts: Sequence[Post]) -> dict[tuple[UUID, int], Message]:
    """The messages that these posts have become before: few have."""
    ids = {post.client_id for post in posts}
    if not Message.objects.knows(ids):
        return {}
    found = Message.objects.with_author().filter(client_id__in=ids, author__in={post.author_id for post in posts})
    return {(message.client_id, message.author_id): message for message in found}


class Batch:
    """The messages of one transaction in the making. Rights are read here, after the lock."""

    def __init__(self, rooms: dict[int, Room], posts: Sequence[Post], known: dict[tuple[UUID, int], Message]) -> None:
        self.rooms = rooms
        self.now = timezone.now()
        self.messages: list[Message] = []
        self.news: list[Message] = []
        self.questions: list[tuple[Message, Ask]] = []
        fresh = [post for post in posts if post.key not in known]
        writers = {post.author_id for post in fresh}
        self.authors = standings(writers, self.now)
        self.markers = {(marker.room_id, marker.user_id): marker for marker in MARKERS(rooms, writers)}
        self.files = Attaching(fresh)
        self.threads = Threads(rooms, fresh)
        self.calling = Calling(rooms, fresh)

    def take(self, post: Post) -> Outcome:
        """Number one post as the next message of its room, or refuse it."""
        room, author = self.rooms.get(post.room_id), self.authors.get(post.author_id)
        if room is None or author is None or not can_see(author.reach, room):
            return Refused("not_found")
        marker = self.markers.get((room.pk, post.author_id))
        if marker and marker.left_at:
            return Refused("not_found")
        if not can_post(author.reach, room) or (marker and is_silenced(marker, self.now)):
            return Refused("read_only")
        if wrong := self.files.problem(post):
            return Refused(wrong)
        if many := self.calling.unasked(room, post, author):
            return Refused("asks_first", people=many)
        if post.posted_at is None and (wait := self.pace(room, post)):
            return Refused("rate_limited", wait)
        if post.asks and (wrong := asked.unaskable(room, post.asks)):
            return Refused(wrong)
        message = self.next_message(room, post, author)
        self.messages.append(message)
        if post.asks:
            self.questions.append((message, post.asks))
        if post.posted_at is None:  # nobody is told of what is brought in from elsewhere, said long ago
            self.news.append(message)
        return Stored(message)

    def pace(self, room: Room, post: Post) -> int:
        """How many seconds the author has to wait; nought, and one token less, where they need not."""
        marker = self.markers.get((room.pk, post.author_id))
        if marker is None:  # an administrator, who is in no room by a seat
            return 0
        bucket = Bucket(marker.tokens, marker.tokens_at)
        wait = bucket.take(self.now)
        marker.tokens, marker.tokens_at = bucket.tokens, bucket.at
        return wait

    def next_message(self, room: Room, post: Post, standing: Standing) -> Message:
        """The row for ``post``, with the next number and version; time never runs backwards in a room."""
        author = standing.person
        posted_at = post.posted_at or self.now
        if room.last_posted_at:
            posted_at = max(posted_at, room.last_posted_at)
        room.version += 1
        room.message_count += 1
        room.last_posted_at = posted_at
        mentions = self.calling.mentions(room, standing)
        root = self.threads.root_of(room, post)
        message = Message.unsaved(
            room_id=room.pk,
            number=room.message_count,
            version=room.version,
            author_id=author.pk,
            client_id=post.client_id,
            body=post.body,
            html=html_of(post.body, mentions, author.zone),
            language=post.language or language_of(post.body, author),
            reply_to=earlier(post.reply_to, room) or root,
            thread=root,
            written_at=believable(post.written_at, posted_at),
            posted_at=posted_at,
            attachments=self.files.shown(post),
        )
        message.is_of(room, author, spoken_for(standing.seats, room))
        self.files.take(post, message)
        message.mentioned = []
        if mentions:
            mentions.note(message)
        self.threads.add(message)
        return message

    def save(self) -> None:
        """Insert, advance the rooms, move the authors' markers, and tell the watchers after the commit."""
        if not self.messages:
            return
        Message.objects.insert(self.messages)
        self.files.save()
        Mention.objects.keep(self.messages)
        Room.objects.advance({message.room for message in self.messages})
        self.save_markers()
        for message, ask in self.questions:
            asked.keep(message, ask)
        for message in self.messages:
            message_changed(message)
        self.threads.keep()
        tell(self.news, self.calling.people, self.threads.told())
        asked.answered(self.news)

    def save_markers(self) -> None:
        """What the authors have left to write; and an own message is read by its author, if everything before was."""
        moved: dict[ReadMarker, int] = {}
        for message in self.messages:
            marker = self.markers.get((message.room_id, message.author_id))
            if marker and marker.last_read_number == message.number - 1:
                moved.setdefault(marker, marker.last_read_number)
                marker.last_read_number = message.number
        spent = {marker for marker in self.markers.values() if marker.tokens_at == self.now}
        ReadMarker.objects.spend(spent | moved.keys(), moved)


def spoken_for(seats: list[Membership], room: Room) -> Organisation | None:
    """Whom the author represents here: by the seat nearest to the room's place, otherwise by their oldest."""
    return max(seats, key=lambda seat: nearness(seat, room)).organisation if seats else None


def nearness(seat: Membership, room: Room) -> int:
    """3 for a seat in the room's body, 2 in its partnership, 1 in its network, 0 elsewhere."""
    partnership_id = room.body.partnership_id if room.body else room.partnership_id
    if room.body_id and seat.body_id == room.body_id:
        return 3
    if partnership_id and partnership_id in {seat.partnership_id, seat.body and seat.body.partnership_id}:
        return 2
    return int(room.network_id is not None and seat.network_id == room.network_id)


def earlier(number: int | None, room: Room) -> int | None:
    """A number that a message of the room may point back to; anything else is left out."""
    return number if number is not None and 0 < number < room.message_count else None


def believable(written_at: datetime | None, posted_at: datetime) -> datetime | None:
    """The writer's own clock, kept only if it lies in the 30 days before the message was stored."""
    return written_at if written_at and posted_at - OLDEST_WRITTEN <= written_at <= posted_at else None
