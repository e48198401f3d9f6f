"""What goes along when a kandidaat goes to another gemeente."""

from __future__ import annotations

from typing import Final

from chassis.handover import DEADLINES, Rows

_VAN_SUBSIDIES: Final = "(SELECT id FROM loonkostensubsidie WHERE kandidaat_id = $1)"
GAAT_MEE: Final = (
    Rows("kandidaat", "id = $1"),
    Rows("leeftijdsovergang"),
    Rows("loonwaarde"),
    Rows("overdracht"),
    Rows("loonkostensubsidie", also="versie = versie + 1"),
    Rows("arbeidsduur"),
    Rows("vaststelling", f"lks_id IN {_VAN_SUBSIDIES}"),
    Rows("arbeidsplaats"),
    Rows("traject"),
    Rows("levering"),
    Rows("urenbron"),
    Rows("verrichting"),
    Rows("financieringstermijn"),
    DEADLINES,
    Rows("termijn", f"aggregate_id IN {_VAN_SUBSIDIES}"),
)
"""Everything financiering has of a kandidaat, for a hand-over."""
