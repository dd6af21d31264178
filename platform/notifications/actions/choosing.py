"""How a person wants to be told: of each kind, of a room or another place, and whether of anything for now."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import User
from notifications.actions.planning import replan
from notifications.actions.stopping import choose
from notifications.kinds import When, kinds
from notifications.models import Choice, Preferences

HOURS = ["rhythm", "digest_hour", "digest_day", "quiet_from", "quiet_until", "quiet_weekends"]
"""What of the preferences says when; the rest says whether."""


@transaction.atomic
def save_choices(preferences: Preferences, whens: Mapping[str, str]) -> None:
    """Store hours and rhythm, and what was chosen for each kind. What is as it comes is not kept: should the default
    change one day, it changes for who never chose."""
    person = preferences.person
    Preferences.objects.update_or_create(pk=person.pk, defaults={name: getattr(preferences, name) for name in HOURS})
    for kind, when in whens.items():
        choose(person, kind, "", "" if when == kinds[kind].when else when)
    replan(person)


@transaction.atomic
def forget_choices(person: User) -> None:
    """Everything as it comes: kinds, digest, quiet hours. Rooms keep what was chosen for each."""
    fresh = Preferences(person=person)
    Preferences.objects.filter(pk=person.pk).update(**{name: getattr(fresh, name) for name in HOURS})
    Choice.objects.filter(person=person, place="").delete()
    replan(person)


@transaction.atomic
def choose_place(person: User, place: str, when: str, kind: str = "") -> None:
    """How to be told of a place, or of one kind there, from now on; empty: as everywhere. Ends a mute."""
    choose(person, kind, place, when)
    replan(person)


def mute(person: User, until: datetime | None) -> None:
    """Nothing but the bell until then, except what must arrive; None ends it."""
    Preferences.objects.update_or_create(pk=person.pk, defaults={"muted_until": until})


@transaction.atomic
def mute_place(person: User, place: str, until: datetime) -> None:
    """Nothing but the bell of that place until then; what was chosen for it comes back afterwards."""
    before = Choice.objects.in_force().filter(person=person, kind="", place=place).first()
    after = (before.afterwards if before.until else before.when) if before else ""
    muted = {"when": When.OFF, "until": until, "afterwards": after}
    Choice.objects.update_or_create(person=person, kind="", place=place, defaults=muted)


@transaction.atomic
def unmute_place(person: User, place: str) -> None:
    """End it before its time. A place that is not muted for a while stays as it is."""
    muted = Choice.objects.filter(person=person, kind="", place=place, until__isnull=False).first()
    if muted:
        choose(person, "", place, muted.afterwards)
