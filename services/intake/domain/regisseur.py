"""One gezin, one plan, one regisseur: who has the regie on a kandidaat, one after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.intake.domain.fouten import (
    AndereRegisseur,
    DatumPastNiet,
    NietBevoegd,
    NietDoorverwezen,
    RegieBuitenModel,
    RegisseurOngewijzigd,
)
from services.intake.domain.kandidaat import Kandidaat
from services.intake.domain.samenwerkingsmodel import WSD, Samenwerkingsafspraken


class Regiereden(StrEnum):
    """Why the regie came to someone; the last two are of the system, not to be chosen."""

    TOEWIJZING = "toewijzing"
    START_TRAJECT = "start-traject"
    EINDE_TRAJECT = "einde-traject"
    WISSELING_MEDEWERKER = "wisseling-medewerker"
    OP_VERZOEK_KANDIDAAT = "op-verzoek-kandidaat"
    AANMELDING = "aanmelding"
    OVERDRACHT_GEMEENTE = "overdracht-gemeente"


@dataclass(frozen=True, slots=True)
class Regievoerder:
    """organisatie: gemeentecode or wsd. medewerker: a staff id of that organisation, if known."""

    organisatie: str
    medewerker: str | None = None


@dataclass(frozen=True, slots=True)
class Regisseur:
    """tot: the first day of the next one; None for who has the regie now."""

    regisseur_id: UUID
    wie: Regievoerder
    vanaf: date
    reden: Regiereden
    tot: date | None = None

    def gevolgd_door(
        self, regisseur_id: UUID, wie: Regievoerder, vanaf: date, reden: Regiereden
    ) -> tuple[Regisseur, Regisseur]:
        """This one, ended, and the next; there is no day without and none with two.

        Raises DatumPastNiet.
        """
        if vanaf < self.vanaf:
            raise DatumPastNiet(
                f"De regisseur heeft de regie sinds {self.vanaf.isoformat()}. Kies die dag of een "
                "latere."
            )
        return replace(self, tot=vanaf), Regisseur(regisseur_id, wie, vanaf, reden)


def draag_regie_over(
    kandidaat: Kandidaat,
    huidige: Regisseur,
    *,
    regisseur_id: UUID,
    van: Regievoerder,
    naar: Regievoerder,
    vanaf: date,
    reden: Regiereden,
    door: str,
    vandaag: date,
    afspraken: Samenwerkingsafspraken,
) -> tuple[Regisseur, Regisseur]:
    """The regie goes from who has it to another: the one that ends, and the next.

    van: who has it as far as the caller knows.  Recorded on the day itself or later, so that who
    has the regie today is never a plan.
    Raises NietBevoegd, AndereRegisseur, RegisseurOngewijzigd, DatumPastNiet, RegieBuitenModel,
    NietDoorverwezen, OnbekendeGemeente.
    """
    if door not in (kandidaat.gemeentecode, huidige.wie.organisatie):
        raise NietBevoegd("Wie de regie heeft draagt haar over, of de gemeente van de kandidaat.")
    if van != huidige.wie:
        raise AndereRegisseur(
            "Wie u als regisseur noemt is het niet of niet meer. Vraag de regisseurs op en draag "
            "over vanaf wie het nu is."
        )
    if naar == huidige.wie:
        raise RegisseurOngewijzigd("Noem een andere organisatie of een andere medewerker.")
    if vanaf > vandaag:
        raise DatumPastNiet("Leg een regieoverdracht vast op de dag zelf of daarna.")
    afspraak = afspraken.geldend(kandidaat.gemeentecode, vanaf)
    if not afspraak.mag_regisseur_zijn(naar.organisatie):
        raise RegieBuitenModel(
            "In het samenwerkingsmodel van deze gemeente heeft de gemeente de regie; alleen bij "
            "Het Participatiebedrijf kan WSD haar ook hebben. Een andere gemeente krijgt de regie "
            "door een overdracht van de kandidaat."
        )
    if naar.organisatie == WSD and not kandidaat.gedeeld_met_wsd:
        raise NietDoorverwezen("WSD kent deze kandidaat niet. Verwijs eerst door.")
    return huidige.gevolgd_door(regisseur_id, naar, vanaf, reden)
