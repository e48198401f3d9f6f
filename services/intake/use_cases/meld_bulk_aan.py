"""Many residents at once from a file: each by the same way as one alone, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.intake.domain.fouten import DomeinFout, Punt
from services.intake.domain.kandidaat import Kandidaat
from services.intake.problemen import BulkGeweigerd, KandidaatAlBekend
from services.intake.use_cases.meld_kandidaat_aan import Aanmelding, meld_kandidaten_aan

_PER_KEER: Final = 500


@dataclass(frozen=True, slots=True)
class Bulkregel:
    """A row of the file. aanmelding: None when it is none, and then fouten says why."""

    nummer: int
    aanmelding: Aanmelding | None
    fouten: tuple[Punt, ...] = ()


@dataclass(frozen=True, slots=True)
class Geweigerd:
    """kandidaat_id: the kandidaat that the gemeente has already, where that is the reason."""

    nummer: int
    fouten: tuple[Punt, ...]
    kandidaat_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Bulkverslag:
    """What became of every row: each is in one of the two, in the order of the file."""

    aangenomen: tuple[tuple[int, UUID], ...]
    geweigerd: tuple[Geweigerd, ...]


async def meld_bulk_aan(
    uow: UnitOfWork, regels: Sequence[Bulkregel], *, alles_of_niets: bool
) -> Bulkverslag:
    """Raises NietBevoegd, and BulkGeweigerd when one row is refused and it is all or nothing."""
    aangenomen: list[tuple[int, UUID]] = []
    geweigerd = [Geweigerd(regel.nummer, regel.fouten) for regel in regels if regel.fouten]
    eerste: dict[str, tuple[int, Aanmelding]] = {}
    for regel in regels:
        if regel.aanmelding is None:
            continue
        bsn = regel.aanmelding.gegevens.bsn
        if bsn in eerste:
            geweigerd.append(_dubbel(regel.nummer, eerste[bsn][0]))
        else:
            eerste[bsn] = (regel.nummer, regel.aanmelding)
    # Two files with the same residents lock them in one order, so that one waits for the other.
    for deel in _delen([eerste[bsn] for bsn in sorted(eerste)]):
        uitkomsten = await meld_kandidaten_aan(uow, [aanmelding for _, aanmelding in deel])
        for (nummer, _), uitkomst in zip(deel, uitkomsten, strict=True):
            if isinstance(uitkomst, Kandidaat):
                aangenomen.append((nummer, uitkomst.kandidaat_id))
            else:
                geweigerd.append(_geweigerd(nummer, uitkomst))
    verslag = Bulkverslag(
        tuple(sorted(aangenomen)), tuple(sorted(geweigerd, key=lambda regel: regel.nummer))
    )
    if alles_of_niets and verslag.geweigerd:
        raise BulkGeweigerd(
            geweigerd=[
                {
                    "regel": regel.nummer,
                    "kandidaatId": str(regel.kandidaat_id) if regel.kandidaat_id else None,
                    "fouten": [asdict(punt) for punt in regel.fouten],
                }
                for regel in verslag.geweigerd
            ]
        )
    return verslag


def _delen(alle: list[tuple[int, Aanmelding]]) -> list[list[tuple[int, Aanmelding]]]:
    return [alle[begin : begin + _PER_KEER] for begin in range(0, len(alle), _PER_KEER)]


def _dubbel(nummer: int, eerder: int) -> Geweigerd:
    melding = f"Regel {eerder} heeft hetzelfde BSN. Laat een van beide weg."
    return Geweigerd(nummer, (Punt("body.persoon.bsn", "dubbel-in-bestand", melding),))


def _geweigerd(nummer: int, uitkomst: DomeinFout | KandidaatAlBekend) -> Geweigerd:
    if isinstance(uitkomst, DomeinFout):
        zelf = Punt("body", uitkomst.code, uitkomst.uitleg)
        return Geweigerd(nummer, uitkomst.punten or (zelf,))
    return Geweigerd(
        nummer,
        (Punt("body", uitkomst.code, uitkomst.text),),
        UUID(uitkomst.extra["kandidaatId"]),
    )
