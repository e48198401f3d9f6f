"""Everything diagnose has of a kandidaat, for a hand-over to another gemeente."""

from __future__ import annotations

from typing import Final

from chassis.handover import DEADLINES, Rows

_IN_DOSSIER: Final = "dossier_id IN (SELECT id FROM dossier WHERE kandidaat_id = $1)"

GAAT_MEE: Final = (
    Rows("dossier", also="versie = versie + 1"),
    Rows("zrm_meting", _IN_DOSSIER),
    Rows("zrm_meting_versie", _IN_DOSSIER),
    Rows("ladderpositie", _IN_DOSSIER),
    Rows("arbeidsvermogen", _IN_DOSSIER),
    Rows("betaald_werk"),
    Rows("loonwaardemeting", _IN_DOSSIER),
    Rows("advies", _IN_DOSSIER),
    Rows("planregie"),
    Rows("planregierapportage"),
    Rows("loonwaardereactie", _IN_DOSSIER),
    Rows("eerdere_loonwaarde", _IN_DOSSIER),
    Rows("werkdiagnose", _IN_DOSSIER),
    Rows("oad_traject", _IN_DOSSIER),
    Rows("adviesvraag", _IN_DOSSIER),
    Rows("adviesbesluit", _IN_DOSSIER),
    Rows("diagnosetermijn"),
    Rows("jongere"),
    Rows("jongerenbeeld"),
    Rows("jongerenscan"),
    Rows("tevredenheidsgesprek"),
    Rows("datasleutel"),
    DEADLINES,
)
