"""POST zrm-meting and POST loonwaardemeting, against bare FastAPI and asyncpg writing the same
rows: the first meting of each dossier."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from chassis.clock import local_date
from deploy.bench.belasting import Server, server
from deploy.bench.omgeving import Omgeving
from deploy.bench.uitslag import Verhouding
from deploy.klantreis.modelrapport import modelrapport
from services.diagnose.domain.zrm import DOMEINEN, ZrmVersie

_PER_RONDE: Final = 1000
_WARM: Final = 200
_DAG: Final = local_date(datetime.now(UTC)) - timedelta(days=2)
"""Near, so that a meting is on time and the next one is watched."""
_ZRM: Final[dict[str, Any]] = {
    "afgenomenOp": _DAG.isoformat(),
    "informatieVan": _DAG.isoformat(),
    "beoordelaar": "Beoordelaar van WSD",
    "scores": [
        {
            "domein": domein,
            "niveau": 3,
            "hulp": "nee",
            "toelichting": "Kort gesproken, zie gesprek.",
        }
        for domein in DOMEINEN[ZrmVersie.V2017]
    ],
}
_LOONWAARDE: Final = modelrapport(_DAG, bezoek_op=_DAG, tempo=40, kvk_nummer="12345678")


async def meet(omgeving: Omgeving, rondes: int) -> list[Verhouding]:
    """Requests per second over loopback, 16 at a time, in turns."""
    async with (
        server("diagnose", "meedoen", omgeving) as meedoen,
        server("diagnose", "kaal", omgeving) as kaal,
    ):
        beide = (meedoen, kaal)
        zrm: tuple[list[float], list[float]] = ([], [])
        loonwaarde: tuple[list[float], list[float]] = ([], [])
        for wie in beide:
            await _ronde(wie, await _dossiers(omgeving, _WARM))
        for _ in range(rondes):
            for wie, zrm_van, loonwaarde_van in zip(beide, zrm, loonwaarde, strict=True):
                eerste, tweede = await _ronde(wie, await _dossiers(omgeving, _PER_RONDE))
                zrm_van.append(eerste)
                loonwaarde_van.append(tweede)
    return [
        Verhouding("POST zrm-meting", *zrm, doel=0.5),
        Verhouding("POST loonwaardemeting", *loonwaarde, doel=0.5),
    ]


async def _ronde(wie: Server, dossiers: list[UUID]) -> tuple[float, float]:
    """A zrm and then a loonwaarde in each dossier; gives how many per second of each."""
    snelheden = [
        (
            await wie.ronde(
                [wie.post(rol, f"/diagnose/v1/dossiers/{id_}/{pad}", inhoud) for id_ in dossiers]
            )
        )[0]
        for rol, pad, inhoud in (
            ("trajectconsulent", "zrm-metingen", _ZRM),
            ("loonwaardedeskundige", "loonwaardemetingen", _LOONWAARDE),
        )
    ]
    return snelheden[0], snelheden[1]


async def _dossiers(omgeving: Omgeving, aantal: int) -> list[UUID]:
    """So many dossiers in which the diagnosis has begun."""
    kandidaten, dossiers = [uuid4() for _ in range(aantal)], [uuid4() for _ in range(aantal)]
    async with omgeving.database("diagnose") as database, database.unit_of_work("0757") as uow:
        await uow.connection.executemany(
            "INSERT INTO dossier (id, kandidaat_id, gemeentecode, status, geopend_op,"
            " gestart_op, vastgelegd_op) VALUES ($1, $2, '0757', 'gestart', $3, $3, $4)",
            [(*paar, _DAG, uow.now) for paar in zip(dossiers, kandidaten, strict=True)],
        )
        await uow.vault.new_people(uow, kandidaten, "0757")
        await uow.commit()
    return dossiers
