"""Who must receive an event, by the table in the docs and what happened; and who did.

Nothing here asks the software who may see something: the table is that of
docs/leveringsgaranties.md, the facts are those of whoever played the klantreizen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from contracts.afnemers import ORGANISATIES, WSD
from contracts.catalogus import GEBEURTENISSEN
from contracts.envelope import CloudEvent
from contracts.financiering import LKSVastgesteld
from deploy.installatie import WORTEL

DOCUMENT: Final = WORTEL / "docs" / "leveringsgaranties.md"
_KOP: Final = "## Wie krijgt wat"
_KOLOMMEN: Final = ("gebeurtenis", "gemeente van de kandidaat", "WSD", "vorige gemeente", "anderen")


class Krijgt(StrEnum):
    """What a cell of the table says."""

    JA = "ja"
    NEE = "nee"
    VANAF_DE_DOORVERWIJZING = "vanaf de doorverwijzing"


class Rij(NamedTuple):
    """Who receives the events of one type. vorige: whoever had the kandidaat just before."""

    gemeente: Krijgt
    wsd: Krijgt
    vorige: Krijgt
    anderen: Krijgt


Tabel = Mapping[str, Rij]
"""By type of event."""


@dataclass(frozen=True)
class Feit:
    """Something that was done, of which an event must have followed.

    gemeente: that of the kandidaat from then on; vorige: that from before the last overdracht.
    doorverwezen: to WSD, then or before.
    """

    type: str
    kandidaat: str
    gemeente: str
    doorverwezen: bool
    vorige: str = ""


class Bericht(NamedTuple):
    """An event as somebody received it."""

    type: str
    subject: str
    versie: int
    id: str

    @classmethod
    def van(cls, event: CloudEvent) -> Bericht:
        return cls(event.type, str(event.subject), event.aggregateversion, str(event.id))


Plek = tuple[str, str]
"""A channel and an afnemer."""


def lees_tabel(tekst: str) -> Tabel:
    """The table under its heading in a document. Raises ValueError when it is not as it must be."""
    _, kop, rest = tekst.partition(f"\n{_KOP}\n")
    regels = re.findall(r"^\|(.+)\|$", rest.partition("\n## ")[0], re.MULTILINE)
    cellen = [[cel.strip() for cel in regel.split("|")] for regel in regels]
    if not kop or not cellen or tuple(cellen[0]) != _KOLOMMEN:
        raise ValueError(f"geen tabel met {_KOLOMMEN} onder {_KOP!r}")
    types = {g.naam: g.type() for g in GEBEURTENISSEN}
    tabel = {types[naam.strip("`")]: Rij(*map(Krijgt, rij)) for naam, *rij in cellen[2:]}
    if len(tabel) != len(cellen[2:]):
        raise ValueError("een gebeurtenis staat er twee keer in")
    return tabel


def ontvangers(feit: Feit, tabel: Tabel) -> set[str]:
    """The afnemers that receive the event of a fact, by the table."""
    rij = tabel[feit.type]
    gevonden = set()
    for organisatie in ORGANISATIES:
        if organisatie == WSD:
            cel = rij.wsd
        elif organisatie == feit.gemeente:
            cel = rij.gemeente
        else:
            cel = rij.vorige if organisatie == feit.vorige else rij.anderen
        if cel is Krijgt.JA or (cel is Krijgt.VANAF_DE_DOORVERWIJZING and feit.doorverwezen):
            gevonden.add(organisatie)
    return gevonden


def feit_per_bericht(feiten: Iterable[Feit], gezegd: Collection[Bericht]) -> dict[Bericht, Feit]:
    """The fact that each event tells. Raises AssertionError when they do not match one to one.

    Of one kandidaat and type events come in the order of the facts. Of a subsidy a new amount may
    follow without a fact, when the law's figures change with the day on which this runs.
    """
    per_soort: dict[tuple[str, str], list[Feit]] = defaultdict(list)
    for feit in feiten:
        per_soort[feit.type, feit.kandidaat].append(feit)
    berichten: dict[tuple[str, str], list[Bericht]] = defaultdict(list)
    for bericht in sorted(gezegd):
        berichten[bericht.type, bericht.subject].append(bericht)
    assert berichten.keys() == per_soort.keys()
    paren: dict[Bericht, Feit] = {}
    for soort, rij in per_soort.items():
        te_veel = len(berichten[soort]) - len(rij)
        if soort[0] == LKSVastgesteld.type():
            rij += rij[-1:] * te_veel
        assert len(rij) == len(berichten[soort]), (soort, te_veel)
        paren |= dict(zip(berichten[soort], rij, strict=True))
    return paren


def verschillen(
    per_bericht: Mapping[Bericht, Feit], tabel: Tabel, gezien: Mapping[Plek, Sequence[Bericht]]
) -> list[str]:
    """What an afnemer received on a channel and must not have, or the other way round."""
    verwacht: dict[str, set[Bericht]] = {o: set() for o in ORGANISATIES}
    for bericht, feit in per_bericht.items():
        for organisatie in ontvangers(feit, tabel):
            verwacht[organisatie].add(bericht)
    return [
        f"{kanaal}, {organisatie}: {wat} {bericht.type} {bericht.id}"
        for (kanaal, organisatie), berichten in gezien.items()
        for wat, anders in (
            ("kreeg ten onrechte", set(berichten) - verwacht[organisatie]),
            ("mist", verwacht[organisatie] - set(berichten)),
        )
        for bericht in sorted(anders)
    ]
