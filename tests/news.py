"""Something to tell that everybody may see: ``news``, about a person, ``somebody``."""

import things
from accounts.models import User
from notifications import kinds
from notifications.kinds import Kind, Telling, Words
from things import Thing


def register() -> None:
    """Make it known."""
    things.register("somebody", visible_to=lambda user: User.objects.all(), card=card)
    kinds.register(Kind("news", "News", words, sample))


def card(person: User) -> Thing:
    """Whom it is about."""
    return Thing("somebody", person.pk, person.name, "/")


def words(telling: Telling) -> Words:
    """What is said."""
    return Words(f"News of {telling.about.title if telling.about else ''}", "There is something new.")


def sample() -> Telling:
    """An invented one."""
    return Telling(None, Thing("somebody", 0, "Amina Otieno", "/"))
