"""What goes wrong in a round, and when: made of a seed, so that a round can be told again."""

from dataclasses import dataclass
from random import Random
from typing import Self

BETWEEN_PROCESSES = ("kill", "cut", "database", "redis")
IN_ONE_PROCESS = ("kill", "cut", "busy")


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong, once ``after`` messages are stored.

    ``kill``: a web process gets SIGKILL and is begun again on its port; ``redis``: the same for Redis, empty and after
    ``seconds``; ``database``: the connections of the processes to PostgreSQL are ended, all or about half of them;
    ``busy``: somebody holds SQLite's write lock for ``seconds``; ``cut``: a stored post loses its answer.
    ``which`` is the process that it happens to.
    """

    kind: str
    after: int
    which: int
    seconds: float


@dataclass(frozen=True)
class Plan:
    """A round: ``messages`` to be stored, ``faults`` in the order of their moments."""

    seed: int
    messages: int
    faults: tuple[Fault, ...]

    @classmethod
    def of(cls, seed: int, messages: int, number: int, kinds: tuple[str, ...]) -> Self:
        """Spread over the first nine tenths of the round; no kind comes more than once more often than another."""
        chance = Random(seed)
        mixed = [kind for _ in range(number // len(kinds) + 1) for kind in chance.sample(kinds, len(kinds))][:number]
        moments = sorted(chance.randrange(messages // 20, messages * 9 // 10) for _ in mixed)
        return cls(
            seed,
            messages,
            tuple(
                Fault(kind, after, chance.randrange(2), chance.uniform(0.5, 4))
                for kind, after in zip(mixed, moments, strict=True)
            ),
        )
