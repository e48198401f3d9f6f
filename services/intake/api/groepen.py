"""Group meetings: many kandidaten do a step of their process at once."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response
from pydantic import Field

from chassis.web import Datum, Invoer, NietGevonden, Uitvoer, problems
from services.intake import groepen
from services.intake.api.processen import Feiten, Stapcode, StapZetten
from services.intake.api.vormen import Lezen
from services.intake.domain import fouten
from services.intake.groepen import Groepsbijeenkomst
from services.intake.use_cases.houd_groepsbijeenkomst import (
    TeBeleggen,
    beleg,
    registreer_opkomst,
)

router = APIRouter()

BIJEENKOMSTEN = "/groepsbijeenkomsten"
BIJEENKOMST = BIJEENKOMSTEN + "/{bijeenkomstId}"
BijeenkomstId = Annotated[
    UUID, Path(alias="bijeenkomstId", description="Het nummer van de groepsbijeenkomst.")
]


class BijeenkomstInvoer(Invoer):
    """Welke stap, op welke dag, en wie worden uitgenodigd."""

    stap: Stapcode
    op: Datum
    genodigden: Annotated[list[UUID], Field(min_length=1, max_length=500)]


class DeelnameInvoer(Invoer):
    kandidaat_id: UUID
    feiten: Feiten


class OpkomstInvoer(Invoer):
    """Van elke genodigde de feiten die de stap vraagt; verschenen hoort daarbij."""

    deelnames: Annotated[list[DeelnameInvoer], Field(min_length=1, max_length=500)]


class DeelnameUitvoer(Uitvoer):
    kandidaat_id: UUID
    verschenen: bool | None


class BijeenkomstUitvoer(Uitvoer):
    bijeenkomst_id: UUID
    gemeentecode: str
    proces: str
    stap: str
    op: date
    gehouden: bool
    deelnames: list[DeelnameUitvoer]

    @classmethod
    def van(cls, bijeenkomst: Groepsbijeenkomst) -> BijeenkomstUitvoer:
        return cls(
            bijeenkomst_id=bijeenkomst.bijeenkomst_id,
            gemeentecode=bijeenkomst.gemeentecode,
            proces=bijeenkomst.proces,
            stap=bijeenkomst.stap,
            op=bijeenkomst.op,
            gehouden=bijeenkomst.gehouden,
            deelnames=[
                DeelnameUitvoer(kandidaat_id=d.kandidaat_id, verschenen=d.verschenen)
                for d in bijeenkomst.deelnames
            ],
        )


@router.post(
    BIJEENKOMSTEN,
    status_code=201,
    tags=["Groepsbijeenkomsten"],
    response_model=BijeenkomstUitvoer,
    responses=problems(
        fouten.NietBevoegd,
        fouten.GeenGroepsstap,
        fouten.GroepTeGroot,
        fouten.GroepKloptNiet,
        fouten.DatumPastNiet,
    ),
)
async def beleg_een_groepsbijeenkomst(invoer: BijeenkomstInvoer, opdracht: StapZetten) -> Response:
    """Beleg een groepsbijeenkomst

    Voor een stap die het proces van uw gemeente in een groep zet, met hoogstens zoveel genodigden
    als het proces noemt.
    """
    te_beleggen = TeBeleggen(invoer.stap, invoer.op, invoer.genodigden)
    return await opdracht.run(
        lambda uow: beleg(uow, te_beleggen),
        answer=BijeenkomstUitvoer.van,
        location=lambda b: f"{BIJEENKOMSTEN}/{b.bijeenkomst_id}",
    )


@router.get(
    BIJEENKOMST,
    tags=["Groepsbijeenkomsten"],
    response_model=BijeenkomstUitvoer,
    responses=problems(NietGevonden),
)
async def geef_groepsbijeenkomst(bijeenkomst_id: BijeenkomstId, vraag: Lezen) -> Response:
    """Geef een groepsbijeenkomst"""
    return await vraag.run(
        lambda uow: groepen.haal(uow, bijeenkomst_id), answer=BijeenkomstUitvoer.van
    )


@router.post(
    BIJEENKOMST + "/opkomst",
    status_code=201,
    tags=["Groepsbijeenkomsten"],
    response_model=BijeenkomstUitvoer,
    responses=problems(
        NietGevonden,
        fouten.BijeenkomstAlGehouden,
        fouten.GroepKloptNiet,
        fouten.StapNietAanDeBeurt,
        fouten.StapGaatVanzelf,
        fouten.StapPastNietOpDag,
        fouten.AndereOrganisatie,
        fouten.AndereRol,
        fouten.FeitenKloppenNiet,
    ),
)
async def registreer_de_opkomst(
    bijeenkomst_id: BijeenkomstId, invoer: OpkomstInvoer, opdracht: StapZetten
) -> Response:
    """Leg vast wie er was

    Zet de stap voor elke genodigde, ook voor wie niet verscheen: die gaat verder op de weg die het
    proces daarvoor heeft. Alles of niets.
    """
    opkomst = {d.kandidaat_id: d.feiten for d in invoer.deelnames}
    return await opdracht.run(
        lambda uow: registreer_opkomst(uow, bijeenkomst_id, opkomst, rol=opdracht.caller.role),
        answer=BijeenkomstUitvoer.van,
        location=lambda b: f"{BIJEENKOMSTEN}/{b.bijeenkomst_id}",
    )
