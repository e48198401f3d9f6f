"""The REST API of intake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Path, Response
from fastapi import Query as QueryParameter
from pydantic import AfterValidator, Field
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.nl import bsn, postcode

from chassis.web import (
    Command,
    Datum,
    Invoer,
    NietGevonden,
    OngeldigeWaarde,
    Page,
    PageRequest,
    Query,
    Uitvoer,
    command,
    page,
    problems,
    query,
)
from contracts.portfolio import Dienst
from services.intake import overdrachten, persoonsgegevens, store
from services.intake.domain import fouten
from services.intake.domain.besluit import Besluit
from services.intake.domain.instroom import Doelgroep, Instroomkanaal
from services.intake.domain.kandidaat import (
    Kandidaat,
    Kandidaatstatus,
    OntvangenAdvies,
    Poortbesluit,
    Poortuitkomst,
    Programma,
    Trajectbesluit,
)
from services.intake.domain.overdracht import Overdracht, Overdrachtreden, Overdrachtstatus
from services.intake.persoonsgegevens import Adres, Persoonsgegevens
from services.intake.problemen import InwonerAlKandidaat, KandidaatAlBekend
from services.intake.use_cases.draag_over import TePlannen, draag_over, trek_overdracht_in
from services.intake.use_cases.meld_kandidaat_aan import Aanmelding, meld_kandidaat_aan
from services.intake.use_cases.neem_poortbesluit import neem_poortbesluit
from services.intake.use_cases.neem_trajectbesluit import neem_trajectbesluit
from services.intake.use_cases.verwijs_door import verwijs_door

TAGS: Final = {
    "Kandidaten": "Inwoners die zich bij de gemeente hebben gemeld.",
    "Overdrachten": "Een kandidaat gaat over naar een andere gemeente.",
    "Besluiten": "Wat de gemeente over een kandidaat besluit, of WSD onder mandaat.",
}

KANDIDAAT: Final = "/kandidaten/{kandidaatId}"

router = APIRouter()

KandidaatId = Annotated[UUID, Path(alias="kandidaatId", description="Het nummer van de kandidaat.")]
Pagina = Annotated[PageRequest, page(datetime, UUID)]

Lezen = Annotated[Query, query("intake.lezen")]
LezenMetVersie = Annotated[Query, query("intake.lezen", etag=True)]
Inzien = Annotated[Query, query("intake.persoonsgegevens.lezen")]
Klantmanager = Annotated[Command, command("intake.schrijven", roles={"klantmanager"})]
Beslisser = Annotated[
    Command, command("intake.schrijven", roles={"klantmanager", "trajectconsulent"})
]


def _bsn(value: str) -> str:
    try:
        return str(bsn.validate(value))
    except StdnumError as error:
        raise OngeldigeWaarde(
            "geen-bsn", "Dit is geen BSN: negen cijfers die aan de elfproef voldoen."
        ) from error


def _postcode(value: str) -> str:
    try:
        return str(postcode.validate(value))
    except StdnumError as error:
        raise OngeldigeWaarde("geen-postcode", "Geef een postcode op als 1234 AB.") from error


Bsn = Annotated[
    str,
    Field(
        description="Burgerservicenummer.",
        min_length=8,
        max_length=11,
        json_schema_extra={"examples": ["999990342"]},
    ),
    AfterValidator(_bsn),
]
Postcode = Annotated[
    str,
    Field(min_length=6, max_length=7, json_schema_extra={"examples": ["5281 AB"]}),
    AfterValidator(_postcode),
]
Naamdeel = Annotated[str, Field(min_length=1, max_length=200)]
Tekst = Annotated[str, Field(min_length=1, max_length=5000)]


class AdresInvoer(Invoer):
    straat: Naamdeel
    huisnummer: Annotated[str, Field(min_length=1, max_length=20)]
    postcode: Postcode
    woonplaats: Naamdeel


class PersoonInvoer(Invoer):
    """Wie de inwoner is. Wordt versleuteld bewaard en komt in geen gebeurtenis voor."""

    bsn: Bsn
    voornamen: Naamdeel
    voorvoegsel: Annotated[str, Field(min_length=1, max_length=20)] | None = None
    geslachtsnaam: Naamdeel
    geboortedatum: Datum
    email: (
        Annotated[str, Field(max_length=254, pattern=r"^[^@\s\x00]+@[^@\s\x00]+\.[^@\s\x00]+$")]
        | None
    ) = None
    telefoonnummer: Annotated[str, Field(pattern=r"^\+?[0-9 ()-]{6,20}$")] | None = None
    adres: AdresInvoer | None = None


class AanmeldingInvoer(Invoer):
    """De melding van een inwoner bij de eigen gemeente."""

    aangemeld_op: Datum
    instroomkanaal: Instroomkanaal
    doelgroep: Doelgroep
    persoon: PersoonInvoer
    toelichting: Tekst | None = None

    def naar_aanmelding(self) -> Aanmelding:
        persoon = self.persoon
        return Aanmelding(
            aangemeld_op=self.aangemeld_op,
            instroomkanaal=self.instroomkanaal,
            doelgroep=self.doelgroep,
            gegevens=Persoonsgegevens(
                bsn=persoon.bsn,
                voornamen=persoon.voornamen,
                voorvoegsel=persoon.voorvoegsel,
                geslachtsnaam=persoon.geslachtsnaam,
                geboortedatum=persoon.geboortedatum,
                email=persoon.email,
                telefoonnummer=persoon.telefoonnummer,
                adres=Adres(**persoon.adres.model_dump()) if persoon.adres else None,
                toelichting=self.toelichting,
            ),
        )


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


class DoorverwijzingInvoer(Invoer):
    doorverwezen_op: Datum


class OverdrachtInvoer(Invoer):
    """Aan wie, vanaf wanneer en waarom."""

    naar_gemeente: Annotated[
        str,
        Field(
            description="CBS-gemeentecode van de gemeente die de regie overneemt.",
            pattern=r"^[0-9]{4}$",
            json_schema_extra={"examples": ["0865"]},
        ),
    ]
    ingangsdatum: Annotated[
        Datum,
        Field(description="Eerste dag van de nieuwe regie: vandaag of tot een jaar vooruit."),
    ]
    reden: Overdrachtreden

    def naar_plan(self) -> TePlannen:
        return TePlannen(self.naar_gemeente, self.ingangsdatum, self.reden)


class TrajectbesluitInvoer(BesluitInvoer):
    programma: Programma
    diensten: Annotated[list[Dienst], Field(min_length=1, max_length=20)]
    met_wsd: bool


class KandidaatUitvoer(Uitvoer):
    """Een kandidaat, zonder persoonsgegevens."""

    kandidaat_id: UUID
    gemeentecode: str
    status: Kandidaatstatus
    aangemeld_op: date
    instroomkanaal: Instroomkanaal
    doelgroep: Doelgroep
    doorverwezen_op: date | None

    @classmethod
    def van(cls, kandidaat: Kandidaat | store.Samenvatting) -> KandidaatUitvoer:
        return cls(
            kandidaat_id=kandidaat.kandidaat_id,
            gemeentecode=kandidaat.gemeentecode,
            status=kandidaat.status,
            aangemeld_op=kandidaat.aangemeld_op,
            instroomkanaal=kandidaat.instroomkanaal,
            doelgroep=kandidaat.doelgroep,
            doorverwezen_op=kandidaat.doorverwezen_op,
        )


class AdviesUitvoer(Uitvoer):
    """Het advies van WSD, zoals het hier is ontvangen; de motivering staat in het dossier."""

    advies_id: UUID
    gegeven_op: date
    programma: Programma
    diensten: list[str]

    @classmethod
    def van(cls, advies: OntvangenAdvies) -> AdviesUitvoer:
        return cls(
            advies_id=advies.advies_id,
            gegeven_op=advies.gegeven_op,
            programma=advies.programma,
            diensten=list(advies.diensten),
        )


class KandidaatMetAdvies(KandidaatUitvoer):
    advies: AdviesUitvoer | None

    @classmethod
    def van_bewaard(cls, bewaard: store.Bewaard) -> KandidaatMetAdvies:
        kandidaat = bewaard.kandidaat
        return cls(
            **KandidaatUitvoer.van(kandidaat).model_dump(),
            advies=AdviesUitvoer.van(kandidaat.advies) if kandidaat.advies else None,
        )


class KandidatenPagina(Page[KandidaatUitvoer]):
    """Kandidaten in de volgorde waarin zij zijn vastgelegd."""


class AdresUitvoer(Uitvoer):
    straat: str
    huisnummer: str
    postcode: str
    woonplaats: str


class PersoonsgegevensUitvoer(Uitvoer):
    """Wie de kandidaat is. Elke inzage wordt vastgelegd in het verwerkingenlogboek."""

    bsn: str
    voornamen: str
    voorvoegsel: str | None
    geslachtsnaam: str
    geboortedatum: date
    email: str | None
    telefoonnummer: str | None
    adres: AdresUitvoer | None
    toelichting: str | None

    @classmethod
    def van(cls, gegevens: Persoonsgegevens) -> PersoonsgegevensUitvoer:
        adres = gegevens.adres
        return cls(
            bsn=gegevens.bsn,
            voornamen=gegevens.voornamen,
            voorvoegsel=gegevens.voorvoegsel,
            geslachtsnaam=gegevens.geslachtsnaam,
            geboortedatum=gegevens.geboortedatum,
            email=gegevens.email,
            telefoonnummer=gegevens.telefoonnummer,
            adres=AdresUitvoer(
                straat=adres.straat,
                huisnummer=adres.huisnummer,
                postcode=adres.postcode,
                woonplaats=adres.woonplaats,
            )
            if adres
            else None,
            toelichting=gegevens.toelichting,
        )


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


class OverdrachtUitvoer(Uitvoer):
    overdracht_id: UUID
    van_gemeente: str
    naar_gemeente: str
    ingangsdatum: date
    reden: Overdrachtreden
    status: Overdrachtstatus

    @classmethod
    def van(cls, overdracht: Overdracht) -> OverdrachtUitvoer:
        return cls(
            overdracht_id=overdracht.overdracht_id,
            van_gemeente=overdracht.van_gemeente,
            naar_gemeente=overdracht.naar_gemeente,
            ingangsdatum=overdracht.ingangsdatum,
            reden=overdracht.reden,
            status=overdracht.status,
        )


class OverdrachtenUitvoer(Uitvoer):
    """Alle overdrachten van een kandidaat, de oudste eerst."""

    overdrachten: list[OverdrachtUitvoer]

    @classmethod
    def van(cls, gevonden: Sequence[Overdracht]) -> OverdrachtenUitvoer:
        return cls(overdrachten=[OverdrachtUitvoer.van(overdracht) for overdracht in gevonden])


class BesluitenUitvoer(Uitvoer):
    """Alle besluiten over een kandidaat, het oudste eerst; het laatste telt."""

    poortbesluiten: list[PoortbesluitUitvoer]
    trajectbesluiten: list[TrajectbesluitUitvoer]

    @classmethod
    def van(cls, bewaard: store.Bewaard) -> BesluitenUitvoer:
        kandidaat = bewaard.kandidaat
        return cls(
            poortbesluiten=[PoortbesluitUitvoer.van(b) for b in kandidaat.poortbesluiten],
            trajectbesluiten=[TrajectbesluitUitvoer.van(b) for b in kandidaat.trajectbesluiten],
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


@router.post(
    "/kandidaten",
    status_code=201,
    tags=["Kandidaten"],
    response_model=KandidaatUitvoer,
    responses=problems(
        KandidaatAlBekend,
        fouten.NietBevoegd,
        fouten.OnbekendeGemeente,
        fouten.WswInstroomGesloten,
        fouten.DoelgroepPastNietBijLeeftijd,
        fouten.DatumPastNiet,
    ),
)
async def meld_aan(invoer: AanmeldingInvoer, opdracht: Klantmanager) -> Response:
    """Meld een kandidaat aan

    Een inwoner meldt zich altijd eerst bij de eigen gemeente. Het BSN moet aan de elfproef voldoen
    en mag bij de gemeente nog niet als kandidaat bekend zijn.
    """
    return await opdracht.run(
        lambda uow: meld_kandidaat_aan(uow, invoer.naar_aanmelding()),
        answer=KandidaatUitvoer.van,
        location=lambda kandidaat: f"/kandidaten/{kandidaat.kandidaat_id}",
    )


@router.get(
    "/kandidaten", tags=["Kandidaten"], response_model=KandidatenPagina, responses=problems()
)
async def lijst_kandidaten(
    vraag: Lezen,
    pagina: Pagina,
    status: Annotated[
        Kandidaatstatus | None, QueryParameter(description="Alleen kandidaten met deze status.")
    ] = None,
) -> Response:
    """Geef kandidaten

    De gemeente ziet de eigen kandidaten; WSD die naar haar zijn doorverwezen.
    """
    return await vraag.page(
        pagina,
        lambda uow: store.lijst(uow, status=status, na=pagina.after, aantal=pagina.fetch),
        answer=KandidaatUitvoer.van,
        key=lambda regel: (regel.vastgelegd_op, regel.kandidaat_id),
    )


@router.get(
    KANDIDAAT,
    tags=["Kandidaten"],
    response_model=KandidaatMetAdvies,
    responses=problems(NietGevonden),
)
async def geef_kandidaat(kandidaat_id: KandidaatId, vraag: LezenMetVersie) -> Response:
    """Geef een kandidaat

    Met het advies van WSD zodra het er is.
    """
    return await vraag.run(
        lambda uow: store.haal(uow, kandidaat_id),
        answer=KandidaatMetAdvies.van_bewaard,
        version=lambda bewaard: bewaard.versie,
    )


@router.get(
    KANDIDAAT + "/persoonsgegevens",
    tags=["Kandidaten"],
    response_model=PersoonsgegevensUitvoer,
    responses=problems(NietGevonden),
)
async def geef_persoonsgegevens(kandidaat_id: KandidaatId, vraag: Inzien) -> Response:
    """Zie de persoonsgegevens van een kandidaat in

    Vraagt een eigen scope; elke inzage wordt vastgelegd.
    """
    return await vraag.run(
        lambda uow: persoonsgegevens.zie_in(uow, kandidaat_id),
        answer=PersoonsgegevensUitvoer.van,
    )


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
    KANDIDAAT + "/doorverwijzingen",
    status_code=201,
    tags=["Kandidaten"],
    response_model=KandidaatUitvoer,
    responses=problems(
        NietGevonden,
        fouten.NietBevoegd,
        fouten.AlDoorverwezen,
        fouten.GeenPoortbesluit,
        fouten.PoortbesluitLeidtNietNaarWsd,
        fouten.DatumPastNiet,
        fouten.DoelgroepPastNietBijLeeftijd,
    ),
)
async def verwijs_kandidaat_door(
    kandidaat_id: KandidaatId,
    invoer: DoorverwijzingInvoer,
    opdracht: Klantmanager,
) -> Response:
    """Verwijs een kandidaat door naar WSD

    Kan na het poortbesluit "aanmelden bij WSD". Vanaf hier ziet WSD de kandidaat en wat er volgt.
    """
    return await opdracht.run(
        lambda uow: verwijs_door(uow, kandidaat_id, invoer.doorverwezen_op),
        answer=KandidaatUitvoer.van,
        location=lambda _: f"/kandidaten/{kandidaat_id}",
    )


@router.post(
    KANDIDAAT + "/trajectbesluiten",
    status_code=201,
    tags=["Besluiten"],
    response_model=TrajectbesluitUitvoer,
    responses=problems(
        NietGevonden,
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


@router.get(
    KANDIDAAT + "/overdrachten",
    tags=["Overdrachten"],
    response_model=OverdrachtenUitvoer,
    responses=problems(NietGevonden),
)
async def geef_overdrachten(kandidaat_id: KandidaatId, vraag: Lezen) -> Response:
    """Geef de overdrachten van een kandidaat"""
    return await vraag.run(
        lambda uow: overdrachten.lijst(uow, kandidaat_id),
        answer=OverdrachtenUitvoer.van,
    )


@router.post(
    KANDIDAAT + "/overdrachten",
    status_code=201,
    tags=["Overdrachten"],
    response_model=OverdrachtUitvoer,
    responses=problems(
        NietGevonden,
        InwonerAlKandidaat,
        fouten.NietBevoegd,
        fouten.OnbekendeGemeente,
        fouten.OverdrachtAanZichzelf,
        fouten.IngangsdatumPastNiet,
        fouten.OverdrachtAlGepland,
    ),
)
async def draag_kandidaat_over(
    kandidaat_id: KandidaatId,
    invoer: OverdrachtInvoer,
    opdracht: Klantmanager,
) -> Response:
    """Draag een kandidaat over aan een andere gemeente

    Met ingang van vandaag gebeurt het meteen; met een latere datum bij het begin van die dag. Vanaf
    dan heeft de andere gemeente de kandidaat, met alles wat erbij hoort, en ontvangt zij de
    gebeurtenissen. Voor uw gemeente bestaat de kandidaat dan niet meer; wat u al ontving houdt u.
    Voor WSD verandert er niets.
    """
    return await opdracht.run(
        lambda uow: draag_over(uow, kandidaat_id, invoer.naar_plan()),
        answer=OverdrachtUitvoer.van,
        location=lambda _: f"/kandidaten/{kandidaat_id}/overdrachten",
    )


@router.post(
    KANDIDAAT + "/overdrachten/{overdrachtId}/intrekkingen",
    status_code=201,
    tags=["Overdrachten"],
    response_model=OverdrachtUitvoer,
    responses=problems(
        NietGevonden,
        fouten.NietBevoegd,
        fouten.OverdrachtIngetrokken,
        fouten.AlOvergedragen,
    ),
)
async def trek_een_overdracht_in(
    kandidaat_id: KandidaatId,
    overdracht_id: Annotated[
        UUID, Path(alias="overdrachtId", description="Het nummer van de overdracht.")
    ],
    opdracht: Klantmanager,
) -> Response:
    """Trek een geplande overdracht in

    Kan zolang zij niet is uitgevoerd.
    """
    return await opdracht.run(
        lambda uow: trek_overdracht_in(uow, kandidaat_id, overdracht_id),
        answer=OverdrachtUitvoer.van,
        location=lambda _: f"/kandidaten/{kandidaat_id}/overdrachten",
    )
