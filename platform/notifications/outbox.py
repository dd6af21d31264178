"""The outbox's rows: what is due is claimed by one process, and what became of it is stored at once.

A unit is what leaves as one: a notification or a letter, or everything in a person's digest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from notifications.models import Delivery
from notifications.models.delivery import Deliveries
from work.jobs import gap

CLAIM = timedelta(seconds=75)
"""How long one process may take over a unit. Longer than the mail server may take over each of its five answers
(``EMAIL_TIMEOUT``); when a process is killed, its unit waits for the rest of it."""
PATIENCE = timedelta(days=3)
"""From the first attempt to giving up."""
EMPTY: Mapping[int, str] = {}
CANDIDATES = 10
"""So many are looked at for one that no other process takes."""
MAILED = (Delivery.Channel.MAIL, Delivery.Channel.DIGEST)
PUSHED = (Delivery.Channel.PUSH,)


def due(now: datetime, channels: Sequence[Delivery.Channel] = MAILED) -> Deliveries:
    """What should leave by these and is in nobody's hands."""
    return Delivery.objects.waiting().untaken(now).filter(channel__in=channels, due_at__lte=now)


@dataclass(frozen=True)
class Unit:
    """What leaves as one, in this process' hands until ``until``."""

    deliveries: list[Delivery]
    until: datetime

    def waiting(self) -> Deliveries:
        """Its rows, as long as nothing has become of them."""
        return Delivery.objects.waiting().filter(pk__in=[one.pk for one in self.deliveries])

    def mine(self) -> Deliveries:
        """Its rows, as long as no other process has taken them: this one may have slept too long."""
        return self.waiting().filter(claimed_until=self.until)

    def sent(self, address: str = "", message_id: str = "", left_out: Mapping[int, str] = EMPTY) -> None:
        """It has left, without those of its rows that ``left_out`` (number → reason) names."""
        with transaction.atomic():
            for pk, reason in left_out.items():
                self.waiting().filter(pk=pk).update(**over(Delivery.State.DROPPED, reason))
            self.waiting().update(**over(Delivery.State.SENT), address=address, message_id=message_id)

    def end(self, state: Delivery.State, reason: str) -> None:
        """It never leaves."""
        self.waiting().update(**over(state, reason))

    def wait(self, until: datetime) -> None:
        """Not now, and this was no attempt."""
        first_tried = Case(When(attempts__gt=1, then=F("first_tried_at")), default=None)
        self.mine().update(due_at=until, claimed_until=None, first_tried_at=first_tried, attempts=F("attempts") - 1)

    def put_off(self, now: datetime, words: str, after: datetime | None = None) -> None:
        """Try again after a gap that grows with its attempts, the last time three days after the first; then it is
        given up. ``after``: no sooner than the gap from then on."""
        self.mine().filter(first_tried_at__lte=now - PATIENCE).update(**over(Delivery.State.GIVEN_UP, words))
        wait = (after or now) + gap(self.deliveries[0].attempts)
        last = (self.deliveries[0].first_tried_at or now) + PATIENCE
        self.mine().update(due_at=min(wait, max(last, now)), claimed_until=None, reason=words[:300])


def claim(channels: Sequence[Delivery.Channel] = MAILED) -> Unit | None:
    """The next unit that is due, of the first channel that has any; of several processes one gets it. The attempt
    counts from here, so that a mail that ends its process is not tried for ever."""
    units = (claim_of(channel) for channel in channels)
    return next((unit for unit in units if unit), None)


def claim_of(channel: Delivery.Channel) -> Unit | None:
    """The next one of a channel. One channel at a time, its index gives them in their order without sorting."""
    now = timezone.now()
    whole = channel == Delivery.Channel.DIGEST
    candidates = due(now, [channel]).order_by("due_at", "pk").values_list("pk", "person")[:CANDIDATES]
    for pk, person in candidates:
        rows = digest_of(person, now) if whole else due(now, [channel]).filter(pk=pk)
        until = timezone.now() + CLAIM
        tried = {"attempts": F("attempts") + 1, "first_tried_at": Coalesce("first_tried_at", Value(now))}
        if rows.update(claimed_until=until, **tried):
            which = Q(channel=channel, person=person) if whole else Q(pk=pk)
            mine = Delivery.objects.waiting().filter(which, claimed_until=until)
            return Unit(list(mine.select_related("person", "notification").order_by("due_at", "pk")), until)
    return None


def digest_of(person: int, now: datetime) -> Deliveries:
    """What leaves with a person's digest: what is due, and what could not leave with an earlier one, also while it
    waits for its next attempt. Two mails for one digest day would be one too many."""
    rows = Delivery.objects.waiting().untaken(now).filter(channel=Delivery.Channel.DIGEST, person=person)
    return rows.filter(Q(due_at__lte=now) | Q(first_tried_at__isnull=False))


def put_all_off(now: datetime, until: datetime, words: str) -> int:
    """The mail server is away: whatever is due waits until then. What was given up; three days are three days."""
    lost = due(now).filter(first_tried_at__lte=now - PATIENCE).update(**over(Delivery.State.GIVEN_UP, words))
    due(now).update(due_at=until, first_tried_at=Coalesce("first_tried_at", Value(now)))
    return lost


def over(state: Delivery.State, reason: str = "") -> dict[str, object]:
    """The columns of a delivery that has ended. A letter's facts may hold a secret link: they go."""
    ended = {"state": state, "reason": reason[:300], "ended_at": timezone.now()}
    return {**ended, "claimed_until": None, "facts": {}}
