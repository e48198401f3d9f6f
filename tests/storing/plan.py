"""Who is killed when, and for how long: drawn from a seed before anything runs."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

LEIDER: Final = "kafka-leider"
"""The broker that leads most partitions when its moment comes; of the others, each in its turn."""
VOLGERS: Final = ("kafka-volger-a", "kafka-volger-b")
BROKERS: Final = (LEIDER, *VOLGERS)
POSTGRES: Final = "postgres"
LANGER_DAN: Final = 40.0
"""Seconds. Clients hold on to a broker that went away for half a minute and more."""


@dataclass(frozen=True, order=True)
class Storing:
    """moment: the part of the klantreizen that has ended. uitval: seconds until the restart."""

    moment: float
    doel: str
    uitval: float

    def __str__(self) -> str:
        return f"{self.moment:5.1%}  {self.doel:<20} {self.uitval:4.1f} s"


def maak_plan(zaad: int, processen: Sequence[str]) -> list[Storing]:
    """Each process once, PostgreSQL and the first gateway twice, each broker once.

    Some go together with another, within a tenth of a second.
    """
    toeval = random.Random(f"plan-{zaad}")
    doelen = [*processen, POSTGRES, POSTGRES, "gateway"]
    toeval.shuffle(doelen)
    # Spread over the whole run, each somewhere in its own part of it.
    deel = 0.9 / len(doelen)
    plan = [
        Storing(0.02 + deel * (n + toeval.random()), doel, toeval.uniform(0.0, 4.0))
        for n, doel in enumerate(doelen)
    ]
    for eerste in toeval.sample(plan, 2):
        ander = toeval.choice([p for p in processen if p != eerste.doel])
        plan.append(Storing(eerste.moment, ander, toeval.uniform(0.0, 2.0)))
    plan += [
        Storing(toeval.uniform(0.08, 0.15), LEIDER, toeval.uniform(LANGER_DAN + 2, LANGER_DAN + 6)),
        *(
            Storing(toeval.uniform(*wanneer), volger, toeval.uniform(2.0, 8.0))
            for volger, wanneer in zip(VOLGERS, ((0.45, 0.6), (0.7, 0.85)), strict=True)
        ),
    ]
    return sorted(plan)
