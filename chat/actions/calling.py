"""Whom the posts of a batch call by name or as a group. Asks nothing where nobody may be told."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from chat.answering import answers
from chat.groups import MOST_UNASKED, groups_in, may_call
from chat.members import members
from chat.mentions import Mentions, Names, may_mention
from chat.models import Room
from chat.notices import tells_everybody
from chat.permissions import can_call_everyone
from chat.standing import Standing
from chat.text import html_of

if TYPE_CHECKING:
    from chat.actions.posting import Post


class Calling:
    """The ``people`` of those rooms where the posts of one batch may tell somebody, and what they answer to."""

    def __init__(self, rooms: Mapping[int, Room], posts: Sequence["Post"]) -> None:
        self.people = members(heard_in(rooms, posts))
        calling = {post.room_id for post in posts if may_call(post.body)}
        self.groups = groups_in(self.people, [rooms[pk] for pk in self.people if pk in calling])
        self.names = {pk: Names(people, self.groups.get(pk)) for pk, people in self.people.items()}

    def mentions(self, room: Room, author: Standing) -> Mentions | None:
        """What finds whom the author's words mention there; None where nobody can be."""
        names = self.names.get(room.pk)
        return Mentions(names, everyone=can_call_everyone(author.reach, room)) if names else None

    def unasked(self, room: Room, post: "Post", author: Standing) -> int:
        """How many people the post would tell, if that is more than one tells without being asked first."""
        if room.pk not in self.groups or post.confirm or post.posted_at is not None:
            return 0
        mentions = self.mentions(room, author)
        html_of(post.body, mentions)
        reached = len(mentions.reached(author.person.pk)) if mentions else 0
        return reached if reached > MOST_UNASKED else 0


def heard_in(rooms: Mapping[int, Room], posts: Iterable["Post"]) -> set[Room]:
    """The rooms whose people matter: what is said there may mention somebody, or tells everybody."""
    placed = ((post, rooms.get(post.room_id)) for post in posts)
    return {room for post, room in placed if room and is_heard(post, room)}


def is_heard(post: "Post", room: Room) -> bool:
    """Whether somebody may be told of it, so that it matters who is in the room."""
    return tells_everybody(room) or answers(post) or may_mention(post.body)
