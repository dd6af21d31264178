"""Many at once: versions and numbers without holes, each client_id once."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from django.db import connection

from chat.actions import Outcome, Post, Stored, post_message
from chat.models import Message, Room
from tests.conftest import World

THREADS, EACH = 4, 10


@pytest.mark.django_db(transaction=True)
def test_four_threads_leave_no_hole_and_no_double(world: World) -> None:
    rooms = list(Room.objects.filter(network=world.network, kind="square")) + list(
        Room.objects.filter(partnership=world.partnership)
    )
    shared = [uuid4() for _ in range(EACH)]

    def work(person: int) -> list[Outcome]:
        try:
            return [
                post_message(Post(room.pk, person, client_id, "words"))
                for number, common in enumerate(shared)
                for room, client_id in ((rooms[number % 2], uuid4()), (rooms[person % 2], common))
            ]
        finally:
            connection.close()

    writers = [world.owner.pk, world.owner.pk, world.partner.pk, world.partner.pk]
    with ThreadPoolExecutor(THREADS) as threads:
        outcomes = [outcome for made in threads.map(work, writers) for outcome in made]

    assert all(isinstance(outcome, Stored) for outcome in outcomes)
    for room in rooms:
        found = list(Message.objects.filter(room=room).order_by("version").values_list("version", "number"))
        room.refresh_from_db()
        assert found == [(n, n) for n in range(1, room.version + 1)]
        assert room.message_count == len(found)
    assert Message.objects.count() == THREADS * EACH + 2 * EACH
    assert {key: Message.objects.filter(client_id=key).count() for key in shared} == dict.fromkeys(shared, 2)
    answers: dict[tuple[UUID, int], set[int]] = {}
    for outcome in outcomes:
        assert isinstance(outcome, Stored)
        answers.setdefault((outcome.message.client_id, outcome.message.author_id), set()).add(outcome.message.pk)
    assert all(len(ids) == 1 for ids in answers.values())
