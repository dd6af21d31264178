"""Mail to an address that does not take it is paused, until the person says that it works again."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notifications.models import Preferences


@transaction.atomic
def pause(person: User, why: str) -> None:
    """Send no more mail there. ``why`` are the words of whoever refused it; the first ones stay."""
    Preferences.objects.get_or_create(person=person)
    paused = {"mail_paused_at": timezone.now(), "mail_paused_why": why[:300]}
    Preferences.objects.filter(person=person, mail_paused_at=None).update(**paused)


def resume(person: User) -> bool:
    """Try the address again. False where mail was not paused."""
    paused = Preferences.objects.filter(person=person, mail_paused_at__isnull=False)
    return bool(paused.update(mail_paused_at=None, mail_paused_why=""))
