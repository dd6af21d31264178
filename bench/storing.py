"""How many messages a second one process stores in SQLite (``synchronous=FULL``), alone and in batches of fifty."""

import os
import tempfile
from time import perf_counter
from uuid import uuid4

MESSAGES = 500
BATCH = 50
BODY = ("a message of 120 characters, " * 5)[:120]


def measure() -> dict[str, float | str]:
    """Messages a second; the greater the better. Models are imported only once the settings know the folder."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "exchange.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        return {"one at a time, a second": stored(1), f"in batches of {BATCH}, a second": stored(BATCH)}


def stored(batch: int) -> float:
    """Messages of 120 characters a second, ``batch`` in each transaction, into a room of a new network."""
    from django.utils import timezone

    from accounts.models import User
    from chat.actions import Post, post_messages
    from chat.models import Room
    from partnerships.actions import begin_membership, found_network
    from partnerships.models import Function, Organisation

    today = timezone.localdate()
    name = f"bench-{batch}"
    network = found_network(name=name, slug=name, begins=today)
    agency = Organisation.objects.create(name=name, slug=name, country="SE", zone="Europe/Stockholm")
    person = User.objects.create_user(f"{name}@bench.example", name="Bench")
    begin_membership(
        person=person, function=Function.PROGRAMME_OFFICER, organisation=agency, begins=today, network=network
    )
    room = Room.objects.filter(network=network).order_by("pk")[0]
    begun = perf_counter()
    for _ in range(MESSAGES // batch):
        post_messages([Post(room.pk, person.pk, uuid4(), BODY) for _ in range(batch)])
    return round(MESSAGES / (perf_counter() - begun))
