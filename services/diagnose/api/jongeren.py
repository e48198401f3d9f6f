"""Jongeren in beeld, the quick scan of the partners, and the report on both."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Path, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.clock import local_date
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
    page,
    problems,
)
from services.diagnose.api.vormen import Gemeentecode, Lezen, Tekst
from services.diagnose.domain import fouten
from services.diagnose.domain.jongere import (
    Activiteit,
    Beeld,
    Jongerenrapportage,
    Jongerenscan,
    Leefgebied,
    Partner,
    Signaal,
    Subgroep,
    rapporteer,
)
from services.diagnose.domain.zrm import ZrmDomein
from services.diagnose.store import jongeren
from services.diagnose.use_cases.breng_jongere_in_beeld import breng_in_beeld
from services.diagnose.use_cases.scan_jongere import scan_jongere

router = APIRouter(tags=["Jongeren"])

JONGERE: Final = "/jongeren/{kandidaatId}"

KandidaatId = Annotated[UUID, Path(alias="kandidaatId", description="Het nummer van de jongere.")]
BeeldId = Annotated[UUID, Path(alias="beeldId", description="Het nummer van het beeld.")]
ScanId = Annotated[UUID, Path(alias="scanId", description="Het nummer van de quick scan.")]
Pagina = Annotated[PageRequest, page(date, UUID)]
Begeleider = Annotated[
    Command, command("diagnose.schrijven", roles={"klantmanager", "trajectconsulent"})
]
Toelichting = Annotated[str, Field(max_length=5000)]


class BeeldInvoer(Invoer):
    """Hoe het op een dag met een jongere is. Een later beeld komt in de plaats van een eerder."""

    gezien_op: Datum
    door: Annotated[Partner, Field(description="Welke partner dit beeld gaf.")]
    subgroep: Annotated[Subgroep, Field(description="Volgens welke wet of route begeleid.")]
    activiteit: Activiteit
    begeleid_door: Annotated[
        list[Partner], Field(max_length=len(Partner), description="Leeg als niemand helpt.")
    ]
    geboortedatum: Annotated[
        Datum | None,
        Field(description="Laat weg wat niet bekend is; dan telt de leeftijd niet mee."),
    ] = None
    toelichting: Toelichting = ""

    def naar_beeld(self) -> Beeld:
        return Beeld(
            beeld_id=uuid4(),
            gezien_op=self.gezien_op,
            door=self.door,
            subgroep=self.subgroep,
            activiteit=self.activiteit,
            begeleid_door=tuple(self.begeleid_door),
            geboortedatum=self.geboortedatum,
            toelichting=self.toelichting,
        )


class BeeldVastgelegd(Uitvoer):
    """Het beeld is vastgelegd."""

    beeld_id: UUID

    @classmethod
    def van(cls, beeld: Beeld) -> BeeldVastgelegd:
        return cls(beeld_id=beeld.beeld_id)


class BeeldUitvoer(Uitvoer):
    """Een beeld van een jongere. Elke inzage wordt vastgelegd in het verwerkingenlogboek."""

    beeld_id: UUID
    gezien_op: date
    door: Partner
    subgroep: Subgroep
    activiteit: Activiteit
    begeleid_door: list[Partner]
    leeftijd: Annotated[int | None, Field(description="In hele jaren, op de dag van het beeld.")]
    toelichting: str

    @classmethod
    def van(cls, beeld: Beeld) -> BeeldUitvoer:
        return cls(
            beeld_id=beeld.beeld_id,
            gezien_op=beeld.gezien_op,
            door=beeld.door,
            subgroep=beeld.subgroep,
            activiteit=beeld.activiteit,
            begeleid_door=list(beeld.begeleid_door),
            leeftijd=beeld.leeftijd(beeld.gezien_op),
            toelichting=beeld.toelichting,
        )


class LeefgebiedInvoer(Invoer):
    """Wat de partner in een leefgebied ziet. Geen niveau: daarvoor is een ZRM-meting nodig."""

    domein: ZrmDomein
    signaal: Signaal
    toelichting: Toelichting = ""


class JongerenscanInvoer(Invoer):
    """De quick scan van een jongere: alle dertien leefgebieden, voor elke partner gelijk."""

    afgerond_op: Datum
    door: Annotated[Partner, Field(description="Welke partner de quick scan deed.")]
    leefgebieden: Annotated[list[LeefgebiedInvoer], Field(min_length=1, max_length=26)]
    wens: Annotated[Tekst, Field(description="Wat de jongere zelf wil.")]
    vervolg: Annotated[Tekst, Field(description="Wat er volgens de partner nu moet gebeuren.")]

    def naar_scan(self) -> Jongerenscan:
        return Jongerenscan(
            scan_id=uuid4(),
            afgerond_op=self.afgerond_op,
            door=self.door,
            leefgebieden=tuple(
                Leefgebied(gebied.domein, gebied.signaal, gebied.toelichting)
                for gebied in self.leefgebieden
            ),
            wens=self.wens,
            vervolg=self.vervolg,
        )


class JongerenscanVastgelegd(Uitvoer):
    """De quick scan is vastgelegd."""

    scan_id: UUID

    @classmethod
    def van(cls, scan: Jongerenscan) -> JongerenscanVastgelegd:
        return cls(scan_id=scan.scan_id)


class LeefgebiedUitvoer(Uitvoer):
    domein: ZrmDomein
    signaal: Signaal
    toelichting: str


class JongerenscanUitvoer(Uitvoer):
    """Een quick scan. Elke inzage wordt vastgelegd in het verwerkingenlogboek."""

    scan_id: UUID
    afgerond_op: date
    door: Partner
    leefgebieden: list[LeefgebiedUitvoer]
    wens: str
    vervolg: str

    @classmethod
    def van(cls, scan: Jongerenscan) -> JongerenscanUitvoer:
        return cls(
            scan_id=scan.scan_id,
            afgerond_op=scan.afgerond_op,
            door=scan.door,
            leefgebieden=[
                LeefgebiedUitvoer(
                    domein=gebied.domein,
                    signaal=gebied.signaal,
                    toelichting=gebied.toelichting,
                )
                for gebied in scan.leefgebieden
            ],
            wens=scan.wens,
            vervolg=scan.vervolg,
        )


class JongereUitvoer(Uitvoer):
    """Een jongere en van wanneer het laatste beeld en de laatste quick scan zijn."""

    kandidaat_id: UUID
    gemeentecode: str
    bekend_op: date
    in_beeld: bool
    gezien_op: date | None
    gescand_op: date | None

    @classmethod
    def van(cls, jongere: jongeren.Samenvatting) -> JongereUitvoer:
        return cls(
            kandidaat_id=jongere.kandidaat_id,
            gemeentecode=jongere.gemeentecode,
            bekend_op=jongere.bekend_op,
            in_beeld=jongere.gezien_op is not None,
            gezien_op=jongere.gezien_op,
            gescand_op=jongere.gescand_op,
        )


class JongerenPagina(Page[JongereUitvoer]):
    """Jongeren in de volgorde waarin zij bekend werden."""


class BeeldVerwijzing(Uitvoer):
    beeld_id: UUID
    gezien_op: date


class ScanVerwijzing(Uitvoer):
    scan_id: UUID
    afgerond_op: date


class JongereMetInhoud(Uitvoer):
    """Een jongere met de nummers van alle beelden en quick scans, het nieuwste eerst."""

    kandidaat_id: UUID
    gemeentecode: str
    bekend_op: date
    beelden: list[BeeldVerwijzing]
    quick_scans: list[ScanVerwijzing]

    @classmethod
    def van(cls, jongere: jongeren.Overzicht) -> JongereMetInhoud:
        return cls(
            kandidaat_id=jongere.kandidaat_id,
            gemeentecode=jongere.gemeentecode,
            bekend_op=jongere.bekend_op,
            beelden=[BeeldVerwijzing(beeld_id=id_, gezien_op=op) for id_, op in jongere.beelden],
            quick_scans=[ScanVerwijzing(scan_id=id_, afgerond_op=op) for id_, op in jongere.scans],
        )


class AantalPerLeeftijd(Uitvoer):
    leeftijd: int
    aantal: int


class AantalPerActiviteit(Uitvoer):
    activiteit: Activiteit
    aantal: int


class StandUitvoer(Uitvoer):
    """Hoeveel jongeren van een gemeente bekend zijn, in beeld zijn, iets doen en hulp hebben."""

    gemeentecode: str
    bekend: int
    in_beeld: int
    niet_in_beeld: int
    activiteiten: list[AantalPerActiviteit]
    zonder_begeleiding: int


class TabelregelUitvoer(Uitvoer):
    """De jongeren van een gemeente en subgroep die WSD begeleidt."""

    gemeentecode: str
    subgroep: Subgroep
    totaal: int
    leeftijden: list[AantalPerLeeftijd]
    leeftijd_onbekend: int


class JongerenrapportageUitvoer(Uitvoer):
    """Wie in beeld is en waar zij staan, en wie WSD begeleidt naar subgroep en leeftijd."""

    peildatum: date
    standen: list[StandUitvoer]
    begeleid_door_wsd: list[TabelregelUitvoer]
    totaal_begeleid_door_wsd: int

    @classmethod
    def van(cls, rapportage: Jongerenrapportage) -> JongerenrapportageUitvoer:
        return cls(
            peildatum=rapportage.peildatum,
            standen=[
                StandUitvoer(
                    gemeentecode=stand.gemeentecode,
                    bekend=stand.bekend,
                    in_beeld=stand.in_beeld,
                    niet_in_beeld=stand.niet_in_beeld,
                    activiteiten=[
                        AantalPerActiviteit(activiteit=activiteit, aantal=aantal)
                        for activiteit, aantal in stand.per_activiteit.items()
                    ],
                    zonder_begeleiding=stand.zonder_begeleiding,
                )
                for stand in rapportage.standen
            ],
            begeleid_door_wsd=[
                TabelregelUitvoer(
                    gemeentecode=regel.gemeentecode,
                    subgroep=regel.subgroep,
                    totaal=regel.totaal,
                    leeftijden=[
                        AantalPerLeeftijd(leeftijd=leeftijd, aantal=aantal)
                        for leeftijd, aantal in regel.per_leeftijd.items()
                    ],
                    leeftijd_onbekend=regel.leeftijd_onbekend,
                )
                for regel in rapportage.tabel
            ],
            totaal_begeleid_door_wsd=rapportage.totaal,
        )


@router.get("/jongeren", response_model=JongerenPagina, responses=problems())
async def geef_jongeren(
    vraag: Lezen,
    pagina: Pagina,
    in_beeld: Annotated[
        bool | None,
        QueryParameter(alias="inBeeld", description="Alleen wie wel of juist niet in beeld is."),
    ] = None,
) -> Response:
    """Geef jongeren

    De gemeente ziet alle eigen jongeren, WSD die naar haar zijn doorverwezen.
    """
    return await vraag.page(
        pagina,
        lambda uow: jongeren.lijst(uow, in_beeld=in_beeld, na=pagina.after, aantal=pagina.fetch),
        answer=JongereUitvoer.van,
        key=lambda jongere: (jongere.bekend_op, jongere.kandidaat_id),
    )


@router.get(JONGERE, response_model=JongereMetInhoud, responses=problems(NietGevonden))
async def geef_jongere(kandidaat_id: KandidaatId, vraag: Lezen) -> Response:
    """Geef een jongere"""
    return await vraag.run(
        lambda uow: jongeren.overzicht(uow, kandidaat_id), answer=JongereMetInhoud.van
    )


@router.post(
    JONGERE + "/beelden",
    status_code=201,
    response_model=BeeldVastgelegd,
    responses=problems(NietGevonden, fouten.OngeldigBeeld),
)
async def breng_jongere_in_beeld(
    kandidaat_id: KandidaatId, invoer: BeeldInvoer, opdracht: Begeleider
) -> Response:
    """Breng een jongere in beeld

    Van elke kandidaat die zich als jongere meldde of naar WSD is doorverwezen.
    """
    return await opdracht.run(
        lambda uow: breng_in_beeld(uow, kandidaat_id, invoer.naar_beeld()),
        answer=BeeldVastgelegd.van,
        location=lambda beeld: f"/jongeren/{kandidaat_id}/beelden/{beeld.beeld_id}",
    )


@router.get(
    JONGERE + "/beelden/{beeldId}",
    response_model=BeeldUitvoer,
    responses=problems(NietGevonden),
)
async def zie_beeld_in(kandidaat_id: KandidaatId, beeld_id: BeeldId, vraag: Lezen) -> Response:
    """Zie een beeld in"""
    return await vraag.run(
        lambda uow: jongeren.zie_in(uow, kandidaat_id, Beeld, beeld_id), answer=BeeldUitvoer.van
    )


@router.post(
    JONGERE + "/quick-scans",
    status_code=201,
    response_model=JongerenscanVastgelegd,
    responses=problems(NietGevonden, fouten.OngeldigeJongerenscan),
)
async def leg_quick_scan_vast(
    kandidaat_id: KandidaatId, invoer: JongerenscanInvoer, opdracht: Begeleider
) -> Response:
    """Leg de quick scan van een jongere vast

    De gemeente of WSD legt vast wat een partner zag. Ieder die de jongere helpt kan hem gebruiken.
    """
    return await opdracht.run(
        lambda uow: scan_jongere(uow, kandidaat_id, invoer.naar_scan()),
        answer=JongerenscanVastgelegd.van,
        location=lambda scan: f"/jongeren/{kandidaat_id}/quick-scans/{scan.scan_id}",
    )


@router.get(
    JONGERE + "/quick-scans/{scanId}",
    response_model=JongerenscanUitvoer,
    responses=problems(NietGevonden),
)
async def zie_quick_scan_in(kandidaat_id: KandidaatId, scan_id: ScanId, vraag: Lezen) -> Response:
    """Zie een quick scan in"""
    return await vraag.run(
        lambda uow: jongeren.zie_in(uow, kandidaat_id, Jongerenscan, scan_id),
        answer=JongerenscanUitvoer.van,
    )


@router.get(
    "/rapportages/jongeren",
    response_model=JongerenrapportageUitvoer,
    responses=problems(NietGevonden),
)
async def rapporteer_over_jongeren(
    vraag: Lezen,
    peildatum: Annotated[
        Datum | None, QueryParameter(description="Hoe het op deze dag was; anders vandaag.")
    ] = None,
    gemeentecode: Gemeentecode = None,
) -> Response:
    """Rapporteer over jongeren

    De gemeente ziet de eigen cijfers, WSD die van alle jongeren die naar haar zijn doorverwezen.
    Wie op de peildatum 27 is of ouder telt niet mee.
    """
    van = vraag.of_gemeente(gemeentecode)

    async def tel(uow: Reading) -> Jongerenrapportage:
        op = peildatum or local_date(uow.now)
        return rapporteer(await jongeren.op_peildatum(uow, op, van), op)

    return await vraag.run(tel, answer=JongerenrapportageUitvoer.van)
