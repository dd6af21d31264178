"""Who was here today, and never when: a day is all that is kept of it, and nothing of whoever does not want it."""

from collections.abc import Collection
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from accounts.profile import Section, parts
from chat.models import Presence

MOST_PEOPLE = 50
"""In a larger room nobody is shown as active or as writing."""


def today() -> date:
    """The day by the installation's clock, which is the same for everybody."""
    return timezone.now().astimezone(ZoneInfo(settings.DEFAULT_ZONE)).date()


def here_today(user: User, people: Collection[int]) -> set[int]:
    """``user`` uses Talk today, among ``people`` (ids): who of the others did too. One look, and at most one write a
    day. Nobody is shown where many are, or to who saves data."""
    shown = set(people) if len(people) <= MOST_PEOPLE and not user.data_saver else set()
    known = {one.user_id: one for one in Presence.objects.filter(user__in=shown | {user.pk})}
    keep_day(user, known.get(user.pk))
    return {pk for pk, one in known.items() if pk in shown and pk != user.pk and one.day == today()}


def keep_day(user: User, known: Presence | None) -> None:
    """Write the day down, unless it stands there or is not to."""
    if known is None:
        Presence.objects.bulk_create([Presence(user=user, day=today())], ignore_conflicts=True)
    elif known.hidden_at is None and known.day != today():
        Presence.objects.filter(user=user, hidden_at=None).update(day=today())


def is_shown(user: User) -> bool:
    """Whether others may see that ``user`` is active or writes."""
    return not Presence.objects.filter(user=user).exclude(hidden_at=None).exists()


def show_presence(user: User, *, on: bool) -> None:
    """Let others see it, or not; then the day is forgotten too."""
    hidden = {"day": None, "hidden_at": None if on else timezone.now()}
    Presence.objects.update_or_create(user=user, defaults=hidden)


def own_section(person: User) -> Section:
    """The switch on Me."""
    return Section("chat/_presence.html", {"shown": is_shown(person)})


def register() -> None:
    """Put the switch on Me."""
    parts.append(own_section)
