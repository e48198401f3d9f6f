"""Adviezen of a dossier, what the decision table proposes, and what the gemeente does with them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Path, Response
from pydantic import Field

from chassis.web import (
    Datum,
    Invoer,
    NietGevonden,
    Query,
    Uitvoer,
    problems,
    query,
)
from services.diagnose.api.vormen import (
    DOSSIER,
    DossierId,
    Klantmanager,
    Lezen,
    Naam,
    Tekst,
    Trajectconsulent,
)
from services.diagnose.domain import fouten
from services.diagnose.domain.advies import Advies, Dienst, Programma, Richting, Voorstel
from services.diagnose.domain.adviesreactie import Adviesvraag, BehandeldAdvies, Reactie
from services.diagnose.domain.feiten import NIET_TE_VOORZIEN, Feit, Feitsoort
from services.diagnose.store import adviezen
from services.diagnose.use_cases.geef_advies import TeGevenAdvies, geef_advies
from services.diagnose.use_cases.stel_advies_voor import Adviesvoorstel, stel_advies_voor
from services.diagnose.use_cases.stuur_advies_terug import (
    beantwoord_adviesvraag,
    stuur_advies_terug,
)

router = APIRouter(tags=["Adviezen"])

ADVIEZEN: Final = DOSSIER + "/adviezen"
VRAGEN: Final = ADVIEZEN + "/{adviesId}/vragen"

AdviesId = Annotated[UUID, Path(alias="adviesId", description="Het nummer van het advies.")]
VraagId = Annotated[UUID, Path(alias="vraagId", description="Het nummer van de vraag.")]
Voorstellen = Annotated[Query, query("diagnose.lezen", roles={"trajectconsulent"})]


class _FeitInvoer(Invoer):
    vastgesteld_op: Datum
    bron: Annotated[Naam, Field(description="Waar het is vastgesteld; wordt verzegeld bewaard.")]


class LoonwaardeFeit(_FeitInvoer):
    """Een geschatte loonwaarde, zolang er geen is gemeten."""

    waarde: Annotated[int, Field(ge=0, le=100, description="Procenten van het WML.")]


class LadderFeit(_FeitInvoer):
    waarde: Annotated[int, Field(ge=1, le=6, description="De trede op de participatieladder.")]


class JaNeeFeit(_FeitInvoer):
    waarde: bool


class MaandenFeit(_FeitInvoer):
    waarde: Annotated[
        int,
        Field(
            ge=0,
            le=NIET_TE_VOORZIEN,
            description="Over hoeveel maanden loonvormend werk bij een reguliere werkgever is te "
            f"verwachten; {NIET_TE_VOORZIEN} als dat niet is te voorzien.",
        ),
    ]


class FeitenInvoer(Invoer):
    """Feiten die niet in het dossier staan: alleen wat de beslistabel van de gemeente vraagt.

    Zij tellen tot zes maanden na de vaststelling.
    """

    loonwaarde: LoonwaardeFeit | None = None
    participatieladder: LadderFeit | None = None
    ontwikkelvermogen: JaNeeFeit | None = None
    aangepaste_omstandigheden: Annotated[
        JaNeeFeit | None,
        Field(description="Kan alleen onder aangepaste omstandigheden werken."),
    ] = None
    maanden_tot_werk: MaandenFeit | None = None

    def naar_feiten(self) -> tuple[Feit, ...]:
        per_soort = {
            Feitsoort.LOONWAARDE: self.loonwaarde,
            Feitsoort.PARTICIPATIELADDER: self.participatieladder,
            Feitsoort.ONTWIKKELVERMOGEN: self.ontwikkelvermogen,
            Feitsoort.AANGEPASTE_OMSTANDIGHEDEN: self.aangepaste_omstandigheden,
            Feitsoort.MAANDEN_TOT_WERK: self.maanden_tot_werk,
        }
        return tuple(
            Feit.opgegeven(soort, feit.waarde, feit.vastgesteld_op, feit.bron)
            for soort, feit in per_soort.items()
            if feit is not None
        )


class AdviesvoorstelInvoer(Invoer):
    op: Annotated[Datum, Field(description="De dag van het advies: vandaag of eerder.")]
    feiten: FeitenInvoer = FeitenInvoer()


class AdviesInvoer(Invoer):
    """Een advies rust op een ZRM-meting, een loonwaardemeting of beide uit dit dossier.

    En op elk feit dat de beslistabel van de gemeente vraagt: uit het dossier, of hier opgegeven.
    """

    gegeven_op: Annotated[Datum, Field(description="Vandaag of eerder.")]
    programma: Programma
    diensten: Annotated[list[Dienst], Field(min_length=1, max_length=20)]
    motivering: Tekst
    zrm_meting_id: Annotated[
        UUID | None, Field(description="De laatste, van ten hoogste drie maanden eerder.")
    ] = None
    loonwaarde_meting_id: Annotated[UUID | None, Field(description="De laatste.")] = None
    feiten: FeitenInvoer = FeitenInvoer()
    geldig_tot: Annotated[
        Datum | None,
        Field(
            description="Laatste dag waarop het advies te gebruiken is. Weggelaten: zo lang als de "
            "feiten houdbaar zijn, ten hoogste zes maanden."
        ),
    ] = None
    motivering_afwijking: Annotated[
        str,
        Field(
            max_length=5000,
            description="Nodig als het advies afwijkt van het voorstel van de beslistabel.",
        ),
    ] = ""

    def naar_advies(self) -> TeGevenAdvies:
        return TeGevenAdvies(
            gegeven_op=self.gegeven_op,
            programma=self.programma,
            diensten=tuple(self.diensten),
            motivering=self.motivering,
            zrm_meting_id=self.zrm_meting_id,
            loonwaarde_meting_id=self.loonwaarde_meting_id,
            opgegeven=self.feiten.naar_feiten(),
            geldig_tot=self.geldig_tot,
            motivering_afwijking=self.motivering_afwijking,
        )


class VoorstelUitvoer(Uitvoer):
    """Wat de beslistabel van de gemeente voorstelt, en welke regel dat zegt."""

    tabel: Annotated[str, Field(description="De naam van de beslistabel.")]
    versie: int
    regel: Annotated[int, Field(description="De regel van de tabel, van boven geteld vanaf 1.")]
    reden: Annotated[str, Field(description="Waarom, in de woorden van die regel.")]
    richting: Richting
    programmas: Annotated[list[Programma], Field(description="Het liefste eerst.")]
    diensten: Annotated[list[Dienst], Field(description="Ten minste een ervan.")]
    voorwaarde: Annotated[str, Field(description="Wat verder nodig is; leeg als dat niets is.")]

    @classmethod
    def van(cls, voorstel: Voorstel) -> VoorstelUitvoer:
        return cls(
            tabel=voorstel.tabel,
            versie=voorstel.versie,
            regel=voorstel.regel,
            reden=voorstel.reden,
            richting=voorstel.richting,
            programmas=list(voorstel.programmas),
            diensten=sorted(voorstel.diensten),
            voorwaarde=voorstel.voorwaarde,
        )


class FeitUitvoer(Uitvoer):
    """Een feit waar een voorstel of advies op rust."""

    soort: Feitsoort
    waarde: Annotated[bool | int, Field(description="Ja of nee, of een heel getal.")]
    vastgesteld_op: date
    houdbaar_tot_en_met: Annotated[
        date | None, Field(description="Leeg als het geldt tot er een ander is.")
    ]
    bron: str
    meting_id: Annotated[
        UUID | None, Field(description="De meting in het dossier, als het daaruit komt.")
    ]

    @classmethod
    def van(cls, feit: Feit) -> FeitUitvoer:
        return cls(
            soort=feit.soort,
            waarde=feit.waarde,
            vastgesteld_op=feit.vastgesteld_op,
            houdbaar_tot_en_met=feit.houdbaar_tot_en_met,
            bron=feit.bron,
            meting_id=feit.vastlegging_id,
        )


class AdviesvoorstelUitvoer(Uitvoer):
    """Een voorstel voor een advies; er is niets bewaard."""

    tabelnaam: Annotated[str, Field(description="De beslistabel in woorden.")]
    voorstel: VoorstelUitvoer
    feiten: Annotated[list[FeitUitvoer], Field(description="Wat de tabel vraagt en bekend is.")]

    @classmethod
    def van(cls, voorgesteld: Adviesvoorstel) -> AdviesvoorstelUitvoer:
        return cls(
            tabelnaam=voorgesteld.tabel.titel,
            voorstel=VoorstelUitvoer.van(voorgesteld.voorstel),
            feiten=[FeitUitvoer.van(feit) for feit in voorgesteld.feiten],
        )


class AdviesVastgelegd(Uitvoer):
    """Het advies is gegeven; de gemeente ziet het nu."""

    advies_id: UUID
    programma: Programma
    geldig_tot: date
    wijkt_af: Annotated[bool, Field(description="Van het voorstel van de beslistabel.")]

    @classmethod
    def van(cls, advies: Advies) -> AdviesVastgelegd:
        return cls(
            advies_id=advies.advies_id,
            programma=advies.programma,
            geldig_tot=advies.geldig_tot,
            wijkt_af=advies.wijkt_af,
        )


class AdviesvraagUitvoer(Uitvoer):
    """Een vraag van de gemeente over een advies, met het antwoord van WSD."""

    vraag_id: UUID
    teruggestuurd_op: date
    vraag: str
    beantwoord_op: date | None
    antwoord: Annotated[str, Field(description="Leeg zolang de vraag openstaat.")]

    @classmethod
    def van(cls, vraag: Adviesvraag) -> AdviesvraagUitvoer:
        return cls(
            vraag_id=vraag.vraag_id,
            teruggestuurd_op=vraag.teruggestuurd_op,
            vraag=vraag.vraag,
            beantwoord_op=vraag.beantwoord_op,
            antwoord=vraag.antwoord,
        )


class AdviesvraagVastgelegd(Uitvoer):
    """De vraag of het antwoord is vastgelegd; de tekst staat bij het advies."""

    vraag_id: UUID
    teruggestuurd_op: date
    beantwoord_op: date | None

    @classmethod
    def van(cls, vraag: Adviesvraag) -> AdviesvraagVastgelegd:
        return cls(
            vraag_id=vraag.vraag_id,
            teruggestuurd_op=vraag.teruggestuurd_op,
            beantwoord_op=vraag.beantwoord_op,
        )


class AdviesUitvoer(Uitvoer):
    """Een advies met de motivering. Elke inzage wordt vastgelegd in het verwerkingenlogboek."""

    advies_id: UUID
    gegeven_op: date
    geldig_tot: date
    vervangen: Annotated[bool, Field(description="Er is een later advies.")]
    programma: Programma
    diensten: list[Dienst]
    motivering: str
    voorstel: VoorstelUitvoer
    wijkt_af: Annotated[bool, Field(description="Van het voorstel.")]
    motivering_afwijking: str
    zrm_meting_id: UUID | None
    loonwaarde_meting_id: UUID | None
    feiten: list[FeitUitvoer]
    reactie: Annotated[
        Reactie | None, Field(description="Van de gemeente; leeg zolang die er niet is.")
    ]
    besluit_id: Annotated[
        UUID | None, Field(description="Het trajectbesluit op dit advies dat nu telt.")
    ]
    vragen: list[AdviesvraagUitvoer]

    @classmethod
    def van(cls, behandeld: BehandeldAdvies) -> AdviesUitvoer:
        advies = behandeld.advies
        return cls(
            advies_id=advies.advies_id,
            gegeven_op=advies.gegeven_op,
            geldig_tot=advies.geldig_tot,
            vervangen=behandeld.vervangen,
            programma=advies.programma,
            diensten=list(advies.diensten),
            motivering=advies.motivering,
            voorstel=VoorstelUitvoer.van(advies.voorstel),
            wijkt_af=advies.wijkt_af,
            motivering_afwijking=advies.motivering_afwijking,
            zrm_meting_id=advies.zrm_meting_id,
            loonwaarde_meting_id=advies.loonwaarde_meting_id,
            feiten=[FeitUitvoer.van(feit) for feit in advies.feiten],
            reactie=behandeld.reactie,
            besluit_id=behandeld.besluit.besluit_id if behandeld.besluit else None,
            vragen=[AdviesvraagUitvoer.van(vraag) for vraag in behandeld.vragen],
        )


class AdviesvraagInvoer(Invoer):
    teruggestuurd_op: Annotated[Datum, Field(description="Vandaag of eerder.")]
    vraag: Tekst


class AdviesantwoordInvoer(Invoer):
    beantwoord_op: Annotated[Datum, Field(description="Vandaag of eerder.")]
    antwoord: Tekst


@router.post(
    DOSSIER + "/adviesvoorstellen",
    response_model=AdviesvoorstelUitvoer,
    responses=problems(
        NietGevonden, fouten.DatumPastNiet, fouten.OngeldigFeit, fouten.FeitenOntbreken
    ),
)
async def stel_een_advies_voor(
    dossier_id: DossierId, invoer: AdviesvoorstelInvoer, vraag: Voorstellen
) -> Response:
    """Stel een advies voor

    De beslistabel van de gemeente, op de feiten van het dossier en wat u erbij opgeeft. Een feit
    dat niets aan het voorstel kan veranderen hoeft niet bekend te zijn. Er wordt niets bewaard.
    """
    return await vraag.run(
        lambda uow: stel_advies_voor(uow, dossier_id, invoer.op, invoer.feiten.naar_feiten()),
        answer=AdviesvoorstelUitvoer.van,
    )


@router.post(
    ADVIEZEN,
    status_code=201,
    response_model=AdviesVastgelegd,
    responses=problems(
        NietGevonden,
        fouten.OngeldigAdvies,
        fouten.OngeldigFeit,
        fouten.FeitenOntbreken,
        fouten.DiagnoseNietGestart,
        fouten.AdviesZonderGrondslag,
        fouten.GrondslagOnbekend,
        fouten.GrondslagVerouderd,
        fouten.AfwijkingNietGemotiveerd,
        fouten.DatumPastNiet,
    ),
)
async def geef_een_advies(
    dossier_id: DossierId, invoer: AdviesInvoer, opdracht: Trajectconsulent
) -> Response:
    """Geef een advies

    De beslistabel van de gemeente stelt een richting voor; een advies dat daarvan afwijkt heeft een
    motivering van de afwijking nodig. Een later advies vervangt dit.
    """
    return await opdracht.run(
        lambda uow: geef_advies(uow, dossier_id, invoer.naar_advies()),
        answer=AdviesVastgelegd.van,
        location=lambda advies: f"/dossiers/{dossier_id}/adviezen/{advies.advies_id}",
    )


@router.get(
    ADVIEZEN + "/{adviesId}",
    response_model=AdviesUitvoer,
    responses=problems(NietGevonden),
)
async def zie_advies_in(dossier_id: DossierId, advies_id: AdviesId, vraag: Lezen) -> Response:
    """Zie een advies in

    Met de motivering, voor de gemeente die erop besluit en voor WSD; en met wat de gemeente ermee
    deed.
    """
    return await vraag.run(
        lambda uow: adviezen.zie_in(uow, dossier_id, advies_id), answer=AdviesUitvoer.van
    )


@router.post(
    VRAGEN,
    status_code=201,
    response_model=AdviesvraagVastgelegd,
    responses=problems(
        NietGevonden,
        fouten.NietBevoegd,
        fouten.AdviesVervangen,
        fouten.AlBesloten,
        fouten.AdviesvraagStaatOpen,
        fouten.DatumPastNiet,
    ),
)
async def stuur_een_advies_terug(
    dossier_id: DossierId,
    advies_id: AdviesId,
    invoer: AdviesvraagInvoer,
    opdracht: Klantmanager,
) -> Response:
    """Stuur een advies terug met een vraag

    Door de gemeente, voordat zij besluit.
    """
    return await opdracht.run(
        lambda uow: stuur_advies_terug(
            uow, dossier_id, advies_id, vraag=invoer.vraag, op=invoer.teruggestuurd_op
        ),
        answer=AdviesvraagVastgelegd.van,
        location=lambda _: f"/dossiers/{dossier_id}/adviezen/{advies_id}",
    )


@router.post(
    VRAGEN + "/{vraagId}/antwoorden",
    status_code=201,
    response_model=AdviesvraagVastgelegd,
    responses=problems(
        NietGevonden,
        fouten.NietBevoegd,
        fouten.AdviesvraagAlBeantwoord,
        fouten.DatumPastNiet,
    ),
)
async def beantwoord_een_adviesvraag(
    dossier_id: DossierId,
    advies_id: AdviesId,
    vraag_id: VraagId,
    invoer: AdviesantwoordInvoer,
    opdracht: Trajectconsulent,
) -> Response:
    """Beantwoord een vraag over een advies

    Door WSD. Hoort er een ander advies bij, geef dat dan daarna.
    """
    return await opdracht.run(
        lambda uow: beantwoord_adviesvraag(
            uow,
            dossier_id,
            advies_id,
            vraag_id,
            antwoord=invoer.antwoord,
            op=invoer.beantwoord_op,
        ),
        answer=AdviesvraagVastgelegd.van,
        location=lambda _: f"/dossiers/{dossier_id}/adviezen/{advies_id}",
    )
