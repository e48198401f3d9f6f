"""Werkdiagnoses of a dossier, and their figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Path, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.clock import local_date
from chassis.tenancy import WSD
from chassis.unit_of_work import Reading
from chassis.web import (
    Command,
    Datum,
    Invoer,
    NietGevonden,
    Uitvoer,
    command,
    problems,
)
from services.diagnose.api.vormen import (
    DOSSIER,
    DossierId,
    Gemeentecode,
    Lezen,
    Naam,
    Tekst,
)
from services.diagnose.domain import fouten
from services.diagnose.domain.werkdiagnose import (
    Consulent,
    Observatie,
    Partij,
    Stap,
    Stapsoort,
    Stop,
    Stopreden,
    Vervolg,
    Werkdiagnose,
    Werkdiagnosecijfers,
    Werkdiagnosestatus,
    Werksoort,
    tel,
)
from services.diagnose.store import werkdiagnoses
from services.diagnose.store.werkdiagnoses import Samenvatting
from services.diagnose.use_cases.meld_voor_werkdiagnose_aan import meld_voor_werkdiagnose_aan
from services.diagnose.use_cases.observeer_werkdiagnose import observeer_werkdiagnose
from services.diagnose.use_cases.stel_werkdiagnosestap_voor import stel_werkdiagnosestap_voor
from services.diagnose.use_cases.stem_in_met_werkdiagnosestap import stem_in_met_werkdiagnosestap
from services.diagnose.use_cases.stop_werkdiagnose import stop_werkdiagnose

router = APIRouter(tags=["Werkdiagnose"])

WERKDIAGNOSES: Final = DOSSIER + "/werkdiagnoses"
WERKDIAGNOSE: Final = WERKDIAGNOSES + "/{werkdiagnoseId}"

WerkdiagnoseId = Annotated[
    UUID, Path(alias="werkdiagnoseId", description="Het nummer van de werkdiagnose.")
]
Consulenten = Annotated[
    Command, command("diagnose.schrijven", roles={"klantmanager", "trajectconsulent"})
]
"""The consulent of the gemeente and that of WSD: which of the two is in the token."""

_STAPFOUTEN: Final = (
    NietGevonden,
    fouten.OngeldigeWerkdiagnose,
    fouten.WerkdiagnosestapKanNiet,
    fouten.DatumPastNiet,
    fouten.DatumInToekomst,
)


def _consulent(opdracht: Command, naam: str, op: date) -> Consulent:
    partij = Partij.WSD if opdracht.caller.organisation == WSD else Partij.GEMEENTE
    return Consulent(partij, naam, op)


class WerkdiagnoseInvoer(Invoer):
    """Een aanmelding voor de werkdiagnose."""

    aangemeld_op: Datum
    bestaande_klant: Annotated[
        bool, Field(description="Was al bij de gemeente bekend; anders is de kandidaat nieuw.")
    ]
    locatie: Annotated[Naam, Field(description="De werklocatie van WSD.", examples=["Boxtel"])]
    werksoort: Werksoort
    geplande_start: Annotated[
        Datum | None, Field(description="Als bekend is dat de kandidaat later begint.")
    ] = None

    def naar_werkdiagnose(self) -> Werkdiagnose:
        return Werkdiagnose(
            werkdiagnose_id=uuid4(),
            aangemeld_op=self.aangemeld_op,
            bestaande_klant=self.bestaande_klant,
            locatie=self.locatie,
            werksoort=self.werksoort,
            geplande_start=self.geplande_start,
        )


class ConsulentInvoer(Invoer):
    """Wie namens de eigen organisatie spreekt, en op welke dag."""

    consulent: Naam
    op: Datum


class StapInvoer(ConsulentInvoer):
    """Een voorstel; het geldt als de consulent van de andere organisatie instemt."""

    soort: Stapsoort
    datum: Annotated[
        Datum | None,
        Field(description="Van een start de eerste dag, van een verlenging de nieuwe laatste dag."),
    ] = None
    tekst: Annotated[
        str,
        Field(
            max_length=5000,
            description="De reden van de verlenging, of de conclusie van de einddiagnose.",
        ),
    ] = ""

    def naar_stap(self, opdracht: Command) -> Stap:
        door = _consulent(opdracht, self.consulent, self.op)
        return Stap(self.soort, door, self.datum, self.tekst)


class ObservatieInvoer(ConsulentInvoer):
    """Wat een consulent op de werkplek zag."""

    tekst: Tekst


class StopInvoer(ConsulentInvoer):
    """De werkdiagnose begint niet, of eindigt zonder einddiagnose."""

    reden: Stopreden
    toelichting: Annotated[str, Field(max_length=5000)] = ""


class WerkdiagnosevoorstelUitvoer(Uitvoer):
    """Wat op de andere organisatie wacht."""

    soort: Stapsoort
    partij: Partij
    op: date
    datum: date | None

    @classmethod
    def van(cls, stap: Stap) -> WerkdiagnosevoorstelUitvoer:
        return cls(
            soort=stap.soort,
            partij=stap.voorgesteld.partij,
            op=stap.voorgesteld.op,
            datum=stap.datum,
        )


class WerkdiagnoseStand(Uitvoer):
    """Hoe het staat, zonder wat er is gezien en geconcludeerd."""

    werkdiagnose_id: UUID
    status: Werkdiagnosestatus
    gestart_op: date | None
    laatste_dag: Annotated[
        date | None, Field(description="Wanneer de einddiagnose er uiterlijk moet zijn.")
    ]
    afgerond_op: date | None
    voorstel: WerkdiagnosevoorstelUitvoer | None

    @classmethod
    def van(cls, werkdiagnose: Werkdiagnose) -> WerkdiagnoseStand:
        voorstel = werkdiagnose.voorstel
        return cls(
            werkdiagnose_id=werkdiagnose.werkdiagnose_id,
            status=werkdiagnose.status,
            gestart_op=werkdiagnose.gestart_op,
            laatste_dag=werkdiagnose.laatste_dag,
            afgerond_op=werkdiagnose.afgerond_op,
            voorstel=WerkdiagnosevoorstelUitvoer.van(voorstel) if voorstel else None,
        )


class ConsulentUitvoer(Uitvoer):
    partij: Partij
    naam: str
    op: date

    @classmethod
    def van(cls, wie: Consulent) -> ConsulentUitvoer:
        return cls(partij=wie.partij, naam=wie.naam, op=wie.op)


class StapUitvoer(Uitvoer):
    """Een voorstel met wie het deed; zonder akkoord van de ander is het niet genomen."""

    soort: Stapsoort
    voorgesteld: ConsulentUitvoer
    datum: date | None
    tekst: str
    akkoord: ConsulentUitvoer | None

    @classmethod
    def van(cls, stap: Stap) -> StapUitvoer:
        return cls(
            soort=stap.soort,
            voorgesteld=ConsulentUitvoer.van(stap.voorgesteld),
            datum=stap.datum,
            tekst=stap.tekst,
            akkoord=ConsulentUitvoer.van(stap.akkoord) if stap.akkoord else None,
        )


class ObservatieUitvoer(Uitvoer):
    door: ConsulentUitvoer
    tekst: str

    @classmethod
    def van(cls, observatie: Observatie) -> ObservatieUitvoer:
        return cls(door=ConsulentUitvoer.van(observatie.door), tekst=observatie.tekst)


class StopUitvoer(Uitvoer):
    reden: Stopreden
    door: ConsulentUitvoer
    toelichting: str

    @classmethod
    def van(cls, stop: Stop) -> StopUitvoer:
        return cls(
            reden=stop.reden, door=ConsulentUitvoer.van(stop.door), toelichting=stop.toelichting
        )


class WerkdiagnoseUitvoer(WerkdiagnoseStand):
    """De hele werkdiagnose. Elke inzage wordt vastgelegd in het verwerkingenlogboek."""

    aangemeld_op: date
    bestaande_klant: bool
    locatie: str
    werksoort: Werksoort
    geplande_start: date | None
    stappen: list[StapUitvoer]
    observaties: list[ObservatieUitvoer]
    gestopt: StopUitvoer | None

    @classmethod
    def van(cls, werkdiagnose: Werkdiagnose) -> WerkdiagnoseUitvoer:
        gestopt = werkdiagnose.gestopt
        return cls(
            **WerkdiagnoseStand.van(werkdiagnose).model_dump(),
            aangemeld_op=werkdiagnose.aangemeld_op,
            bestaande_klant=werkdiagnose.bestaande_klant,
            locatie=werkdiagnose.locatie,
            werksoort=werkdiagnose.werksoort,
            geplande_start=werkdiagnose.geplande_start,
            stappen=[StapUitvoer.van(stap) for stap in werkdiagnose.stappen],
            observaties=[ObservatieUitvoer.van(o) for o in werkdiagnose.observaties],
            gestopt=StopUitvoer.van(gestopt) if gestopt else None,
        )


class WerkdiagnoseRegel(Uitvoer):
    werkdiagnose_id: UUID
    status: Werkdiagnosestatus
    aangemeld_op: date
    gestart_op: date | None
    afgerond_op: date | None


class WerkdiagnosesVanDossier(Uitvoer):
    """De oudste aanmelding eerst."""

    werkdiagnoses: list[WerkdiagnoseRegel]

    @classmethod
    def van(cls, regels: Sequence[Samenvatting]) -> WerkdiagnosesVanDossier:
        return cls(
            werkdiagnoses=[
                WerkdiagnoseRegel(
                    werkdiagnose_id=regel.werkdiagnose_id,
                    status=regel.status,
                    aangemeld_op=regel.aangemeld_op,
                    gestart_op=regel.gestart_op,
                    afgerond_op=regel.afgerond_op,
                )
                for regel in regels
            ]
        )


class WerkdiagnoseCijfers(Uitvoer):
    """Van aanmeldingen in een periode; de soorten van het vervolg zijn er samen evenveel."""

    aanmeldingen: int
    bestaand: int
    nieuw: int
    vervolg: Annotated[
        dict[Vervolg, int], Field(description="Wat er van elke aanmelding werd, ook waar het 0 is.")
    ]
    afgerond: int
    einddiagnose_binnen_drie_maanden: int
    gestopt: int

    @classmethod
    def van(cls, cijfers: Werkdiagnosecijfers) -> WerkdiagnoseCijfers:
        return cls(
            aanmeldingen=cijfers.aanmeldingen,
            bestaand=cijfers.bestaand,
            nieuw=cijfers.nieuw,
            vervolg=dict(cijfers.vervolg),
            afgerond=cijfers.afgerond,
            einddiagnose_binnen_drie_maanden=cijfers.binnen_drie_maanden,
            gestopt=cijfers.gestopt,
        )


@router.post(
    WERKDIAGNOSES,
    status_code=201,
    response_model=WerkdiagnoseStand,
    responses=problems(
        NietGevonden,
        fouten.DiagnoseNietGestart,
        fouten.WerkdiagnoseLoopt,
        fouten.DatumPastNiet,
        fouten.DatumInToekomst,
    ),
)
async def meld_aan_voor_werkdiagnose(
    dossier_id: DossierId, invoer: WerkdiagnoseInvoer, opdracht: Consulenten
) -> Response:
    """Meld een kandidaat aan voor de werkdiagnose

    Werk als instrument van diagnose, op een locatie van WSD. Een kandidaat heeft er een tegelijk.
    """
    return await opdracht.run(
        lambda uow: meld_voor_werkdiagnose_aan(uow, dossier_id, invoer.naar_werkdiagnose()),
        answer=WerkdiagnoseStand.van,
        location=lambda w: f"/dossiers/{dossier_id}/werkdiagnoses/{w.werkdiagnose_id}",
    )


@router.get(WERKDIAGNOSES, response_model=WerkdiagnosesVanDossier, responses=problems(NietGevonden))
async def geef_werkdiagnoses(dossier_id: DossierId, vraag: Lezen) -> Response:
    """Geef de werkdiagnoses van een dossier"""
    return await vraag.run(
        lambda uow: werkdiagnoses.lijst(uow, dossier_id), answer=WerkdiagnosesVanDossier.van
    )


@router.get(WERKDIAGNOSE, response_model=WerkdiagnoseUitvoer, responses=problems(NietGevonden))
async def zie_werkdiagnose_in(
    dossier_id: DossierId, werkdiagnose_id: WerkdiagnoseId, vraag: Lezen
) -> Response:
    """Zie een werkdiagnose in

    Met observaties, wie wat voorstelde en wie instemde, en de einddiagnose.
    """
    return await vraag.run(
        lambda uow: werkdiagnoses.zie_in(uow, dossier_id, werkdiagnose_id),
        answer=WerkdiagnoseUitvoer.van,
    )


@router.post(
    WERKDIAGNOSE + "/voorstellen",
    status_code=201,
    response_model=WerkdiagnoseStand,
    responses=problems(*_STAPFOUTEN),
)
async def doe_een_voorstel(
    dossier_id: DossierId,
    werkdiagnose_id: WerkdiagnoseId,
    invoer: StapInvoer,
    opdracht: Consulenten,
) -> Response:
    """Stel een start, verlenging of einddiagnose voor

    De consulent van de gemeente en die van WSD doen het samen: een stap geldt als de ander instemt.
    Een nieuw voorstel komt in de plaats van een dat nog wacht. Een werkdiagnose duurt drie maanden,
    met een verlenging hoogstens zes.
    """
    return await opdracht.run(
        lambda uow: stel_werkdiagnosestap_voor(
            uow, dossier_id, werkdiagnose_id, invoer.naar_stap(opdracht)
        ),
        answer=WerkdiagnoseStand.van,
        location=lambda _: f"/dossiers/{dossier_id}/werkdiagnoses/{werkdiagnose_id}",
    )


@router.post(
    WERKDIAGNOSE + "/instemmingen",
    status_code=201,
    response_model=WerkdiagnoseStand,
    responses=problems(*_STAPFOUTEN, fouten.GeenVoorstel, fouten.EigenVoorstel),
)
async def stem_met_voorstel_in(
    dossier_id: DossierId,
    werkdiagnose_id: WerkdiagnoseId,
    invoer: ConsulentInvoer,
    opdracht: Consulenten,
) -> Response:
    """Stem in met het voorstel van de ander

    De stap is daarmee genomen. De einddiagnose is van de dag waarop de tweede instemt.
    """
    return await opdracht.run(
        lambda uow: stem_in_met_werkdiagnosestap(
            uow, dossier_id, werkdiagnose_id, _consulent(opdracht, invoer.consulent, invoer.op)
        ),
        answer=WerkdiagnoseStand.van,
        location=lambda _: f"/dossiers/{dossier_id}/werkdiagnoses/{werkdiagnose_id}",
    )


@router.post(
    WERKDIAGNOSE + "/observaties",
    status_code=201,
    response_model=WerkdiagnoseStand,
    responses=problems(*_STAPFOUTEN),
)
async def leg_observatie_vast(
    dossier_id: DossierId,
    werkdiagnose_id: WerkdiagnoseId,
    invoer: ObservatieInvoer,
    opdracht: Consulenten,
) -> Response:
    """Leg een observatie vast"""
    return await opdracht.run(
        lambda uow: observeer_werkdiagnose(
            uow,
            dossier_id,
            werkdiagnose_id,
            Observatie(_consulent(opdracht, invoer.consulent, invoer.op), invoer.tekst),
        ),
        answer=WerkdiagnoseStand.van,
        location=lambda _: f"/dossiers/{dossier_id}/werkdiagnoses/{werkdiagnose_id}",
    )


@router.post(
    WERKDIAGNOSE + "/beeindigingen",
    status_code=201,
    response_model=WerkdiagnoseStand,
    responses=problems(*_STAPFOUTEN),
)
async def stop_de_werkdiagnose(
    dossier_id: DossierId,
    werkdiagnose_id: WerkdiagnoseId,
    invoer: StopInvoer,
    opdracht: Consulenten,
) -> Response:
    """Stop een werkdiagnose

    Zij begint niet, of eindigt zonder einddiagnose.
    """
    return await opdracht.run(
        lambda uow: stop_werkdiagnose(
            uow,
            dossier_id,
            werkdiagnose_id,
            Stop(
                invoer.reden,
                _consulent(opdracht, invoer.consulent, invoer.op),
                invoer.toelichting,
            ),
        ),
        answer=WerkdiagnoseStand.van,
        location=lambda _: f"/dossiers/{dossier_id}/werkdiagnoses/{werkdiagnose_id}",
    )


@router.get(
    "/rapportages/werkdiagnoses",
    response_model=WerkdiagnoseCijfers,
    responses=problems(NietGevonden),
)
async def rapporteer_werkdiagnoses(
    vraag: Lezen,
    vanaf: Annotated[
        Datum | None, QueryParameter(description="Alleen wie op of na deze dag is aangemeld.")
    ] = None,
    tot_en_met: Annotated[
        Datum | None,
        QueryParameter(alias="totEnMet", description="Alleen wie uiterlijk deze dag is aangemeld."),
    ] = None,
    gemeentecode: Gemeentecode = None,
) -> Response:
    """Rapporteer over werkdiagnoses

    Wat er van elke aanmelding werd, op vandaag. De gemeente telt de eigen kandidaten, WSD alle.
    """

    van = vraag.of_gemeente(gemeentecode)

    async def cijfers(uow: Reading) -> Werkdiagnosecijfers:
        regels = await werkdiagnoses.regels(
            uow, gemeentecode=van, vanaf=vanaf, tot_en_met=tot_en_met
        )
        return tel(regels, local_date(uow.now))

    return await vraag.run(cijfers, answer=WerkdiagnoseCijfers.van)
