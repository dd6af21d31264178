"""``manage.py tasks``: what waits, runs and was given up; another round for one, or none."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from work import actions
from work.overview import STATES, Line, counts, tasks, workers

LISTED = 50
SHOWN = ["failed", "running", "waiting"]


class Command(BaseCommand):
    """The terminal's half of the page ``work:home``."""

    help = "Show the background tasks that wait, run and were given up; retry, drop or cancel one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Nothing, or one verb."""
        group = parser.add_mutually_exclusive_group()
        group.add_argument("--state", choices=list(STATES), help="list only these")
        for verb, what in VERBS.items():
            group.add_argument(f"--{verb}", type=UUID, metavar="ID", help=what)

    def handle(self, *args: Any, state: str | None, **options: Any) -> None:
        """Do the verb that was asked for, or list."""
        for verb in VERBS:
            if options[verb]:
                return self.do(verb, options[verb])
        numbers = counts()
        self.stdout.write(
            ", ".join(f"{name}: {number}" for name, number in numbers.items()) + f"; workers: {workers()}"
        )
        for name in [state] if state else SHOWN:
            self.show(name, numbers[name])
        return None

    def do(self, verb: str, task: UUID) -> None:
        """A verb on a task that is in no state for it is a plain sentence."""
        if not getattr(actions, verb)(task):
            raise CommandError(f"There is no task {task} that could be {DONE[verb]}.")
        self.stdout.write(f"{task} is {DONE[verb]}.")

    def show(self, state: str, number: int) -> None:
        """The tasks in one state."""
        for row in tasks(state)[:LISTED]:
            self.stdout.write(line(state, Line(row)))
        if number > LISTED:
            self.stdout.write(f"{state}: {number - LISTED} more")


VERBS = {
    "retry": "run a task now that was given up or waits",
    "drop": "forget a task that does not run",
    "cancel": "have a running task end at its next step, where it shows progress",
}
DONE = {"retry": "waiting for another round", "drop": "dropped", "cancel": "asked to end"}


def line(state: str, task: Line) -> str:
    """One task: state, id, name, attempts, when it is due, how far it is, its last error."""
    parts = [f"{state:<8}", str(task.row.pk), task.name, f"attempts {task.attempts}"]
    if state == "waiting" and task.due:
        parts.append(f"due {task.due:%Y-%m-%d %H:%M:%S} UTC")
    if task.progress:
        parts.append(f"{task.progress} {task.progress.note}".strip())
    return "  ".join([*parts, task.error] if task.error else parts)
