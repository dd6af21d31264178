"""post_messages: numbers without holes, repeats answered from the first, rights read at the last moment."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone
from pytest_django.fixtures import Settings

from chat.actions import Outcome, Post, Refused, Stored, post_message, post_messages
from chat.models import Message, ReadMarker, Room
from partnerships.actions import end_membership
from partnerships.models import Membership
from tests.conftest import World


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay."""
    return Room.objects.get(partnership=world.partnership)


def post(room: Room, author: object, body: str = "Hello", **fields: object) -> Post:
    return Post(room.pk, author.pk, fields.pop("client_id", None) or uuid4(), body, **fields)  # type: ignore[arg-type]


def stored(outcome: Outcome) -> Message:
    assert isinstance(outcome, Stored)
    return outcome.message


def test_messages_are_numbered_in_their_order(world: World, room: Room) -> None:
    posts = [post(room, world.owner, "one"), post(room, world.partner, "two"), post(room, world.owner, "three")]
    messages = [stored(outcome) for outcome in post_messages(posts)]
    assert [(m.number, m.version, m.body) for m in messages] == [(1, 1, "one"), (2, 2, "two"), (3, 3, "three")]
    room.refresh_from_db()
    assert (room.version, room.message_count, room.last_posted_at) == (3, 3, messages[2].posted_at)


def test_a_repeat_is_answered_from_the_first(world: World, room: Room) -> None:
    once = post(room, world.owner)
    first, again = post_messages([once, once])
    later = post_message(once)
    assert isinstance(first, Stored)
    assert (first.repeat, again, later) == (False, Stored(first.message, repeat=True), again)
    assert Message.objects.count() == 1


def test_a_repeat_is_answered_even_when_its_author_has_left_and_the_room_is_closed(world: World, room: Room) -> None:
    once = post(room, world.councillor)
    first = stored(post_message(once))
    for seat in Membership.objects.filter(person=world.councillor):
        end_membership(seat)
    Room.objects.update(archived_at=timezone.now())
    assert post_message(once) == Stored(first, repeat=True)
    assert post_message(post(room, world.councillor)) == Refused("not_found")


def test_the_same_client_id_of_two_people_is_two_messages(world: World, room: Room) -> None:
    shared = uuid4()
    post_messages([post(room, world.owner, client_id=shared), post(room, world.partner, client_id=shared)])
    assert Message.objects.filter(client_id=shared).count() == 2


@pytest.mark.parametrize(
    ("body", "code"),
    [("", "empty"), (" \n\t", "empty"), ("a\x00b", "bad_text"), ("a\ud83d", "bad_text"), ("x" * 8001, "too_long")],
)
def test_bad_words_are_refused_alone_and_use_nothing_up(world: World, room: Room, body: str, code: str) -> None:
    bad = post(room, world.owner, body)
    outcomes = post_messages([post(room, world.owner), bad, post(room, world.owner)])
    assert outcomes[1] == Refused(code)
    assert [stored(o).number for o in (outcomes[0], outcomes[2])] == [1, 2]
    assert stored(post_message(post(room, world.owner, client_id=bad.client_id))).number == 3


def test_who_cannot_see_a_room_is_told_the_same_as_when_there_is_none(world: World, room: Room) -> None:
    nowhere = Room(pk=10**6)
    assert post_message(post(room, world.outsider)) == post_message(post(nowhere, world.outsider))
    assert post_message(post(room, world.outsider)) == Refused("not_found")
    assert post_message(post(Room.objects.get(kind="announcements"), world.owner)) == Refused("read_only")


def test_a_deactivated_author_posts_nothing(world: World, room: Room) -> None:
    type(world.owner).objects.filter(pk=world.owner.pk).update(is_active=False)
    assert post_message(post(room, world.owner)) == Refused("not_found")


def test_markdown_becomes_html_and_plain_words_do_not(world: World, room: Room) -> None:
    plain, rich, sharp = (
        stored(post_message(post(room, world.owner, body)))
        for body in ("Tom & Jerry say 1 < 2\n\nNew line", "**Mind** <script>alert(1)</script>", "# no heading")
    )
    assert (plain.html, sharp.html) == ("", "")
    assert rich.html == "<p><strong>Mind</strong> &lt;script&gt;alert(1)&lt;/script&gt;</p>\n"


def test_time_never_runs_backwards_in_a_room(world: World, room: Room) -> None:
    ahead = timezone.now() + timedelta(hours=1)
    Room.objects.filter(pk=room.pk).update(last_posted_at=ahead)
    assert stored(post_message(post(room, world.owner))).posted_at == ahead


def test_the_writers_clock_is_kept_for_thirty_days(world: World, room: Room) -> None:
    now = timezone.now()
    kept = post(room, world.owner, written_at=now - timedelta(days=29))
    assert stored(post_message(kept)).written_at == kept.written_at
    for wrong in (now - timedelta(days=31), now + timedelta(minutes=5)):
        assert stored(post_message(post(room, world.owner, written_at=wrong))).written_at is None


def test_an_author_speaks_for_the_seat_nearest_to_the_room(world: World, room: Room) -> None:
    world.seat(world.owner, "mentor", world.icld, body=world.steering)
    assert stored(post_message(post(room, world.owner))).organisation == world.karlskrona
    steering = Room.objects.get(body=world.steering)
    assert stored(post_message(post(steering, world.owner))).organisation == world.icld


def test_an_answer_points_back_in_the_same_room(world: World, room: Room) -> None:
    post_message(post(room, world.owner))
    answer = stored(post_message(post(room, world.partner, reply_to=1, thread=1)))
    assert (answer.reply_to, answer.thread) == (1, 1)
    assert stored(post_message(post(room, world.partner, reply_to=99))).reply_to is None


def test_an_own_message_is_read_only_if_everything_before_it_was(world: World, room: Room) -> None:
    def read(person: object) -> int:
        return ReadMarker.objects.get(user=person, room=room).last_read_number

    post_messages([post(room, world.owner), post(room, world.owner), post(room, world.partner)])
    assert (read(world.owner), read(world.partner)) == (2, 0)


@pytest.mark.parametrize("batch", [1, 3])
def test_a_batch_costs_the_same_queries_whatever_its_size_and_however_many_write(
    world: World, room: Room, batch: int, django_assert_num_queries: object
) -> None:
    authors = [world.owner, world.partner, world.councillor]
    posts = [post(room, author) for author in authors[:batch]]
    with django_assert_num_queries(9):  # type: ignore[operator]
        post_messages(posts)


def test_who_writes_very_fast_waits_and_others_do_not(world: World, room: Room, settings: Settings) -> None:
    settings.MESSAGES_A_MINUTE = 30
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False) as clock:
        codes = [outcome_code(post_message(post(room, world.owner))) for _ in range(11)]
        assert codes == ["stored"] * 10 + ["rate_limited 2"]
        assert outcome_code(post_message(post(room, world.partner))) == "stored"
        assert outcome_code(post_message(post(square(world), world.owner))) == "stored"
        clock.shift(2)
        assert outcome_code(post_message(post(room, world.owner))) == "stored"
        assert outcome_code(post_message(post(room, world.owner))) == "rate_limited 2"
        clock.shift(60)
        outcomes = post_messages([post(room, world.owner) for _ in range(12)])
    assert [outcome_code(one) for one in outcomes] == ["stored"] * 10 + ["rate_limited 2"] * 2
    assert Room.objects.get(pk=room.pk).message_count == 22


@pytest.mark.parametrize(("back", "codes"), [(1, "rate_limited 2"), (3600, "stored")])
def test_a_clock_that_is_put_back_keeps_nobody_from_writing(
    world: World, room: Room, settings: Settings, back: int, codes: str
) -> None:
    settings.MESSAGES_A_MINUTE = 30
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False) as clock:
        for _ in range(10):
            post_message(post(room, world.owner))
        clock.shift(-back)
        assert outcome_code(post_message(post(room, world.owner))) == codes


def test_a_repeat_takes_nothing_from_the_limit(world: World, room: Room, settings: Settings) -> None:
    settings.MESSAGES_A_MINUTE = 30
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        first = post(room, world.owner)
        for _ in range(20):
            assert outcome_code(post_message(first)) == "stored"
        assert outcome_code(post_message(post(room, world.owner))) == "stored"


def test_what_was_refused_may_be_sent_again(world: World, room: Room, settings: Settings) -> None:
    settings.MESSAGES_A_MINUTE = 3
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False) as clock:
        post_message(post(room, world.owner))
        later = post(room, world.owner)
        assert outcome_code(post_message(later)) == "rate_limited 20"
        clock.shift(20)
        assert outcome_code(post_message(later)) == "stored"


def test_what_is_brought_in_from_elsewhere_knows_no_limit(world: World, room: Room, settings: Settings) -> None:
    settings.MESSAGES_A_MINUTE = 3
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    assert {outcome_code(post_message(post(room, world.owner, posted_at=long_ago))) for _ in range(20)} == {"stored"}


def square(world: World) -> Room:
    return Room.objects.get(network=world.network, kind=Room.Kind.SQUARE)


def outcome_code(outcome: Stored | Refused) -> str:
    return "stored" if isinstance(outcome, Stored) else f"{outcome.code} {outcome.retry_after}"


def test_a_marker_that_moves_meanwhile_stays_where_it_was_put(world: World, room: Room) -> None:
    post_message(post(room, world.partner))
    marker = ReadMarker.objects.get(user=world.owner, room=room)
    stood, marker.last_read_number = marker.last_read_number, 1
    ReadMarker.objects.filter(pk=marker.pk).update(last_read_number=7)
    ReadMarker.objects.spend([marker], {marker: stood})
    marker.refresh_from_db()
    assert marker.last_read_number == 7


def test_words_brought_in_from_elsewhere_move_the_marker_of_their_author(world: World, room: Room) -> None:
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    post_messages([post(room, one, posted_at=long_ago) for one in (world.owner, world.owner, world.partner)])
    assert ReadMarker.objects.get(user=world.owner, room=room).last_read_number == 2
