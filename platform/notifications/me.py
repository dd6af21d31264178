"""The parts of Me that say how one is told, and lead to where that is chosen."""

from accounts.models import User
from accounts.profile import Section, parts
from notifications.models import Preferences


def register() -> None:
    """Called once, when the apps are ready."""
    parts.append(how_told)


def how_told(person: User) -> Section:
    """Digest, quiet hours and muting in a line."""
    preferences = Preferences.of(person)
    return Section("notifications/_me.html", {"preferences": preferences, "hour": f"{preferences.digest_hour:02}:00"})
