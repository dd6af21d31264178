"""What the calendar does to rooms: whoever has not answered a question is reminded in time."""

from datetime import datetime, timedelta

from chat.actions.retention import carry_out
from chat.exporting import sweep
from chat.models import Question
from chat.question_notices import remind
from partnerships.models.membership import days
from work.jobs import job
from work.schedule import periodic

MORNING = timedelta(hours=6)
"""A day begins with the morning: nobody is reminded at midnight."""
AHEAD = timedelta(days=2)


@job()
def remind_of_questions(since: str, until: str) -> int:
    """Remind of the questions whose day, or the day two days before it, began between the two moments; how many
    people."""
    before, today = (days(datetime.fromisoformat(moment) - MORNING) for moment in (since, until))
    told = 0
    for zone in today:
        waiting = Question.objects.open().in_zone(zone).with_message()
        told += remind(waiting.filter(due__gt=before[zone], due__lte=today[zone]), soon=False)
        nearer = max(before[zone] + AHEAD, today[zone])
        told += remind(waiting.filter(due__gt=nearer, due__lte=today[zone] + AHEAD), soon=True)
    return told


@job()
def keep_rules(since: str, until: str) -> int:
    """Carry out how long rooms are kept; how many messages were emptied."""
    return carry_out(datetime.fromisoformat(until))


@job()
def sweep_exports(since: str, until: str) -> int:
    """Remove the files of exports that have expired; how many."""
    return sweep()


def register() -> None:
    """Reminders every quarter of an hour, as the midnights of seats: whatever zones networks have. What goes, goes at
    night."""
    periodic("retention", keep_rules, every=timedelta(days=1), lag=timedelta(hours=2))
    periodic("exports", sweep_exports, every=timedelta(hours=1))
    periodic("questions", remind_of_questions, every=timedelta(minutes=15), lag=timedelta(seconds=30))
