"""Many kandidaten of one gemeente do the same step at one meeting; who stays away does it too,
and goes the way that the process has for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from chassis.tenancy import WSD
from chassis.unit_of_work import UnitOfWork
from chassis.web.problems import NietGevonden
from services.intake import groepen, procesverlopen, procesversies
from services.intake.domain.fouten import (
    BijeenkomstAlGehouden,
    DatumPastNiet,
    GeenGroepsstap,
    GroepKloptNiet,
    GroepTeGroot,
    NietBevoegd,
    Punt,
)
from services.intake.domain.proces import Feit
from services.intake.groepen import Deelname, Groepsbijeenkomst
from services.intake.use_cases.volg_proces import TeZetten, zet_stap

VERSCHENEN: Final = "verschenen"
"""The fact by which a process sends those who stayed away their own way."""


@dataclass(frozen=True, slots=True)
class TeBeleggen:
    stap: str
    op: date
    genodigden: Sequence[UUID]


async def beleg(uow: UnitOfWork, te_beleggen: TeBeleggen) -> Groepsbijeenkomst:
    """Invite kandidaten whose step of today this is.

    Raises NietBevoegd, GeenGroepsstap, GroepTeGroot, GroepKloptNiet, DatumPastNiet.
    """
    if uow.organisation == WSD:
        raise NietBevoegd("Een groepsbijeenkomst is van de gemeente.")
    definitie = procesversies.nieuwste(uow.organisation)
    stap = definitie.stappen.get(te_beleggen.stap)
    if stap is None or stap.groepsgrootte is None:
        groepsstappen = [s.code for s in definitie.stappen.values() if s.groepsgrootte]
        raise GeenGroepsstap(
            f"In een groep gaan in uw proces: {', '.join(groepsstappen) or 'geen stappen'}."
        )
    if len(te_beleggen.genodigden) > stap.groepsgrootte:
        raise GroepTeGroot(f"Nodig hoogstens {stap.groepsgrootte} kandidaten uit.")
    open_sinds = await procesverlopen.open_sinds(uow, te_beleggen.genodigden, stap.code)
    punten = tuple(
        Punt(
            f"body.genodigden.{nummer}",
            "stap-niet-aan-de-beurt",
            "Voor deze kandidaat is deze stap nu niet aan de beurt.",
        )
        for nummer, kandidaat_id in enumerate(te_beleggen.genodigden)
        if kandidaat_id not in open_sinds
    )
    if punten:
        raise GroepKloptNiet("Nodig alleen uit voor wie de stap openstaat.", punten=punten)
    if any(te_beleggen.op < sinds for sinds in open_sinds.values()):
        raise DatumPastNiet("De bijeenkomst is niet eerder dan de stap van elke genodigde.")
    bijeenkomst = Groepsbijeenkomst(
        bijeenkomst_id=uuid4(),
        gemeentecode=uow.organisation,
        proces=definitie.proces,
        stap=stap.code,
        op=te_beleggen.op,
        gehouden=False,
        deelnames=tuple(Deelname(id_, None) for id_ in sorted(set(te_beleggen.genodigden))),
    )
    await groepen.voeg_toe(uow, bijeenkomst)
    return bijeenkomst


async def registreer_opkomst(
    uow: UnitOfWork,
    bijeenkomst_id: UUID,
    opkomst: Mapping[UUID, Mapping[str, Feit]],
    *,
    rol: str,
) -> Groepsbijeenkomst:
    """Do the step for everyone who was invited, each with the facts of their own: all or nothing.

    Raises NietGevonden, BijeenkomstAlGehouden, GroepKloptNiet and what zet_stap raises.
    """
    bijeenkomst = await groepen.haal(uow, bijeenkomst_id, op_slot=True)
    if bijeenkomst is None:
        raise NietGevonden
    if bijeenkomst.gehouden:
        raise BijeenkomstAlGehouden("De opkomst is al vastgelegd; er hoeft niets te gebeuren.")
    genodigd = {deelname.kandidaat_id for deelname in bijeenkomst.deelnames}
    if genodigd != set(opkomst):
        raise GroepKloptNiet(
            "Noem elke genodigde, en niemand anders: "
            f"{len(genodigd - set(opkomst))} ontbreken, {len(set(opkomst) - genodigd)} te veel."
        )
    # In one order for everyone, so that two meetings never wait for each other's kandidaten.
    for kandidaat_id in sorted(opkomst):
        await zet_stap(
            uow,
            kandidaat_id,
            TeZetten(bijeenkomst.stap, bijeenkomst.op, opkomst[kandidaat_id], rol),
        )
    await groepen.bewaar_opkomst(
        uow,
        bijeenkomst_id,
        {id_: feiten.get(VERSCHENEN) is True for id_, feiten in opkomst.items()},
    )
    gehouden = await groepen.haal(uow, bijeenkomst_id)
    if gehouden is None:
        raise NietGevonden
    return gehouden
