"""From rows to words: each notification as its reader may see it now, in the current language and zone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from django.utils import timezone, translation

import things
from accounts.models import User
from notifications.kinds import Telling, Words, kinds
from notifications.models import Notification
from things import Thing


@dataclass(frozen=True)
class Told:
    """A notification, the thing it is about and what it says."""

    notification: Notification
    about: Thing
    words: Words

    @property
    def url(self) -> str:
        """Where it leads, on this site."""
        return self.words.url or self.about.url


def tell(notifications: Iterable[Notification], person: User) -> list[Told]:
    """Those that ``person`` may still see, in their order, with words. One query for each kind of thing among them."""
    listed = [one for one in notifications if one.kind in kinds]
    ids: dict[str, set[int]] = defaultdict(set)
    for one in listed:
        ids[one.about_kind].add(one.about_id)
    seen = {kind: things.find_many(kind, pks, person) for kind, pks in ids.items()}
    found = [(one, seen[one.about_kind].get(one.about_id)) for one in listed]
    return [Told(one, about, words(one, about, person)) for one, about in found if about is not None]


def words(notification: Notification, about: Thing, person: User) -> Words:
    """What one says."""
    return kinds[notification.kind].words(Telling(person, about, notification.facts))


@contextmanager
def as_read_by(person: User) -> Iterator[None]:
    """The person's own language and clock, for words that are made behind their back."""
    with ExitStack() as stack:
        stack.enter_context(translation.override(person.language))
        stack.enter_context(timezone.override(person.zone))
        yield
