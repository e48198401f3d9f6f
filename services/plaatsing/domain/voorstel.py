"""A kandidaat is proposed to an employer, who does not learn who it is until they have agreed.

The employer reads what the work asks, drawn from the codes of the profiel: no name, no birth date,
no place to live, no limitation, no diagnosis, no number of the kandidaat (domain-rules §8).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.plaatsing.domain.eisen import Begeleidingsniveau, Dag
from services.plaatsing.domain.fouten import (
    DatumPastNiet,
    MatchUitgesloten,
    NietBevoegd,
    VoorstelAlBeantwoord,
)
from services.plaatsing.domain.matching import Match
from services.plaatsing.domain.woorden import (
    BEGELEIDING,
    getal,
    in_woorden,
    opsomming,
    van_tot,
)


class Voorstelantwoord(StrEnum):
    """How a voorstel ended."""

    AANGENOMEN = "aangenomen"
    AFGEWEZEN_DOOR_WERKGEVER = "afgewezen-door-werkgever"
    AFGEWEZEN_DOOR_KANDIDAAT = "afgewezen-door-kandidaat"
    INGETROKKEN = "ingetrokken"


@dataclass(frozen=True, slots=True)
class Voorstel:
    """kandidaat_akkoord_op, werkgever_akkoord_op: when each said yes; antwoord: how it ended.

    voorgesteld_door: gemeentecode, or wsd. begindatum: the day on which the work would begin.
    """

    voorstel_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    werkplek_id: UUID
    voorgesteld_door: str
    gedaan_op: date
    begindatum: date
    kandidaat_akkoord_op: date | None = None
    werkgever_akkoord_op: date | None = None
    antwoord: Voorstelantwoord | None = None
    beantwoord_op: date | None = None

    @property
    def werkgever_mag_weten_wie(self) -> bool:
        """Only while the kandidaat agrees: not before, and no longer once it came to nothing."""
        return self.kandidaat_akkoord_op is not None and self.antwoord in (
            None,
            Voorstelantwoord.AANGENOMEN,
        )

    def hoor_kandidaat(self, akkoord: bool, op: date) -> Voorstel:
        """While nothing is final a yes can still become a no.

        Raises VoorstelAlBeantwoord, DatumPastNiet.
        """
        self._eis_open(op)
        if not akkoord:
            geen_akkoord = replace(self, kandidaat_akkoord_op=None)
            return geen_akkoord._eindig(Voorstelantwoord.AFGEWEZEN_DOOR_KANDIDAAT, op)
        return replace(self, kandidaat_akkoord_op=op)._neem_aan()

    def hoor_werkgever(self, akkoord: bool, op: date) -> Voorstel:
        """Raises VoorstelAlBeantwoord, DatumPastNiet."""
        self._eis_open(op)
        if not akkoord:
            return self._eindig(Voorstelantwoord.AFGEWEZEN_DOOR_WERKGEVER, op)
        return replace(self, werkgever_akkoord_op=op)._neem_aan()

    def trek_in(self, op: date) -> Voorstel:
        """Raises VoorstelAlBeantwoord, DatumPastNiet."""
        self._eis_open(op)
        return self._eindig(Voorstelantwoord.INGETROKKEN, op)

    def _neem_aan(self) -> Voorstel:
        if self.kandidaat_akkoord_op is None or self.werkgever_akkoord_op is None:
            return self
        laatste = max(self.kandidaat_akkoord_op, self.werkgever_akkoord_op)
        return self._eindig(Voorstelantwoord.AANGENOMEN, laatste)

    def _eindig(self, antwoord: Voorstelantwoord, op: date) -> Voorstel:
        return replace(self, antwoord=antwoord, beantwoord_op=op)

    def _eis_open(self, op: date) -> None:
        if self.antwoord is not None:
            raise VoorstelAlBeantwoord("Doe een nieuw voorstel als het alsnog kan.")
        if op < self.gedaan_op:
            raise DatumPastNiet(f"Kies een dag vanaf {self.gedaan_op.isoformat()}.")


def eis_voor_te_stellen(match: Match) -> None:
    """What is excluded is not proposed. Raises MatchUitgesloten.

    The reasons are not in the answer: they say what someone cannot do, and who proposes need not
    know that.
    """
    if match.uitsluitingen:
        criteria = ", ".join(dict.fromkeys(reden.criterium for reden in match.uitsluitingen))
        raise MatchUitgesloten(
            f"Het past niet op: {criteria}. Wie de kandidaat begeleidt leest bij de match waarom. "
            "Klopt het niet, pas dan eerst het profiel of de werkplek aan."
        )


def eis_voorsteller(voorgesteld_door: str, door: str) -> None:
    """Who proposed talks with the employer. Raises NietBevoegd."""
    if voorgesteld_door != door:
        raise NietBevoegd(
            "Alleen wie het voorstel deed, legt het antwoord van de werkgever vast of trekt in."
        )


def werkgeverstekst(match: Match, begindatum: date) -> tuple[str, ...]:
    """What the employer reads, sentence by sentence: what this work asks, and nothing else."""
    profiel, werkplek = match.zoekende.profiel, match.aanbod.werkplek
    dagen = _dagen_van(match)
    uren = van_tot(
        max(profiel.uren_van, werkplek.uren_van), min(profiel.uren_tot, werkplek.uren_tot)
    )
    zinnen = [
        f"Wij hebben een kandidaat voor uw werkplek {werkplek.functie.strip()} in "
        f"{werkplek.locatie.strip()}.",
        f"De kandidaat kan op {begindatum.isoformat()} beginnen, voor {uren} uur per week"
        + (f", op {opsomming(dagen)}." if dagen else "."),
    ]
    leert = werkplek.eisen & profiel.leerdoelen
    if werkplek.eisen:
        nog = f", en leert nog {opsomming(leert)}" if leert else ""
        zinnen.append(f"De kandidaat kan wat dit werk vraagt{nog}.")
    if goed := werkplek.eisen & profiel.vaardigheden:
        zinnen.append(f"De kandidaat is goed in {opsomming(goed)}.")
    if werkplek.werksoort in profiel.ervaring:
        zinnen.append(f"De kandidaat heeft ervaring met {in_woorden(werkplek.werksoort)}.")
    if werkplek.werksoort in profiel.wensen:
        zinnen.append("De kandidaat doet dit werk graag.")
    groei = profiel.groeit_naar_uren
    if groei is not None and groei <= werkplek.uren_tot:
        zinnen.append(f"De kandidaat kan groeien naar {getal(groei)} uur per week.")
    if profiel.begeleiding_nodig is not Begeleidingsniveau.GEEN:
        zinnen.append(f"Nodig is {BEGELEIDING[profiel.begeleiding_nodig]}.")
    zinnen.append("U hoort wie het is zodra de kandidaat met dit voorstel heeft ingestemd.")
    return tuple(zinnen)


def _dagen_van(match: Match) -> frozenset[Dag]:
    """On which days of the work the kandidaat can; none where they are to be agreed."""
    return match.aanbod.dagen & match.zoekende.profiel.dagen
