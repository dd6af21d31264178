"""When somebody last looked at Today: the one thing that the start page itself must remember."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from accounts.models import User

SITTING = timedelta(minutes=30)
"""Opening Today again within this time belongs to the same visit."""


class Visit(models.Model):
    """The present visit's last sign of life, and when the visit before it ended (None on the first)."""

    person = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="visit")
    seen_at = models.DateTimeField()
    before = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.person}: {self.seen_at:%Y-%m-%d %H:%M}"


def last_visit(person: User, now: datetime | None = None) -> datetime | None:
    """Note that ``person`` is here; give the end of the visit before this one."""
    now = now or timezone.now()
    visit, created = Visit.objects.get_or_create(person=person, defaults={"seen_at": now})
    if created:
        return None
    if now - visit.seen_at > SITTING:
        visit.before = visit.seen_at
    visit.seen_at = now
    visit.save(update_fields=["seen_at", "before"])
    return visit.before
