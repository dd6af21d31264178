"""Jobs that do nothing but what a test has to see."""

import os
import signal
import time
from pathlib import Path

from django_tasks import TaskContext

from work.jobs import GivenUpError, job
from work.models import Progress


@job(attempts=3)
def fails(words: str) -> None:
    """Fails each time."""
    raise ValueError(words)


@job()
def in_vain() -> None:
    """Knows that another attempt will not help."""
    raise GivenUpError("The address does not exist.")


@job()
def adds(one: int, other: int) -> int:
    """Works."""
    return one + other


@job()
def remembers(since: str, until: str) -> list[str]:
    """What a periodic job is given."""
    return [since, until]


@job(takes_context=True)
def counts(context: TaskContext, total: int) -> int:
    """Shows how far it has come."""
    progress = Progress.begin(context, total=total)
    for number in range(total):
        progress.step(note=f"number {number}")
    return total


@job(takes_context=True)
def is_cancelled_after(context: TaskContext, steps: int) -> None:
    """Somebody presses Cancel when it has come that far."""
    progress = Progress.begin(context, total=10)
    for number in range(10):
        if number == steps:
            Progress.cancel(context.task_result.id)
        progress.step()


@job(attempts=3)
def dies_once(note: str) -> int:
    """Ends its whole process without a word in the first attempt; later it says which processes there were."""
    path = Path(note)
    with path.open("a") as file:
        file.write(f"{os.getpid()}\n")
    if len(path.read_text().splitlines()) == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return len(path.read_text().splitlines())


@job()
def takes_a_while(began: str, go_on: str) -> str:
    """Says that it has begun, and ends when it may."""
    Path(began).touch()
    while not Path(go_on).exists():
        time.sleep(0.02)
    return "whole"
