"""What is watched the time of in a loonkostensubsidie."""

from __future__ import annotations

from enum import StrEnum


class Financieringstermijnsoort(StrEnum):
    """What has to be done before the term ends, with where the term comes from."""

    BESLISSING_LKS = "beslissing-lks"
    """The college decides within 5 weeks (art. 10d lid 12 Participatiewet)."""
    LOONWAARDE_NA_FORFAIT = "loonwaarde-na-forfait"
    """The loonwaarde is known when the forfait ends (art. 10d lid 5 Participatiewet)."""
