"""Regisseurs: who has the regie on a kandidaat, always exactly one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from chassis.web import Datum, Invoer, NietGevonden, Uitvoer, problems
from services.intake import regisseurs
from services.intake.api.vormen import KANDIDAAT, Beslisser, KandidaatId, Lezen
from services.intake.domain import fouten
from services.intake.domain.regisseur import Regiereden, Regievoerder, Regisseur
from services.intake.use_cases.draag_regie_over import OverTeDragen, draag_de_regie_over

router = APIRouter(tags=["Regisseurs"])

_GekozenReden = Literal[
    Regiereden.TOEWIJZING,
    Regiereden.START_TRAJECT,
    Regiereden.EINDE_TRAJECT,
    Regiereden.WISSELING_MEDEWERKER,
    Regiereden.OP_VERZOEK_KANDIDAAT,
]


class RegievoerderInvoer(Invoer):
    """Een organisatie, en wie daar."""

    organisatie: Annotated[
        str,
        Field(
            description="Gemeentecode, of wsd.",
            pattern="^([0-9]{4}|wsd)$",
            json_schema_extra={"examples": ["0757"]},
        ),
    ]
    medewerker: Annotated[
        str | None,
        Field(
            description="Een personeelsnummer of ander kenmerk van de eigen organisatie, nooit een "
            "naam. Wordt versleuteld bewaard en komt in geen gebeurtenis voor.",
            pattern="^[A-Za-z0-9-]{1,40}$",
            json_schema_extra={"examples": ["KM-0042"]},
        ),
    ] = None

    def naar_regievoerder(self) -> Regievoerder:
        return Regievoerder(self.organisatie, self.medewerker)


class RegieoverdrachtInvoer(Invoer):
    """Van wie, aan wie, sinds wanneer en waarom."""

    van: Annotated[
        RegievoerderInvoer, Field(description="De regisseur zoals u die kent; moet kloppen.")
    ]
    naar: RegievoerderInvoer
    vanaf: Annotated[
        Datum, Field(description="Eerste dag van de nieuwe regisseur: vandaag of eerder.")
    ]
    reden: _GekozenReden

    def naar_opdracht(self) -> OverTeDragen:
        return OverTeDragen(
            self.van.naar_regievoerder(), self.naar.naar_regievoerder(), self.vanaf, self.reden
        )


class RegieoverdrachtUitvoer(Uitvoer):
    """De nieuwe regisseur, zonder de medewerker."""

    organisatie: str
    vanaf: date
    reden: Regiereden

    @classmethod
    def van_regisseur(cls, regisseur: Regisseur) -> RegieoverdrachtUitvoer:
        return cls(
            organisatie=regisseur.wie.organisatie, vanaf=regisseur.vanaf, reden=regisseur.reden
        )


class RegisseurUitvoer(Uitvoer):
    regisseur_id: UUID
    organisatie: str
    medewerker: Annotated[
        str | None, Field(description="Kenmerk van de medewerker; leeg als die niet is genoemd.")
    ]
    vanaf: date
    tot: Annotated[
        date | None,
        Field(description="Eerste dag van de volgende; leeg bij wie nu de regie heeft."),
    ]
    reden: Regiereden


class RegisseursUitvoer(Uitvoer):
    """Alle regisseurs, de eerste eerst; alleen de laatste is zonder einde."""

    regisseurs: list[RegisseurUitvoer]

    @classmethod
    def van(cls, gevonden: Sequence[Regisseur]) -> RegisseursUitvoer:
        return cls(
            regisseurs=[
                RegisseurUitvoer(
                    regisseur_id=regisseur.regisseur_id,
                    organisatie=regisseur.wie.organisatie,
                    medewerker=regisseur.wie.medewerker,
                    vanaf=regisseur.vanaf,
                    tot=regisseur.tot,
                    reden=regisseur.reden,
                )
                for regisseur in gevonden
            ]
        )


@router.get(
    KANDIDAAT + "/regisseurs", response_model=RegisseursUitvoer, responses=problems(NietGevonden)
)
async def geef_regisseurs(kandidaat_id: KandidaatId, vraag: Lezen) -> Response:
    """Geef de regisseurs van een kandidaat

    Vanaf de aanmelding is er altijd precies een: eerst de gemeente van de aanmelding.
    """
    return await vraag.run(
        lambda uow: regisseurs.lijst(uow, kandidaat_id),
        answer=RegisseursUitvoer.van,
    )


@router.post(
    KANDIDAAT + "/regieoverdrachten",
    status_code=201,
    response_model=RegieoverdrachtUitvoer,
    responses=problems(
        NietGevonden,
        fouten.NietBevoegd,
        fouten.AndereRegisseur,
        fouten.RegisseurOngewijzigd,
        fouten.RegieBuitenModel,
        fouten.NietDoorverwezen,
        fouten.DatumPastNiet,
        fouten.OnbekendeGemeente,
    ),
)
async def draag_regie_over_aan_een_ander(
    kandidaat_id: KandidaatId,
    invoer: RegieoverdrachtInvoer,
    opdracht: Beslisser,
) -> Response:
    """Draag de regie over

    Door de gemeente van de kandidaat, of door wie de regie heeft. WSD kan regisseur zijn in het
    model Het Participatiebedrijf; in de andere modellen is het altijd de gemeente.
    """
    return await opdracht.run(
        lambda uow: draag_de_regie_over(uow, kandidaat_id, invoer.naar_opdracht()),
        answer=RegieoverdrachtUitvoer.van_regisseur,
        location=lambda _: f"/kandidaten/{kandidaat_id}/regisseurs",
    )
