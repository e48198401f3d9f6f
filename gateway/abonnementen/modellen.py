"""What goes in and out of the API of abonnementen."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal, Self
from uuid import UUID, uuid4

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Discriminator, Field, Tag

from chassis.web import Invoer, OngeldigeWaarde, Page, Tijdstip, Uitvoer
from contracts.vorm import Weglaatbaar
from gateway.abonnementen.aanmelding import Aanmelding, Methode, Soort, nieuwe_sleutel
from gateway.abonnementen.abonnement import (
    LANGSTE_OVERLAP,
    OVERLAP,
    Abonnement,
    Poging,
    Regel,
    Sleutel,
    Stand,
    Zichtbaar,
)
from gateway.abonnementen.adres import PATROON as ADRES
from gateway.abonnementen.berichten import Formaat
from gateway.abonnementen.uitkomst import Antwoord
from gateway.abonnementen.wachtrij import Status as AfleveringStatus
from gateway.gebeurtenissen.cursor import PATTERN as CURSOR
from gateway.gebeurtenissen.cursor import encode_cursor
from gateway.gebeurtenissen.vragen import Type, known_types

Naam = Annotated[
    str, Field(min_length=1, max_length=100, description="Waaraan u het herkent, zonder namen.")
]
Url = Annotated[
    str,
    Field(
        pattern=ADRES,
        max_length=500,
        description="Adres van de ontvanger: https, zonder gebruikersnaam en fragment, op poort "
        "443 of hoger dan 1023. Zet er geen geheimen in.",
        json_schema_extra={"examples": ["https://ontvanger.example/meedoen"]},
    ),
]
Types = Annotated[
    list[Type],
    Field(max_length=100, description="Alleen deze typen; leeg is alles wat u mag zien."),
    AfterValidator(known_types),
]
Zichtbare_tekst = Annotated[str, Field(pattern=r"^[!-~]{1,500}$")]
Geheim = Annotated[
    str,
    Field(
        pattern=r"^[!-~]{1,2000}$",
        description="Wordt versleuteld bewaard en nooit getoond.",
        json_schema_extra={"writeOnly": True},
    ),
]
Scope = Annotated[str, Field(pattern=r"^[!-~]+( [!-~]+)*$", max_length=500)]
Cursor = Annotated[
    str, Field(pattern=f"^{CURSOR}$", description="Plaats in uw feed; het begint erna.")
]


class GeenAanmelding(Invoer):
    """Alleen de handtekening zegt wie er stuurt."""

    soort: Literal["geen"]

    def aanmelding(self) -> Aanmelding:
        return Aanmelding(Soort.GEEN, {}, {})


class BearerAanmelding(Invoer):
    """Een vast token in de header Authorization."""

    soort: Literal["bearer"]
    token: Geheim

    def aanmelding(self) -> Aanmelding:
        return Aanmelding(Soort.BEARER, {}, {"token": self.token})


class OAuth2Aanmelding(Invoer):
    """Een access token met client credentials, van uw eigen autorisatieserver."""

    soort: Literal["oauth2"]
    token_url: Url
    client_id: Zichtbare_tekst
    scope: Weglaatbaar[Scope] = None
    geheim: Weglaatbaar[Geheim] = Field(
        default=None,
        description="Het client secret. Weggelaten: wij melden ons aan met private_key_jwt, en "
        "geven de openbare sleutel die uw autorisatieserver moet kennen.",
    )

    def aanmelding(self) -> Aanmelding:
        instellingen: dict[str, Any] = {"tokenUrl": self.token_url, "clientId": self.client_id}
        if self.scope is not None:
            instellingen["scope"] = self.scope
        if self.geheim is not None:
            instellingen["methode"] = Methode.CLIENT_SECRET_BASIC
            return Aanmelding(Soort.OAUTH2, instellingen, {"geheim": self.geheim})
        openbaar, eigen = nieuwe_sleutel(str(uuid4()))
        instellingen |= {"methode": Methode.PRIVATE_KEY_JWT, "openbareSleutel": openbaar}
        return Aanmelding(Soort.OAUTH2, instellingen, {"sleutel": eigen})


class ZgwAanmelding(Invoer):
    """Een token zoals de ZGW API's het kennen: HS256, met een gedeeld geheim."""

    soort: Literal["zgw"]
    client_id: Zichtbare_tekst
    geheim: Geheim

    def aanmelding(self) -> Aanmelding:
        return Aanmelding(Soort.ZGW, {"clientId": self.client_id}, {"geheim": self.geheim})


def _soort(waarde: object) -> str | None:
    soort = waarde.get("soort") if isinstance(waarde, dict) else getattr(waarde, "soort", None)
    return soort if isinstance(soort, str) else None


def _bekende_soort(waarde: object) -> object:
    if isinstance(waarde, dict) and _soort(waarde) not in list(Soort):
        raise OngeldigeWaarde("niet-in-lijst", f"Kies als soort uit: {', '.join(Soort)}.")
    return waarde


AanmeldingInvoer = Annotated[
    Annotated[GeenAanmelding, Tag("geen")]
    | Annotated[BearerAanmelding, Tag("bearer")]
    | Annotated[OAuth2Aanmelding, Tag("oauth2")]
    | Annotated[ZgwAanmelding, Tag("zgw")],
    Discriminator(_soort),
    BeforeValidator(_bekende_soort),
]


class AbonnementInvoer(Invoer):
    """Waar uw gebeurtenissen heen moeten."""

    model_config = ConfigDict(
        json_schema_extra={"not": {"required": ["vanaf", "vanafMoment"]}},
    )

    naam: Naam
    callback_url: Url
    formaat: Formaat = Formaat.CLOUDEVENTS
    types: Types = []  # noqa: RUF012 - pydantic copies it
    aanmelding: AanmeldingInvoer = GeenAanmelding(soort="geen")
    vanaf: Weglaatbaar[Cursor] = Field(
        default=None, description="Cursor waarna het begint. Weggelaten: met wat hierna komt."
    )
    vanaf_moment: Weglaatbaar[Tijdstip] = Field(
        default=None, description="Of: begin met wat vanaf dit moment voor u beschikbaar kwam."
    )


class AbonnementWijziging(Invoer):
    """Alleen wat u opgeeft verandert."""

    naam: Weglaatbaar[Naam] = None
    callback_url: Weglaatbaar[Url] = None
    types: Weglaatbaar[Types] = None
    aanmelding: Weglaatbaar[AanmeldingInvoer] = None
    gepauzeerd: Weglaatbaar[bool] = None


class SleutelInvoer(Invoer):
    overlap_uren: Annotated[
        int,
        Field(
            ge=0,
            le=int(LANGSTE_OVERLAP / timedelta(hours=1)),
            description="Hoe lang de vorige sleutel nog meetekent.",
        ),
    ] = int(OVERLAP / timedelta(hours=1))


class HerhalingInvoer(Invoer):
    """Geef precies een van deze op."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1, "maxProperties": 1})

    vanaf: Weglaatbaar[Cursor] = Field(
        default=None, description="Alles na deze plaats in uw feed, opnieuw en in volgorde."
    )
    vanaf_moment: Weglaatbaar[Tijdstip] = Field(
        default=None, description="Alles wat vanaf dit moment voor u beschikbaar kwam."
    )
    gebeurtenis_id: Weglaatbaar[UUID] = Field(
        default=None, description="Deze ene opgegeven aflevering."
    )
    opgegeven: Weglaatbaar[Literal[True]] = Field(
        default=None, description="Alle opgegeven afleveringen."
    )


class OverslagInvoer(Invoer):
    gebeurtenis_id: UUID
    reden: Annotated[
        str,
        Field(min_length=1, max_length=500, description="Waarom; noem geen personen."),
    ]


class AanmeldingUitvoer(Uitvoer):
    """Hoe wij ons bij de ontvanger aanmelden, zonder de geheimen."""

    soort: Soort
    token_url: str | None
    client_id: str | None
    scope: str | None
    methode: Methode | None
    openbare_sleutel: dict[str, Any] | None = Field(
        description="JWK voor uw autorisatieserver, bij private_key_jwt."
    )

    @classmethod
    def van(cls, abonnement: Abonnement) -> Self:
        gegeven = abonnement.instellingen
        return cls(
            soort=abonnement.aanmelding,
            token_url=gegeven.get("tokenUrl"),
            client_id=gegeven.get("clientId"),
            scope=gegeven.get("scope"),
            methode=gegeven.get("methode"),
            openbare_sleutel=gegeven.get("openbareSleutel"),
        )


class AbonnementUitvoer(Uitvoer):
    abonnement_id: UUID
    naam: str
    callback_url: str
    formaat: Formaat
    types: list[str]
    aanmelding: AanmeldingUitvoer
    status: Zichtbaar
    toestemming_fout: str | None = Field(
        description="Waarom de ontvanger nog geen toestemming gaf, als vaste aanduiding."
    )
    aangemaakt_op: datetime

    @classmethod
    def van(cls, abonnement: Abonnement) -> Self:
        return cls(
            abonnement_id=abonnement.id,
            naam=abonnement.naam,
            callback_url=abonnement.callback_url,
            formaat=abonnement.formaat,
            types=list(abonnement.types),
            aanmelding=AanmeldingUitvoer.van(abonnement),
            status=abonnement.zichtbaar,
            toestemming_fout=abonnement.toestemming_fout,
            aangemaakt_op=abonnement.aangemaakt_op,
        )


_EENMALIG = Field(
    description="Waarmee u handtekeningen controleert. Wordt alleen nu getoond; in het antwoord op "
    "een herhaald verzoek staat het niet: maak dan een nieuwe sleutel."
)


class NieuwAbonnementUitvoer(AbonnementUitvoer):
    """Het abonnement, met het geheim waarmee u handtekeningen controleert."""

    geheim: str | None = _EENMALIG

    @classmethod
    def van(cls, abonnement: Abonnement) -> Self:
        return cls(**AbonnementUitvoer.van(abonnement).model_dump(), geheim=None)


class AbonnementenPagina(Page[AbonnementUitvoer]): ...


class SleutelUitvoer(Uitvoer):
    sleutel_id: UUID
    gemaakt_op: datetime
    vervalt_op: datetime | None = Field(description="Tot dan tekent zij mee; leeg: de huidige.")

    @classmethod
    def van(cls, sleutel: Sleutel) -> Self:
        return cls(
            sleutel_id=sleutel.id, gemaakt_op=sleutel.gemaakt_op, vervalt_op=sleutel.vervalt_op
        )


class NieuweSleutelUitvoer(SleutelUitvoer):
    geheim: str | None = _EENMALIG

    @classmethod
    def van(cls, sleutel: Sleutel) -> Self:
        return cls(**SleutelUitvoer.van(sleutel).model_dump(), geheim=None)


class SleutelsUitvoer(Uitvoer):
    """De sleutels die nu tekenen, de nieuwste eerst."""

    resultaten: list[SleutelUitvoer]


class ProefUitvoer(Uitvoer):
    """Wat de ontvanger antwoordde."""

    gelukt: bool
    status: int | None = Field(description="HTTP-status; leeg als er geen antwoord kwam.")
    duur_ms: int
    fout: str | None = Field(description="Klasse van de fout, als vaste aanduiding.")

    @classmethod
    def van(cls, antwoord: Antwoord) -> Self:
        return cls(
            gelukt=antwoord.fout is None,
            status=antwoord.status,
            duur_ms=antwoord.duur_ms,
            fout=antwoord.fout,
        )


class StandUitvoer(Uitvoer):
    """Hoe het met de bezorging staat."""

    cursor: str = Field(description="Tot waar uw feed is gelezen.")
    wachtend: int = Field(description="Gebeurtenissen die nog moeten aankomen.")
    oudste_op: datetime | None = Field(
        description="Wanneer de oudste die nog niet is aangekomen voor u beschikbaar kwam."
    )
    opgegeven: int
    storing_sinds: datetime | None = Field(
        description="Sinds wanneer de ontvanger niets aanneemt: dan proberen wij het nu en dan."
    )
    volgende_proef_op: datetime | None
    niet_voor: datetime | None = Field(description="De ontvanger vroeg te wachten tot dan.")
    berichten_per_minuut: int | None = Field(description="Hoogste tempo dat de ontvanger toestaat.")

    @classmethod
    def van(cls, stand: Stand, afnemer: str) -> Self:
        return cls(
            cursor=encode_cursor(afnemer, stand.gelezen_tot),
            wachtend=stand.wachtend,
            oudste_op=stand.oudste_op,
            opgegeven=stand.opgegeven,
            storing_sinds=stand.storing_sinds,
            volgende_proef_op=stand.volgende_proef_op,
            niet_voor=stand.niet_voor,
            berichten_per_minuut=stand.tempo,
        )


class PogingUitvoer(Uitvoer):
    moment: datetime
    status: int | None
    duur_ms: int
    fout: str | None

    @classmethod
    def van(cls, poging: Poging) -> Self:
        return cls(
            moment=poging.moment, status=poging.status, duur_ms=poging.duur_ms, fout=poging.fout
        )


class AfleveringUitvoer(Uitvoer):
    gebeurtenis_id: UUID = Field(description="Het `id` van de gebeurtenis, en de `webhook-id`.")
    cursor: str
    type: str
    subject: UUID
    status: AfleveringStatus
    aantal_pogingen: int = Field(description="Sinds zij voor het laatst begon.")
    volgende_op: datetime | None
    opgegeven_op: datetime | None
    afgerond_op: datetime | None
    fout: str | None = Field(description="Klasse van de laatste fout, als vaste aanduiding.")
    reden: str | None = Field(description="Waarom zij is overgeslagen.")
    overgeslagen_door: str | None
    pogingen: list[PogingUitvoer] = Field(description="De laatste pogingen, de nieuwste eerst.")

    @classmethod
    def van(cls, regel: Regel, afnemer: str) -> Self:
        return cls(
            gebeurtenis_id=regel.event_id,
            cursor=encode_cursor(afnemer, regel.nummer),
            type=regel.type,
            subject=regel.subject,
            status=regel.status,
            aantal_pogingen=regel.aantal_pogingen,
            volgende_op=regel.volgende_op,
            opgegeven_op=regel.opgegeven_op,
            afgerond_op=regel.afgerond_op,
            fout=regel.fout,
            reden=regel.reden,
            overgeslagen_door=regel.overgeslagen_door,
            pogingen=[PogingUitvoer.van(poging) for poging in regel.pogingen],
        )


class AfleveringenPagina(Page[AfleveringUitvoer]): ...


class HerhalingUitvoer(Uitvoer):
    """Wat er opnieuw wordt afgeleverd."""

    vanaf: str | None = Field(description="De plaats in uw feed waarna alles opnieuw komt.")
    aantal: int | None = Field(description="Hoeveel opgegeven afleveringen er weer meedoen.")


class OverslagUitvoer(Uitvoer):
    gebeurtenis_id: UUID
    status: AfleveringStatus
