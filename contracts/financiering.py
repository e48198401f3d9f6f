"""What financiering says: what a placement costs, and who pays."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from contracts.gebeurtenis import Datum, Euro, Gebeurtenis, Id, Jaar, Percentage, Weglaatbaar
from contracts.plaatsing import Grondslag
from contracts.portfolio import Dienst


class Beschikkingsoort(StrEnum):
    """What a beschikking about a loonkostensubsidie decides."""

    TOEKENNING = "toekenning"
    AFWIJZING = "afwijzing"
    HERZIENING = "herziening"
    BEEINDIGING = "beeindiging"


class Financieringstermijnsoort(StrEnum):
    """What had to be done before the term ended."""

    BESLISSING_LKS = "beslissing-lks"
    LOONWAARDE_NA_FORFAIT = "loonwaarde-na-forfait"


class TenLasteVan(StrEnum):
    """Who bears the cost of the guidance on a placement (bron 000 §3.2)."""

    GEMEENTEBUDGET = "gemeentebudget"
    STIMULUS = "stimulus"


class Budgetsoort(StrEnum):
    """The budgets of a gemeente for participation (bron 001, bijlage 3)."""

    WSW = "wsw"
    BUIG = "buig"
    BEGELEIDING_NIEUWE_DOELGROEP = "begeleiding-nieuwe-doelgroep"
    BEGELEIDING_KLASSIEK = "begeleiding-klassiek"
    WMO = "wmo"
    JEUGD = "jeugd"
    ALGEMENE_UITKERING = "algemene-uitkering"


class Factuursoort(StrEnum):
    """An invoice, or what takes (a part of) one back."""

    FACTUUR = "factuur"
    CREDITNOTA = "creditnota"


class LKSVastgesteld(Gebeurtenis):
    """The monthly loonkostensubsidie from a date on, for a full month (PW art. 10d lid 4, 5, 7)."""

    naam: ClassVar[str] = "lks-vastgesteld"
    dienst: ClassVar[str] = "financiering"
    omschrijving: ClassVar[str] = (
        "De loonkostensubsidie per maand is vastgesteld (Participatiewet art. 10d lid 4, 5 en 7). "
        "Het bedrag geldt voor een hele maand, vanaf de ingangsdatum."
    )
    dataref_pad: ClassVar[str] = "/financiering/v1/loonkostensubsidies/{lks_id}"

    lks_id: Id = Field(description="Identificatie van de loonkostensubsidie.")
    plaatsing_id: Id = Field(description="Identificatie van de plaatsing.")
    ingangsdatum: Datum = Field(description="Dag vanaf wanneer het maandbedrag geldt.")
    grondslag: Grondslag = Field(
        description="Waarop de loonkostensubsidie rust: een gemeten loonwaarde (Participatiewet "
        "art. 10d lid 4) of het forfait (lid 5)."
    )
    loonwaarde: Weglaatbaar[Percentage] = Field(
        default=None,
        description="Loonwaarde in hele procenten van het wettelijk minimumloon; ontbreekt bij het "
        "forfait.",
    )
    maandbedrag: Euro = Field(
        description="Loonkostensubsidie per maand in euro's, met de vergoeding werkgeverslasten."
    )


class LKSBeschikkingGegeven(Gebeurtenis):
    """The college decided on a loonkostensubsidie, by letter (PW art. 10d lid 12)."""

    naam: ClassVar[str] = "lks-beschikking-gegeven"
    dienst: ClassVar[str] = "financiering"
    omschrijving: ClassVar[str] = (
        "Het college heeft over een loonkostensubsidie beschikt. De motivering staat er niet in."
    )
    dataref_pad: ClassVar[str] = "/financiering/v1/lks-beschikkingen/{beschikking_id}"

    beschikking_id: Id = Field(description="Identificatie van de beschikking.")
    lks_id: Id = Field(description="Identificatie van de loonkostensubsidie.")
    plaatsing_id: Id = Field(description="Identificatie van de plaatsing.")
    soort: Beschikkingsoort = Field(description="Wat is besloten.")
    ingangsdatum: Datum = Field(description="Dag vanaf wanneer het besluit werkt.")
    bekendgemaakt_op: Datum = Field(description="Dag van bekendmaking.")
    bezwaar_tot_en_met: Datum = Field(description="Laatste dag om bezwaar te maken.")


class FinancieringstermijnVerstreken(Gebeurtenis):
    """Something about money had to be decided by a day, and was not."""

    naam: ClassVar[str] = "financieringstermijn-verstreken"
    dienst: ClassVar[str] = "financiering"
    omschrijving: ClassVar[str] = (
        "Een termijn over geld is verstreken zonder dat is gedaan waarvoor zij liep."
    )
    dataref_pad: ClassVar[str] = "/financiering/v1/loonkostensubsidies/{lks_id}"

    lks_id: Id = Field(description="Identificatie van de loonkostensubsidie.")
    termijn_id: Id = Field(description="Identificatie van de termijn.")
    soort: Financieringstermijnsoort = Field(description="Waarvoor de termijn liep.")
    laatste_dag: Datum = Field(description="Laatste dag van de termijn.")


class LKSBetaalbaarGesteld(Gebeurtenis):
    """What is paid for a month, all corrections up to now included; said again when it changes."""

    naam: ClassVar[str] = "lks-betaalbaar-gesteld"
    dienst: ClassVar[str] = "financiering"
    omschrijving: ClassVar[str] = (
        "De loonkostensubsidie over een maand is betaalbaar gesteld. Verandert het bedrag van een "
        "maand later, dan volgt een nieuwe gebeurtenis met het nieuwe totaal van die maand."
    )
    dataref_pad: ClassVar[str] = "/financiering/v1/loonkostensubsidies/{lks_id}"

    lks_id: Id = Field(description="Identificatie van de loonkostensubsidie.")
    plaatsing_id: Id = Field(description="Identificatie van de plaatsing.")
    maand: Datum = Field(description="Eerste dag van de maand waarover wordt betaald.")
    bedrag: Euro = Field(description="Totaal van deze maand in euro's, met alle correcties.")


class BegeleidingToegerekend(Gebeurtenis):
    """From a day on, this budget bears the cost of the guidance on a placement."""

    naam: ClassVar[str] = "begeleiding-toegerekend"
    dienst: ClassVar[str] = "financiering"
    omschrijving: ClassVar[str] = (
        "De begeleiding van een plaatsing komt vanaf een dag ten laste van het budget van de "
        "gemeente, of van de stimulusreserve van WSD als dat budget op is."
    )
    dataref_pad: ClassVar[str] = "/financiering/v1/begeleidingskosten/{plaatsing_id}"

    plaatsing_id: Id = Field(description="Identificatie van de plaatsing.")
    ten_laste_van: TenLasteVan = Field(description="Wie de begeleiding betaalt.")
    vanaf: Datum = Field(description="Eerste dag waarop dit zo is.")


class BudgetOverschreden(Gebeurtenis):
    """With this placement a budget will be spent before the year ends, if all goes on as it is."""

    naam: ClassVar[str] = "budget-overschreden"
    dienst: ClassVar[str] = "financiering"
    omschrijving: ClassVar[str] = (
        "Met deze plaatsing raakt een budget van de gemeente naar verwachting op voor het jaar om "
        "is. De bedragen staan er niet in."
    )
    dataref_pad: ClassVar[str] = "/financiering/v1/budgetten/{budget_id}"

    plaatsing_id: Id = Field(description="Identificatie van de plaatsing waarmee het gebeurt.")
    budget_id: Id = Field(description="Identificatie van het budget van dit jaar.")
    jaar: Jaar = Field(description="Begrotingsjaar.")
    budget: Budgetsoort = Field(description="Welk budget.")
    overschreden_per: Datum = Field(description="Dag waarop het budget naar verwachting op is.")


class FactuurOpgemaakt(Gebeurtenis):
    """What was done for a kandidaat was invoiced to the gemeente, or credited."""

    naam: ClassVar[str] = "factuur-opgemaakt"
    dienst: ClassVar[str] = "financiering"
    omschrijving: ClassVar[str] = (
        "Voor een traject van een kandidaat is een factuur of creditnota aan de gemeente opgemaakt."
    )
    dataref_pad: ClassVar[str] = "/financiering/v1/facturen/{factuur_id}"

    factuur_id: Id = Field(description="Identificatie van de factuur of creditnota.")
    soort: Factuursoort = Field(description="Factuur of creditnota.")
    product: Dienst = Field(description="Wat is geleverd.")
    periode_vanaf: Datum = Field(description="Eerste dag waarover het gaat.")
    periode_tot_en_met: Datum = Field(description="Laatste dag waarover het gaat.")
    bedrag: Euro = Field(description="Bedrag in euro's; bij een creditnota wat terugkomt.")
