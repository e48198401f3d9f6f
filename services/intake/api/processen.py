"""The process of a kandidaat: what is next, for whom and by when, and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Response
from fastapi import Query as QueryParameter
from pydantic import BeforeValidator, Field, StrictBool, StrictInt, StrictStr

from chassis.tenancy import WSD
from chassis.unit_of_work import Reading
from chassis.web import (
    Command,
    Datum,
    Invoer,
    NietGevonden,
    Page,
    PageRequest,
    Uitvoer,
    command,
    problems,
)
from chassis.web import page as bladeren
from services.intake import procesverlopen, procesversies
from services.intake.api.vormen import KANDIDAAT, KandidaatId, Klantmanager, Lezen
from services.intake.bpmn import Procesdefinitie
from services.intake.domain import fouten
from services.intake.domain.proces import Handeling, OpenStap, Stap, Veld, Veldsoort
from services.intake.gemeenten import gemeenten
from services.intake.procesverlopen import Procesverloop, VastgelegdeStap, Werkregel
from services.intake.use_cases.volg_proces import (
    TeZetten,
    evalueer_stap,
    migreer_proces,
    verleng_stap,
    zet_stap,
)

router = APIRouter()

PROCES = KANDIDAAT + "/proces"
StapZetten = Annotated[Command, command("intake.schrijven")]
"""In any role: whose step it is, the process says."""
Stapcode = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9-]{0,79}$")]
Werkpagina = Annotated[PageRequest, bladeren(date, UUID)]


def _geheel(waarde: object) -> object:
    return int(waarde) if isinstance(waarde, float) and waarde.is_integer() else waarde


Feitwaarde = Annotated[
    StrictBool | StrictInt | Annotated[StrictStr, Field(max_length=80)], BeforeValidator(_geheel)
]
Feiten = Annotated[
    dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,49}$")], Feitwaarde],
    Field(
        max_length=50,
        description="De feiten die de stap vraagt, elk met een antwoord: true of false, een "
        "geheel getal, een code uit de lijst of een datum. Vrije tekst kan niet.",
        json_schema_extra={"additionalProperties": False},
    ),
]


class StapInvoer(Invoer):
    """Welke stap op welke dag is gezet, en wat daarbij bleek."""

    stap: Stapcode
    gezet_op: Datum
    feiten: Feiten = Field(default_factory=dict)


class EvaluatieInvoer(Invoer):
    geevalueerd_op: Datum


class MigratieInvoer(Invoer):
    versie: Annotated[int, Field(ge=1, le=100_000), BeforeValidator(_geheel)]


class OptieUitvoer(Uitvoer):
    code: str
    tekst: str


class FeitUitvoer(Uitvoer):
    """Een feit dat een stap vraagt."""

    naam: str
    vraag: str
    soort: Veldsoort
    opties: list[OptieUitvoer]
    minimum: int | None
    maximum: int | None

    @classmethod
    def van(cls, veld: Veld) -> FeitUitvoer:
        return cls(
            naam=veld.naam,
            vraag=veld.vraag,
            soort=veld.soort,
            opties=[OptieUitvoer(code=code, tekst=tekst) for code, tekst in veld.opties],
            minimum=veld.minimum,
            maximum=veld.maximum,
        )


class StapUitvoer(Uitvoer):
    """Een stap van een proces: door wie, hoe, binnen welke termijn en met welke vragen."""

    stap: str
    naam: str
    organisatie: Literal["gemeente", "wsd"]
    rol: str
    kanaal: str
    termijn: str | None
    niet_eerder_dan_na: str | None
    verlenging: str | None
    evaluatie: str | None
    groepsgrootte: int | None
    handeling: Annotated[
        Handeling | None,
        Field(description="De handeling waarmee de stap vanzelf is gezet, of quick-scan."),
    ]
    feiten: list[FeitUitvoer]
    bron: str

    @classmethod
    def van(cls, stap: Stap) -> StapUitvoer:
        return cls(
            stap=stap.code,
            naam=stap.naam,
            organisatie="wsd" if stap.van_wsd else "gemeente",
            rol=stap.rol,
            kanaal=stap.kanaal,
            termijn=_tekst(stap.termijn),
            niet_eerder_dan_na=_niet_eerder(stap),
            verlenging=_tekst(stap.verlenging),
            evaluatie=_tekst(stap.evaluatie),
            groepsgrootte=stap.groepsgrootte,
            handeling=stap.handeling,
            feiten=[FeitUitvoer.van(veld) for veld in stap.velden],
            bron=stap.bron,
        )


class OpenStapUitvoer(StapUitvoer):
    """Een stap die nu gezet kan worden."""

    sinds: date
    niet_voor: Annotated[date, Field(description="Eerste dag waarop de stap gezet kan worden.")]
    uiterlijk: Annotated[date | None, Field(description="Laatste dag om de stap te zetten.")]
    verlengd: bool
    evaluaties: Annotated[int, Field(description="Hoe vaak de stap is geëvalueerd.")]

    @classmethod
    def van_open(cls, regel: procesverlopen.OpenRegel) -> OpenStapUitvoer:
        open_stap: OpenStap = regel.open
        return cls(
            **StapUitvoer.van(open_stap.stap).model_dump(),
            sinds=open_stap.sinds,
            niet_voor=open_stap.niet_voor,
            uiterlijk=open_stap.uiterlijk,
            verlengd=open_stap.verlengd,
            evaluaties=regel.evaluaties,
        )


class GezetteStapUitvoer(Uitvoer):
    stap: str
    naam: str
    gezet_op: date
    door: Annotated[str, Field(description="Gemeentecode of wsd.")]
    rol: Annotated[str, Field(description="De rol, of vanzelf bij een handeling.")]
    feiten: Annotated[
        dict[str, bool | int | str] | None,
        Field(description="Wat bleek; voor WSD alleen bij de eigen stappen."),
    ]

    @classmethod
    def van(
        cls, vastgelegd: VastgelegdeStap, definitie: Procesdefinitie, lezer: str
    ) -> GezetteStapUitvoer:
        stap = definitie.stappen[vastgelegd.gezet.code]
        mag_zien = lezer != WSD or vastgelegd.door == WSD
        return cls(
            stap=stap.code,
            naam=stap.naam,
            gezet_op=vastgelegd.gezet.gezet_op,
            door=vastgelegd.door,
            rol=vastgelegd.rol,
            feiten={k: _als_json(v) for k, v in vastgelegd.gezet.feiten.items()}
            if mag_zien
            else None,
        )


class EindeUitvoer(Uitvoer):
    code: str
    naam: str


class ProcesverloopUitvoer(Uitvoer):
    """Hoe ver de kandidaat is: wat gezet is, wat nu kan, en waar het eindigde."""

    proces: str
    versie: int
    naam: str
    begonnen_op: date
    status: Literal["loopt", "geeindigd", "afgebroken"]
    einde: EindeUitvoer | None
    geeindigd_op: date | None
    open_stappen: list[OpenStapUitvoer]
    gezette_stappen: list[GezetteStapUitvoer]

    @classmethod
    def voor(cls, verloop: Procesverloop, lezer: str) -> ProcesverloopUitvoer:
        return cls.model_validate(
            {
                "proces": verloop.definitie.proces,
                "versie": verloop.definitie.versie,
                "naam": verloop.definitie.naam,
                "begonnen_op": verloop.begonnen_op,
                "status": verloop.status,
                "einde": EindeUitvoer(code=verloop.einde.code, naam=verloop.einde.naam)
                if verloop.einde
                else None,
                "geeindigd_op": verloop.geeindigd_op,
                "open_stappen": [OpenStapUitvoer.van_open(regel) for regel in verloop.open],
                "gezette_stappen": [
                    GezetteStapUitvoer.van(gezet, verloop.definitie, lezer)
                    for gezet in verloop.gezet
                ],
            }
        )


class WerkregelUitvoer(Uitvoer):
    """Een open stap van een kandidaat."""

    kandidaat_id: UUID
    gemeentecode: str
    proces: str
    stap: str
    organisatie: Literal["gemeente", "wsd"]
    rol: str
    sinds: date
    niet_voor: date
    uiterlijk: date | None

    @classmethod
    def van(cls, regel: Werkregel) -> WerkregelUitvoer:
        return cls(
            kandidaat_id=regel.kandidaat_id,
            gemeentecode=regel.gemeentecode,
            proces=regel.proces,
            stap=regel.stap,
            organisatie="wsd" if regel.van_wsd else "gemeente",
            rol=regel.rol,
            sinds=regel.sinds,
            niet_voor=regel.niet_voor,
            uiterlijk=regel.uiterlijk,
        )


class WerklijstPagina(Page[WerkregelUitvoer]):
    """Open stappen, de meest dringende eerst."""


class ProcesUitvoer(Uitvoer):
    """Een versie van een proces, met al haar stappen en waar zij kan eindigen."""

    proces: str
    versie: int
    naam: str
    gemeentecodes: list[str]
    stappen: list[StapUitvoer]
    einden: list[EindeUitvoer]

    @classmethod
    def van(cls, definitie: Procesdefinitie) -> ProcesUitvoer:
        return cls(
            proces=definitie.proces,
            versie=definitie.versie,
            naam=definitie.naam,
            gemeentecodes=sorted(
                code for code, proces in gemeenten().proces.items() if proces == definitie.proces
            ),
            stappen=[StapUitvoer.van(stap) for stap in definitie.stappen.values()],
            einden=[EindeUitvoer(code=c, naam=n) for c, n in definitie.einden.items()],
        )


class ProcessenUitvoer(Uitvoer):
    processen: list[ProcesUitvoer]

    @classmethod
    def van(cls, definities: Sequence[Procesdefinitie]) -> ProcessenUitvoer:
        return cls(processen=[ProcesUitvoer.van(definitie) for definitie in definities])


def _tekst(duur: object) -> str | None:
    return None if duur is None else str(duur)


def _niet_eerder(stap: Stap) -> str | None:
    if stap.niet_voor is None:
        return None
    vanaf = "de aanmelding" if stap.niet_voor_na_aanmelding else "de vorige stap"
    return f"{stap.niet_voor} na {vanaf}"


def _als_json(waarde: Any) -> Any:
    return waarde.isoformat() if isinstance(waarde, date) else waarde


async def _zie_in(uow: Reading, kandidaat_id: UUID) -> Procesverloop | None:
    verloop = await procesverlopen.huidig(uow, kandidaat_id)
    if verloop is not None:
        await uow.log_processing(
            "proces ingezien",
            kandidaat_id=kandidaat_id,
            gemeentecode=verloop.gemeentecode,
            activity="intake/proces-inzien",
        )
    return verloop


@router.get("/processen", tags=["Processen"], response_model=ProcessenUitvoer, responses=problems())
async def geef_processen(vraag: Lezen) -> Response:
    """Geef de processen van alle gemeenten

    Elke versie van elk proces, met de stappen, hun rol, kanaal, termijn en vragen. Een nieuwe
    kandidaat volgt de hoogste versie; wie onderweg is houdt de eigen versie.
    """

    async def lees(_: Reading) -> list[Procesdefinitie]:
        return procesversies.alle()

    return await vraag.run(lees, answer=ProcessenUitvoer.van)


@router.get("/stappen", tags=["Processen"], response_model=WerklijstPagina, responses=problems())
async def geef_werklijst(
    vraag: Lezen,
    pagina: Werkpagina,
    rol: Annotated[
        str | None,
        QueryParameter(
            description="Alleen stappen van deze rol.", pattern=r"^[a-z0-9][a-z0-9-]{0,39}$"
        ),
    ] = None,
    stap: Annotated[
        str | None,
        QueryParameter(description="Alleen deze stap.", pattern=r"^[A-Za-z][A-Za-z0-9-]{0,79}$"),
    ] = None,
) -> Response:
    """Geef de open stappen van alle kandidaten

    Op urgentie: wat het eerst af moet zijn staat bovenaan; wat geen termijn heeft onderaan.
    """
    return await vraag.page(
        pagina,
        lambda uow: procesverlopen.werklijst(
            uow, rol=rol, stap=stap, na=pagina.after, aantal=pagina.fetch
        ),
        answer=WerkregelUitvoer.van,
        key=lambda regel: regel.volgorde,
    )


@router.get(
    PROCES,
    tags=["Processen"],
    response_model=ProcesverloopUitvoer,
    responses=problems(NietGevonden),
)
async def geef_proces(kandidaat_id: KandidaatId, vraag: Lezen) -> Response:
    """Geef het proces van een kandidaat

    Wat er is gedaan, wat nu kan, door wie en uiterlijk wanneer. Elke inzage wordt vastgelegd.
    """
    return await vraag.run(
        lambda uow: _zie_in(uow, kandidaat_id),
        answer=lambda verloop: ProcesverloopUitvoer.voor(verloop, vraag.caller.organisation),
    )


@router.post(
    PROCES + "/stappen",
    status_code=201,
    tags=["Processen"],
    response_model=ProcesverloopUitvoer,
    responses=problems(
        NietGevonden,
        fouten.StapNietAanDeBeurt,
        fouten.StapGaatVanzelf,
        fouten.StapPastNietOpDag,
        fouten.AndereOrganisatie,
        fouten.AndereRol,
        fouten.FeitenKloppenNiet,
    ),
)
async def zet_een_stap(
    kandidaat_id: KandidaatId, invoer: StapInvoer, opdracht: StapZetten
) -> Response:
    """Zet een stap van het proces

    Door iemand met de rol van de stap. Het antwoord zegt wat er nu aan de beurt is.
    """
    te_zetten = TeZetten(invoer.stap, invoer.gezet_op, invoer.feiten, opdracht.caller.role)
    return await opdracht.run(
        lambda uow: zet_stap(uow, kandidaat_id, te_zetten),
        answer=lambda verloop: ProcesverloopUitvoer.voor(verloop, opdracht.caller.organisation),
        location=lambda _: f"/kandidaten/{kandidaat_id}/proces",
    )


StapPad = Annotated[
    str,
    Path(
        alias="stap",
        description="De code van de stap.",
        pattern=r"^[A-Za-z][A-Za-z0-9-]{0,79}$",
    ),
]


@router.post(
    PROCES + "/stappen/{stap}/verlengingen",
    status_code=201,
    tags=["Processen"],
    response_model=ProcesverloopUitvoer,
    responses=problems(
        NietGevonden,
        fouten.StapNietAanDeBeurt,
        fouten.StapGaatVanzelf,
        fouten.StapNietVerlengbaar,
        fouten.AndereOrganisatie,
        fouten.AndereRol,
    ),
)
async def verleng_een_stap(
    kandidaat_id: KandidaatId, stap: StapPad, opdracht: StapZetten
) -> Response:
    """Verleng de termijn van een stap

    Eén keer, met de duur die het proces noemt.
    """
    return await opdracht.run(
        lambda uow: verleng_stap(uow, kandidaat_id, stap, rol=opdracht.caller.role),
        answer=lambda verloop: ProcesverloopUitvoer.voor(verloop, opdracht.caller.organisation),
        location=lambda _: f"/kandidaten/{kandidaat_id}/proces",
    )


@router.post(
    PROCES + "/stappen/{stap}/evaluaties",
    status_code=201,
    tags=["Processen"],
    response_model=ProcesverloopUitvoer,
    responses=problems(
        NietGevonden,
        fouten.StapNietAanDeBeurt,
        fouten.StapGaatVanzelf,
        fouten.StapPastNietOpDag,
        fouten.AndereOrganisatie,
        fouten.AndereRol,
    ),
)
async def evalueer_een_stap(
    kandidaat_id: KandidaatId, stap: StapPad, invoer: EvaluatieInvoer, opdracht: StapZetten
) -> Response:
    """Leg een evaluatie van een stap vast

    De volgende evaluatie wordt een periode later verwacht.
    """
    return await opdracht.run(
        lambda uow: evalueer_stap(
            uow, kandidaat_id, stap, op=invoer.geevalueerd_op, rol=opdracht.caller.role
        ),
        answer=lambda verloop: ProcesverloopUitvoer.voor(verloop, opdracht.caller.organisation),
        location=lambda _: f"/kandidaten/{kandidaat_id}/proces",
    )


@router.post(
    PROCES + "/migraties",
    status_code=201,
    tags=["Processen"],
    response_model=ProcesverloopUitvoer,
    responses=problems(NietGevonden, fouten.StapNietAanDeBeurt, fouten.GeenProcesmigratie),
)
async def migreer_een_proces(
    kandidaat_id: KandidaatId, invoer: MigratieInvoer, opdracht: Klantmanager
) -> Response:
    """Laat een kandidaat overgaan naar een andere versie van het proces

    Kan als alles wat al is gedaan ook in die versie kan. Anders maakt de kandidaat het proces af
    in de versie waarmee het begon.
    """
    return await opdracht.run(
        lambda uow: migreer_proces(uow, kandidaat_id, invoer.versie),
        answer=lambda verloop: ProcesverloopUitvoer.voor(verloop, opdracht.caller.organisation),
        location=lambda _: f"/kandidaten/{kandidaat_id}/proces",
    )
