"""A job: a function that a worker calls later, and again after growing gaps when it fails."""

from collections.abc import Callable
from datetime import timedelta
from random import SystemRandom
from typing import Any

from django_tasks import task

from work.backend import ATTEMPTS, Job

FIRST_GAP = timedelta(seconds=10)
GROWTH = 3
LONGEST_GAP = timedelta(hours=6)
JITTER = 0.25
"""A gap is longer or shorter by up to this part of it, so that what failed together does not return together."""

chance = SystemRandom()


class GivenUpError(Exception):
    """Raised by a job that knows that another attempt is in vain."""


def job(*, attempts: int = ATTEMPTS, **options: Any) -> Callable[[Callable[..., Any]], Job]:
    """Make a job of a function of a module. ``options`` are django-tasks': ``priority``, ``takes_context``.

    Arguments and result are JSON. A worker may die between the work and the note that it is done, so the function
    must bear to run twice.
    """
    decorate: Callable[[Callable[..., Any]], Job] = task(attempts=attempts, **options)
    return decorate


def gap(attempt: int) -> timedelta:
    """How long to wait after the ``attempt``-th one failed: 10 s, 30 s, 90 s … 6 hours, give or take a quarter."""
    steps = min(attempt - 1, 20)  # beyond it the gap is the longest anyway
    plain = min(FIRST_GAP * int(GROWTH**steps), LONGEST_GAP)
    return plain * chance.uniform(1 - JITTER, 1 + JITTER)
