"""What became of a notification on its ways out of the exchange, in plain words and the reader's own time."""

from datetime import datetime, timedelta

from babel.dates import format_datetime, format_time
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from notifications.kinds import kinds
from notifications.models import Delivery, Notification

Channel, State = Delivery.Channel, Delivery.State

DUE, GRACE, QUIET, AGAIN = "due", "grace", "quiet", "again"
"""Why a delivery waits: for nothing but its turn; for being read here first; for the morning; for another attempt."""
SOON = timedelta(hours=18)
"""Within this a time of day says when; after it the date stands beside it."""
HERE = _("you read it here first")
AWAY = _("the mail server does not answer")
"""Then no single mail was tried, and none has a reason of its own."""

WORDS = {
    (Channel.MAIL, DUE): _("Mail leaves now"),
    (Channel.MAIL, GRACE): _("Mail leaves at %(when)s unless you read it here first"),
    (Channel.MAIL, QUIET): _("Mail waits until %(when)s (your quiet hours)"),
    (Channel.MAIL, AGAIN): _("Mail did not get through yet, next attempt %(when)s: %(why)s"),
    (Channel.MAIL, State.SENT): _("Mail sent %(when)s"),
    (Channel.MAIL, State.REFUSED): _("Mail refused: %(why)s"),
    (Channel.MAIL, State.BOUNCED): _("Mail came back: %(why)s"),
    (Channel.MAIL, State.GIVEN_UP): _("Mail given up after three days: %(why)s"),
    (Channel.MAIL, State.DROPPED): _("Mail not sent: %(why)s"),
    (Channel.PUSH, DUE): _("Push message leaves now"),
    (Channel.PUSH, GRACE): _("Push message leaves at %(when)s"),
    (Channel.PUSH, QUIET): _("Push message waits until %(when)s (your quiet hours)"),
    (Channel.PUSH, AGAIN): _("Push message did not get through yet, next attempt %(when)s: %(why)s"),
    (Channel.PUSH, State.SENT): _("Push message sent %(when)s"),
    (Channel.PUSH, State.REFUSED): _("Push message refused: %(why)s"),
    (Channel.PUSH, State.BOUNCED): _("Push message came back: %(why)s"),
    (Channel.PUSH, State.GIVEN_UP): _("Push message given up: %(why)s"),
    (Channel.PUSH, State.DROPPED): _("Push message not sent: %(why)s"),
    (Channel.DIGEST, DUE): _("In the digest of %(when)s"),
    (Channel.DIGEST, GRACE): _("In the digest of %(when)s"),
    (Channel.DIGEST, QUIET): _("In the digest of %(when)s"),
    (Channel.DIGEST, AGAIN): _("Digest did not get through yet, next attempt %(when)s: %(why)s"),
    (Channel.DIGEST, State.SENT): _("In the digest sent %(when)s"),
    (Channel.DIGEST, State.REFUSED): _("Digest refused: %(why)s"),
    (Channel.DIGEST, State.BOUNCED): _("Digest came back: %(why)s"),
    (Channel.DIGEST, State.GIVEN_UP): _("Digest given up after three days: %(why)s"),
    (Channel.DIGEST, State.DROPPED): _("Left out of the digest: %(why)s"),
}


def facts_of(notification: Notification) -> list[str]:
    """A phrase for each delivery, by channel; nothing where only the bell was asked for."""
    return [fact(one, notification) for one in sorted(notification.deliveries.all(), key=lambda one: one.channel)]


def fact(delivery: Delivery, notification: Notification | None) -> str:
    """``Mail sent Mon 23 Nov 14:02``. A letter has no notification."""
    now_is = situation(delivery, notification)
    when = delivery.ended_at or delivery.due_at
    near = now_is in {GRACE, QUIET, AGAIN} and delivery.channel != Channel.DIGEST
    words = WORDS[Channel(delivery.channel), now_is]
    return str(words) % {"when": clock(when) if near else moment(when), "why": reason(delivery)}


def situation(delivery: Delivery, notification: Notification | None) -> str:
    """The state, and for what waits the reason why."""
    if delivery.state != State.WAITING:
        return str(delivery.state)
    if notification is not None and notification.opened_at is not None:
        return str(State.DROPPED)  # as it will be when its time comes
    if delivery.attempts or (delivery.first_tried_at and delivery.channel != Channel.PUSH):
        return AGAIN  # a push that was only kept for the morning has no attempt to its name
    if delivery.due_at <= timezone.now() or notification is None:
        return DUE
    grace = kinds[notification.kind].mail_after if delivery.channel == Channel.MAIL else timedelta()
    return QUIET if delivery.due_at > notification.created_at + grace else GRACE


def reason(delivery: Delivery) -> str:
    """Why it was not sent, in the reader's language where the reason is ours. What still waits though it was opened
    will not be sent for that."""
    if delivery.state == State.WAITING and not delivery.first_tried_at:
        return str(HERE)
    if delivery.state == State.WAITING and not delivery.reason:
        return str(AWAY)
    ours = {**dict(Delivery.Dropped.choices), Delivery.Dropped.READ: HERE}
    return str(ours.get(delivery.reason, delivery.reason))


def clock(when: datetime) -> str:
    """``14:02`` of a moment that is near."""
    if when - timezone.now() > SOON:
        return moment(when)
    return str(format_time(timezone.localtime(when), "HH:mm", locale=language()))


def moment(when: datetime) -> str:
    """``Mon 23 Nov 14:02``, with the year when it is another one."""
    local = timezone.localtime(when)
    year = "" if local.year == timezone.localdate().year else " y"
    return str(format_datetime(local, f"EEE d MMM{year} HH:mm", locale=language()))


def language() -> str:
    """The reader's, as CLDR names it."""
    return translation.get_language() or "en"
