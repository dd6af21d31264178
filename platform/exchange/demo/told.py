"""What the named accounts were told before the day: told by the verbs that always tell, then set back to its moment."""

from datetime import datetime, timedelta

from chat.members import members
from chat.models import Mention, Message, ReadMarker, Room
from chat.notices import tell
from events.models import Event
from events.reminders import AHEAD, remind
from exchange.demo.people import Cast
from notifications.kinds import kinds
from notifications.models import Delivery, Notification

MENTIONS = 4
"""At most so many stand under one bell, the newest."""
READ_AFTER = timedelta(minutes=50)


def tell_accounts(cast: Cast, latest: datetime) -> int:
    """Mentions, announcements and reminders of the people who may sign in, read as far as their rooms are. How many."""
    tell_of_messages(cast)
    remind(latest - AHEAD["week"], latest)
    Notification.objects.exclude(person__in=cast.accounts.values()).delete()
    rows = list(Notification.objects.select_related("person").order_by("pk"))
    set_back(rows, latest)
    return len(rows)


def tell_of_messages(cast: Cast) -> None:
    """The newest messages that mention an account, and the last announcement of each network."""
    accounts = list(cast.accounts.values())
    told: dict[int, Message] = {}
    for person in accounts:
        mentions = Mention.objects.filter(person=person).select_related("message").order_by("-message__posted_at")
        told |= {mention.message_id: mention.message for mention in mentions[:MENTIONS]}
    for room in Room.objects.filter(kind=Room.Kind.ANNOUNCEMENTS):
        told |= {one.pk: one for one in Message.objects.filter(room=room).order_by("-number")[:1]}
    messages = list(Message.objects.with_author().with_room().filter(pk__in=told).order_by("pk"))
    Mention.objects.load(messages)
    people = members({message.room for message in messages})
    tell(messages, {room: [one for one in there if one in accounts] for room, there in people.items()})


def set_back(rows: list[Notification], latest: datetime) -> None:
    """Each to the moment of its cause; opened where its message is read; its mail to what became of it since."""
    said = Message.objects.in_bulk([row.about_id for row in rows if row.about_kind == "message"])
    near = Event.objects.in_bulk([row.about_id for row in rows if row.about_kind == "event"])
    read = {(marker.user_id, f"room:{marker.room_id}"): marker.last_read_number for marker in ReadMarker.objects.all()}
    for row in rows:
        if row.about_kind == "message":
            row.created_at = said[row.about_id].posted_at
        else:
            row.created_at = near[row.about_id].starts_at - AHEAD[row.cause.split(":")[2]]
        if row.position is not None and row.position <= read.get((row.person_id, row.place), 0):
            row.opened_at = row.seen_at = min(row.created_at + READ_AFTER, latest)
    Notification.objects.bulk_update(rows, ["created_at", "opened_at", "seen_at"])
    newest = {row.person_id: row.pk for row in sorted(rows, key=lambda row: row.created_at) if not row.opened_at}
    deliveries = list(Delivery.objects.filter(notification__in=rows).select_related("notification__person"))
    for delivery in deliveries:
        leave(delivery, waits=delivery.notification_id in newest.values())
    Delivery.objects.bulk_update(
        deliveries, ["created_at", "due_at", "state", "reason", "ended_at", "attempts", "address"]
    )


def leave(delivery: Delivery, *, waits: bool) -> None:
    """What has become of one: it has left, or was not sent because it was read first, or (the newest for each person
    that is not read) still waits, so that a few mails leave as soon as the demonstration runs."""
    about = delivery.notification
    if about is None:
        return
    delivery.created_at = about.created_at
    delivery.due_at = about.created_at + kinds[about.kind].mail_after
    if waits:
        return
    delivery.ended_at = delivery.due_at
    if about.opened_at and about.opened_at <= delivery.due_at:
        delivery.state, delivery.reason = Delivery.State.DROPPED, Delivery.Dropped.READ
    else:
        delivery.state, delivery.attempts, delivery.address = Delivery.State.SENT, 1, about.person.email
