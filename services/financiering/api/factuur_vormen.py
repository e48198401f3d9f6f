"""What the API of contractspecificaties, trajectkosten and facturen takes and answers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.web import Bedrag, Datum, Invoer, Page, Uitvoer
from contracts.portfolio import Dienst
from contracts.vorm import GEMEENTECODE_PATROON
from services.financiering.domain.btw import BtwCategorie
from services.financiering.domain.contractspecificatie import Eenheid, Prijsafspraak
from services.financiering.domain.factuur import Factuursoort
from services.financiering.domain.levering import Kostenregel, Regeleenheid
from services.financiering.domain.traject import Traject
from services.financiering.domain.trajectkosten import Trajectkosten
from services.financiering.store import contractspecificaties, facturen
from services.financiering.use_cases.factureer import Facturatieronde
from services.financiering.use_cases.overzie_trajectkosten import Overzicht

Gemeentenummer = Annotated[
    str,
    Field(pattern=GEMEENTECODE_PATROON, description="CBS-gemeentecode.", examples=["0865"]),
]
Product = Annotated[Dienst, Field(description="Product uit het portfolio van WSD.")]
Prijs = Annotated[Bedrag, Field(description="Euro's per eenheid, zonder btw.")]
Plafond = Annotated[
    Bedrag | None,
    Field(
        description="Wat een traject hoogstens kost, zonder verlenging; elke maand verlenging komt "
        "er voor de prijs bij. Leeg: geen grens."
    ),
]


class ContractspecificatieInvoer(Invoer):
    """De prijs van een product voor een gemeente, vanaf een dag."""

    gemeentecode: Gemeentenummer
    product: Product
    eenheid: Annotated[
        Eenheid,
        Field(description="Waar de prijs voor is; een deel van een maand telt naar kalenderdagen."),
    ]
    prijs: Prijs
    plafond: Plafond = None
    vanaf: Annotated[Datum, Field(description="Eerste dag waarop de prijs geldt.")]

    def naar_afspraak(self) -> Prijsafspraak:
        return Prijsafspraak(
            self.gemeentecode,
            self.product.value,
            self.eenheid,
            self.prijs,
            self.vanaf,
            self.plafond,
        )


class ContractspecificatieUitvoer(Uitvoer):
    """Een afgesproken prijs; de hoogste versie van een dag geldt, tot de volgende dag."""

    contractspecificatie_id: UUID
    gemeentecode: str
    product: Product
    eenheid: Eenheid
    prijs: Prijs
    plafond: Plafond
    vanaf: date
    versie: Annotated[int, Field(description="Van deze gemeente, dit product en deze dag.")]

    @classmethod
    def van(cls, bewaard: contractspecificaties.Bewaard) -> ContractspecificatieUitvoer:
        afspraak = bewaard.afspraak
        return cls(
            contractspecificatie_id=bewaard.contractspecificatie_id,
            gemeentecode=afspraak.gemeentecode,
            product=Dienst(afspraak.product),
            eenheid=afspraak.eenheid,
            prijs=afspraak.prijs,
            plafond=afspraak.plafond,
            vanaf=afspraak.vanaf,
            versie=bewaard.versie,
        )


class ContractspecificatiesPagina(Page[ContractspecificatieUitvoer]):
    """Alle versies, in de volgorde waarin zij zijn afgesproken."""


class IngekochtTrajectUitvoer(Uitvoer):
    """Wat de gemeente heeft ingekocht."""

    besluit_id: UUID
    ingangsdatum: date
    producten: list[Dienst]
    inkooporder_id: UUID | None
    wacht_op_inkooporder: Annotated[
        bool, Field(description="Of het traject een inkooporder nodig heeft die er nog niet is.")
    ]

    @classmethod
    def van(cls, traject: Traject) -> IngekochtTrajectUitvoer:
        return cls(
            besluit_id=traject.besluit_id,
            ingangsdatum=traject.ingangsdatum,
            producten=[Dienst(product) for product in traject.producten],
            inkooporder_id=traject.inkooporder_id,
            wacht_op_inkooporder=traject.wacht_op_inkooporder,
        )


class ProductkostenUitvoer(Uitvoer):
    """Uren en kosten van een product, zonder btw."""

    product: Product
    uren: Annotated[Decimal, Field(description="Geboekte uren, waar het product uren kent.")]
    geleverd: Annotated[Bedrag, Field(description="Wat er is gedaan, tegen de afgesproken prijs.")]
    gefactureerd: Annotated[Bedrag, Field(description="Facturen min creditnota's.")]
    afgesproken: Annotated[
        Bedrag | None, Field(description="Wat het hoogstens kost; leeg als er geen grens is.")
    ]
    nog_te_verwachten: Annotated[
        Bedrag | None,
        Field(description="Afgesproken min gefactureerd; 0 na het einde, leeg zonder grens."),
    ]
    loopt: bool
    ingekocht: Annotated[
        bool,
        Field(description="Of er een trajectbesluit is, met de inkooporder die daarbij hoort."),
    ]

    @classmethod
    def van(cls, kosten: Trajectkosten) -> ProductkostenUitvoer:
        return cls(
            product=Dienst(kosten.product),
            uren=kosten.uren,
            geleverd=kosten.geleverd,
            gefactureerd=kosten.gefactureerd,
            afgesproken=kosten.afgesproken,
            nog_te_verwachten=kosten.nog_te_verwachten,
            loopt=kosten.loopt,
            ingekocht=kosten.ingekocht,
        )


class TrajectkostenUitvoer(Uitvoer):
    """Wat voor een kandidaat is ingekocht en geleverd, en wat dat kost."""

    kandidaat_id: UUID
    gemeentecode: str
    trajecten: list[IngekochtTrajectUitvoer]
    producten: list[ProductkostenUitvoer]

    @classmethod
    def van(cls, overzicht: Overzicht) -> TrajectkostenUitvoer:
        return cls(
            kandidaat_id=overzicht.kandidaat_id,
            gemeentecode=overzicht.gemeentecode,
            trajecten=[IngekochtTrajectUitvoer.van(t) for t in overzicht.trajecten],
            producten=[ProductkostenUitvoer.van(p) for p in overzicht.producten],
        )


class TrajectkostenPagina(Page[TrajectkostenUitvoer]):
    """Per kandidaat."""


class FactuurregelUitvoer(Uitvoer):
    """Wat in (een deel van) een maand is geleverd."""

    levering_id: Annotated[UUID, Field(description="De planregie, de plaatsing of de meting.")]
    vanaf: date
    tot_en_met: date
    aantal: Decimal
    eenheid: Regeleenheid
    prijs: Prijs
    per: Annotated[
        int,
        Field(description="Waar de prijs voor is: bij dagen het aantal dagen van die maand."),
    ]
    korting: Annotated[Bedrag, Field(description="Wat eraf gaat omdat het plafond is bereikt.")]
    bedrag: Bedrag

    @classmethod
    def van(cls, regel: Kostenregel) -> FactuurregelUitvoer:
        return cls(
            levering_id=regel.levering_id,
            vanaf=regel.vanaf,
            tot_en_met=regel.tot_en_met,
            aantal=regel.aantal,
            eenheid=regel.eenheid,
            prijs=regel.prijs,
            per=regel.basis,
            korting=regel.korting,
            bedrag=regel.bedrag,
        )


class FactuurUitvoer(Uitvoer):
    """Een factuur of creditnota van WSD aan een gemeente."""

    factuur_id: UUID
    nummer: Annotated[str, Field(examples=["2026-00001"])]
    soort: Factuursoort
    van_factuur: Annotated[
        UUID | None, Field(description="De factuur waar een creditnota regels van terugneemt.")
    ]
    opgemaakt_op: date
    gemeentecode: str
    kandidaat_id: UUID
    product: Product
    besluit_id: Annotated[UUID | None, Field(description="Het trajectbesluit.")]
    inkooporder_id: UUID | None
    vanaf: date
    tot_en_met: date
    exclusief: Annotated[Bedrag, Field(description="Som van de regels.")]
    btw_categorie: Annotated[BtwCategorie, Field(description="Code van UNCL 5305.")]
    btw_percentage: Annotated[Decimal, Field(examples=["21.00"])]
    btw_grond: str
    btw_onzeker: Annotated[
        bool, Field(description="Of de btw een eigen lezing is: geen bron noemt haar.")
    ]
    btw: Bedrag
    inclusief: Annotated[
        Bedrag, Field(description="Te betalen, of bij een creditnota wat terugkomt.")
    ]
    regels: list[FactuurregelUitvoer]

    @classmethod
    def van(cls, bewaard: facturen.Bewaard) -> FactuurUitvoer:
        factuur, inhoud = bewaard.factuur, bewaard.factuur.inhoud
        return cls(
            factuur_id=factuur.factuur_id,
            nummer=factuur.nummer,
            soort=inhoud.soort,
            van_factuur=inhoud.van_factuur,
            opgemaakt_op=factuur.opgemaakt_op,
            gemeentecode=inhoud.gemeentecode,
            kandidaat_id=factuur.kandidaat_id,
            product=Dienst(inhoud.product),
            besluit_id=factuur.besluit_id,
            inkooporder_id=factuur.inkooporder_id,
            vanaf=inhoud.vanaf,
            tot_en_met=inhoud.tot_en_met,
            exclusief=inhoud.exclusief,
            btw_categorie=inhoud.btw_regel.categorie,
            btw_percentage=inhoud.btw_regel.percentage,
            btw_grond=inhoud.btw_regel.grond,
            btw_onzeker=inhoud.btw_regel.onzeker,
            btw=inhoud.btw,
            inclusief=inhoud.inclusief,
            regels=[FactuurregelUitvoer.van(regel) for regel in inhoud.regels],
        )


class FacturenPagina(Page[FactuurUitvoer]):
    """Op nummer."""


class FacturatierondeInvoer(Invoer):
    """Wat gefactureerd wordt."""

    gemeentecode: Gemeentenummer
    tot_en_met: Annotated[
        Datum,
        Field(
            description="Laatste dag die meetelt, uiterlijk vandaag. Kies het einde van een maand: "
            "een deel van een maand wordt later met een creditnota vervangen."
        ),
    ]
    kandidaat_id: Annotated[
        UUID | None, Field(description="Alleen deze kandidaat; leeg: alle van de gemeente.")
    ] = None


class FacturatierondeUitvoer(Uitvoer):
    """Wat de ronde heeft opgemaakt; leeg als alles al was gefactureerd."""

    facturen: list[FactuurUitvoer]
    niet_ingekocht: Annotated[
        list[UUID],
        Field(
            description="Kandidaten voor wie iets is geleverd zonder trajectbesluit of zonder de "
            "inkooporder die nodig is: dat is niet gefactureerd."
        ),
    ]

    @classmethod
    def van(cls, ronde: Facturatieronde) -> FacturatierondeUitvoer:
        return cls(
            facturen=[FactuurUitvoer.van(bewaard) for bewaard in ronde.gemaakt],
            niet_ingekocht=list(ronde.niet_ingekocht),
        )
