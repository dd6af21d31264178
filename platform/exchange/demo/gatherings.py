"""Fills the calendar around the day: gatherings of all kinds, called by whoever may, with answers and open ones."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from accounts.models import User
from events.actions import cancel_event, change_event, schedule_event
from events.models import Answer, Event, Move
from exchange.demo.people import Cast
from exchange.demo.seats import INTERNATIONAL, SWEDISH
from exchange.demo.source import record
from partnerships.models import Body, Network, Partnership
from partnerships.permissions import people_in

CLOCK = ZoneInfo("Europe/Stockholm")
AHEAD, BEHIND = 150, 90
"""Days of the calendar that are filled, from the day of seeding."""
CALLED = timedelta(days=45)
"""How long before its day a gathering is called."""
FRIDAY = 4
CHOICES = [Answer.Choice.YES] * 6 + [Answer.Choice.MAYBE, Answer.Choice.NO]


def call_gatherings(cast: Cast) -> int:
    """All of them; gives their number."""
    entries = [*record("events.yaml")["events"], *steering_meetings(cast)]
    for index, entry in enumerate(entries):
        call(cast, entry, Random(f"{cast.day} event {index}"))
    return len(entries)


def steering_meetings(cast: Cast) -> Iterator[dict[str, Any]]:
    """One for each steering group that has none of its own in the file, spread over the months."""
    plan = record("events.yaml")["steering"]
    pairs = [pair for slug, pair in cast.places.pairs.items() if not pair.is_past and slug != "karlskrona-saldanha-bay"]
    for index, pair in enumerate(pairs):
        yield {
            "kind": Event.Kind.STEERING,
            "place": pair.partnership.slug,
            "body": Body.Kind.STEERING,
            "day": plan["offsets"][index % len(plan["offsets"])],
            "opens": "13:30",
            "closes": "15:00",
            "link": f"https://meet.example/{pair.partnership.slug}",
            "title": f"Steering group: {pair.partnership.challenge}",
            "text": plan["texts"][index % len(plan["texts"])],
        }


def call(cast: Cast, entry: dict[str, Any], chance: Random) -> None:
    """One gathering with its answers; moved, cancelled or over as the entry and the day say."""
    audience = audience_of(cast, entry)
    organiser = organiser_of(cast, entry, audience)
    first = first_day(cast.day, entry) - timedelta(days=entry.get("moved", 0))
    event = schedule_event(
        organiser=organiser, audience=audience, uid=UUID(int=chance.getrandbits(128), version=4), **fields(entry, first)
    )
    called_at = min(first - CALLED, cast.day - timedelta(days=10))
    if "moved" in entry:
        move(event, organiser, entry["moved"], cast.day)
    if entry.get("cancelled"):
        cancel_event(event, organiser)
    answer(cast, event, list(people_in(audience)), chance, called_at)
    settle(cast, event, called_at)


def audience_of(cast: Cast, entry: dict[str, Any]) -> Network | Partnership | Body:
    """For whom it is."""
    if entry["place"] in cast.places.networks:
        return cast.places.networks[entry["place"]]
    pair = cast.places.pairs[entry["place"]]
    return pair.bodies[entry["body"]] if "body" in entry else pair.partnership


def organiser_of(cast: Cast, entry: dict[str, Any], audience: Network | Partnership | Body) -> User:
    """The officer for a network, the guest side's first person for a partnership, a politician for a steering group."""
    if isinstance(audience, Network):
        return cast.officers[audience.slug]
    steering = isinstance(audience, Body) and audience.kind == Body.Kind.STEERING
    side = INTERNATIONAL if steering or entry["place"] == "karlskrona-saldanha-bay" else SWEDISH
    return cast.crews[entry["place"], side, "steering" if steering else "working"][0]


def fields(entry: dict[str, Any], first: date) -> dict[str, Any]:
    """``schedule_event``'s arguments; a deadline takes the whole day."""
    return {
        "kind": entry["kind"],
        "state": entry.get("state", Event.State.CONFIRMED),
        "title": entry["title"][:160],
        "description": entry["text"],
        "first_day": first,
        "last_day": first + timedelta(days=entry.get("days", 1) - 1),
        "opens": clock(entry.get("opens")),
        "closes": clock(entry.get("closes")),
        "zone": entry.get("zone", CLOCK.key),
        "place": entry.get("where", ""),
        "link": entry.get("link", ""),
        "answer_by": first + timedelta(days=entry["answer_by"]) if "answer_by" in entry else None,
        "demo": True,
    }


def clock(text: str | None) -> time | None:
    """``"10:00"``."""
    return time.fromisoformat(text) if text else None


def first_day(day: date, entry: dict[str, Any]) -> date:
    """The working day that an entry begins on."""
    if entry.get("clock"):
        return change_of_clock(day) - timedelta(days=2)
    wanted = day + timedelta(days=entry["day"])
    while wanted.weekday() > FRIDAY:
        wanted += timedelta(days=1)
    return wanted


def change_of_clock(day: date) -> date:
    """The next Sunday on which the Swedish clock is moved, or the last one where the next is too far away."""
    return next(
        day + timedelta(days=offset) for offset in (*range(3, AHEAD), *range(-4, -BEHIND, -1)) if moves(day, offset)
    )


def moves(day: date, offset: int) -> bool:
    """Whether the clock is another on the evening of that day than on its morning."""
    midnight = datetime.combine(day + timedelta(days=offset), time(), CLOCK)
    return midnight.utcoffset() != (midnight + timedelta(days=1)).utcoffset()


def move(event: Event, organiser: User, days: int, day: date) -> None:
    """It was to be earlier; that it was moved is remembered, as of the day before yesterday."""
    later = timedelta(days=days)
    change_event(event, organiser, {"first_day": event.first_day + later, "last_day": event.last_day + later})
    Move.objects.filter(event=event).update(moved_at=at_noon(day - timedelta(days=2)))


def answer(cast: Cast, event: Event, invited: list[User], chance: Random, called_at: date) -> None:
    """What people answered. Of what lies ahead, the named accounts have left the most open."""
    if event.kind in {Event.Kind.DEADLINE} or event.state == Event.State.CANCELLED:
        return
    answers = []
    for person in invited:
        ahead = event.first_day > cast.day
        likely = (0.15 if ahead else 1) if person in cast.accounts.values() else (0.6 if ahead else 0.85)
        if person != event.organiser and chance.random() < likely:
            moment = at_noon(called_at + timedelta(days=chance.randint(1, 8))) + timedelta(
                minutes=chance.randrange(200)
            )
            answers.append(Answer(event=event, person=person, choice=chance.choice(CHOICES), answered_at=moment))
    Answer.objects.bulk_create(answers)


def settle(cast: Cast, event: Event, called_at: date) -> None:
    """Put the row where it belongs in time: called weeks ago, and done if it is over."""
    event = Event.objects.get(pk=event.pk)
    over = event.last_day < cast.day and event.state == Event.State.CONFIRMED and not event.is_deadline
    changed_at = cast.day - timedelta(days=2) if event.sequence else called_at
    event.answers.filter(person=event.organiser).update(answered_at=at_noon(called_at))
    Event.objects.filter(pk=event.pk).update(
        created_at=at_noon(called_at),
        changed_at=at_noon(changed_at),
        state=Event.State.DONE if over else event.state,
    )


def at_noon(day: date) -> datetime:
    """Twelve o'clock UTC."""
    return datetime.combine(day, time(12), UTC)
