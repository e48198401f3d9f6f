"""The judge: what differs between two runs, and what is wrong with what an afnemer was told."""

from __future__ import annotations

import operator
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import unified_diff
from itertools import pairwise
from typing import Final

from tests.storing.kanalen import Verteld
from tests.storing.toestand import Toestand

_LANGSTE_REGEL: Final = 400

PerReis = Mapping[int, Sequence[str]]


def verschillen(verwacht: PerReis, gevonden: PerReis) -> list[str]:
    """Per klantreis in what way it differs; nothing when no klantreis does."""
    return [
        "\n".join([f"klantreis {nummer}:", *_verschil(*beide)])
        for nummer in sorted(verwacht.keys() | gevonden.keys())
        if operator.ne(*(beide := (verwacht.get(nummer, []), gevonden.get(nummer, []))))
    ]


def _verschil(verwacht: Sequence[str], gevonden: Sequence[str]) -> list[str]:
    regels = unified_diff(verwacht, gevonden, "ongestoord", "gestoord", n=0, lineterm="")
    return [regel[:_LANGSTE_REGEL] for regel in regels]


def volgordefouten(verteld: Iterable[Verteld]) -> list[str]:
    """What is wrong with one channel of one afnemer: per source and subject the versions must rise
    one by one, from the first it may see on."""
    per_stroom: dict[tuple[str, str], list[int]] = defaultdict(list)
    for event in verteld:
        per_stroom[event.bron, event.subject].append(event.versie)
    fouten: list[str] = []
    for (bron, subject), versies in per_stroom.items():
        dubbel = [versie for versie, keer in Counter(versies).items() if keer > 1]
        for wat, welke in (
            ("dubbel", dubbel),
            ("na een latere", [b for a, b in pairwise(versies) if b < a]),
            ("ontbreekt", sorted(set(range(min(versies), max(versies))) - set(versies))),
        ):
            if welke:
                fouten.append(f"{bron} {subject}: {wat}: {welke[:10]}")
    return fouten


def per_reis(
    verteld: Iterable[Verteld], toestand: Toestand, per_kandidaat: Mapping[str, int]
) -> dict[int, list[str]]:
    """What was told of each klantreis: per source in order, with ids by what they are called."""
    gevonden: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for event in verteld:
        regel = f"{event.versie} {toestand.genoemd(event.inhoud)}"
        gevonden[per_kandidaat.get(event.subject, -1)].append((event.bron, regel))
    # Sorting is stable: the order within a source stays.
    return {
        nummer: [f"{bron} {regel}" for bron, regel in sorted(regels, key=lambda r: r[0])]
        for nummer, regels in gevonden.items()
    }
