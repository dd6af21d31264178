"""What becomes of a message that stands: edited, deleted, answered by a sign, pinned. Each change is a version of its
room; one that changes nothing takes none."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from chat import asked, removal
from chat.actions.posting import BIGGEST, Refused, locked
from chat.broadcasts import message_changed
from chat.groups import MOST_UNASKED, groups_in, may_call
from chat.indexing import forget
from chat.members import Members, members
from chat.mentions import Mentions, Names, may_mention
from chat.models import Deletion, Mention, Message, Reaction, Revision, Room
from chat.models.message import standing
from chat.notices import tell
from chat.permissions import can_call_everyone, can_moderate, can_post, is_silenced
from chat.text import html_of, is_emoji, problem
from partnerships.permissions import Reach

MOST_SIGNS = 20
"""Different signs at one message."""


@dataclass(frozen=True)
class Changed:
    """The message as it is now, and its room's version."""

    message: Message
    version: int


Verdict = Changed | Refused
Rule = Callable[[Reach, Message], str]
"""The code of why somebody may not; nothing where they may."""


def edit_message(user: User, room: int, message: int, body: str, *, confirm: bool = False) -> Verdict:
    """Say it otherwise. Only its author may; what it said before is kept for the room's members to see. Whom it
    mentions now is told, once; more than a few people with ``confirm`` only."""
    words = Rewording(body, confirm)
    verdict = change(user, room, message, words.rule, words.act)
    asks = isinstance(verdict, Refused) and verdict.code == "asks_first"
    return Refused("asks_first", people=words.many) if asks else verdict


def delete_message(user: User, room: int, message: int) -> Verdict:
    """Take back the words and everything that hangs on them; the number stays, so that nothing moves. Whoever did it
    can undo it for a while (``undelete_message``)."""
    return change(user, room, message, may_delete, partial(empty, user))


def react(user: User, room: int, message: int, emoji: str, *, on: bool) -> Verdict:
    """Answer by one sign, or take it back."""
    return change(user, room, message, partial(may_react, emoji), partial(sign, user, emoji, on))


def pin_message(user: User, room: int, message: int, *, on: bool) -> Verdict:
    """Keep it in sight for everybody in the room, or no longer."""
    return change(user, room, message, may_pin, partial(pin, on))


@transaction.atomic
def change(
    user: User, room_id: int, message_id: int, rule: Rule, act: Callable[[Message], bool], *, writing: bool = True
) -> Verdict:
    """Under the room's lock: find the message through the person, ask the rule, act, and spend a version on it if
    ``act`` says that something is different. ``not_found`` does not tell "not there" from "not yours". It is
    ``writing``, for those who may write there, unless it keeps order."""
    reach = Reach.of(user)
    room = locked([room_id]).get(room_id)
    seen = Room.objects.visible_to(user, reach).with_unread(user).filter(pk=room_id).first()
    if room is None or seen is None:
        return Refused("not_found")
    found = Message.objects.filter(standing(room.floor), room=room, pk=min(message_id, BIGGEST)).with_author().first()
    if found is None:
        return Refused("not_found")
    found.room = room
    if writing and (not can_post(reach, room) or is_silenced(seen)):
        return Refused("read_only")
    if code := rule(reach, found):
        return Refused(code)
    if act(found):
        room.version += 1
        found.version = room.version
        room.save(update_fields=["version"])
        found.save()
        message_changed(found)
    return Changed(found, room.version)


def may_edit(body: str, reach: Reach, message: Message) -> str:
    """Its author, while there is something to edit, into something that may be posted."""
    if message.deleted_at:
        return "not_found"
    return "forbidden" if message.author_id != reach.person or message.note else problem(body)


def may_delete(reach: Reach, message: Message) -> str:
    """Its author, or who keeps order in the room."""
    if message.note:
        return "forbidden"  # what a room is told stays told
    return "" if message.author_id == reach.person or can_moderate(reach, message.room) else "forbidden"


def may_react(emoji: str, reach: Reach, message: Message) -> str:
    """Everybody who writes there, with what is a sign, while the message has words."""
    if message.deleted_at:
        return "not_found"
    if not is_emoji(emoji):
        return "bad_text"
    known = {one["emoji"] for one in message.reactions}
    return "forbidden" if emoji not in known and len(known) >= MOST_SIGNS else ""


def may_pin(reach: Reach, message: Message) -> str:
    """Everybody who writes there, while the message has words."""
    return "not_found" if message.deleted_at else ""


class Rewording:
    """An edit: whom the new words mention decides whether it is asked first."""

    def __init__(self, body: str, confirm: bool) -> None:
        self.body, self.confirm = body, confirm
        self.many = 0
        self.html = ""
        self.people: Members = {}
        self.mentions: Mentions | None = None

    def rule(self, reach: Reach, message: Message) -> str:
        """Why it may not be."""
        if (code := may_edit(self.body, reach, message)) or self.body == message.body:
            return code
        room = message.room
        if may_mention(self.body):
            self.people = members([room])
            inside = self.people[room.pk]
            groups = groups_in(self.people, [room]) if may_call(self.body) else {}
            names = Names(inside, groups.get(room.pk))
            self.mentions = Mentions(names, everyone=can_call_everyone(reach, room))
        self.html = html_of(self.body, self.mentions, message.author.zone)
        self.many = len(self.mentions.reached(message.author_id)) if self.mentions else 0
        return "" if self.confirm or self.many <= MOST_UNASKED else "asks_first"

    def act(self, message: Message) -> bool:
        """The new words, their HTML and whom they mention; the old ones are kept."""
        if self.body == message.body:
            return False
        now = timezone.now()
        Revision.objects.create(message=message, body=message.body, replaced_at=now)
        message.body, message.html, message.edited_at = self.body, self.html, now
        forget([message])
        Mention.objects.filter(message=message).delete()
        message.mentioned, message.reached, message.calls = [], [], None
        if self.mentions:
            self.mentions.note(message)
        Mention.objects.keep([message])
        if message.reached:
            tell([message], self.people)
        return True


def empty(user: User, message: Message, reason: str = "") -> bool:
    """Nothing of it is left but its place, and what undoing needs."""
    if message.deleted_at:
        return False
    Deletion.objects.keep(message, user)
    for rows in (Reaction, Mention, Revision):
        rows.objects.filter(message=message).delete()
    asked.taken_back(message)
    forget([message])
    message.body = message.html = ""
    message.reactions, message.mentioned, message.attachments = [], [], []
    message.calls = None
    message.pinned_at = message.edited_at = None
    message.deleted_at = timezone.now()
    removal.gone(user, message, reason)
    return True


def sign(user: User, emoji: str, on: bool, message: Message) -> bool:
    """The person's sign is there, or not."""
    if on:
        _, different = Reaction.objects.get_or_create(message=message, user=user, emoji=emoji)
    else:
        different = bool(Reaction.objects.filter(message=message, user=user, emoji=emoji).delete()[0])
    message.reactions = Reaction.objects.summed_up(message)
    return different


def pin(on: bool, message: Message) -> bool:
    """It is pinned, or not."""
    if on == (message.pinned_at is not None):
        return False
    message.pinned_at = timezone.now() if on else None
    return True
