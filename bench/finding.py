"""What it takes to find something among a million messages, beside plain ``icontains``; and the list of rooms there."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from statistics import quantiles
from time import perf_counter

from bench._databases import on_both

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
"""Times that each question is asked."""


def measure() -> dict[str, float | str]:
    """Milliseconds and queries on both databases; the fewer the better."""
    return on_both("bench.finding")


def here() -> dict[str, float | str]:
    """On the database of the environment."""
    import django

    django.setup()
    from bench import _found
    from bench._history import Reader, counter
    from partnerships.models import Network

    reader = _found.prepared()
    filling = seconds(_found.fill)
    taking = seconds(_found.taken_up)
    asked = _found.questions()
    plain = [question for question in asked if ":" not in question][::4]
    found = spread([partial(_found.by_index, reader, q) for q in asked] * ROUNDS)
    like = spread([partial(_found.by_like, reader, q) for q in plain])
    begun = counter.queries
    _found.by_index(reader, asked[0])
    figures: dict[str, float | str] = {
        "messages": _found.MESSAGES,
        "made, s": round(filling),
        "taken up, a second": round(_found.MESSAGES / taking),
        "a search, ms, p50 / p95": found,
        "the same words by icontains, ms, p50 / p95": like,
        "queries of a search": counter.queries - begun,
    }
    browser = Reader(Network.objects.get(memberships__person=reader))
    begun = counter.queries
    browser.opens("/chat/")
    queries = counter.queries - begun
    listing = spread([lambda: browser.opens("/chat/")] * 15)
    return figures | {"the list of rooms, ms, p50 / p95": listing, "queries of the list of rooms": queries}


def spread(acts: Sequence[Callable[[], object]]) -> str:
    """Median and 95th percentile of the wall time of each, in milliseconds, after one unmeasured round."""
    acts[0]()
    times = quantiles([seconds(act) * 1000 for act in acts], n=20, method="inclusive")
    return f"{times[9]:.1f} / {times[18]:.1f}"


def seconds(act: Callable[[], object]) -> float:
    """How long it takes."""
    begun = perf_counter()
    act()
    return perf_counter() - begun


if __name__ == "__main__":
    sys.stdout.write(json.dumps(here()))
