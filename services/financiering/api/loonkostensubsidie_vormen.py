"""What the API of financiering takes and answers."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import BeforeValidator, Field, WithJsonSchema

from chassis.web import Bedrag, Datum, Invoer, OngeldigeWaarde, Page, Uitvoer
from contracts.vorm import UREN_PATROON
from services.financiering.domain import fouten
from services.financiering.domain.geld import euro
from services.financiering.domain.kalender import Maand
from services.financiering.domain.leeftijdsgroep import Leeftijdsgroep, Verjaardagsregel
from services.financiering.domain.lks_berekening import bereken
from services.financiering.domain.lks_dossier import Besluit, Grond, Grondslag, LksStatus, Periode
from services.financiering.domain.lks_toekenning import EindeLks, LksToekenning, Maanddeel
from services.financiering.domain.loonkostensubsidie import (
    Arbeidsduur,
    Berekening,
    Stap,
)
from services.financiering.store import loonkostensubsidies

_UREN: Final = re.compile(UREN_PATROON)
_MAAND: Final = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.A)


def _lees_uren(value: object) -> object:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, str) and _UREN.fullmatch(value):
        return Decimal(value)
    raise OngeldigeWaarde(
        "geen-uren", 'Geef uren per week op als "24.00": meer dan 0.00, hoogstens 60.00.'
    )


def _lees_maand(value: object) -> object:
    if isinstance(value, str) and _MAAND.fullmatch(value):
        return Maand(int(value[:4]), int(value[5:]))
    raise OngeldigeWaarde("geen-maand", "Geef een maand op als jjjj-mm, van 2000 tot en met 2099.")


Uren = Annotated[
    Decimal,
    BeforeValidator(_lees_uren),
    WithJsonSchema({"type": "string", "pattern": UREN_PATROON, "examples": ["24.00"]}),
]
"""Hours per week as text with two decimals, as in the events."""
MaandParameter = Annotated[
    Any,
    BeforeValidator(_lees_maand),
    WithJsonSchema(
        {"type": "string", "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$", "examples": ["2026-12"]}
    ),
]
Percentage = Annotated[int, Field(ge=0, le=100, examples=[40])]
MaandTekst = Annotated[str, Field(description="Kalendermaand.", examples=["2026-12"])]
Maandbedrag = Annotated[
    Bedrag, Field(description="Euro's voor een hele maand, met de vergoeding werkgeverslasten.")
]
Loonwaarde = Annotated[
    Percentage | None,
    Field(
        description="Loonwaarde in hele procenten van het wettelijk minimumloon; leeg bij het "
        "forfait."
    ),
]
LaatsteDag = Annotated[
    date | None,
    Field(description="Laatste dag met subsidie; leeg zolang het dienstverband loopt."),
]


Betaler = Annotated[
    str,
    Field(
        description="Gemeentecode van wie betaalt: de gemeente die op deze dagen de regie had.",
        examples=["0757"],
    ),
]


class GrondUitvoer(Uitvoer):
    """Waarom er geen subsidie of geen bedrag is."""

    code: Annotated[str, Field(description="Vaste code.", examples=["wsw-dienstbetrekking"])]
    titel: str
    uitleg: Annotated[str, Field(description="Wat er aan de hand is en wat te doen.")]
    artikel: Annotated[
        str | None,
        Field(
            description="De wettelijke grondslag.",
            examples=["art. 10d lid 3 Participatiewet"],
        ),
    ]

    @classmethod
    def van(cls, grond: Grond) -> GrondUitvoer:
        return cls(code=grond.code, titel=grond.titel, uitleg=grond.uitleg, artikel=grond.artikel)


class PeriodeUitvoer(Uitvoer):
    """Dagen waarop hetzelfde maandbedrag geldt, van dezelfde betaler."""

    vanaf: date
    tot_en_met: Annotated[
        date | None, Field(description="Laatste dag; leeg zolang er niets verandert.")
    ]
    grondslag: Annotated[
        Grondslag | None,
        Field(
            description="Gemeten loonwaarde (art. 10d lid 4 Participatiewet) of forfait (lid 5); "
            "leeg als het bedrag niet bekend is."
        ),
    ]
    loonwaarde: Loonwaarde
    maandbedrag: Annotated[
        Bedrag | None,
        Field(description="Euro's voor een hele maand; leeg als het niet bekend is, zie reden."),
    ]
    reden: Annotated[GrondUitvoer | None, Field(description="Waarom het bedrag niet bekend is.")]
    betaler: Betaler

    @classmethod
    def van(cls, periode: Periode) -> PeriodeUitvoer:
        vast = periode.vaststelling
        return cls(
            vanaf=periode.vanaf,
            tot_en_met=periode.tot_en_met,
            grondslag=vast.grondslag,
            loonwaarde=vast.loonwaarde,
            maandbedrag=vast.maandbedrag,
            reden=GrondUitvoer.van(vast.reden) if vast.reden else None,
            betaler=vast.betaler,
        )


class LksRegel(Uitvoer):
    """Een loonkostensubsidie in een lijst."""

    lks_id: UUID
    kandidaat_id: UUID
    plaatsing_id: UUID
    gemeentecode: Annotated[str, Field(examples=["0757"])]
    status: LksStatus
    begindatum: Annotated[
        date, Field(description="Eerste dag van het dienstverband en van de subsidie.")
    ]
    laatste_dag: LaatsteDag
    maandbedrag: Annotated[
        Bedrag | None,
        Field(
            description="Het laatst vastgestelde bedrag voor een hele maand, in euro's; leeg als "
            "er geen is of het niet bekend is."
        ),
    ]

    @classmethod
    def van(cls, lks: loonkostensubsidies.Samenvatting) -> LksRegel:
        return cls(
            lks_id=lks.lks_id,
            kandidaat_id=lks.kandidaat_id,
            plaatsing_id=lks.plaatsing_id,
            gemeentecode=lks.gemeentecode,
            status=lks.status,
            begindatum=lks.begindatum,
            laatste_dag=lks.laatste_dag,
            maandbedrag=lks.maandbedrag,
        )


class LksPagina(Page[LksRegel]):
    """Loonkostensubsidies in de volgorde waarin de plaatsingen zijn ontvangen."""


class LksUitvoer(LksRegel):
    """Een loonkostensubsidie met besluit en bedragen."""

    werkgever_id: Annotated[
        UUID | None,
        Field(description="Aan wie wordt betaald; leeg bij een plaatsing van voor de betalingen."),
    ]
    uren_per_week: Annotated[Uren, Field(description="Overeengekomen uren per week.")]
    voltijdsuren_per_week: Annotated[
        Uren, Field(description="Uren per week van een voltijds dienstverband.")
    ]
    grondslag: Annotated[
        Grondslag,
        Field(description="Waarmee de subsidie begint: gemeten loonwaarde (lid 4) of forfait."),
    ]
    loonwaarde: Loonwaarde
    besluit: Annotated[
        Besluit | None, Field(description="Leeg zolang er nog niet beslist kan worden.")
    ]
    besloten_op: date | None
    gronden: Annotated[
        list[GrondUitvoer],
        Field(description="Waarom de subsidie is geweigerd, of waarop de beslissing wacht."),
    ]
    eindereden: EindeLks | None
    verjaardagsregel: Annotated[
        Verjaardagsregel,
        Field(
            description="Vanaf wanneer een volgende leeftijdsgroep van het minimumloon telt: de "
            "keuze van het college voor subsidies die op deze begindatum beginnen."
        ),
    ]
    perioden: Annotated[
        list[PeriodeUitvoer],
        Field(description="Wat is vastgesteld, tot vandaag of tot het einde; het oudste eerst."),
    ]

    @classmethod
    def van_bewaard(cls, bewaard: loonkostensubsidies.Bewaard) -> LksUitvoer:
        lks, dienstverband = bewaard.lks, bewaard.lks.dienstverband
        gemeten = dienstverband.loonwaarde is not None
        return cls(
            lks_id=lks.lks_id,
            kandidaat_id=lks.kandidaat_id,
            plaatsing_id=dienstverband.plaatsing_id,
            gemeentecode=lks.gemeentecode,
            status=lks.status,
            begindatum=dienstverband.begindatum,
            laatste_dag=dienstverband.laatste_dag,
            maandbedrag=lks.maandbedrag,
            werkgever_id=dienstverband.werkgever_id,
            uren_per_week=dienstverband.laatste_arbeidsduur.uren,
            voltijdsuren_per_week=dienstverband.laatste_arbeidsduur.voltijdsuren,
            grondslag=Grondslag.LOONWAARDE if gemeten else Grondslag.FORFAIT,
            loonwaarde=dienstverband.loonwaarde,
            besluit=lks.besluit,
            besloten_op=lks.besloten_op,
            gronden=[GrondUitvoer.van(grond) for grond in lks.gronden],
            eindereden=dienstverband.eindereden,
            verjaardagsregel=lks.verjaardagsregel(bewaard.feiten),
            perioden=[PeriodeUitvoer.van(periode) for periode in lks.perioden],
        )


class StapUitvoer(Uitvoer):
    """Een stap van de berekening, zoals een brief of scherm haar laat zien."""

    naam: Annotated[str, Field(description="Vaste naam van de stap.", examples=["minimumloon"])]
    omschrijving: Annotated[str, Field(examples=["Wettelijk minimumloon per maand"])]
    formule: Annotated[str, Field(examples=["€ 2.337,00 × 108%"])]
    uitkomst: Annotated[
        Bedrag, Field(description="Euro's, afgerond om te lezen; gerekend wordt onafgerond.")
    ]
    grondslag: Annotated[
        str,
        Field(description="Waar de stap op berust.", examples=["art. 10d lid 4 Participatiewet"]),
    ]
    onzeker: Annotated[
        bool,
        Field(description="Of het cijfer van deze stap niet in een officiële bron is gevonden."),
    ]

    @classmethod
    def van(cls, stap: Stap, onzekerheden: tuple[str, ...]) -> StapUitvoer:
        return cls(
            naam=stap.naam,
            omschrijving=stap.omschrijving,
            formule=stap.formule,
            uitkomst=stap.uitkomst,
            grondslag=stap.grondslag,
            onzeker=any(tekst.startswith(f"{stap.naam}:") for tekst in onzekerheden),
        )


class BerekeningUitvoer(Uitvoer):
    """De loonkostensubsidie van een hele maand, stap voor stap."""

    maandbedrag: Maandbedrag
    zonder_werkgeverslasten: Bedrag
    werkgeverslasten: Bedrag
    stappen: list[StapUitvoer]
    onzekerheden: Annotated[
        list[str],
        Field(description="De cijfers die niet in een officiële bron zijn gevonden, met herkomst."),
    ]

    @classmethod
    def van(cls, berekening: Berekening) -> BerekeningUitvoer:
        onzekerheden = berekening.onzekerheden
        return cls(
            maandbedrag=berekening.bedrag,
            zonder_werkgeverslasten=berekening.zonder_lasten,
            werkgeverslasten=berekening.werkgeverslasten,
            stappen=[StapUitvoer.van(stap, onzekerheden) for stap in berekening.stappen],
            onzekerheden=list(onzekerheden),
        )


class MaanddeelUitvoer(Uitvoer):
    """Dagen van een maand met hetzelfde maandbedrag en dezelfde betaler."""

    vanaf: date
    tot_en_met: date
    dagen: Annotated[int, Field(description="Kalenderdagen in dit deel.")]
    dagen_in_maand: int
    maandbedrag: Maandbedrag
    bedrag: Annotated[
        Bedrag,
        Field(description="Naar kalenderdagen, afgerond om te lezen; de maand telt onafgerond op."),
    ]
    betaler: Betaler

    @classmethod
    def van(cls, deel: Maanddeel) -> MaanddeelUitvoer:
        return cls(
            vanaf=deel.vanaf,
            tot_en_met=deel.tot_en_met,
            dagen=deel.dagen,
            dagen_in_maand=deel.dagen_in_maand,
            maandbedrag=deel.berekening.bedrag,
            bedrag=euro(deel.exact),
            betaler=deel.betaler,
        )


class MaandUitvoer(Uitvoer):
    """Wat er voor een maand aan loonkostensubsidie is."""

    maand: MaandTekst
    bedrag: Annotated[
        Bedrag | None,
        Field(description="Euro's voor deze maand; leeg als het niet bekend is, zie reden."),
    ]
    reden: Annotated[GrondUitvoer | None, Field(description="Waarom het bedrag niet bekend is.")]
    delen: list[MaanddeelUitvoer]

    @classmethod
    def van(cls, toekenning: LksToekenning, maand: Maand) -> MaandUitvoer:
        naam = f"{maand.jaar}-{maand.maand:02}"
        try:
            berekend = toekenning.maandbedrag(maand)
        except (fouten.DatumBuitenTabel, fouten.LoonwaardeOntbreekt) as fout:
            reden = GrondUitvoer.van(Grond.van(fout))
            return cls(maand=naam, bedrag=None, reden=reden, delen=[])
        delen = [MaanddeelUitvoer.van(deel) for deel in berekend.delen]
        return cls(maand=naam, bedrag=berekend.bedrag, reden=None, delen=delen)


class MaandenUitvoer(Uitvoer):
    """De loonkostensubsidie per maand, met wat nu bekend is."""

    lks_id: UUID
    maanden: list[MaandUitvoer]

    @classmethod
    def van(cls, toekenning: LksToekenning, vanaf: Maand, aantal: int) -> MaandenUitvoer:
        maanden = [MaandUitvoer.van(toekenning, vanaf.plus(n)) for n in range(aantal)]
        return cls(lks_id=toekenning.toekenning_id, maanden=maanden)


class ProefberekeningInvoer(Invoer):
    """De cijfers waarmee gerekend wordt."""

    peildatum: Annotated[
        Datum,
        Field(
            description="Dag waarvan minimumloon en werkgeverslasten gelden: de eerste dag van de "
            "subsidie, en daarna elke 1 januari.",
            examples=["2026-12-01"],
        ),
    ]
    leeftijdsgroep: Annotated[
        Leeftijdsgroep, Field(description="Leeftijdsgroep van het wettelijk minimumloon.")
    ]
    loonwaarde: Annotated[
        Percentage | None,
        Field(
            description="Gemeten loonwaarde (art. 10d lid 4 Participatiewet); laat weg om met het "
            "forfait te rekenen (lid 5)."
        ),
    ] = None
    uren_per_week: Annotated[Uren, Field(description="Overeengekomen uren per week.")]
    voltijdsuren_per_week: Annotated[
        Uren,
        Field(
            description="Uren per week van een voltijds dienstverband; meer uren tellen niet mee."
        ),
    ]

    def naar_berekening(self) -> Berekening:
        return bereken(
            self.peildatum,
            self.leeftijdsgroep,
            Arbeidsduur(self.uren_per_week, self.voltijdsuren_per_week),
            self.loonwaarde,
        )
