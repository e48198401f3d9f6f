"""Routes of voorstellen: proposing, what the employer reads, and the answers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Path, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.web import Datum, Invoer, NietGevonden, Page, Uitvoer, problems
from services.plaatsing.api.vormen import Begeleiden, Lezen, Matchen, Pagina, Voorstellen
from services.plaatsing.domain import fouten
from services.plaatsing.domain.voorstel import Voorstel, Voorstelantwoord
from services.plaatsing.store import voorstellen
from services.plaatsing.use_cases.beantwoord_voorstel import (
    hoor_kandidaat,
    hoor_werkgever,
    trek_voorstel_in,
)
from services.plaatsing.use_cases.stel_voor import VoorTeStellen, stel_voor

router = APIRouter(tags=["Voorstellen"])

VOORSTELLEN: Final = "/voorstellen"
VOORSTEL: Final = VOORSTELLEN + "/{voorstelId}"
VoorstelId = Annotated[UUID, Path(alias="voorstelId", description="Het nummer van het voorstel.")]

_ANTWOORD: Final = (
    NietGevonden,
    fouten.DatumInToekomst,
    fouten.DatumPastNiet,
    fouten.VoorstelAlBeantwoord,
)


class VoorstelInvoer(Invoer):
    """Wie voor welke werkplek wordt voorgesteld."""

    kandidaat_id: UUID
    werkplek_id: UUID
    begindatum: Annotated[
        Datum, Field(description="Dag waarop het werk zou beginnen; een eerdere is vandaag.")
    ]


class AntwoordInvoer(Invoer):
    """Wat de kandidaat of de werkgever zegt."""

    akkoord: bool
    beantwoord_op: Datum


class IntrekkingInvoer(Invoer):
    ingetrokken_op: Datum


class VoorstelUitvoer(Uitvoer):
    """Een voorstel, voor gemeente en WSD."""

    voorstel_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    werkplek_id: UUID
    voorgesteld_door: Annotated[str, Field(description="Gemeentecode, of wsd.")]
    gedaan_op: date
    begindatum: date
    kandidaat_akkoord_op: date | None
    werkgever_akkoord_op: date | None
    antwoord: Annotated[Voorstelantwoord | None, Field(description="Leeg: het loopt nog.")]
    beantwoord_op: date | None
    werkgever_mag_weten_wie: Annotated[
        bool, Field(description="Of u de werkgever mag zeggen wie het is.")
    ]

    @classmethod
    def van(cls, voorstel: Voorstel) -> VoorstelUitvoer:
        return cls(
            voorstel_id=voorstel.voorstel_id,
            kandidaat_id=voorstel.kandidaat_id,
            gemeentecode=voorstel.gemeentecode,
            werkplek_id=voorstel.werkplek_id,
            voorgesteld_door=voorstel.voorgesteld_door,
            gedaan_op=voorstel.gedaan_op,
            begindatum=voorstel.begindatum,
            kandidaat_akkoord_op=voorstel.kandidaat_akkoord_op,
            werkgever_akkoord_op=voorstel.werkgever_akkoord_op,
            antwoord=voorstel.antwoord,
            beantwoord_op=voorstel.beantwoord_op,
            werkgever_mag_weten_wie=voorstel.werkgever_mag_weten_wie,
        )

    @classmethod
    def van_bewaard(cls, bewaard: voorstellen.Bewaard) -> VoorstelUitvoer:
        return cls.van(bewaard.voorstel)


class VoorstellenPagina(Page[VoorstelUitvoer]):
    """Voorstellen in de volgorde waarin zij zijn vastgelegd."""


class WerkgeverstekstUitvoer(Uitvoer):
    """Wat de werkgever leest: wat het werk vraagt, en niet wie het is."""

    voorstel_id: UUID
    werkplek_id: UUID
    gedaan_op: date
    tekst: Annotated[list[str], Field(description="Zin voor zin.")]
    werkgever_mag_weten_wie: Annotated[
        bool,
        Field(
            description="Alleen zolang de kandidaat met dit voorstel instemt. Wie het is zegt "
            "dan wie de kandidaat begeleidt: plaatsing weet het niet."
        ),
    ]

    @classmethod
    def van(cls, gelezen: tuple[Voorstel, tuple[str, ...]]) -> WerkgeverstekstUitvoer:
        voorstel, tekst = gelezen
        return cls(
            voorstel_id=voorstel.voorstel_id,
            werkplek_id=voorstel.werkplek_id,
            gedaan_op=voorstel.gedaan_op,
            tekst=list(tekst),
            werkgever_mag_weten_wie=voorstel.werkgever_mag_weten_wie,
        )


@router.post(
    VOORSTELLEN,
    status_code=201,
    response_model=VoorstelUitvoer,
    responses=problems(
        NietGevonden,
        fouten.NietBevoegd,
        fouten.KandidaatIsUitgestroomd,
        fouten.DoorverwijzingOntbreekt,
        fouten.TrajectbesluitOntbreekt,
        fouten.TrajectNogNietIngegaan,
        fouten.InkooporderOntbreekt,
        fouten.ProfielOntbreekt,
        fouten.VoorstelLooptAl,
        fouten.MatchUitgesloten,
    ),
)
async def stel_een_kandidaat_voor(invoer: VoorstelInvoer, opdracht: Voorstellen) -> Response:
    """Stel een kandidaat voor bij een werkgever

    Door wie de kandidaat zou plaatsen. De werkgever leest alleen de werkgeverstekst.
    """
    return await opdracht.run(
        lambda uow: stel_voor(
            uow, VoorTeStellen(invoer.kandidaat_id, invoer.werkplek_id, invoer.begindatum)
        ),
        answer=VoorstelUitvoer.van_bewaard,
        location=lambda bewaard: f"{VOORSTELLEN}/{bewaard.voorstel.voorstel_id}",
    )


@router.get(VOORSTELLEN, response_model=VoorstellenPagina, responses=problems())
async def lijst_voorstellen(
    vraag: Lezen,
    pagina: Pagina,
    kandidaat_id: Annotated[
        UUID | None, QueryParameter(alias="kandidaatId", description="Alleen van deze kandidaat.")
    ] = None,
    werkplek_id: Annotated[
        UUID | None, QueryParameter(alias="werkplekId", description="Alleen voor deze werkplek.")
    ] = None,
) -> Response:
    """Geef voorstellen"""
    return await vraag.page(
        pagina,
        lambda uow: voorstellen.lijst(
            uow,
            kandidaat_id=kandidaat_id,
            werkplek_id=werkplek_id,
            na=pagina.after,
            aantal=pagina.fetch,
        ),
        answer=VoorstelUitvoer.van_bewaard,
        key=lambda bewaard: (bewaard.vastgelegd_op, bewaard.voorstel.voorstel_id),
    )


@router.get(VOORSTEL, response_model=VoorstelUitvoer, responses=problems(NietGevonden))
async def geef_voorstel(voorstel_id: VoorstelId, vraag: Lezen) -> Response:
    """Geef een voorstel"""
    return await vraag.run(
        lambda uow: voorstellen.haal(uow, voorstel_id), answer=VoorstelUitvoer.van_bewaard
    )


@router.get(
    VOORSTEL + "/werkgeverstekst",
    response_model=WerkgeverstekstUitvoer,
    responses=problems(NietGevonden),
)
async def zie_werkgeverstekst_in(voorstel_id: VoorstelId, vraag: Matchen) -> Response:
    """Zie in wat de werkgever van een voorstel leest

    Uit het profiel gemaakt toen het voorstel werd gedaan: geen naam, geen geboortedatum, geen
    woonplaats, geen diagnose, geen beperking en geen nummer van de kandidaat. Dit geeft u de
    werkgever. Elke inzage wordt vastgelegd.
    """
    return await vraag.run(
        lambda uow: voorstellen.voor_werkgever(uow, voorstel_id),
        answer=WerkgeverstekstUitvoer.van,
    )


@router.post(
    VOORSTEL + "/kandidaatantwoorden",
    status_code=201,
    response_model=VoorstelUitvoer,
    responses=problems(*_ANTWOORD),
)
async def leg_antwoord_van_kandidaat_vast(
    voorstel_id: VoorstelId, invoer: AntwoordInvoer, opdracht: Begeleiden
) -> Response:
    """Leg vast wat de kandidaat van het voorstel vindt

    Door wie de kandidaat begeleidt, van de gemeente of van WSD. Na een ja mag de werkgever weten
    wie het is; zolang het voorstel loopt kan een ja nog een nee worden.
    """
    return await opdracht.run(
        lambda uow: hoor_kandidaat(uow, voorstel_id, invoer.akkoord, invoer.beantwoord_op),
        answer=VoorstelUitvoer.van,
        location=_adres,
    )


@router.post(
    VOORSTEL + "/werkgeversantwoorden",
    status_code=201,
    response_model=VoorstelUitvoer,
    responses=problems(*_ANTWOORD, fouten.NietBevoegd),
)
async def leg_antwoord_van_werkgever_vast(
    voorstel_id: VoorstelId, invoer: AntwoordInvoer, opdracht: Voorstellen
) -> Response:
    """Leg vast wat de werkgever van het voorstel vindt

    Door wie het voorstel deed. Zeggen kandidaat en werkgever beide ja, dan is het aangenomen; een
    plaatsing volgt daar niet vanzelf uit.
    """
    return await opdracht.run(
        lambda uow: hoor_werkgever(uow, voorstel_id, invoer.akkoord, invoer.beantwoord_op),
        answer=VoorstelUitvoer.van,
        location=_adres,
    )


@router.post(
    VOORSTEL + "/intrekkingen",
    status_code=201,
    response_model=VoorstelUitvoer,
    responses=problems(*_ANTWOORD, fouten.NietBevoegd),
)
async def trek_een_voorstel_in(
    voorstel_id: VoorstelId, invoer: IntrekkingInvoer, opdracht: Voorstellen
) -> Response:
    """Trek een voorstel in

    Door wie het deed, zolang het loopt.
    """
    return await opdracht.run(
        lambda uow: trek_voorstel_in(uow, voorstel_id, invoer.ingetrokken_op),
        answer=VoorstelUitvoer.van,
        location=_adres,
    )


def _adres(voorstel: Voorstel) -> str:
    return f"{VOORSTELLEN}/{voorstel.voorstel_id}"
