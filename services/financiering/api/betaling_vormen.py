"""What the API takes and answers about accounts, payment runs and what was paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Final
from uuid import UUID

from pydantic import BeforeValidator, Field, WithJsonSchema
from stdnum import iban as stdnum_iban
from stdnum.exceptions import ValidationError as StdnumError

from chassis.web import NIET_LEEG, Datum, Invoer, OngeldigeWaarde, Page, Uitvoer
from services.financiering.api.loonkostensubsidie_vormen import (
    GrondUitvoer,
    MaandParameter,
    MaandTekst,
)
from services.financiering.domain.betaalrun import Uitkomst, Werkgeverspost
from services.financiering.domain.betaalschema import Maandpost, Regelsoort
from services.financiering.domain.kalender import Maand
from services.financiering.domain.rekening import Rekeningnummer
from services.financiering.store import betaalruns, rekeningen
from services.financiering.store.betaalruns import Ongesteld, Regel, Run, Runstatus

_IBAN: Final = r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$"


def _lees_iban(waarde: object) -> object:
    """Without spaces, in capitals; the check number must be right."""
    if not isinstance(waarde, str):
        raise OngeldigeWaarde("geen-iban", "Geef een IBAN op als tekst.")
    try:
        return stdnum_iban.validate(waarde)
    except StdnumError:
        raise OngeldigeWaarde(
            "geen-iban", "Dit is geen geldig IBAN. Controleer de letters en de cijfers."
        ) from None


Iban = Annotated[
    str,
    BeforeValidator(_lees_iban),
    WithJsonSchema({"type": "string", "pattern": _IBAN, "examples": ["NL91ABNA0417164300"]}),
]
Saldo = Annotated[
    Decimal,
    WithJsonSchema(
        {"type": "string", "pattern": r"^-?[0-9]{1,12}\.[0-9]{2}$", "examples": ["-20.50"]}
    ),
]
"""Euros that may be negative, as text."""
WerkgeverVeld = Annotated[
    UUID | None,
    Field(description="De werkgever van wie de rekening is; leeg bij die van de gemeente zelf."),
]


def maandtekst(maand: Maand) -> str:
    return f"{maand.jaar}-{maand.maand:02}"


class RekeningInvoer(Invoer):
    """Een bankrekening."""

    tenaamstelling: Annotated[
        str,
        Field(
            min_length=1,
            max_length=70,
            pattern=NIET_LEEG,
            description="Op wiens naam de rekening staat.",
            examples=["Voorbeeld Logistiek"],
        ),
    ]
    iban: Annotated[Iban, Field(description="IBAN; het controlegetal wordt nagerekend.")]

    def naar_nummer(self) -> Rekeningnummer:
        return Rekeningnummer(self.tenaamstelling, self.iban)


class RekeningUitvoer(Uitvoer):
    """Een versie van een bankrekening, en wie haar vastlegde en bevestigde."""

    rekening_id: UUID
    werkgever_id: WerkgeverVeld
    versie: Annotated[int, Field(description="De hoeveelste rekening van deze werkgever.")]
    tenaamstelling: str
    iban: str
    vastgelegd_door: Annotated[str, Field(description="Zoals het token de medewerker noemt.")]
    vastgelegd_op: datetime
    bevestigd_door: Annotated[
        str | None, Field(description="Een ander dan wie vastlegde; leeg tot de bevestiging.")
    ]
    bevestigd_op: datetime | None

    @classmethod
    def van(cls, bewaard: rekeningen.Bewaard) -> RekeningUitvoer:
        rekening = bewaard.rekening
        return cls(
            rekening_id=rekening.rekening_id,
            werkgever_id=rekening.werkgever_id,
            versie=rekening.versie,
            tenaamstelling=rekening.nummer.tenaamstelling,
            iban=rekening.nummer.iban,
            vastgelegd_door=rekening.vastgelegd_door,
            vastgelegd_op=bewaard.vastgelegd_op,
            bevestigd_door=rekening.bevestigd_door,
            bevestigd_op=bewaard.bevestigd_op,
        )


class RekeningPagina(Page[RekeningUitvoer]):
    """Rekeningen, in de volgorde waarin zij zijn vastgelegd."""


class BetaalrunInvoer(Invoer):
    """Betaal alles wat tot en met een maand verschuldigd is."""

    maand: Annotated[MaandParameter, Field(description="Tot en met welke maand.")]
    uitvoeringsdatum: Annotated[
        Datum, Field(description="Dag waarop de bank betaalt: vandaag of later.")
    ]
    ook_onzeker: Annotated[
        bool,
        Field(
            description="Ook betalen wat rust op cijfers die niet in een bron zijn gevonden. "
            "Zonder deze keuze blijven die maanden staan, met de reden erbij."
        ),
    ] = False


class RunRegel(Uitvoer):
    """Een betaalrun in een lijst."""

    betaalrun_id: UUID
    gemeentecode: str
    maand: MaandTekst
    uitvoeringsdatum: date
    ook_onzeker: bool
    status: Annotated[
        Runstatus,
        Field(description="bezig: vraag de run opnieuw, met dezelfde maand en datum."),
    ]
    gestart_op: datetime
    gereed_op: datetime | None

    @classmethod
    def van(cls, run: Run) -> RunRegel:
        return cls(
            betaalrun_id=run.run_id,
            gemeentecode=run.gemeentecode,
            maand=maandtekst(run.maand),
            uitvoeringsdatum=run.uitvoeringsdatum,
            ook_onzeker=run.ook_onzeker,
            status=run.status,
            gestart_op=run.gestart_op,
            gereed_op=run.gereed_op,
        )


class RunPagina(Page[RunRegel]):
    """Betaalruns, in de volgorde waarin zij zijn gestart."""


class WerkgeverspostUitvoer(Uitvoer):
    """Wat er voor een werkgever openstond, en wat ermee is gedaan."""

    werkgever_id: UUID
    saldo: Annotated[
        Saldo,
        Field(
            description="Alle regels tot en met deze run, min wat eerder is betaald. Onder nul "
            "wordt het verrekend met wat nog komt."
        ),
    ]
    uitkomst: Uitkomst
    rekening_id: Annotated[UUID | None, Field(description="Waarop is betaald.")]

    @classmethod
    def van(cls, post: Werkgeverspost) -> WerkgeverspostUitvoer:
        return cls(
            werkgever_id=post.werkgever_id,
            saldo=post.saldo,
            uitkomst=post.uitkomst,
            rekening_id=post.rekening_id,
        )


class NietBetaaldUitvoer(Uitvoer):
    """Een maand die deze run niet kon betalen, en waarom."""

    lks_id: UUID
    maand: MaandTekst
    reden: GrondUitvoer

    @classmethod
    def van(cls, niet: Ongesteld) -> NietBetaaldUitvoer:
        return cls(
            lks_id=niet.lks_id, maand=maandtekst(niet.maand), reden=GrondUitvoer.van(niet.reden)
        )


@dataclass(frozen=True, slots=True)
class Runinzage:
    """A run with everything that came of it."""

    run: Run
    aantal_regels: int
    regels: Decimal
    posten: Sequence[Werkgeverspost]
    niet_betaald: Sequence[Ongesteld]


class RunUitvoer(RunRegel):
    """Een betaalrun met wat zij betaalde, en wat niet."""

    aantal_regels: Annotated[int, Field(description="Regels die in deze run zijn gemaakt.")]
    totaal_regels: Annotated[Saldo, Field(description="Som van die regels, met correcties.")]
    totaal_betaald: Annotated[Saldo, Field(description="Som van de overboekingen.")]
    werkgevers: list[WerkgeverspostUitvoer]
    niet_betaald: list[NietBetaaldUitvoer]

    @classmethod
    def van_inzage(cls, inzage: Runinzage) -> RunUitvoer:
        betaald = [p.saldo for p in inzage.posten if p.uitkomst is Uitkomst.BETAALD]
        return cls(
            **RunRegel.van(inzage.run).model_dump(),
            aantal_regels=inzage.aantal_regels,
            totaal_regels=inzage.regels,
            totaal_betaald=sum(betaald, Decimal("0.00")),
            werkgevers=[WerkgeverspostUitvoer.van(post) for post in inzage.posten],
            niet_betaald=[NietBetaaldUitvoer.van(niet) for niet in inzage.niet_betaald],
        )


class BetaalregelUitvoer(Uitvoer):
    """Wat er in een betaalrun over een maand betaalbaar is gesteld."""

    lks_id: UUID
    betaalrun_id: UUID
    werkgever_id: UUID
    maand: MaandTekst
    soort: Annotated[
        Regelsoort, Field(description="De eerste regel van een maand, of een correctie erop.")
    ]
    bedrag: Saldo

    @classmethod
    def van(cls, bewaard: Regel) -> BetaalregelUitvoer:
        return cls(
            lks_id=bewaard.lks_id,
            betaalrun_id=bewaard.run_id,
            werkgever_id=bewaard.werkgever_id,
            maand=maandtekst(bewaard.regel.maand),
            soort=bewaard.regel.soort,
            bedrag=bewaard.regel.bedrag,
        )


class BetaalregelPagina(Page[BetaalregelUitvoer]):
    """Regels van een betaalrun."""


@dataclass(frozen=True, slots=True)
class Schema:
    """What is due and what was paid, for a stretch of months."""

    lks_id: UUID
    posten: Sequence[Maandpost]
    regels: Sequence[betaalruns.Regel]


class SchemamaandUitvoer(Uitvoer):
    """Wat over een maand verschuldigd is, en wat ervan betaalbaar is gesteld."""

    maand: MaandTekst
    verschuldigd: Annotated[
        Saldo | None, Field(description="Door uw gemeente; leeg als het niet bekend is.")
    ]
    reden: Annotated[GrondUitvoer | None, Field(description="Waarom het niet bekend is.")]
    betaalbaar_gesteld: Annotated[Saldo, Field(description="Som van de regels.")]
    nog_te_betalen: Annotated[
        Saldo | None, Field(description="Het verschil, dat de volgende betaalrun opneemt.")
    ]
    onzekerheden: list[str]
    regels: list[BetaalregelUitvoer]

    @classmethod
    def van(cls, post: Maandpost, regels: Sequence[Regel]) -> SchemamaandUitvoer:
        gesteld = sum((r.regel.bedrag for r in regels), Decimal("0.00"))
        return cls(
            maand=maandtekst(post.maand),
            verschuldigd=post.bedrag,
            reden=GrondUitvoer.van(post.reden) if post.reden else None,
            betaalbaar_gesteld=gesteld,
            nog_te_betalen=None if post.bedrag is None else post.bedrag - gesteld,
            onzekerheden=list(post.onzekerheden),
            regels=[BetaalregelUitvoer.van(regel) for regel in regels],
        )


class SchemaUitvoer(Uitvoer):
    """Het betaalschema van een loonkostensubsidie."""

    lks_id: UUID
    maanden: list[SchemamaandUitvoer]

    @classmethod
    def van(cls, schema: Schema) -> SchemaUitvoer:
        per_maand: dict[Maand, list[Regel]] = defaultdict(list)
        for regel in schema.regels:
            per_maand[regel.regel.maand].append(regel)
        return cls(
            lks_id=schema.lks_id,
            maanden=[SchemamaandUitvoer.van(post, per_maand[post.maand]) for post in schema.posten],
        )
