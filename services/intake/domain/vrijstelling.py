"""Exemption of the duties of art. 9 lid 1 Participatiewet: by which article, of what, how long."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar, Final

from services.intake.domain.besluit import Besluit
from services.intake.domain.fouten import (
    GeenAlleenstaandeOuderVanJongKind,
    VrijstellingAlGebruikt,
    VrijstellingBlijvend,
    VrijstellingTeLang,
    VrijstellingTeRuim,
    VrijstellingTijdelijk,
)
from services.intake.domain.rechtsgrond import Besluitsoort, Rechtsgrond

LANGSTE_DRINGEND_JAREN: Final = 1
"""Our own limit: the law says only "tijdelijk"; longer takes a new look and a new besluit."""

LANGSTE_9A_JAREN: Final = 5
"""Art. 9a Participatiewet."""

PLAN_VAN_AANPAK_MAANDEN: Final = 6
"""Within these the college makes a plan van aanpak with the parent, art. 9a Participatiewet."""


class Verplichting(StrEnum):
    """The duties of art. 9 lid 1 Participatiewet."""

    ARBEID = "arbeid"
    """a: getting and accepting work, and keeping it."""
    VOORZIENING = "voorziening"
    """b: using a facility, and co-operating with an investigation and a plan van aanpak."""
    TEGENPRESTATIE = "tegenprestatie"
    """c: unpaid useful work in return."""


@dataclass(frozen=True, slots=True)
class Vrijstelling:
    """vrijgesteld_van: the duties. einddatum: last day; None is for good.

    Which kind it is follows from the article: art. 9 lid 2 (dringende redenen), art. 9 lid 5
    (volledig en duurzaam arbeidsongeschikt) or art. 9a (alleenstaande ouder, kind jonger dan 5).
    """

    soort: ClassVar = Besluitsoort.VRIJSTELLING

    besluit: Besluit
    vrijgesteld_van: frozenset[Verplichting]
    einddatum: date | None

    @property
    def plan_van_aanpak_uiterlijk(self) -> date | None:
        """By when there must be a plan van aanpak; only at art. 9a."""
        if self.besluit.rechtsgrond is not Rechtsgrond.PW_9A:
            return None
        return maanden_later(self.besluit.ingangsdatum, PLAN_VAN_AANPAK_MAANDEN)


def toets_vrijstelling(
    besluit: Besluit,
    vrijgesteld_van: Set[Verplichting],
    einddatum: date | None,
    *,
    alleenstaande_ouder_kind_jonger_dan_5: bool,
    eerdere: tuple[Vrijstelling, ...],
) -> Vrijstelling:
    """The vrijstelling, when its article allows it.

    alleenstaande_ouder_kind_jonger_dan_5: whether the gemeente found that; tested, not kept.
    Raises VrijstellingTeRuim, VrijstellingTijdelijk, VrijstellingBlijvend, VrijstellingTeLang,
    VrijstellingAlGebruikt, GeenAlleenstaandeOuderVanJongKind.
    """
    match besluit.rechtsgrond:
        case Rechtsgrond.PW_9_2:
            _toets_dringende_redenen(besluit, vrijgesteld_van, einddatum)
        case Rechtsgrond.PW_9_5:
            _toets_arbeidsongeschikt(vrijgesteld_van, einddatum)
        case _:
            if not alleenstaande_ouder_kind_jonger_dan_5:
                raise GeenAlleenstaandeOuderVanJongKind(
                    "Bevestig dat de kandidaat alleenstaande ouder is en dat het jongste kind "
                    "jonger is dan 5 jaar, of kies een ander artikel."
                )
            _toets_jong_kind(besluit, vrijgesteld_van, einddatum, eerdere)
    return Vrijstelling(besluit, frozenset(vrijgesteld_van), einddatum)


def _toets_dringende_redenen(
    besluit: Besluit, vrijgesteld_van: Set[Verplichting], einddatum: date | None
) -> None:
    """Temporary, of a and c, art. 9 lid 2."""
    artikel = "art. 9 lid 2 Participatiewet"
    if not vrijgesteld_van or Verplichting.VOORZIENING in vrijgesteld_van:
        raise VrijstellingTeRuim(
            "Wegens dringende redenen kan alleen ontheffing van arbeid, van tegenprestatie, of van "
            "beide. De plicht om mee te werken aan een voorziening blijft.",
            artikel=artikel,
        )
    _eis_einde(besluit, einddatum, LANGSTE_DRINGEND_JAREN, artikel)


def _toets_arbeidsongeschikt(vrijgesteld_van: Set[Verplichting], einddatum: date | None) -> None:
    """Of all three, for good, art. 9 lid 5."""
    if set(vrijgesteld_van) != set(Verplichting):
        raise VrijstellingTeRuim(
            "Wie volledig en duurzaam arbeidsongeschikt is, heeft geen van de drie verplichtingen. "
            "Noem ze alle drie.",
            artikel="art. 9 lid 5 Participatiewet",
        )
    if einddatum is not None:
        raise VrijstellingBlijvend(
            "Laat de einddatum weg. Verandert de situatie, trek het besluit dan in.",
            artikel="art. 9 lid 5 Participatiewet",
        )


def _toets_jong_kind(
    besluit: Besluit,
    vrijgesteld_van: Set[Verplichting],
    einddatum: date | None,
    eerdere: tuple[Vrijstelling, ...],
) -> None:
    """Of a, at most five years, once, art. 9a."""
    artikel = "art. 9a Participatiewet"
    if set(vrijgesteld_van) != {Verplichting.ARBEID}:
        raise VrijstellingTeRuim(
            "Voor een alleenstaande ouder met een jong kind geldt de ontheffing alleen voor "
            "arbeid.",
            artikel=artikel,
        )
    _eis_einde(besluit, einddatum, LANGSTE_9A_JAREN, artikel)
    if any(
        eerder.besluit.rechtsgrond is Rechtsgrond.PW_9A and eerder.besluit.heeft_gewerkt
        for eerder in eerdere
    ):
        raise VrijstellingAlGebruikt(
            "Kies dringende redenen als die er zijn. Was het eerdere besluit een vergissing, trek "
            "het dan in vanaf zijn eerste dag."
        )


def _eis_einde(besluit: Besluit, einddatum: date | None, jaren: int, artikel: str) -> None:
    if einddatum is None:
        raise VrijstellingTijdelijk("Geef de laatste dag van de vrijstelling.", artikel=artikel)
    uiterlijk = maanden_later(besluit.ingangsdatum, 12 * jaren) - timedelta(days=1)
    if not besluit.ingangsdatum <= einddatum <= uiterlijk:
        raise VrijstellingTeLang(
            f"Kies als laatste dag een dag van {besluit.ingangsdatum.isoformat()} tot en met "
            f"{uiterlijk.isoformat()}.",
            artikel=artikel,
        )


def maanden_later(dag: date, maanden: int) -> date:
    """The same day of a later month, or the last day of that month when it has no such day."""
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + maanden, 12)
    volgende_maand = date(jaar + (maand == 11), (maand + 1) % 12 + 1, 1)
    return min(
        date(jaar, maand + 1, 1) + timedelta(days=dag.day - 1), volgende_maand - timedelta(1)
    )
