"""Kandidaten: reported, looked up, referred to WSD."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.web import Datum, Invoer, NietGevonden, Page, Uitvoer, problems
from contracts.vorm import EMAIL_PATROON
from services.intake import persoonsgegevens, store
from services.intake.api.vormen import (
    KANDIDAAT,
    Bsn,
    Inzien,
    KandidaatId,
    Klantmanager,
    Lezen,
    LezenMetVersie,
    Naamdeel,
    Pagina,
    Postcode,
    Tekst,
)
from services.intake.domain import fouten
from services.intake.domain.instroom import Doelgroep, Instroomkanaal, Instroomreden
from services.intake.domain.kandidaat import (
    Kandidaat,
    Kandidaatstatus,
    OntvangenAdvies,
    Programma,
)
from services.intake.persoonsgegevens import Adres, Geslacht, Persoonsgegevens
from services.intake.problemen import KandidaatAlBekend
from services.intake.use_cases.meld_kandidaat_aan import Aanmelding, meld_kandidaat_aan
from services.intake.use_cases.verwijs_door import verwijs_door

router = APIRouter()


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
    geslacht: Annotated[
        Geslacht | None, Field(description="Zoals in de BRP; alleen voor de levering aan het CBS.")
    ] = None
    email: Annotated[str, Field(max_length=254, pattern=EMAIL_PATROON)] | None = None
    telefoonnummer: Annotated[str, Field(pattern=r"^\+?[0-9 ()-]{6,20}$")] | None = None
    adres: AdresInvoer | None = None

    def naar_gegevens(
        self, toelichting: str | None, instroomreden: Instroomreden | None
    ) -> Persoonsgegevens:
        return Persoonsgegevens(
            bsn=self.bsn,
            voornamen=self.voornamen,
            voorvoegsel=self.voorvoegsel,
            geslachtsnaam=self.geslachtsnaam,
            geboortedatum=self.geboortedatum,
            email=self.email,
            telefoonnummer=self.telefoonnummer,
            adres=Adres(**self.adres.model_dump()) if self.adres else None,
            toelichting=toelichting,
            instroomreden=instroomreden,
            geslacht=self.geslacht,
        )


Reden = Annotated[
    Instroomreden,
    Field(description="Waarom de inwoner zich meldt. Wordt bij de persoonsgegevens bewaard."),
]


class AanmeldingInvoer(Invoer):
    """De melding van een inwoner bij de eigen gemeente."""

    aangemeld_op: Datum
    instroomkanaal: Instroomkanaal
    doelgroep: Doelgroep
    instroomreden: Reden | None = None
    persoon: PersoonInvoer
    toelichting: Tekst | None = None

    def naar_aanmelding(self) -> Aanmelding:
        return Aanmelding(
            aangemeld_op=self.aangemeld_op,
            instroomkanaal=self.instroomkanaal,
            doelgroep=self.doelgroep,
            gegevens=self.persoon.naar_gegevens(self.toelichting, self.instroomreden),
        )


class DoorverwijzingInvoer(Invoer):
    doorverwezen_op: Datum


class KandidaatUitvoer(Uitvoer):
    """Een kandidaat, zonder persoonsgegevens."""

    kandidaat_id: UUID
    gemeentecode: str
    status: Kandidaatstatus
    aangemeld_op: date
    instroomkanaal: Instroomkanaal
    doelgroep: Doelgroep
    doorverwezen_op: date | None
    uitgestroomd_op: date | None
    ronde: Annotated[
        int, Field(description="De hoeveelste aanmelding dit is; een heraanmelding telt door.")
    ]
    gebiedsteam: Annotated[
        str | None,
        Field(description="Het team van de gemeente dat helpt, naar de postcode bij aanmelding."),
    ]

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
            uitgestroomd_op=kandidaat.uitgestroomd_op,
            ronde=kandidaat.ronde,
            gebiedsteam=kandidaat.gebiedsteam,
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
    instroomreden: Instroomreden | None
    geslacht: Geslacht | None

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
            instroomreden=gegevens.instroomreden,
            geslacht=gegevens.geslacht,
        )


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
    en mag bij de gemeente nog niet als kandidaat bekend zijn. Is de kandidaat er al, maar
    uitgestroomd, dan zegt het antwoord of een terugval kan of een heraanmelding nodig is.
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
    gebiedsteam: Annotated[
        str | None,
        QueryParameter(
            description="Alleen kandidaten van dit gebiedsteam.", min_length=1, max_length=200
        ),
    ] = None,
) -> Response:
    """Geef kandidaten

    De gemeente ziet de eigen kandidaten; WSD die naar haar zijn doorverwezen.
    """
    return await vraag.page(
        pagina,
        lambda uow: store.lijst(
            uow,
            status=status,
            gebiedsteam=gebiedsteam,
            na=pagina.after,
            aantal=pagina.fetch,
        ),
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


@router.post(
    KANDIDAAT + "/doorverwijzingen",
    status_code=201,
    tags=["Kandidaten"],
    response_model=KandidaatUitvoer,
    responses=problems(
        NietGevonden,
        fouten.KandidaatIsUitgestroomd,
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
