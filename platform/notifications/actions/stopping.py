"""Not again: what a mail's foot and a mail program's own button switch off, and how that is taken back."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from accounts.models import User
from notifications.kinds import When, kinds
from notifications.models import Choice
from notifications.models.choice import wish
from notifications.stops import Stop

Before = list[tuple[str, str, str]]
"""Kind, place and what the person had chosen there; empty where nothing."""


@transaction.atomic
def stop(person: User, what: Stop) -> Before:
    """Switch it off, and say what was chosen before. Twice does no harm: then nothing changes."""
    concerned = [(what.kind, what.place)] if what.kind else sorted(in_digest(person))
    before = [(kind, place, chosen(person, kind, place)) for kind, place in concerned]
    for kind, place in concerned:
        choose(person, kind, place, When.OFF)
    return [one for one in before if one[2] != When.OFF]


@transaction.atomic
def take_back(person: User, before: Iterable[Any]) -> None:
    """As it was."""
    for kind, place, when in before:
        choose(person, kind, place, when)


def in_digest(person: User) -> set[tuple[str, str]]:
    """What the person's digest is made of: choices for it, and kinds that go there for who has chosen nothing."""
    choices = list(Choice.objects.in_force().filter(person=person))
    own = {(one.kind, one.place) for one in choices if one.when == When.DIGEST}
    everywhere = [one for one in choices if not one.place]
    return own | {
        (name, "") for name in kinds if wish(name, [one for one in everywhere if one.kind == name]) == When.DIGEST
    }


def chosen(person: User, kind: str, place: str) -> str:
    """What the person has chosen for exactly this; empty where nothing that still holds."""
    found = Choice.objects.in_force().filter(person=person, kind=kind, place=place).first()
    return found.when if found else ""


def choose(person: User, kind: str, place: str, when: str) -> None:
    """Let ``when`` hold for exactly this from now on; empty: nothing is chosen."""
    if not when:
        Choice.objects.filter(person=person, kind=kind, place=place).delete()
        return
    Choice.objects.update_or_create(person=person, kind=kind, place=place, defaults={"when": when, "until": None})
