"""What diagnose says: WSD looks closely at what a kandidaat can do, and advises."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from contracts.gebeurtenis import Datum, Gebeurtenis, Percentage
from contracts.portfolio import Dienst, Programma


class _DiagnoseGebeurtenis(Gebeurtenis):
    dienst: ClassVar[str] = "diagnose"
    dataref_pad: ClassVar[str] = "/diagnose/v1/dossiers/{dossier_id}"

    dossier_id: UUID


class DiagnoseGestart(_DiagnoseGebeurtenis):
    """WSD has opened a dossier for a kandidaat that was referred to it."""

    naam: ClassVar[str] = "diagnose-gestart"

    gestart_op: Datum


class ZrmAfgenomen(_DiagnoseGebeurtenis):
    """A self-sufficiency matrix has been taken; which levels it found stays in the dossier."""

    naam: ClassVar[str] = "zrm-afgenomen"
    dataref_pad: ClassVar[str] = "/diagnose/v1/dossiers/{dossier_id}/zrm-metingen/{meting_id}"

    meting_id: UUID
    zrm_versie: Literal["2017"]
    afgenomen_op: Datum
    volgnummer: Annotated[int, Field(ge=1)]


class LoonwaardeVastgesteld(_DiagnoseGebeurtenis):
    """The loonwaarde, a percentage of the minimum wage, is established (PW art. 6 lid 1 g)."""

    naam: ClassVar[str] = "loonwaarde-vastgesteld"
    dataref_pad: ClassVar[str] = "/diagnose/v1/dossiers/{dossier_id}/loonwaardemetingen/{meting_id}"

    meting_id: UUID
    loonwaarde: Percentage
    vastgesteld_op: Datum
    ingangsdatum: Datum
    methode: Literal["uniform-2021"]


class AdviesGegeven(_DiagnoseGebeurtenis):
    """WSD has advised the gemeente on programme and services; the motivation is in the dossier."""

    naam: ClassVar[str] = "advies-gegeven"
    dataref_pad: ClassVar[str] = "/diagnose/v1/dossiers/{dossier_id}/adviezen/{advies_id}"

    advies_id: UUID
    gegeven_op: Datum
    programma: Programma
    diensten: Annotated[tuple[Dienst, ...], Field(min_length=1, max_length=20)]
