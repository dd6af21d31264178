"""The exchange's tables, people and rooms; prints each room with the sessions of its members.

``python -m bench._delivering.fill MEMBERS …``, a number for each room. A room is the square of a network of its own;
every member has a seat in that, a read marker and a session.
"""

import json
import sys

import django


def fill(sizes: list[int]) -> dict[int, list[str]]:
    """Room id → session keys; nobody is in two rooms."""
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    from accounts.models import User
    from bench._delivering.people import session
    from chat.models import ReadMarker, Room
    from exchange.preparation import prepare
    from partnerships.actions import found_network
    from partnerships.models import Function, Membership, Organisation

    prepare(lambda step: None)
    today = timezone.localdate()
    side = Organisation.objects.create(name="Karlskrona kommun", slug="k", country="SE", zone="Europe/Stockholm")
    made: dict[int, list[str]] = {}
    for number, members in enumerate(sizes):
        network = found_network(name=f"Network {number}", slug=f"n{number}", begins=today)
        room = Room.objects.get(network=network, kind=Room.Kind.SQUARE)
        people = User.objects.bulk_create(
            User(email=f"p{number}-{place}@bench.example", name=f"Person {place} of {number}", language="en")
            for place in range(members)
        )
        seat = {"network": network, "organisation": side, "function": Function.COORDINATOR, "begins": today}
        Membership.objects.bulk_create(Membership(person=person, **seat) for person in people)
        ReadMarker.objects.bulk_create(ReadMarker(room=room, user=person, last_read_number=0) for person in people)
        sessions = Session.objects.bulk_create(session(person) for person in people)
        made[room.pk] = [one.session_key for one in sessions]
    return made


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(fill([int(members) for members in sys.argv[1:]])))
