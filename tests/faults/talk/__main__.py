"""``python -m tests.faults.talk --seed 1 --messages 300 --faults 10 [--embedded]``: one round.

Prints the plan, a line ``BROKEN <name>: <facts>`` for what does not hold, and a summary; exit code 1 if anything broke.
"""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from importlib import import_module
from pathlib import Path

import django

from tests.faults.talk.plan import BETWEEN_PROCESSES, IN_ONE_PROCESS, Plan
from tests.faults.talk.stage import stage
from tests.live import ROOT
from tests.servers import end_tidily


def arguments() -> Namespace:
    """What the command is told."""
    parser = ArgumentParser(prog="python -m tests.faults.talk", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--messages", type=int, default=300)
    parser.add_argument("--faults", type=int, default=10)
    parser.add_argument("--embedded", action="store_true", help="SQLite and one process, without Redis")
    parser.add_argument("--words", type=Path, default=Path("/dev/null"), help="a file for what the processes say")
    return parser.parse_args()


async def main(options: Namespace) -> int:
    """Make the plan, begin the processes, play."""
    kinds = IN_ONE_PROCESS if options.embedded else BETWEEN_PROCESSES
    plan = Plan.of(options.seed, options.messages, options.faults, kinds)
    sys.stdout.write(f"seed {plan.seed}: {plan.messages} messages, {len(plan.faults)} faults\n")
    with options.words.open("wb") as words:
        async with stage(plan, words, embedded=options.embedded) as made:
            django.setup()
            broken: int = await import_module("tests.faults.talk.rounds").play(plan, made)
    return min(broken, 1)


if __name__ == "__main__":
    end_tidily()
    sys.path.insert(1, str(ROOT / "platform"))
    sys.exit(asyncio.run(main(arguments())))
