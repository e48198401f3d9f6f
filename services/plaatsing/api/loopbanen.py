"""Route of the loopbaan: the whole story of a kandidaat in one answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response
from pydantic import Field

from chassis.clock import local_date
from chassis.unit_of_work import Reading
from chassis.web import NietGevonden, Uitvoer, problems
from services.plaatsing.api.vormen import Lezen, Uren
from services.plaatsing.domain.einde import Eindereden, Plaatsingsoort
from services.plaatsing.domain.levensloop import Stap, Stapsoort, verhaal
from services.plaatsing.store import kandidaten, plaatsingen

router = APIRouter(tags=["Loopbaan"])


class StapUitvoer(Uitvoer):
    """Eén gebeurtenis in de loopbaan. Wat er niet bij hoort, is leeg."""

    op: Annotated[
        date,
        Field(
            description="De dag waarop het gebeurde of inging; van een einde de laatste dag, van "
            "een uitstroom de eerste dag zonder ondersteuning."
        ),
    ]
    wat: Stapsoort
    plaatsing_id: UUID | None
    soort: Plaatsingsoort | None
    vorige_plaatsing_id: Annotated[
        UUID | None, Field(description="Waaruit de kandidaat in deze plaatsing doorstroomde.")
    ]
    uren_per_week: Annotated[
        Uren | None, Field(description="Bij het begin, en als de uren wijzigden.")
    ]
    voltijdsuren_per_week: Uren | None
    werkplek_id: Annotated[
        UUID | None, Field(description="Bij het begin, en als de werkplek wijzigde.")
    ]
    loonwaarde: Annotated[
        int | None, Field(description="Bij het begin, en als een andere loonwaarde ging gelden.")
    ]
    tot_en_met: Annotated[
        date | None,
        Field(
            description="Van een verlenging de nieuwe laatste dag, van een tijd zonder plaatsing "
            "de laatste dag; leeg als die nog duurt."
        ),
    ]
    eindereden: Eindereden | None
    bestemming: Annotated[str | None, Field(description="Waarheen de kandidaat uitstroomde.")]

    @classmethod
    def van(cls, stap: Stap) -> StapUitvoer:
        inhoud = stap.stand or stap.wijziging
        return cls(
            op=stap.op,
            wat=stap.wat,
            plaatsing_id=stap.plaatsing_id,
            soort=stap.soort,
            vorige_plaatsing_id=stap.vorige_plaatsing_id,
            uren_per_week=inhoud.uren_per_week if inhoud else None,
            voltijdsuren_per_week=inhoud.voltijdsuren_per_week if inhoud else None,
            werkplek_id=inhoud.werkplek_id if inhoud else None,
            loonwaarde=inhoud.loonwaarde if inhoud else None,
            tot_en_met=stap.tot_en_met,
            eindereden=stap.eindereden,
            bestemming=stap.bestemming,
        )


class LoopbaanUitvoer(Uitvoer):
    """Wat een kandidaat heeft meegemaakt, op volgorde van dag."""

    kandidaat_id: UUID
    stappen: list[StapUitvoer]


@router.get(
    "/kandidaten/{kandidaatId}/loopbaan",
    response_model=LoopbaanUitvoer,
    responses=problems(NietGevonden),
)
async def geef_loopbaan(
    kandidaat_id: Annotated[UUID, Path(alias="kandidaatId")], vraag: Lezen
) -> Response:
    """Geef de loopbaan van een kandidaat

    Als één lijn: plaatsingen, wijzigingen, verlengingen en eindes, tijden zonder plaatsing,
    uitstroom, terugval en heraanmelding.
    """

    async def lees(uow: Reading) -> Sequence[Stap] | None:
        if not await kandidaten.is_bekend(uow, kandidaat_id):
            return None
        return verhaal(
            await plaatsingen.loopbaanfeiten(uow, kandidaat_id),
            await kandidaten.uitstroomfeiten(uow, kandidaat_id),
            local_date(uow.now),
        )

    return await vraag.run(
        lees,
        answer=lambda stappen: LoopbaanUitvoer(
            kandidaat_id=kandidaat_id, stappen=[StapUitvoer.van(stap) for stap in stappen]
        ),
    )
