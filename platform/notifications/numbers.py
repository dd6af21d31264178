"""How deliveries went, in numbers: for the staff, who see no person here, no address and no words to anybody."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.db.models.functions import Substr
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.models import Delivery, Preferences
from notifications.models.delivery import Deliveries

Channel, State = Delivery.Channel, Delivery.State

PERIODS = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}
CODE = re.compile(r"(?:([45]\d\d)\b[ -]?)?([45]\.\d{1,3}\.\d{1,3}\b)?")
"""The beginning of a server's words: a reply of RFC 5321 or of HTTP, an enhanced status of RFC 3463."""
LONGEST_CODE = len("550 5.1.10")

SUBJECTS: dict[str, str | Promise] = {
    "1": _("the address"),
    "2": _("the mailbox"),
    "3": _("the mail system there"),
    "4": _("the network or the way there"),
    "5": _("the protocol"),
    "6": _("what the mail contains"),
    "7": _("security or their rules"),
}
"""What the second number of an enhanced status says (RFC 3463, 3.1)."""
LEFT_OUT: dict[str, str | Promise] = {
    Delivery.Dropped.READ: _("was read in the app first"),
    Delivery.Dropped.GONE: _("no longer there, or no longer theirs to see"),
    Delivery.Dropped.CHOICE: _("chosen not to be told"),
    Delivery.Dropped.PAUSED: _("the address takes no mail"),
    Delivery.Dropped.CLOSED: _("the account is closed"),
    Delivery.Dropped.DEVICE: _("no device takes pushes any more"),
}
"""Why something was not sent, as others say it of a person."""


@dataclass(frozen=True)
class Line:
    """How many deliveries ended in one state."""

    state: str | Promise
    day: int
    week: int
    month: int


@dataclass(frozen=True)
class Reason:
    """Why some did not arrive. ``code`` is a server's, ``words`` are ours."""

    state: str | Promise
    code: str
    words: str | Promise
    number: int


@dataclass(frozen=True)
class Queue:
    """What one channel still has to send: in all, and due by now; from when the oldest of the due ones is, and when
    the next one of all is due, or was."""

    channel: str | Promise
    number: int = 0
    due: int = 0
    oldest: datetime | None = None
    next: datetime | None = None


def ended(now: datetime) -> list[tuple[str | Promise, list[Line]]]:
    """What became of the deliveries of the last day, week and 30 days, for each channel that has any."""
    counts = {name: Count("pk", filter=Q(ended_at__gt=now - span)) for name, span in PERIODS.items()}
    found: dict[str, dict[str, Line]] = defaultdict(dict)
    for channel, state, *numbers in of_month(now).values_list("channel", "state").annotate(**counts):
        found[channel][state] = Line(State(state).label, *numbers)
    return [
        (channel.label, [found[channel][state] for state in State if state in found[channel]])
        for channel in Channel
        if channel in found
    ]


def reasons(now: datetime) -> list[Reason]:
    """Why deliveries of the last 30 days did not arrive, the most frequent first."""
    failed = of_month(now).exclude(state=State.SENT).annotate(code=Substr("reason", 1, LONGEST_CODE))
    counts: Counter[tuple[str, str]] = Counter()
    for state, reason, number in failed.values_list("state", "code").annotate(Count("pk")):
        counts[state, reason if state == State.DROPPED else code_of(reason)] += number
    return [Reason(State(state).label, *meaning(state, code), number) for (state, code), number in counts.most_common()]


def queues(now: datetime) -> list[Queue]:
    """What waits in each channel."""
    due = Q(due_at__lte=now)
    rows = Delivery.objects.waiting().order_by().values_list("channel")
    counted = rows.annotate(
        Count("pk"), due=Count("pk", filter=due), oldest=Min("created_at", filter=due), next=Min("due_at")
    )
    found = {channel: facts for channel, *facts in counted}
    return [Queue(channel.label, *found.get(channel, [])) for channel in Channel]


def paused() -> int:
    """To how many addresses no mail goes, because they do not take it."""
    return Preferences.objects.filter(mail_paused_at__isnull=False).count()


def of_month(now: datetime) -> Deliveries:
    """What ended in the last 30 days."""
    return Delivery.objects.filter(ended_at__gt=now - PERIODS["month"]).order_by()


def code_of(reason: str) -> str:
    """``550 5.1.1`` out of a server's words; empty where they begin with no code."""
    found = CODE.match(reason)
    return " ".join(part for part in found.groups() if part) if found else ""


def meaning(state: str, code: str) -> tuple[str, str | Promise]:
    """The code to show, if it is one, and what it says."""
    if state == State.DROPPED:
        return "", LEFT_OUT.get(code, _("another reason"))
    subject = re.search(r"[45]\.(\d)", code)
    return code, SUBJECTS.get(subject[1] if subject else "", _("a reason not given by code"))
