"""What a gemeente bought for a kandidaat: the products of a trajectbesluit with its inkooporder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Traject:
    """A trajectbesluit that WSD carries out. inkooporder_nodig: it may not start without one."""

    besluit_id: UUID
    ingangsdatum: date
    producten: tuple[str, ...]
    inkooporder_nodig: bool
    inkooporder_id: UUID | None = None

    @property
    def wacht_op_inkooporder(self) -> bool:
        return self.inkooporder_nodig and self.inkooporder_id is None


def traject_van(trajecten: Sequence[Traject], product: str, dag: date) -> Traject | None:
    """The traject under which a product is delivered on a day; trajecten: the oldest first.

    Where none had begun by then, the first that has the product: what began a day early was bought.
    """
    met_product = [traject for traject in trajecten if product in traject.producten]
    begonnen = [traject for traject in met_product if traject.ingangsdatum <= dag]
    gevonden = begonnen[-1:] or met_product[:1]
    return gevonden[0] if gevonden else None
