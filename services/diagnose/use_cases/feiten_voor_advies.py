"""What is known of a kandidaat for an advies: what the dossier has, and what is stated besides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chassis.unit_of_work import Reading
from services.diagnose.domain.dossier import Dossier
from services.diagnose.domain.feiten import Feit, Feitsoort, toets_opgegeven
from services.diagnose.domain.ladder import Participatieladder, opnieuw_uiterlijk
from services.diagnose.domain.oad import Selectie, Selectievraag
from services.diagnose.store import ladder, oad_trajecten


async def feiten_voor_advies(
    uow: Reading, dossier: Dossier, opgegeven: tuple[Feit, ...], op: date
) -> tuple[Feit, ...]:
    """All facts for a decision table on a day; a stated one instead of one that no longer holds.

    Raises OngeldigFeit.
    """
    vastgelegd = await _vastgelegd(uow, dossier, op)
    toets_opgegeven(opgegeven, vastgelegd, op)
    vervangen = {feit.soort for feit in opgegeven}
    return (*(feit for feit in vastgelegd if feit.soort not in vervangen), *opgegeven)


async def _vastgelegd(uow: Reading, dossier: Dossier, op: date) -> tuple[Feit, ...]:
    """The last of each kind that was recorded on or before a day."""
    gevonden = (
        dossier.loonwaardefeit(op),
        _trede(await ladder.haal(uow, dossier.dossier_id, dossier.kandidaat_id), op),
        _ontwikkelvermogen(await oad_trajecten.selecties(uow, dossier), op),
    )
    return tuple(feit for feit in gevonden if feit)


def _trede(participatieladder: Participatieladder, op: date) -> Feit | None:
    """None also when the last positie says that the trede is unknown."""
    toen = [positie for positie in participatieladder.posities if positie.vastgesteld_op <= op]
    if not toen or toen[-1].trede is None:
        return None
    return Feit(
        Feitsoort.PARTICIPATIELADDER,
        toen[-1].trede,
        toen[-1].vastgesteld_op,
        opnieuw_uiterlijk(toen[-1]),
        "participatieladder",
    )


def _ontwikkelvermogen(selecties: Sequence[Selectie], op: date) -> Feit | None:
    """As it was answered at the front selection of OAD; it counts as long as what is stated."""
    toen = [selectie for selectie in selecties if selectie.geselecteerd_op <= op]
    if not toen:
        return None
    laatste = max(toen, key=lambda selectie: selectie.geselecteerd_op)
    return Feit.opgegeven(
        Feitsoort.ONTWIKKELVERMOGEN,
        laatste.ja(Selectievraag.ONTWIKKELVERMOGEN),
        laatste.geselecteerd_op,
        "selectie voor OAD",
    )
