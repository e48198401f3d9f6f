"""What the API takes and answers about beschikkingen on a loonkostensubsidie."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final
from uuid import UUID

from pydantic import Field

from chassis.web import NIET_LEEG, Bedrag, Datum, Invoer, Page, Uitvoer
from services.financiering.api.loonkostensubsidie_vormen import (
    GrondUitvoer,
    LaatsteDag,
    Loonwaarde,
    StapUitvoer,
)
from services.financiering.domain.beschikking import (
    Beschikking,
    Beschikkingsoort,
    BeschiktBedrag,
    Besluitinhoud,
)
from services.financiering.domain.leeftijdsgroep import Verjaardagsregel
from services.financiering.domain.lks_dossier import Grondslag
from services.financiering.domain.lks_toekenning import EindeLks, Wijzigingsreden
from services.financiering.store import beschikkingen
from services.financiering.use_cases.geef_beschikking import (
    Beschikkingsopdracht,
    Gegeven,
    Voorstel,
)

MEESTE_TEKENS: Final = 4000

MotiveringInvoer = Annotated[
    str,
    Field(
        min_length=1,
        max_length=MEESTE_TEKENS,
        pattern=NIET_LEEG,
        description="De feiten en afwegingen die het besluit dragen (art. 3:46 Awb). Wordt "
        "versleuteld bewaard en staat alleen in de brief.",
        examples=["De loonwaarde is gemeten op de werkplek."],
    ),
]


class BeschiktBedragUitvoer(Uitvoer):
    """Een maandbedrag met de berekening, zoals het in de beschikking staat."""

    vanaf: date
    tot_en_met: Annotated[
        date | None,
        Field(description="Laatste dag; leeg tot er iets verandert. Een forfait eindigt altijd."),
    ]
    grondslag: Annotated[
        Grondslag,
        Field(description="Gemeten loonwaarde (art. 10d lid 4 Participatiewet) of forfait."),
    ]
    loonwaarde: Loonwaarde
    maandbedrag: Annotated[Bedrag, Field(description="Euro's voor een hele maand.")]
    redenen: Annotated[
        list[Wijzigingsreden],
        Field(description="Waarom het bedrag vanaf deze dag anders is; leeg bij herstel."),
    ]
    stappen: list[StapUitvoer]
    onzekerheden: Annotated[
        list[str],
        Field(description="De cijfers die niet in een officiële bron zijn gevonden, met herkomst."),
    ]

    @classmethod
    def van(cls, bedrag: BeschiktBedrag) -> BeschiktBedragUitvoer:
        return cls(
            vanaf=bedrag.vanaf,
            tot_en_met=bedrag.tot_en_met,
            grondslag=bedrag.grondslag,
            loonwaarde=bedrag.loonwaarde,
            maandbedrag=bedrag.maandbedrag,
            redenen=list(bedrag.redenen),
            stappen=[StapUitvoer.van(stap, bedrag.onzekerheden) for stap in bedrag.stappen],
            onzekerheden=list(bedrag.onzekerheden),
        )


class BesluitinhoudUitvoer(Uitvoer):
    """Wat wordt besloten, en waarop dat rust."""

    soort: Beschikkingsoort
    ingangsdatum: Annotated[
        date,
        Field(
            description="Dag vanaf wanneer het besluit werkt; bij een beëindiging de dag na de "
            "laatste dag met subsidie."
        ),
    ]
    laatste_dag: LaatsteDag
    eindereden: EindeLks | None
    artikelen: Annotated[
        list[str],
        Field(
            description="De wettelijke grondslag.", examples=[["art. 10d lid 7 Participatiewet"]]
        ),
    ]
    gronden: Annotated[list[GrondUitvoer], Field(description="Waarom wordt afgewezen.")]
    bedragen: Annotated[
        list[BeschiktBedragUitvoer],
        Field(description="Wat vanaf wanneer geldt, stap voor stap; het oudste eerst."),
    ]
    verjaardagsregel: Annotated[
        Verjaardagsregel | None,
        Field(
            description="Vanaf wanneer een volgende leeftijdsgroep telt, als keuze van het "
            "college; leeg zonder bedragen."
        ),
    ]

    @classmethod
    def van(cls, inhoud: Besluitinhoud) -> BesluitinhoudUitvoer:
        return cls(
            soort=inhoud.soort,
            ingangsdatum=inhoud.ingangsdatum,
            laatste_dag=inhoud.laatste_dag,
            eindereden=inhoud.eindereden,
            artikelen=list(inhoud.artikelen),
            gronden=[GrondUitvoer.van(grond) for grond in inhoud.gronden],
            bedragen=[BeschiktBedragUitvoer.van(bedrag) for bedrag in inhoud.bedragen],
            verjaardagsregel=inhoud.verjaardagsregel,
        )


class BeschikkingsvoorstelUitvoer(Uitvoer):
    """Wat het college nu te beslissen heeft, volgens de berekening."""

    lks_id: UUID
    besluit: Annotated[
        BesluitinhoudUitvoer | None, Field(description="Leeg als er niets te beslissen is.")
    ]
    wacht_op: Annotated[
        list[GrondUitvoer],
        Field(description="Wat nog ontbreekt om te kunnen beslissen of een bedrag te kennen."),
    ]

    @classmethod
    def van(cls, voorstel: Voorstel) -> BeschikkingsvoorstelUitvoer:
        lks, inhoud = voorstel.bewaard.lks, voorstel.inhoud
        wacht_op = list(lks.gronden) if lks.besluit is None else []
        wacht_op += [p.vaststelling.reden for p in lks.perioden if p.vaststelling.reden]
        return cls(
            lks_id=lks.lks_id,
            besluit=BesluitinhoudUitvoer.van(inhoud) if inhoud else None,
            wacht_op=[GrondUitvoer.van(grond) for grond in wacht_op],
        )


class LksBeschikkingInvoer(Invoer):
    """Een beschikking die het college heeft genomen en verzonden."""

    soort: Annotated[
        Beschikkingsoort,
        Field(description="Wat is besloten: wat het beschikkingsvoorstel noemt."),
    ]
    motivering: MotiveringInvoer
    bekendgemaakt_op: Annotated[
        Datum,
        Field(
            description="Dag van verzending: vandaag of eerder, en niet voordat bekend werd "
            "waarover is beslist. De bezwaartermijn begint de dag erna."
        ),
    ]
    laatste_dag_in_doelgroep: Annotated[
        Datum | None,
        Field(
            description="Alleen bij een beëindiging omdat is vastgesteld dat de werknemer niet "
            "meer tot de doelgroep behoort (art. 10d lid 8 Participatiewet): de laatste dag met "
            "subsidie, op of na de bekendmaking."
        ),
    ] = None

    def naar_opdracht(self, rol: str) -> Beschikkingsopdracht:
        return Beschikkingsopdracht(
            soort=self.soort,
            motivering=self.motivering,
            bekendgemaakt_op=self.bekendgemaakt_op,
            rol=rol,
            einde_doelgroep=self.laatste_dag_in_doelgroep,
        )


class LksBeschikkingUitvoer(BesluitinhoudUitvoer):
    """Een beschikking, met de berekening zoals die toen was; de motivering staat in de brief."""

    beschikking_id: UUID
    lks_id: UUID
    kandidaat_id: UUID
    plaatsing_id: UUID
    werkgever_id: UUID | None
    gemeentecode: Annotated[
        str, Field(description="De gemeente die de kandidaat nu heeft.", examples=["0757"])
    ]
    college: Annotated[
        str, Field(description="Gemeentecode van het college dat besloot.", examples=["0757"])
    ]
    bekendgemaakt_op: date
    herziening_id: Annotated[
        UUID | None,
        Field(description="De herziening van 1 januari waar zij bij hoort; leeg bij andere."),
    ]
    bezwaar_tot_en_met: Annotated[date, Field(description="Laatste dag om bezwaar te maken.")]

    @classmethod
    def van_beschikking(cls, beschikking: Beschikking, gemeentecode: str) -> LksBeschikkingUitvoer:
        return cls(
            **BesluitinhoudUitvoer.van(beschikking.inhoud).model_dump(),
            beschikking_id=beschikking.beschikking_id,
            lks_id=beschikking.lks_id,
            kandidaat_id=beschikking.kandidaat_id,
            plaatsing_id=beschikking.plaatsing_id,
            werkgever_id=beschikking.werkgever_id,
            gemeentecode=gemeentecode,
            college=beschikking.college,
            bekendgemaakt_op=beschikking.bekendgemaakt_op,
            herziening_id=beschikking.herziening_id,
            bezwaar_tot_en_met=beschikking.bezwaar_tot_en_met,
        )

    @classmethod
    def van_gegeven(cls, gegeven: Gegeven) -> LksBeschikkingUitvoer:
        return cls.van_beschikking(gegeven.beschikking, gegeven.gemeentecode)

    @classmethod
    def van_bewaard(cls, bewaard: beschikkingen.Bewaard) -> LksBeschikkingUitvoer:
        return cls.van_beschikking(bewaard.beschikking, bewaard.gemeentecode)


class LksBeschikkingPagina(Page[LksBeschikkingUitvoer]):
    """Beschikkingen, in de volgorde waarin zij zijn vastgelegd."""
