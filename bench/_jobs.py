"""A job that costs nothing, so that only the queue is measured."""

from work.jobs import job


@job()
def nothing(number: int) -> int:
    """Give it back."""
    return number
