"""Messages for later: kept, changed, given up; and posted by the one verb when their time has come, with the rights
that their author has then."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from chat.actions.posting import BIGGEST, Post, Refused, Stored, post_message
from chat.models import Room, Scheduled
from chat.permissions import can_post
from chat.text import problem
from partnerships.permissions import Reach
from walltime import is_skipped, to_utc

MOST = 50
"""Messages of one person that wait."""
FURTHEST = timedelta(days=366)
AT_ONCE = 100
"""Messages that one round posts."""


@dataclass(frozen=True)
class Later:
    """What is to be said, and when: as the clock of ``zone`` shows it."""

    body: str
    day: date
    at: time
    zone: str
    reply_to: int | None = None
    thread: int | None = None
    client_id: UUID | None = None

    @property
    def due_at(self) -> datetime:
        """The moment that is meant."""
        return to_utc(self.day, self.at, self.zone)


def schedule_message(user: User, room_id: int, later: Later) -> Scheduled | Refused:
    """Keep a message for later. The same ``client_id`` is kept once."""
    reach = Reach.of(user)
    room = Room.objects.visible_to(user, reach).with_place().filter(pk=min(room_id, BIGGEST)).first()
    if room is None:
        return Refused("not_found")
    if not can_post(reach, room):
        return Refused("read_only")
    if code := problem(later.body) or untimely(later):
        return Refused(code)
    mine = Scheduled.objects.filter(author=user)
    if later.client_id and (known := mine.filter(client_id=later.client_id).first()):
        return known
    if mine.count() >= MOST:
        return Refused("too_many")
    one = Scheduled(author=user, room=room, body=later.body, reply_to=later.reply_to, thread=later.thread)
    one.client_id = later.client_id or uuid4()
    one.set_time(later.day, later.at, later.zone, later.due_at)
    one.save()
    return one


def untimely(later: Later) -> str:
    """The code of what is wrong with the time."""
    if is_skipped(later.day, later.at, later.zone):
        return "skipped"
    now = timezone.now()
    if later.due_at <= now:
        return "past"
    return "too_far" if later.due_at > now + FURTHEST else ""


@transaction.atomic
def reschedule(user: User, pk: int, later: Later) -> Scheduled | Refused:
    """Say something else, or at another time."""
    one = waiting(user, pk)
    if one is None:
        return Refused("not_found")
    if code := problem(later.body) or untimely(later):
        return Refused(code)
    one.body = later.body
    one.set_time(later.day, later.at, later.zone, later.due_at)
    one.save()
    return one


@transaction.atomic
def give_up(user: User, pk: int) -> Scheduled | Refused:
    """Do not send it. Returns what it was."""
    one = waiting(user, pk)
    if one is None:
        return Refused("not_found")
    one.delete()
    return one


@transaction.atomic
def send_now(user: User, pk: int) -> Stored | Refused:
    """Do not wait any longer."""
    one = waiting(user, pk)
    return deliver(one) if one else Refused("not_found")


def post_due(now: datetime | None = None) -> int:
    """Post what is due; how many. Each in a transaction of its own, whose lock parts two processes."""
    due = Scheduled.objects.due(now or timezone.now()).values_list("pk", flat=True)[:AT_ONCE]
    return sum(post_one(pk) for pk in due)


@transaction.atomic
def post_one(pk: int) -> bool:
    """Post one that is due, unless another process was quicker or its author changed it meanwhile."""
    due = Scheduled.objects.due(timezone.now()).filter(pk=pk)
    one = due.select_for_update(of=("self",)).select_related("author").first()
    return one is not None and not is_put_off(deliver(one))


def is_put_off(outcome: Stored | Refused) -> bool:
    """True where it is tried again by itself, a little later."""
    return isinstance(outcome, Refused) and outcome.code == "rate_limited"


def deliver(one: Scheduled) -> Stored | Refused:
    """Post it, with today's rights. Refused, it stays with the reason."""
    post = Post(one.room_id, one.author_id, one.client_id, one.body, reply_to=one.reply_to, thread=one.thread)
    outcome = post_message(post) if one.author.is_active else Refused("not_found")
    if isinstance(outcome, Stored):
        one.delete()
    elif not is_put_off(outcome):
        one.refused = outcome.code
        one.save(update_fields=["refused"])
    return outcome


def waiting(user: User, pk: int) -> Scheduled | None:
    """One of the person's own, locked until the transaction ends."""
    rows = Scheduled.objects.select_for_update(of=("self",)).filter(author=user, pk=min(pk, BIGGEST))
    return rows.select_related("author").first()
