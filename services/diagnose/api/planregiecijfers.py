"""The result of planregie over many kandidaten."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field

from chassis.clock import local_date
from chassis.unit_of_work import Reading
from chassis.web import Uitvoer, problems
from services.diagnose.api.klant_in_beeld import Gemeentecode
from services.diagnose.api.vormen import Lezen
from services.diagnose.domain.planregiecijfers import Kolom, Planregiecijfers, tel
from services.diagnose.domain.zrm import ZrmDomein
from services.diagnose.store import planregies

router = APIRouter(tags=["Rapportages"])


class KolomUitvoer(Uitvoer):
    inwoners: int
    doelen_gesteld: int
    ingezette_uren: Decimal


class LopendUitvoer(KolomUitvoer):
    """Wie nog in het eerste half jaar zit (in de bron: ZRM 2)."""

    behaald_na_drie_maanden: Annotated[
        int, Field(description="Doelen die in de eerste drie maanden zijn behaald.")
    ]

    @classmethod
    def van(cls, kolom: Kolom) -> LopendUitvoer:
        return cls(
            inwoners=kolom.inwoners,
            doelen_gesteld=kolom.doelen_gesteld,
            behaald_na_drie_maanden=kolom.doelen_behaald,
            ingezette_uren=kolom.uren,
        )


class AfgerondUitvoer(KolomUitvoer):
    """Wie het half jaar heeft afgerond, verlengd of niet (in de bron: ZRM 3)."""

    behaald_na_zes_maanden: Annotated[
        int, Field(description="Doelen die in de eerste zes maanden zijn behaald.")
    ]

    @classmethod
    def van(cls, kolom: Kolom) -> AfgerondUitvoer:
        return cls(
            inwoners=kolom.inwoners,
            doelen_gesteld=kolom.doelen_gesteld,
            behaald_na_zes_maanden=kolom.doelen_behaald,
            ingezette_uren=kolom.uren,
        )


class TotaalUitvoer(KolomUitvoer):
    """Alle aanmeldingen; wie twee keer is aangemeld telt twee keer."""

    doelen_behaald: Annotated[int, Field(description="Alle doelen die zijn behaald.")]

    @classmethod
    def van(cls, kolom: Kolom) -> TotaalUitvoer:
        return cls(
            inwoners=kolom.inwoners,
            doelen_gesteld=kolom.doelen_gesteld,
            doelen_behaald=kolom.doelen_behaald,
            ingezette_uren=kolom.uren,
        )


class DomeinstappenUitvoer(Uitvoer):
    domein: ZrmDomein
    stappen: int


class PlanregiecijfersUitvoer(Uitvoer):
    """Het resultaat van planregie zoals het nu is, over alle kandidaten die u mag zien."""

    peildatum: date
    gemeentecode: Annotated[str | None, Field(description="Leeg: alle die u mag zien.")]
    nog_niet_begonnen: Annotated[int, Field(description="Aangemeld, en nog niet besloten.")]
    niet_gestart: int
    lopend: LopendUitvoer
    afgerond: AfgerondUitvoer
    totaal: TotaalUitvoer
    stappen: Annotated[
        list[DomeinstappenUitvoer],
        Field(
            description="Per ZRM-domein hoeveel stappen vooruit (of terug, negatief) alle "
            "deelnemers samen zetten, van het trajectplan tot hun laatste rapportage."
        ),
    ]
    stappen_totaal: int
    gemiddeld_aantal_organisaties: Annotated[
        Decimal | None,
        Field(description="Per traject, met WSD en de gemeente; leeg zonder trajecten."),
    ]

    @classmethod
    def van(
        cls, cijfers: Planregiecijfers, peildatum: date, gemeentecode: str | None
    ) -> PlanregiecijfersUitvoer:
        return cls(
            peildatum=peildatum,
            gemeentecode=gemeentecode,
            nog_niet_begonnen=cijfers.nog_niet_begonnen,
            niet_gestart=cijfers.niet_gestart,
            lopend=LopendUitvoer.van(cijfers.lopend),
            afgerond=AfgerondUitvoer.van(cijfers.afgerond),
            totaal=TotaalUitvoer.van(cijfers.totaal),
            stappen=[
                DomeinstappenUitvoer(domein=domein, stappen=stappen)
                for domein, stappen in cijfers.stappen
            ],
            stappen_totaal=sum(stappen for _, stappen in cijfers.stappen),
            gemiddeld_aantal_organisaties=cijfers.gemiddeld_aantal_organisaties,
        )


@router.get("/rapportages/planregie", response_model=PlanregiecijfersUitvoer, responses=problems())
async def geef_planregiecijfers(vraag: Lezen, gemeentecode: Gemeentecode = None) -> Response:
    """Geef het resultaat van planregie

    Hoeveel inwoners niet startten, in traject zijn en klaar zijn, met hun doelen, uren en stappen.
    De gemeente ziet de eigen kandidaten, WSD alle of die van een gemeente.
    """

    async def lees(uow: Reading) -> tuple[Planregiecijfers, date]:
        return tel(await planregies.om_te_tellen(uow, gemeentecode)), local_date(uow.now)

    return await vraag.run(
        lees, answer=lambda gevonden: PlanregiecijfersUitvoer.van(*gevonden, gemeentecode)
    )
