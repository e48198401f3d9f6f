"""Besluiten: taken at the gate and on the advies of WSD, never changed."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Response
from pydantic import Field

from chassis.web import Datum, Invoer, NietGevonden, Uitvoer, problems
from contracts.portfolio import Dienst
from services.intake import store
from services.intake.api.vormen import (
    KANDIDAAT,
    Beslisser,
    KandidaatId,
    Klantmanager,
    Lezen,
    Tekst,
)
from services.intake.domain import fouten
from services.intake.domain.besluit import Besluit
from services.intake.domain.kandidaat import (
    Poortbesluit,
    Poortuitkomst,
    Programma,
    Trajectbesluit,
)
from services.intake.use_cases.neem_poortbesluit import neem_poortbesluit
from services.intake.use_cases.neem_trajectbesluit import neem_trajectbesluit

router = APIRouter()


class BesluitInvoer(Invoer):
    """Wat elk besluit draagt (art. 3:41, 3:46 en 3:47 Awb)."""

    genomen_op: Datum
    motivering: Tekst
    rechtsgrond: Annotated[str, Field(min_length=1, max_length=500)]
    ingangsdatum: Datum
    bekendgemaakt_op: Datum | None = None

    def naar_besluit(self, genomen_door: str) -> Besluit:
        return Besluit(
            besluit_id=uuid4(),
            genomen_op=self.genomen_op,
            genomen_door=genomen_door,
            motivering=self.motivering,
            rechtsgrond=self.rechtsgrond,
            ingangsdatum=self.ingangsdatum,
            bekendgemaakt_op=self.bekendgemaakt_op,
        )


class PoortbesluitInvoer(BesluitInvoer):
    uitkomst: Poortuitkomst


class TrajectbesluitInvoer(BesluitInvoer):
    programma: Programma
    diensten: Annotated[list[Dienst], Field(min_length=1, max_length=20)]
    met_wsd: bool


class BesluitUitvoer(Uitvoer):
    besluit_id: UUID
    genomen_op: date
    genomen_door: Annotated[str, Field(description="Gemeentecode, of wsd onder mandaat.")]
    rechtsgrond: str
    ingangsdatum: date
    bekendgemaakt_op: date | None
    bezwaar_tot_en_met: date | None


class PoortbesluitUitvoer(BesluitUitvoer):
    """De motivering wordt bewaard en staat niet in dit antwoord."""

    uitkomst: Poortuitkomst

    @classmethod
    def van(cls, genomen: Poortbesluit) -> PoortbesluitUitvoer:
        return cls(**_besluit(genomen.besluit), uitkomst=genomen.uitkomst)


class TrajectbesluitUitvoer(BesluitUitvoer):
    """De motivering wordt bewaard en staat niet in dit antwoord."""

    programma: Programma
    diensten: list[str]
    met_wsd: bool
    advies_id: UUID
    wijkt_af_van_advies: bool
    inkooporder_nodig: Annotated[
        bool, Field(description="Of het traject pas mag starten na een inkooporder (cafetaria).")
    ]

    @classmethod
    def van(cls, genomen: Trajectbesluit) -> TrajectbesluitUitvoer:
        return cls(
            **_besluit(genomen.besluit),
            programma=genomen.programma,
            diensten=list(genomen.diensten),
            met_wsd=genomen.met_wsd,
            advies_id=genomen.advies_id,
            wijkt_af_van_advies=genomen.wijkt_af,
            inkooporder_nodig=genomen.inkooporder_nodig,
        )


class EerdereBesluitenUitvoer(Uitvoer):
    """Wat is besloten voor de laatste heraanmelding; het telt niet meer."""

    poortbesluiten: list[PoortbesluitUitvoer]
    trajectbesluiten: list[TrajectbesluitUitvoer]

    @classmethod
    def van(cls, eerder: store.EerdereBesluiten) -> EerdereBesluitenUitvoer:
        return cls(
            poortbesluiten=[PoortbesluitUitvoer.van(b) for b in eerder.poortbesluiten],
            trajectbesluiten=[TrajectbesluitUitvoer.van(b) for b in eerder.trajectbesluiten],
        )


class BesluitenUitvoer(Uitvoer):
    """Alle besluiten over een kandidaat, het oudste eerst; het laatste telt."""

    poortbesluiten: list[PoortbesluitUitvoer]
    trajectbesluiten: list[TrajectbesluitUitvoer]
    eerder: EerdereBesluitenUitvoer

    @classmethod
    def van(cls, bewaard: store.Bewaard) -> BesluitenUitvoer:
        kandidaat = bewaard.kandidaat
        return cls(
            poortbesluiten=[PoortbesluitUitvoer.van(b) for b in kandidaat.poortbesluiten],
            trajectbesluiten=[TrajectbesluitUitvoer.van(b) for b in kandidaat.trajectbesluiten],
            eerder=EerdereBesluitenUitvoer.van(bewaard.eerder),
        )


def _besluit(besluit: Besluit) -> dict[str, object]:
    return {
        "besluit_id": besluit.besluit_id,
        "genomen_op": besluit.genomen_op,
        "genomen_door": besluit.genomen_door,
        "rechtsgrond": besluit.rechtsgrond,
        "ingangsdatum": besluit.ingangsdatum,
        "bekendgemaakt_op": besluit.bekendgemaakt_op,
        "bezwaar_tot_en_met": besluit.bezwaar_tot_en_met,
    }


@router.get(
    KANDIDAAT + "/besluiten",
    tags=["Besluiten"],
    response_model=BesluitenUitvoer,
    responses=problems(NietGevonden),
)
async def geef_besluiten(kandidaat_id: KandidaatId, vraag: Lezen) -> Response:
    """Geef de besluiten over een kandidaat"""
    return await vraag.run(
        lambda uow: store.haal(uow, kandidaat_id),
        answer=BesluitenUitvoer.van,
    )


@router.post(
    KANDIDAAT + "/poortbesluiten",
    status_code=201,
    tags=["Besluiten"],
    response_model=PoortbesluitUitvoer,
    responses=problems(
        NietGevonden,
        fouten.KandidaatIsUitgestroomd,
        fouten.NietBevoegd,
        fouten.AlDoorverwezen,
        fouten.DatumPastNiet,
        fouten.MotiveringOntbreekt,
        fouten.RechtsgrondOntbreekt,
    ),
)
async def neem_een_poortbesluit(
    kandidaat_id: KandidaatId,
    invoer: PoortbesluitInvoer,
    opdracht: Klantmanager,
) -> Response:
    """Neem een poortbesluit

    De gemeente besluit aan de poort: vrijstellen, een zorgtraject, direct naar regulier werk, of
    aanmelden bij WSD. Een besluit wordt nooit gewijzigd; een later besluit vervangt het.
    """
    return await opdracht.run(
        lambda uow: neem_poortbesluit(
            uow, kandidaat_id, invoer.uitkomst, invoer.naar_besluit(uow.organisation)
        ),
        answer=PoortbesluitUitvoer.van,
        location=lambda _: f"/kandidaten/{kandidaat_id}/besluiten",
    )


@router.post(
    KANDIDAAT + "/trajectbesluiten",
    status_code=201,
    tags=["Besluiten"],
    response_model=TrajectbesluitUitvoer,
    responses=problems(
        NietGevonden,
        fouten.KandidaatIsUitgestroomd,
        fouten.NietBevoegd,
        fouten.NietDoorverwezen,
        fouten.AdviesOntbreekt,
        fouten.DatumPastNiet,
        fouten.MotiveringOntbreekt,
        fouten.RechtsgrondOntbreekt,
        fouten.OnbekendeGemeente,
    ),
)
async def neem_een_trajectbesluit(
    kandidaat_id: KandidaatId,
    invoer: TrajectbesluitInvoer,
    opdracht: Beslisser,
) -> Response:
    """Neem een trajectbesluit

    Op het advies van WSD. De gemeente besluit; WSD alleen waar de gemeente haar dat heeft
    gemandateerd (model Het Participatiebedrijf).
    """
    return await opdracht.run(
        lambda uow: neem_trajectbesluit(
            uow,
            kandidaat_id,
            programma=invoer.programma,
            diensten=tuple(dienst.value for dienst in invoer.diensten),
            met_wsd=invoer.met_wsd,
            besluit=invoer.naar_besluit(uow.organisation),
        ),
        answer=TrajectbesluitUitvoer.van,
        location=lambda _: f"/kandidaten/{kandidaat_id}/besluiten",
    )
