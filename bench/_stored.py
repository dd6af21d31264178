"""The two ways of ``bench.storing``, on a new room whose people all write."""

import asyncio
from uuid import uuid4

from channels.db import database_sync_to_async
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from chat.actions import Outcome, Post, Stored
from chat.models import Message, Room
from chat.writer import writer
from partnerships.actions import begin_membership, found_network
from partnerships.models import Function, Organisation
from realtime.hub import here

BODY = ("a message of 120 characters, " * 5)[:120]


def room_of(size: int) -> tuple[Room, list[User]]:
    """The square of a new network with so many members."""
    today = timezone.localdate()
    network = found_network(name="Bench", slug="bench", begins=today)
    agency = Organisation.objects.create(name="Bench", slug="bench", country="SE", zone="Europe/Stockholm")
    people = User.objects.bulk_create(User(email=f"p{n}@bench.example", name=f"Person {n}") for n in range(size))
    for person in people:
        begin_membership(
            person=person, function=Function.PROGRAMME_OFFICER, organisation=agency, begins=today, network=network
        )
    return Room.objects.get(network=network, kind=Room.Kind.SQUARE), people


async def by_writer(room: Room, person: User) -> None:
    """Through the product's own queue, with every rule of the house; done when it is acked."""
    here()
    acked: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
    writer().submit(Post(room.pk, person.pk, uuid4(), BODY), acked.set_result)
    outcome = await acked
    if not isinstance(outcome, Stored):
        raise RuntimeError(outcome)


@database_sync_to_async
def by_orm(room: Room, person: User) -> None:
    """As a consumer of plain Channels does it: no rule but the number, in the thread that its kind share."""
    with transaction.atomic():
        locked = Room.objects.select_for_update().get(pk=room.pk)
        locked.message_count += 1
        locked.version += 1
        Message.objects.create(
            room=locked,
            number=locked.message_count,
            version=locked.version,
            author=person,
            client_id=uuid4(),
            body=BODY,
            posted_at=timezone.now(),
        )
        locked.save(update_fields=["message_count", "version"])
