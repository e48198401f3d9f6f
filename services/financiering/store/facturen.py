"""Facturen and creditnota's in the database, which only ever grows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

import asyncpg

from chassis.unit_of_work import Reading, UnitOfWork
from services.financiering.domain.btw import Btw, BtwCategorie
from services.financiering.domain.factuur import Factuur, Inhoud, factuurnummer
from services.financiering.domain.levering import Kostenregel, Regeleenheid
from services.financiering.partijen import Partij, Partijen

_FACTUUR: Final = (
    "SELECT f.id, f.jaar, f.volgnummer, f.kandidaat_id, f.gemeentecode, f.product, f.van_factuur,"
    " f.besluit_id, f.inkooporder_id, f.opgemaakt_op, f.btw_categorie, f.btw_percentage,"
    " f.btw_grond, f.partijen, f.vastgelegd_op, v.jaar AS van_jaar,"
    " v.volgnummer AS van_volgnummer"
    " FROM factuur f LEFT JOIN factuur v ON v.id = f.van_factuur "
)


@dataclass(frozen=True, slots=True)
class Bewaard:
    """partijen: as they were called on the day of the document."""

    factuur: Factuur
    partijen: Partijen
    vastgelegd_op: datetime


async def neem_nummering(uow: UnitOfWork, jaar: int) -> None:
    """Lock the numbers of a year until the commit: the first thing a round does."""
    await uow.connection.execute(
        "INSERT INTO factuurjaar AS j (jaar, laatste_nummer) VALUES ($1, 0)"
        " ON CONFLICT (jaar) DO UPDATE SET laatste_nummer = j.laatste_nummer",
        jaar,
    )


async def volgend_nummer(uow: UnitOfWork, jaar: int) -> int:
    """The next number of a year: given back when the transaction is."""
    nummer: int = await uow.connection.fetchval(
        "UPDATE factuurjaar SET laatste_nummer = laatste_nummer + 1 WHERE jaar = $1"
        " RETURNING laatste_nummer",
        jaar,
    )
    return nummer


async def voeg_toe(uow: UnitOfWork, bewaard: Bewaard) -> None:
    factuur, inhoud = bewaard.factuur, bewaard.factuur.inhoud
    jaar, volgnummer = factuur.jaar_en_volgnummer
    await uow.connection.execute(
        "INSERT INTO factuur (id, jaar, volgnummer, soort, kandidaat_id, gemeentecode, product,"
        " van_factuur, besluit_id, inkooporder_id, opgemaakt_op, btw_categorie, btw_percentage,"
        " btw_grond, partijen, vastgelegd_op)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        factuur.factuur_id,
        jaar,
        volgnummer,
        inhoud.soort,
        factuur.kandidaat_id,
        inhoud.gemeentecode,
        inhoud.product,
        inhoud.van_factuur,
        factuur.besluit_id,
        factuur.inkooporder_id,
        factuur.opgemaakt_op,
        inhoud.btw_regel.categorie,
        inhoud.btw_regel.percentage,
        inhoud.btw_regel.grond,
        json.dumps(asdict(bewaard.partijen)),
        bewaard.vastgelegd_op,
    )
    await uow.connection.executemany(
        "INSERT INTO factuurregel (factuur_id, nummer, gemeentecode, levering_id, vanaf,"
        " tot_en_met, aantal, eenheid, prijs, basis, korting)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        [
            (
                factuur.factuur_id,
                nummer,
                inhoud.gemeentecode,
                regel.levering_id,
                regel.vanaf,
                regel.tot_en_met,
                regel.aantal,
                regel.eenheid,
                regel.prijs,
                regel.basis,
                regel.korting,
            )
            for nummer, regel in enumerate(inhoud.regels, start=1)
        ],
    )


async def haal(uow: Reading, factuur_id: UUID) -> Bewaard | None:
    rijen = await uow.connection.fetch(_FACTUUR + "WHERE f.id = $1", factuur_id)
    gevonden = await _met_regels(uow, rijen)
    return gevonden[0] if gevonden else None


async def van_kandidaat(uow: Reading, kandidaat_id: UUID) -> list[Factuur]:
    """All that this organisation may see, by number."""
    rijen = await uow.connection.fetch(
        _FACTUUR + "WHERE f.kandidaat_id = $1 ORDER BY f.jaar, f.volgnummer", kandidaat_id
    )
    return [bewaard.factuur for bewaard in await _met_regels(uow, rijen)]


async def lijst(
    uow: Reading,
    *,
    gemeentecode: str | None,
    kandidaat_id: UUID | None,
    na: tuple[int, int] | None,
    aantal: int,
) -> Sequence[Bewaard]:
    """By number; na: year and number of the last one that was seen."""
    rijen = await uow.connection.fetch(
        _FACTUUR + "WHERE ($1::text IS NULL OR f.gemeentecode = $1)"
        " AND ($2::uuid IS NULL OR f.kandidaat_id = $2)"
        " AND ($3::bigint IS NULL OR (f.jaar, f.volgnummer) > ($3, $4::bigint))"
        " ORDER BY f.jaar, f.volgnummer LIMIT $5",
        gemeentecode,
        kandidaat_id,
        na[0] if na else None,
        na[1] if na else None,
        aantal,
    )
    return await _met_regels(uow, rijen)


async def _met_regels(uow: Reading, rijen: Sequence[asyncpg.Record]) -> list[Bewaard]:
    gevonden = await uow.connection.fetch(
        "SELECT factuur_id, levering_id, gemeentecode, vanaf, tot_en_met, aantal, eenheid, prijs,"
        " basis, korting FROM factuurregel WHERE factuur_id = ANY($1::uuid[])"
        " ORDER BY factuur_id, nummer",
        [rij["id"] for rij in rijen],
    )
    regels: dict[UUID, list[asyncpg.Record]] = {rij["id"]: [] for rij in rijen}
    for rij in gevonden:
        regels[rij["factuur_id"]].append(rij)
    return [_bewaard(rij, regels[rij["id"]]) for rij in rijen]


def _bewaard(rij: asyncpg.Record, regels: Sequence[asyncpg.Record]) -> Bewaard:
    partijen = json.loads(rij["partijen"])
    return Bewaard(
        Factuur(
            factuur_id=rij["id"],
            nummer=factuurnummer(rij["jaar"], rij["volgnummer"]),
            kandidaat_id=rij["kandidaat_id"],
            opgemaakt_op=rij["opgemaakt_op"],
            inhoud=Inhoud(
                rij["gemeentecode"],
                rij["product"],
                tuple(_regel(regel, rij["product"]) for regel in regels),
                Btw(BtwCategorie(rij["btw_categorie"]), rij["btw_percentage"], rij["btw_grond"]),
                rij["van_factuur"],
            ),
            besluit_id=rij["besluit_id"],
            inkooporder_id=rij["inkooporder_id"],
            van_nummer=factuurnummer(rij["van_jaar"], rij["van_volgnummer"])
            if rij["van_factuur"]
            else None,
        ),
        Partijen(Partij(**partijen["afzender"]), Partij(**partijen["ontvanger"])),
        rij["vastgelegd_op"],
    )


def _regel(rij: asyncpg.Record, product: str) -> Kostenregel:
    return Kostenregel(
        levering_id=rij["levering_id"],
        product=product,
        gemeentecode=rij["gemeentecode"],
        vanaf=rij["vanaf"],
        tot_en_met=rij["tot_en_met"],
        aantal=Decimal(rij["aantal"]),
        eenheid=Regeleenheid(rij["eenheid"]),
        prijs=rij["prijs"],
        basis=rij["basis"],
        korting=rij["korting"],
    )
