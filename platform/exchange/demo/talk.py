"""Lets people talk: each conversation in its room, over the last fourteen months, up to some hours ago."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from accounts.models import User
from chat.actions import Post, Stored, post_messages
from chat.models import Room
from exchange.demo.casting import cast_pair, cast_square
from exchange.demo.hours import timeline, timeline_until
from exchange.demo.people import Cast
from exchange.demo.source import Conversation, Line, conversations, table
from partnerships.models import Body, Partnership

MONTHS = timedelta(days=425)
"""How far back the talk goes in a living partnership."""
LULL = timedelta(days=24)
"""How long a room may have been silent in which no named account takes part."""
SLOW = timedelta(minutes=45)
"""How long words may wait on a phone without a network."""
PLACEHOLDER = re.compile(r"(@?)\{(\w+)\}")
SHIFT = 3
"""How many people further down the list another round of the same conversation begins."""


@dataclass(frozen=True)
class Talk:
    """A conversation that is to be held: where, and who plays which part."""

    conversation: Conversation
    room: Room
    place: Partnership | None
    parts: dict[str, User]
    seed: str

    @property
    def zones(self) -> list[str]:
        """The zone of who says it, for each line."""
        return [self.parts[line.speaker].zone for line in self.conversation.lines]


def hold_talks(cast: Cast, scale: int, latest: datetime) -> int:
    """Everything that is said, posted room by room; gives the number of messages."""
    rooms: dict[Room, list[Talk]] = defaultdict(list)
    for talk in plan(cast, scale):
        rooms[talk.room].append(talk)
    return sum(post(schedule(cast, room, talks, latest)) for room, talks in rooms.items())


def plan(cast: Cast, scale: int) -> Iterable[Talk]:
    """Which talk is held where: each in its own place, and in further rounds in others of the same kind."""
    rows = table("rooms.csv")
    for round_ in range(scale):
        for index, row in enumerate(rows):
            conversation = conversations()[row["conversation"]]
            yield cast_talk(cast, conversation, elsewhere(rows, index, round_), row["swedish"].split(), round_)


def elsewhere(rows: Sequence[dict[str, str]], index: int, round_: int) -> str:
    """The place of a later round: that of a later row whose talk is of the same kind and in the same languages."""
    alike = [row["place"] for row in rows if demands(row["conversation"]) == demands(rows[index]["conversation"])]
    before = sum(demands(row["conversation"]) == demands(rows[index]["conversation"]) for row in rows[:index])
    return alike[(before + round_) % len(alike)]


def demands(slug: str) -> tuple[str, set[str], set[str]]:
    """What a talk asks of its place: the kind of room, people who write its languages, and a mentor or officer."""
    conversation = conversations()[slug]
    languages = {line.language for line in conversation.lines} - {"en", "sv"}
    return conversation.room, languages, {line.speaker for line in conversation.lines} & {"M", "O"}


def cast_talk(cast: Cast, conversation: Conversation, slug: str, swedish: list[str], round_: int) -> Talk:
    """Find the room and the people."""
    seed = f"{cast.day} {conversation.slug} {round_}"
    if conversation.room in {Room.Kind.SQUARE, Room.Kind.ANNOUNCEMENTS}:
        room = Room.objects.get(network=cast.places.networks[slug], kind=conversation.room)
        return Talk(conversation, room, None, cast_square(cast, conversation, slug, swedish, Random(seed)), seed)
    pair = cast.places.pairs[slug]
    body = {"steering": pair.bodies.get(Body.Kind.STEERING), "project": pair.working}.get(conversation.room)
    room = Room.objects.get(body=body) if body else Room.objects.get(partnership=pair.partnership)
    return Talk(conversation, room, pair.partnership, cast_pair(cast, conversation, slug, round_ * SHIFT), seed)


def schedule(cast: Cast, room: Room, talks: list[Talk], latest: datetime) -> list[Post]:
    """The posts of one room in the order of their moments. Talks follow one another, the last ends near ``latest``;
    only where they are too many for the time there is do they run side by side."""
    chance = Random(f"{cast.day} room {room.kind} {talks[0].seed}")
    begins, ends = window(talks[0], latest)
    if not any(person in cast.accounts.values() for person in talks[-1].parts.values()):
        ends -= chance.random() * LULL
    step = (ends - begins) / len(talks)
    posts: list[tuple[datetime, Post]] = []
    until = ends
    for index, talk in reversed(list(enumerate(talks))):
        target = ends - step * (len(talks) - 1 - index) - step * chance.uniform(0, 0.5) * (index < len(talks) - 1)
        moments = moments_of(talk, min(target, until), latest)
        if moments[0] < begins:
            moments = moments_of(talk, begins + (ends - begins) * chance.uniform(0.2, 1), latest)
        until = min(until, moments[0] - timedelta(hours=5))
        lines = zip(talk.conversation.lines, moments, strict=True)
        posts += [(moment, post_of(talk, line, moment, chance)) for line, moment in lines if moment <= latest]
    return [post for _moment, post in sorted(posts, key=lambda pair: pair[0])]


def window(talk: Talk, latest: datetime) -> tuple[datetime, datetime]:
    """Between which moments a room is used: a closed partnership's in its last years."""
    place = talk.place or talk.room.network
    if place is None or place.ends is None:
        return latest - MONTHS, latest
    ends = min(latest, datetime.combine(place.ends - timedelta(days=20), time(12), UTC))
    return max(ends - MONTHS, datetime.combine(place.begins + timedelta(days=14), time(8), UTC)), ends


def moments_of(talk: Talk, until: datetime, latest: datetime) -> list[datetime]:
    """When each line is said. A talk that speaks of the season begins on its day; what lies ahead is left unsaid."""
    conversation = talk.conversation
    if not conversation.begins:
        return timeline_until(conversation.lines, talk.zones, until, talk.seed)
    month, day = map(int, conversation.begins.split("-"))
    for year in (latest.year, latest.year - 1):
        start = datetime.combine(date(year, month, day), time(8), UTC)
        moments = timeline(conversation.lines, talk.zones, start, Random(talk.seed))
        if moments[1] <= latest:
            break
    return moments


def post_of(talk: Talk, line: Line, moment: datetime, chance: Random) -> Post:
    """What is posted; now and then somebody's phone had to wait for a network."""
    author = talk.parts[line.speaker]
    waited = SLOW * chance.random() if chance.random() < 0.05 else timedelta(seconds=chance.randint(1, 4))
    return Post(
        room_id=talk.room.pk,
        author_id=author.pk,
        client_id=UUID(int=chance.getrandbits(128), version=4),
        body=spoken(talk, line.text),
        language=line.language,
        written_at=moment - waited,
        posted_at=moment,
    )


def spoken(talk: Talk, text: str) -> str:
    """The text with names in the place of ``{A1}``, ``{SV}`` and ``{INT}``; ``@{A1}`` mentions by the full name."""
    names = {part: person.get_short_name() for part, person in talk.parts.items()}
    names |= {f"@{part}": f"@{person.name}" for part, person in talk.parts.items()}
    if talk.place:
        names["SV"], names["INT"] = talk.place.name.replace(" (fictional)", "").split("–")
    return PLACEHOLDER.sub(lambda found: names[found[1] + found[2]], text)


def post(posts: list[Post]) -> int:
    """Store one room's posts through the verb that everybody posts with."""
    outcomes = post_messages(posts)
    refused = [outcome for outcome in outcomes if not isinstance(outcome, Stored)]
    if refused:
        raise ValueError(f"{len(refused)} messages of the demonstration were refused: {refused[0]}")
    return len(outcomes)
