"""Loonwaardemetingen of a dossier, the reactions to them, and loonwaarden of before 2021."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Path, Response
from pydantic import Field

from chassis.web import (
    GEHEEL,
    Datum,
    Invoer,
    NietGevonden,
    Uitvoer,
    problems,
)
from services.diagnose.api.vormen import (
    DOSSIER,
    Dagen,
    DossierId,
    Lezen,
    Loonwaardedeskundige,
    MetingId,
    Naam,
    Procent,
    Tekst,
    Uren,
)
from services.diagnose.domain import fouten, loonwaarde
from services.diagnose.domain.loonwaarde import (
    EerdereLoonwaarde,
    Hoofdtaak,
    Loonwaardemeting,
    Loonwaardereactie,
    Maatstaf,
    Opleiding,
    Reactiepartij,
    Werkgever,
)
from services.diagnose.store import loonwaarden
from services.diagnose.use_cases.leg_eerdere_loonwaarde_vast import leg_eerdere_loonwaarde_vast
from services.diagnose.use_cases.reageer_op_loonwaarde import reageer_op_loonwaarde
from services.diagnose.use_cases.stel_loonwaarde_vast import stel_loonwaarde_vast

router = APIRouter(tags=["Metingen"])

LOONWAARDEN: Final = DOSSIER + "/loonwaardemetingen"
EERDERE: Final = DOSSIER + "/eerdere-loonwaarden"

EerdereId = Annotated[
    UUID, Path(alias="eerdereId", description="Het nummer van de eerdere loonwaarde.")
]


class LoonwaardedeskundigeInvoer(Invoer):
    """Wie meet, door het college aangewezen en gekwalificeerd (art. 3 Regeling)."""

    naam: Naam
    telefoonnummer: Naam
    aangewezen_op: Annotated[Datum, Field(description="Dag van de aanwijzing door het college.")]
    opleiding: Annotated[
        Opleiding,
        Field(description="Een relevant diploma, of door het college daaraan gelijkgesteld."),
    ]
    ervaringsjaren: Annotated[
        int, Field(ge=0, le=60, description="Ten minste 2 hele jaren."), GEHEEL
    ]
    kent_regelgeving: bool
    kent_arbeidsmarkt: bool
    houdt_kennis_bij: bool

    def naar_deskundige(self) -> loonwaarde.Loonwaardedeskundige:
        return loonwaarde.Loonwaardedeskundige(
            naam=self.naam,
            telefoonnummer=self.telefoonnummer,
            aangewezen_op=self.aangewezen_op,
            opleiding=self.opleiding,
            ervaringsjaren=self.ervaringsjaren,
            kent_regelgeving=self.kent_regelgeving,
            kent_arbeidsmarkt=self.kent_arbeidsmarkt,
            houdt_kennis_bij=self.houdt_kennis_bij,
        )


class WerkgeverInvoer(Invoer):
    """De werkgever bij wie is gemeten, en met wie is gesproken."""

    naam: Naam
    kvk_nummer: Annotated[str, Field(pattern=r"^[0-9]{8}$", examples=["12345678"])]
    contactpersoon: Naam
    email: Naam
    geinterviewde: Annotated[Naam, Field(description="Met wie is gesproken, en in welke functie.")]

    def naar_werkgever(self) -> Werkgever:
        return Werkgever(
            self.naam, self.kvk_nummer, self.contactpersoon, self.email, self.geinterviewde
        )


class HoofdtaakInvoer(Invoer):
    """Een hoofdtaak: ten minste 1/16 van de werktijd en 30 minuten per werkdag."""

    omschrijving: Naam
    aandeel: Procent
    tempo: Procent
    kwaliteit: Procent
    netto_werktijd: Procent
    toelichting_tempo: Tekst
    toelichting_kwaliteit: Tekst
    toelichting_netto_werktijd: Tekst

    def naar_hoofdtaak(self) -> Hoofdtaak:
        return Hoofdtaak(
            omschrijving=self.omschrijving,
            aandeel=self.aandeel,
            tempo=self.tempo,
            kwaliteit=self.kwaliteit,
            netto_werktijd=self.netto_werktijd,
            toelichting_tempo=self.toelichting_tempo,
            toelichting_kwaliteit=self.toelichting_kwaliteit,
            toelichting_netto_werktijd=self.toelichting_netto_werktijd,
        )


class LoonwaardemetingInvoer(Invoer):
    """Het modelrapport van de Regeling loonkostensubsidie Participatiewet 2021, in gegevens.

    Naam en geboortedatum staan al bij de kandidaat en horen hier niet.
    """

    bedrijfsbezoek_op: Datum
    rapportage_op: Annotated[Datum, Field(description="De datum van het rapport.")]
    vastgesteld_op: Datum
    ingangsdatum: Datum
    loonwaardedeskundige: LoonwaardedeskundigeInvoer
    werkgever: WerkgeverInvoer
    normfunctie: Annotated[
        Naam,
        Field(description="De functie van een gemiddelde werknemer die hier het meest op lijkt."),
    ]
    functie: Annotated[Naam, Field(description="De functie zoals zij wordt uitgevoerd.")]
    uren_per_week: Annotated[Uren, Field(description="Van de werknemer.")]
    voltijdsuren_per_week: Annotated[Uren, Field(description="Van een voltijdse week.")]
    werkdagen_per_week: Dagen
    hoofdtaken: Annotated[list[HoofdtaakInvoer], Field(max_length=10, default_factory=list)]
    reguliere_prestatie: Annotated[
        bool, Field(description="Levert een reguliere arbeidsprestatie: de loonwaarde is 100%.")
    ] = False
    hermeting_op: Annotated[
        Datum | None,
        Field(
            description="Uiterlijke dag van de hermeting, met werkgever en werknemer afgesproken."
        ),
    ] = None
    second_opinion_van: Annotated[
        UUID | None,
        Field(description="De meting die hiermee opnieuw is bekeken, op verzoek in een reactie."),
    ] = None

    def naar_meting(self) -> Loonwaardemeting:
        return Loonwaardemeting(
            meting_id=uuid4(),
            bedrijfsbezoek_op=self.bedrijfsbezoek_op,
            rapportage_op=self.rapportage_op,
            vastgesteld_op=self.vastgesteld_op,
            ingangsdatum=self.ingangsdatum,
            loonwaardedeskundige=self.loonwaardedeskundige.naar_deskundige(),
            werkgever=self.werkgever.naar_werkgever(),
            normfunctie=self.normfunctie,
            functie=self.functie,
            uren_per_week=self.uren_per_week,
            voltijdsuren_per_week=self.voltijdsuren_per_week,
            werkdagen_per_week=self.werkdagen_per_week,
            hoofdtaken=tuple(taak.naar_hoofdtaak() for taak in self.hoofdtaken),
            reguliere_prestatie=self.reguliere_prestatie,
            hermeting_op=self.hermeting_op,
            second_opinion_van=self.second_opinion_van,
        )


class LoonwaardeVastgelegd(Uitvoer):
    """De loonwaarde is vastgesteld."""

    meting_id: UUID
    loonwaarde: Annotated[int, Field(ge=0, le=100, description="Hele procenten van het WML.")]

    @classmethod
    def van(cls, meting: Loonwaardemeting) -> LoonwaardeVastgelegd:
        return cls(meting_id=meting.meting_id, loonwaarde=meting.loonwaarde)


class LoonwaardedeskundigeUitvoer(Uitvoer):
    naam: str
    telefoonnummer: str
    aangewezen_op: date
    opleiding: Opleiding
    ervaringsjaren: int
    kent_regelgeving: bool
    kent_arbeidsmarkt: bool
    houdt_kennis_bij: bool

    @classmethod
    def van(cls, wie: loonwaarde.Loonwaardedeskundige) -> LoonwaardedeskundigeUitvoer:
        return cls(
            naam=wie.naam,
            telefoonnummer=wie.telefoonnummer,
            aangewezen_op=wie.aangewezen_op,
            opleiding=wie.opleiding,
            ervaringsjaren=wie.ervaringsjaren,
            kent_regelgeving=wie.kent_regelgeving,
            kent_arbeidsmarkt=wie.kent_arbeidsmarkt,
            houdt_kennis_bij=wie.houdt_kennis_bij,
        )


class WerkgeverUitvoer(Uitvoer):
    naam: str
    kvk_nummer: str
    contactpersoon: str
    email: str
    geinterviewde: str

    @classmethod
    def van(cls, werkgever: Werkgever) -> WerkgeverUitvoer:
        return cls(
            naam=werkgever.naam,
            kvk_nummer=werkgever.kvk_nummer,
            contactpersoon=werkgever.contactpersoon,
            email=werkgever.email,
            geinterviewde=werkgever.geinterviewde,
        )


class HoofdtaakUitvoer(Uitvoer):
    omschrijving: str
    aandeel: Decimal
    tempo: Decimal
    kwaliteit: Decimal
    netto_werktijd: Decimal
    toelichting_tempo: str
    toelichting_kwaliteit: str
    toelichting_netto_werktijd: str
    resultaat: Annotated[
        Decimal, Field(description="Aandeel x tempo x kwaliteit x netto werktijd, in procenten.")
    ]

    @classmethod
    def van(cls, taak: Hoofdtaak) -> HoofdtaakUitvoer:
        return cls(
            omschrijving=taak.omschrijving,
            aandeel=taak.aandeel,
            tempo=taak.tempo,
            kwaliteit=taak.kwaliteit,
            netto_werktijd=taak.netto_werktijd,
            toelichting_tempo=taak.toelichting_tempo,
            toelichting_kwaliteit=taak.toelichting_kwaliteit,
            toelichting_netto_werktijd=taak.toelichting_netto_werktijd,
            resultaat=taak.resultaat,
        )


class ReactieUitvoer(Uitvoer):
    """Wat de werkgever of de werknemer van het rapport vindt."""

    reactie_id: UUID
    partij: Reactiepartij
    ontvangen_op: date
    akkoord: bool
    toelichting: str
    vraagt_second_opinion: bool

    @classmethod
    def van(cls, reactie: Loonwaardereactie) -> ReactieUitvoer:
        return cls(
            reactie_id=reactie.reactie_id,
            partij=reactie.partij,
            ontvangen_op=reactie.ontvangen_op,
            akkoord=reactie.akkoord,
            toelichting=reactie.toelichting,
            vraagt_second_opinion=reactie.vraagt_second_opinion,
        )


class LoonwaardemetingUitvoer(Uitvoer):
    """Het rapport van een loonwaardemeting. Elke inzage staat in het verwerkingenlogboek.

    De loonwaarde geldt voor deze persoon in deze functie bij deze werkgever.
    """

    meting_id: UUID
    methode: str
    bedrijfsbezoek_op: date
    rapportage_op: date
    vastgesteld_op: date
    ingangsdatum: date
    loonwaardedeskundige: LoonwaardedeskundigeUitvoer
    werkgever: WerkgeverUitvoer
    normfunctie: str
    functie: str
    uren_per_week: Decimal
    voltijdsuren_per_week: Decimal
    werkdagen_per_week: Decimal
    reguliere_prestatie: bool
    hoofdtaken: list[HoofdtaakUitvoer]
    onafgerond: Decimal
    loonwaarde: int
    hermeting_op: date | None
    second_opinion_van: UUID | None
    second_opinion_id: Annotated[
        UUID | None,
        Field(description="De meting die deze opnieuw bekeek; leeg als die er niet is."),
    ]
    reacties: list[ReactieUitvoer]

    @classmethod
    def van(cls, rapport: loonwaarden.Rapport) -> LoonwaardemetingUitvoer:
        meting = rapport.meting
        return cls(
            meting_id=meting.meting_id,
            methode=meting.methode,
            bedrijfsbezoek_op=meting.bedrijfsbezoek_op,
            rapportage_op=meting.rapportage_op,
            vastgesteld_op=meting.vastgesteld_op,
            ingangsdatum=meting.ingangsdatum,
            loonwaardedeskundige=LoonwaardedeskundigeUitvoer.van(meting.loonwaardedeskundige),
            werkgever=WerkgeverUitvoer.van(meting.werkgever),
            normfunctie=meting.normfunctie,
            functie=meting.functie,
            uren_per_week=meting.uren_per_week,
            voltijdsuren_per_week=meting.voltijdsuren_per_week,
            werkdagen_per_week=meting.werkdagen_per_week,
            reguliere_prestatie=meting.reguliere_prestatie,
            hoofdtaken=[HoofdtaakUitvoer.van(taak) for taak in meting.hoofdtaken],
            onafgerond=meting.onafgerond,
            loonwaarde=meting.loonwaarde,
            hermeting_op=meting.hermeting_op,
            second_opinion_van=meting.second_opinion_van,
            second_opinion_id=rapport.second_opinion_id,
            reacties=[ReactieUitvoer.van(reactie) for reactie in rapport.reacties],
        )


class ReactieInvoer(Invoer):
    """Een reactie op het rapport; wie niet akkoord is kan een second opinion vragen."""

    partij: Reactiepartij
    ontvangen_op: Datum
    akkoord: bool
    toelichting: Annotated[str, Field(max_length=5000)] = ""
    vraagt_second_opinion: bool = False

    def naar_reactie(self, meting_id: UUID) -> Loonwaardereactie:
        return Loonwaardereactie(
            reactie_id=uuid4(),
            meting_id=meting_id,
            partij=self.partij,
            ontvangen_op=self.ontvangen_op,
            akkoord=self.akkoord,
            toelichting=self.toelichting,
            vraagt_second_opinion=self.vraagt_second_opinion,
        )


class ReactieVastgelegd(Uitvoer):
    """De reactie is vastgelegd en staat bij het rapport."""

    reactie_id: UUID

    @classmethod
    def van(cls, reactie: Loonwaardereactie) -> ReactieVastgelegd:
        return cls(reactie_id=reactie.reactie_id)


class EerdereLoonwaardeInvoer(Invoer):
    """Een loonwaarde van voor 1 juli 2021, zoals het rapport van toen haar noemt."""

    methode: Naam
    versie: Naam
    loonwaarde: Annotated[int, Field(ge=0, le=100), GEHEEL]
    maatstaf: Annotated[Maatstaf, Field(description="Waarvan het een percentage is.")]
    vastgesteld_op: Datum
    ingangsdatum: Datum
    werkgever: Naam
    functie: Naam

    def naar_eerdere(self) -> EerdereLoonwaarde:
        return EerdereLoonwaarde(
            eerdere_id=uuid4(),
            methode=self.methode,
            versie=self.versie,
            loonwaarde=self.loonwaarde,
            maatstaf=self.maatstaf,
            vastgesteld_op=self.vastgesteld_op,
            ingangsdatum=self.ingangsdatum,
            werkgever=self.werkgever,
            functie=self.functie,
        )


class EerdereLoonwaardeVastgelegd(Uitvoer):
    """De eerdere loonwaarde is te lezen; er rust geen advies of subsidie op."""

    eerdere_id: UUID

    @classmethod
    def van(cls, eerdere: EerdereLoonwaarde) -> EerdereLoonwaardeVastgelegd:
        return cls(eerdere_id=eerdere.eerdere_id)


class EerdereLoonwaardeUitvoer(Uitvoer):
    """Een loonwaarde van voor de uniforme methode. Elke inzage staat in het logboek."""

    eerdere_id: UUID
    methode: str
    versie: str
    loonwaarde: int
    maatstaf: Maatstaf
    vastgesteld_op: date
    ingangsdatum: date
    werkgever: str
    functie: str

    @classmethod
    def van(cls, eerdere: EerdereLoonwaarde) -> EerdereLoonwaardeUitvoer:
        return cls(
            eerdere_id=eerdere.eerdere_id,
            methode=eerdere.methode,
            versie=eerdere.versie,
            loonwaarde=eerdere.loonwaarde,
            maatstaf=eerdere.maatstaf,
            vastgesteld_op=eerdere.vastgesteld_op,
            ingangsdatum=eerdere.ingangsdatum,
            werkgever=eerdere.werkgever,
            functie=eerdere.functie,
        )


@router.post(
    LOONWAARDEN,
    status_code=201,
    response_model=LoonwaardeVastgelegd,
    responses=problems(
        NietGevonden,
        fouten.OngeldigeLoonwaardemeting,
        fouten.DiagnoseNietGestart,
        fouten.LoonwaardeAlVastgesteld,
        fouten.DatumPastNiet,
        fouten.GrondslagOnbekend,
        fouten.SecondOpinionNietGevraagd,
    ),
)
async def leg_loonwaarde_vast(
    dossier_id: DossierId, invoer: LoonwaardemetingInvoer, opdracht: Loonwaardedeskundige
) -> Response:
    """Stel de loonwaarde vast

    Volgens de uniforme methode: de som over de hoofdtaken van aandeel x tempo x kwaliteit x netto
    werktijd, rekenkundig afgerond op hele procenten van het wettelijk minimumloon. Een volgende
    meting geldt vanaf een latere dag; de gebeurtenis noemt dan ook wat hiervoor gold in deze
    functie bij deze werkgever.
    """
    return await opdracht.run(
        lambda uow: stel_loonwaarde_vast(uow, dossier_id, invoer.naar_meting()),
        answer=LoonwaardeVastgelegd.van,
        location=lambda meting: f"/dossiers/{dossier_id}/loonwaardemetingen/{meting.meting_id}",
    )


@router.get(
    LOONWAARDEN + "/{metingId}",
    response_model=LoonwaardemetingUitvoer,
    responses=problems(NietGevonden),
)
async def zie_loonwaarde_in(dossier_id: DossierId, meting_id: MetingId, vraag: Lezen) -> Response:
    """Zie een loonwaardemeting in

    Het hele rapport met de reacties erop, voor de gemeente van de kandidaat en voor WSD.
    """
    return await vraag.run(
        lambda uow: loonwaarden.zie_rapport_in(uow, dossier_id, meting_id),
        answer=LoonwaardemetingUitvoer.van,
    )


@router.post(
    LOONWAARDEN + "/{metingId}/reacties",
    status_code=201,
    response_model=ReactieVastgelegd,
    responses=problems(
        NietGevonden,
        fouten.OngeldigeReactie,
        fouten.ReactieAlGegeven,
        fouten.DatumPastNiet,
        fouten.DatumInToekomst,
    ),
)
async def leg_reactie_vast(
    dossier_id: DossierId,
    meting_id: MetingId,
    invoer: ReactieInvoer,
    opdracht: Loonwaardedeskundige,
) -> Response:
    """Leg een reactie op een rapport vast

    Van de werkgever of de werknemer, van elk hoogstens een.
    """
    return await opdracht.run(
        lambda uow: reageer_op_loonwaarde(uow, dossier_id, invoer.naar_reactie(meting_id)),
        answer=ReactieVastgelegd.van,
        location=lambda _: f"/dossiers/{dossier_id}/loonwaardemetingen/{meting_id}",
    )


@router.post(
    EERDERE,
    status_code=201,
    response_model=EerdereLoonwaardeVastgelegd,
    responses=problems(NietGevonden, fouten.OngeldigeEerdereLoonwaarde),
)
async def leg_eerdere_vast(
    dossier_id: DossierId, invoer: EerdereLoonwaardeInvoer, opdracht: Loonwaardedeskundige
) -> Response:
    """Leg een loonwaarde van voor de uniforme methode vast

    Om te lezen: methoden verschilden tot 1 juli 2021, dus er rust geen advies of subsidie op.
    """
    return await opdracht.run(
        lambda uow: leg_eerdere_loonwaarde_vast(uow, dossier_id, invoer.naar_eerdere()),
        answer=EerdereLoonwaardeVastgelegd.van,
        location=lambda eerdere: f"/dossiers/{dossier_id}/eerdere-loonwaarden/{eerdere.eerdere_id}",
    )


@router.get(
    EERDERE + "/{eerdereId}",
    response_model=EerdereLoonwaardeUitvoer,
    responses=problems(NietGevonden),
)
async def zie_eerdere_in(dossier_id: DossierId, eerdere_id: EerdereId, vraag: Lezen) -> Response:
    """Zie een loonwaarde van voor de uniforme methode in"""
    return await vraag.run(
        lambda uow: loonwaarden.zie_eerdere_in(uow, dossier_id, eerdere_id),
        answer=EerdereLoonwaardeUitvoer.van,
    )
