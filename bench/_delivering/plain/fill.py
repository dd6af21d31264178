"""The peer's tables, people and rooms; prints each room with the sessions of its members.

``python -m bench._delivering.plain.fill MEMBERS …``, a number for each room.
"""

import json
import sys

import django


def fill(sizes: list[int]) -> dict[int, list[str]]:
    """Room id → session keys; nobody is in two rooms."""
    from django.contrib.auth.models import User
    from django.contrib.sessions.models import Session
    from django.core.management import call_command

    from bench._delivering.people import session
    from bench._delivering.plain.models import Room

    call_command("migrate", verbosity=0)
    call_command("migrate", run_syncdb=True, verbosity=0)  # its tables hang at those
    made: dict[int, list[str]] = {}
    for number, members in enumerate(sizes):
        room = Room.objects.create()
        people = User.objects.bulk_create(
            User(username=f"p{number}-{place}", first_name=f"Person {place} of {number}") for place in range(members)
        )
        room.members.set(people)
        sessions = Session.objects.bulk_create(session(person) for person in people)
        made[room.pk] = [one.session_key for one in sessions]
    return made


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(fill([int(members) for members in sys.argv[1:]])))
