"""What the API takes and answers about the herziening of all subsidies by 1 January."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.web import GEHEEL, Datum, Invoer, Page, Uitvoer
from services.financiering.api.beschikking_vormen import MotiveringInvoer
from services.financiering.store.herzieningen import Herziening
from services.financiering.use_cases.herzie_alle import Herzieningsopdracht


class LksHerzieningInvoer(Invoer):
    """Een besluit over alle lopende loonkostensubsidies per 1 januari."""

    jaar: Annotated[
        int,
        Field(ge=2015, le=2099, description="Het jaar waarvan de bedragen gelden."),
        GEHEEL,
    ]
    motivering: MotiveringInvoer
    bekendgemaakt_op: Annotated[
        Datum, Field(description="Dag van verzending van de brieven: vandaag of eerder.")
    ]

    def naar_opdracht(self, rol: str) -> Herzieningsopdracht:
        return Herzieningsopdracht(self.jaar, self.motivering, self.bekendgemaakt_op, rol)


class LksHerzieningUitvoer(Uitvoer):
    """Een herziening, en hoe ver zij is."""

    herziening_id: UUID
    gemeentecode: str
    jaar: int
    bekendgemaakt_op: date
    bekeken: Annotated[int, Field(description="Lopende subsidies die zijn bekeken.")]
    gegeven: Annotated[
        int, Field(description="Waarvan er een beschikking is; zie /lks-beschikkingen.")
    ]
    overgeslagen: Annotated[
        int,
        Field(
            description="Waarvan iets anders of meer te beslissen is: dat staat bij de subsidie, "
            "in het beschikkingsvoorstel."
        ),
    ]
    gestart_op: datetime
    gereed_op: Annotated[
        datetime | None,
        Field(description="Leeg: vraag haar opnieuw met dezelfde inhoud, dan gaat zij verder."),
    ]

    @classmethod
    def van(cls, herziening: Herziening) -> LksHerzieningUitvoer:
        return cls(
            herziening_id=herziening.herziening_id,
            gemeentecode=herziening.gemeentecode,
            jaar=herziening.jaar,
            bekendgemaakt_op=herziening.bekendgemaakt_op,
            bekeken=herziening.bekeken,
            gegeven=herziening.gegeven,
            overgeslagen=herziening.overgeslagen,
            gestart_op=herziening.gestart_op,
            gereed_op=herziening.gereed_op,
        )


class LksHerzieningPagina(Page[LksHerzieningUitvoer]):
    """Herzieningen, het oudste jaar eerst."""
