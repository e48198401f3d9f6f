"""What WSD watches the time of in a diagnosis: agreements of the partners, not terms of the law."""

from __future__ import annotations

from enum import StrEnum


class Diagnosetermijnsoort(StrEnum):
    """What has to be done before the term ends, with where the term comes from."""

    ZRM_HERHALING = "zrm-herhaling"
    """The next ZRM meting, 3 months after the last (bron 003 §3)."""
    LADDER_HERHALING = "ladder-herhaling"
    """The next trede of the participatieladder: at least twice a year (domain-rules §6.4)."""
    TUSSENRAPPORTAGE = "tussenrapportage"
    """Of planregie, at 3 months (bron 003 §3)."""
    EINDRAPPORTAGE = "eindrapportage"
    """Of planregie, at 6 months (bron 003 §3)."""
    LOONWAARDE_HERMETING = "loonwaarde-hermeting"
    """On the day that was agreed (art. 10d lid 6 Participatiewet)."""
    EINDDIAGNOSE = "einddiagnose"
    """Of a werkdiagnose, at 3 months or 6 when extended (bron 000 §3.3)."""
    OAD_EINDE = "oad-einde"
    """The end of an OAD traject, 6-12 months after its begin (bron 000 §4.2)."""
    OAD_VERVOLGVRAAG = "oad-vervolgvraag"
    """Is the deelnemer still at work, 6 and 12 months after the end (bron 000 bijlage 3)."""
