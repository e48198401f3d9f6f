"""Money: exact while calculating, Decimal euros once rounded."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction


def euro(exact: Fraction) -> Decimal:
    """Euros rounded arithmetically to whole cents, half a cent up.

    The only place where an amount of money is rounded. The law names no rounding rule for the
    loonkostensubsidie itself; rounding once, at the end, is our reading (domain-rules §1.3).
    """
    return Decimal(math.floor(exact * 100 + Fraction(1, 2))).scaleb(-2)
