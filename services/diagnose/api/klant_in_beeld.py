"""Is what is known of every kandidaat current?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.clock import local_date
from chassis.unit_of_work import Reading
from chassis.web import Page, Uitvoer, problems
from services.diagnose.api.vormen import Lezen, Pagina
from services.diagnose.domain.profiel import (
    Actualiteit,
    KlantInBeeld,
    Profieldeel,
    tel_per_gemeente,
)
from services.diagnose.store import profielen
from services.diagnose.store.profielen import Profielregel

router = APIRouter(tags=["Rapportages"])

RAPPORTAGE: Final = "/rapportages/klant-in-beeld"

Gemeentecode = Annotated[
    str | None,
    QueryParameter(
        pattern=r"^[0-9]{4}$", description="Alleen deze gemeente; een gemeente ziet de eigen."
    ),
]


class ActualiteitTelling(Uitvoer):
    """Van hoeveel kandidaten dit actueel is, verouderd, of ontbreekt."""

    actueel: int
    verouderd: int
    ontbreekt: int

    @classmethod
    def van(cls, telling: Mapping[Actualiteit, int]) -> ActualiteitTelling:
        return cls(**{stand.value: telling.get(stand, 0) for stand in Actualiteit})


class KlantInBeeldGemeente(Uitvoer):
    """De cijfers van een gemeente; elke kandidaat telt in elk onderdeel een keer."""

    gemeentecode: str
    kandidaten: int
    in_beeld: Annotated[
        int,
        Field(
            description="Van wie ZRM, trede en arbeidsvermogen actueel zijn, en de loonwaarde als "
            "die er is."
        ),
    ]
    zrm: ActualiteitTelling
    participatieladder: ActualiteitTelling
    arbeidsvermogen: ActualiteitTelling
    loonwaarde: ActualiteitTelling

    @classmethod
    def van(cls, cijfers: KlantInBeeld) -> KlantInBeeldGemeente:
        return cls(
            gemeentecode=cijfers.gemeentecode,
            kandidaten=cijfers.kandidaten,
            in_beeld=cijfers.in_beeld,
            **{
                deel.value: ActualiteitTelling.van(telling)
                for deel, telling in cijfers.delen.items()
            },
        )


class KlantInBeeldUitvoer(Uitvoer):
    """Wie is uitgestroomd telt niet mee."""

    peildatum: date
    gemeenten: list[KlantInBeeldGemeente]

    @classmethod
    def van(cls, gevonden: tuple[date, Sequence[Profielregel]]) -> KlantInBeeldUitvoer:
        op, regels = gevonden
        return cls(
            peildatum=op,
            gemeenten=[
                KlantInBeeldGemeente.van(cijfers)
                for cijfers in tel_per_gemeente((regel.profiel for regel in regels), op)
            ],
        )


class ProfieldeelUitvoer(Uitvoer):
    vastgesteld_op: date | None
    actualiteit: Actualiteit


class KandidaatInBeeld(Uitvoer):
    """Wanneer wat van een kandidaat is vastgesteld; wat er is vastgesteld staat er niet in."""

    kandidaat_id: UUID
    dossier_id: UUID
    gemeentecode: str
    in_beeld: bool
    zrm: ProfieldeelUitvoer
    participatieladder: ProfieldeelUitvoer
    arbeidsvermogen: ProfieldeelUitvoer
    loonwaarde: ProfieldeelUitvoer

    @classmethod
    def van(cls, regel: Profielregel) -> KandidaatInBeeld:
        profiel, op = regel.profiel, regel.op
        dagen = {
            Profieldeel.ZRM: profiel.zrm_op,
            Profieldeel.LADDER: profiel.ladder and profiel.ladder.vastgesteld_op,
            Profieldeel.ARBEIDSVERMOGEN: profiel.arbeidsvermogen
            and profiel.arbeidsvermogen.vastgesteld_op,
            Profieldeel.LOONWAARDE: profiel.loonwaarde_op,
        }
        return cls(
            kandidaat_id=profiel.kandidaat_id,
            dossier_id=profiel.dossier_id,
            gemeentecode=profiel.gemeentecode,
            in_beeld=profiel.in_beeld(op),
            **{
                deel.value: ProfieldeelUitvoer(vastgesteld_op=dagen[deel], actualiteit=stand)
                for deel, stand in profiel.actualiteit(op).items()
            },
        )


class KandidatenInBeeldPagina(Page[KandidaatInBeeld]):
    """In de volgorde waarin de dossiers zijn geopend."""


@router.get(RAPPORTAGE, response_model=KlantInBeeldUitvoer, responses=problems())
async def rapporteer_klant_in_beeld(vraag: Lezen, gemeentecode: Gemeentecode = None) -> Response:
    """Geef de cijfers van klant in beeld

    Per gemeente: van hoeveel kandidaten bij WSD het profiel vandaag actueel is. De gemeente krijgt
    de eigen cijfers, WSD die van alle gemeenten of van een.
    """

    async def lees(uow: Reading) -> tuple[date, Sequence[Profielregel]]:
        vandaag = local_date(uow.now)
        return vandaag, await profielen.lijst(uow, vandaag, gemeentecode=gemeentecode)

    return await vraag.run(lees, answer=KlantInBeeldUitvoer.van)


@router.get(
    RAPPORTAGE + "/kandidaten", response_model=KandidatenInBeeldPagina, responses=problems()
)
async def geef_kandidaten_in_beeld(
    vraag: Lezen, pagina: Pagina, gemeentecode: Gemeentecode = None
) -> Response:
    """Geef per kandidaat of het profiel actueel is

    De cijfers van klant in beeld, geopend tot de kandidaten waarover zij gaan.
    """
    return await vraag.page(
        pagina,
        lambda uow: profielen.lijst(
            uow,
            local_date(uow.now),
            gemeentecode=gemeentecode,
            na=pagina.after,
            aantal=pagina.fetch,
        ),
        answer=KandidaatInBeeld.van,
        key=lambda regel: (regel.vastgelegd_op, regel.profiel.dossier_id),
    )
