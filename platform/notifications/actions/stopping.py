"""Not again: what a mail's foot and a mail program's own button switch off, and how that is taken back."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from notifications.kinds import When, kinds
from notifications.models import Choice
from notifications.models.choice import wish
from notifications.stops import Chosen, Stop


@transaction.atomic
def stop(person: User, what: Stop) -> list[Chosen]:
    """Switch it off; what was chosen before, to take it back. Twice does no harm."""
    before = [(kind, place, chosen(person, kind, place)) for kind, place in concerned(person, what)]
    for kind, place, _when in before:
        choose(person, kind, place, When.OFF)
    return before


@transaction.atomic
def take_back(person: User, before: Iterable[Chosen]) -> None:
    """As it was. What had been off already is told again: that is what the button says."""
    for kind, place, when in before:
        choose(person, kind, place, "" if when == When.OFF else when)


def concerned(person: User, what: Stop) -> list[tuple[str, str]]:
    """The kinds and places that a stop means; none for a kind that must arrive or is no more."""
    if not what.kind:
        return sorted(in_digest(person))
    return [(what.kind, what.place)] if what.kind in kinds and kinds[what.kind].may_choose else []


def in_digest(person: User) -> set[tuple[str, str]]:
    """What the person's digest is made of: choices for it, and kinds that go there for who has chosen nothing."""
    choices = list(Choice.objects.in_force().filter(person=person))
    own = {(one.kind, one.place) for one in choices if one.when == When.DIGEST}
    by_itself = {name for name in kinds if wish(name, [one for one in choices if is_of(one, name)]) == When.DIGEST}
    return own | {(name, "") for name in by_itself}


def is_of(choice: Choice, kind: str) -> bool:
    """Whether somebody has chosen this for a kind, wherever it is."""
    return choice.kind == kind and not choice.place


def chosen(person: User, kind: str, place: str) -> str:
    """What the person has chosen for exactly this; empty where nothing that still holds."""
    found = Choice.objects.in_force().filter(person=person, kind=kind, place=place).first()
    return found.when if found else ""


def choose(person: User, kind: str, place: str, when: str) -> None:
    """Let ``when`` hold for exactly this from now on; empty: nothing is chosen."""
    if when:
        lasting = {"when": when, "until": None, "afterwards": ""}
        Choice.objects.update_or_create(person=person, kind=kind, place=place, defaults=lasting)
    else:
        Choice.objects.filter(person=person, kind=kind, place=place).delete()
