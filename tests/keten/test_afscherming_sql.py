"""PostgreSQL itself keeps the rows of Boxtel from Vught: in every table, found in the catalog."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import asyncpg
import pytest
import pytest_asyncio

from chassis.migrations import role_of
from tests.keten.proefketen import BOXTEL, VUGHT, WSD, Proefketen
from tests.keten.wereld import bouw

pytestmark = pytest.mark.asyncio(loop_scope="package")

if TYPE_CHECKING:
    Connection = asyncpg.Connection[asyncpg.Record]


@dataclass(frozen=True)
class Uitzondering:
    """Why a table has no gemeentecode. kolom: that says whose a row is, in its place.

    volgens: which rows are of Boxtel, as SQL, where no column says it. Without both a row says
    nothing of any gemeente.
    """

    waarom: str
    kolom: str = ""
    volgens: str = ""


_CHASSIS: Final = {
    "alembic_version": Uitzondering("Tot waar het schema is bijgewerkt."),
    "stroom": Uitzondering("Een pseudoniem en een teller, voor elke organisatie dezelfde."),
    "positie": Uitzondering("Een pseudoniem en een teller: wat een consument heeft verwerkt."),
}
_ANTWOORDEN: Final = {
    "eenmalig": Uitzondering("Antwoorden aan wie de sleutel stuurde.", "organisatie")
}
UITZONDERINGEN: Final[Mapping[str, Mapping[str, Uitzondering]]] = {
    "intake": {
        **_CHASSIS,
        **_ANTWOORDEN,
        "inwoner_bij_wsd": Uitzondering("Een pseudoniem en een hash, alleen voor de keten zelf."),
        "signaal": Uitzondering("Voor WSD, over twee pseudoniemen."),
        "procesversie": Uitzondering("Een procesbestand, voor wie er ook mee werkt."),
    },
    "diagnose": {**_CHASSIS, **_ANTWOORDEN},
    "financiering": {
        **_CHASSIS,
        **_ANTWOORDEN,
        "factuurjaar": Uitzondering("Een teller, voor alle gemeenten dezelfde."),
        "scenario": Uitzondering("Van wie het bewaarde.", "eigenaar"),
        "scenarioversie": Uitzondering("Van wie het scenario bewaarde.", "eigenaar"),
        "scenariodeling": Uitzondering("Van wie het scenario bewaarde.", "eigenaar"),
        "macrocijfer": Uitzondering("Bedragen van heel Nederland, voor iedereen dezelfde."),
        "werkgever_van_wsd": Uitzondering("Welke werkgever WSD zelf is, voor iedereen dezelfde."),
    },
    "plaatsing": {
        **_CHASSIS,
        **_ANTWOORDEN,
        "werkgever": Uitzondering("Van wie haar vastlegde.", "eigenaar"),
        "werkplek": Uitzondering("Van wie haar vastlegde.", "eigenaar"),
        "werkplek_versie": Uitzondering("Van wie de werkplek vastlegde.", "eigenaar"),
        "afspraak": Uitzondering("Van wie de werkgever vastlegde.", "eigenaar"),
        "bezetting": Uitzondering(
            "Volgt de plaatsing: wie die niet ziet, ziet alleen de drukte.",
            volgens=f"plaatsing_id IN (SELECT id FROM plaatsing WHERE gemeentecode = '{BOXTEL}')",
        ),
        "drukte": Uitzondering(
            "Volgt de werkplek: hoeveel plaatsen er bezet zijn, zonder van wie.",
            volgens=f"werkplek_id IN (SELECT id FROM werkplek WHERE eigenaar = '{BOXTEL}')",
        ),
    },
    "gateway": {
        **_CHASSIS,
        **_ANTWOORDEN,
        "teller": Uitzondering("Van een afnemer.", "afnemer"),
        "ontvangen": Uitzondering("Van een afnemer.", "afnemer"),
        **_ANTWOORDEN,
        "abonnement": Uitzondering("Van een afnemer.", "afnemer"),
        "abonnement_sleutel": Uitzondering("Van een afnemer.", "afnemer"),
        "bezorging": Uitzondering("Van een afnemer.", "afnemer"),
        "aflevering": Uitzondering("Van een afnemer.", "afnemer"),
        "poging": Uitzondering("Van een afnemer.", "afnemer"),
    },
}
"""Tables without a column ``gemeentecode``, each with a reason."""


@dataclass(frozen=True)
class Tabel:
    schema: str
    naam: str
    heeft_gemeentecode: bool
    rls: bool
    rls_ook_voor_eigenaar: bool

    def __str__(self) -> str:
        return f"{self.schema}.{self.naam}"

    @property
    def kolom(self) -> str:
        """The column that says whose a row is; empty when there is none."""
        if self.heeft_gemeentecode:
            return "gemeentecode"
        return UITZONDERINGEN[self.schema][self.naam].kolom

    @property
    def van_boxtel(self) -> str:
        """SQL condition on the rows that Vught may not see; empty when there are none."""
        if self.kolom:
            return f"{self.kolom} = '{BOXTEL}'"
        return UITZONDERINGEN[self.schema][self.naam].volgens


async def tabellen(keten: Proefketen) -> list[Tabel]:
    async with keten.beheer() as beheer:
        gevonden = await beheer.fetch(
            """
            SELECT n.nspname AS schema, c.relname AS naam,
                   EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid
                           AND a.attname = 'gemeentecode' AND NOT a.attisdropped)
                       AS heeft_gemeentecode,
                   c.relrowsecurity AS rls, c.relforcerowsecurity AS rls_ook_voor_eigenaar
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname = ANY($1::text[])
            ORDER BY 1, 2
            """,
            list(keten.schemas),
        )
    return [Tabel(**rij) for rij in gevonden]


async def afgeschermd(keten: Proefketen) -> list[Tabel]:
    """The tables with rows of a gemeente."""
    return [t for t in await tabellen(keten) if t.van_boxtel]


@pytest_asyncio.fixture(scope="module", loop_scope="package", autouse=True)
async def wereld(keten: Proefketen) -> None:
    """Something of Boxtel in every table that a klantreis fills."""
    await bouw(keten, BOXTEL)
    ids = await bouw(keten, BOXTEL)
    await keten.rust()
    async with keten.beheer() as beheer:
        await beheer.execute(
            "INSERT INTO plaatsing.bezetting (plaatsing_id, werkplek_id, begin)"
            " VALUES (gen_random_uuid(), $1, current_date)",
            ids["werkplekId"],
        )


@contextlib.asynccontextmanager
async def als_dienst(
    keten: Proefketen, tabel: Tabel, organisatie: str | None
) -> AsyncIterator[Connection]:
    """A transaction as the role of the service, for an organisation, undone afterwards.

    In it the table has at least one row of Boxtel.
    """
    async with keten.beheer() as beheer:
        transactie = beheer.transaction()
        await transactie.start()
        try:
            await beheer.execute(
                f"SET LOCAL session_replication_role = replica; SET LOCAL search_path ="
                f" {tabel.schema}"
            )
            if not await _aantal(beheer, tabel):
                await _verzin_rij(beheer, tabel)
            await beheer.execute(f"SET LOCAL ROLE {role_of(tabel.schema)}")
            if organisatie is not None:
                await beheer.execute(f"SET LOCAL meedoen.organisatie = '{organisatie}'")
            yield beheer
        finally:
            await transactie.rollback()


async def _aantal(connection: Connection, tabel: Tabel) -> int:
    return int(await connection.fetchval(f"SELECT count(*) FROM {tabel} WHERE {tabel.van_boxtel}"))


_VERZONNEN: Final = {
    "uuid": "gen_random_uuid()",
    "timestamp with time zone": "now()",
    "date": "current_date",
    "bytea": "''::bytea",
    "text": "'x'",
    "boolean": "false",
    "text[]": "'{}'::text[]",
    "jsonb": "'{}'::jsonb",
}


async def _verzin_rij(beheer: Connection, tabel: Tabel) -> None:
    """A row of Boxtel with whatever the other columns take, undone with the transaction.

    What a service demands of a value is set aside too: whether the world has a row of its own by
    now depends on how far the services are.
    """
    eisen = await beheer.fetch(
        "SELECT conname FROM pg_constraint WHERE conrelid = $1::text::regclass AND contype = 'c'",
        str(tabel),
    )
    for eis in eisen:
        await beheer.execute(f'ALTER TABLE {tabel} DROP CONSTRAINT "{eis["conname"]}"')
    kolommen = await beheer.fetch(
        "SELECT attname, format_type(atttypid, atttypmod) AS soort FROM pg_attribute"
        " WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped AND attnotnull"
        " AND NOT atthasdef AND attidentity = '' AND attname <> $2",
        str(tabel),
        tabel.kolom,
    )
    namen = [tabel.kolom, *(k["attname"] for k in kolommen)]
    waarden = [f"'{BOXTEL}'", *(_VERZONNEN.get(k["soort"], "0") for k in kolommen)]
    await beheer.execute(f"INSERT INTO {tabel} ({', '.join(namen)}) VALUES ({', '.join(waarden)})")


async def test_elke_tabel_zonder_gemeentecode_staat_op_de_lijst(keten: Proefketen) -> None:
    zonder: dict[str, set[str]] = {schema: set() for schema in keten.schemas}
    for tabel in await tabellen(keten):
        if not tabel.heeft_gemeentecode:
            zonder[tabel.schema].add(tabel.naam)
    assert zonder == {schema: set(namen) for schema, namen in UITZONDERINGEN.items()}


async def test_elke_tabel_met_een_gemeente_is_afgeschermd_ook_voor_haar_eigenaar(
    keten: Proefketen,
) -> None:
    gevonden = await afgeschermd(keten)
    assert len(gevonden) > 25
    for tabel in gevonden:
        assert tabel.rls, tabel
        assert tabel.rls_ook_voor_eigenaar, tabel


async def test_elke_tabel_op_de_lijst_zonder_gemeente_noemt_er_ook_geen(
    keten: Proefketen,
) -> None:
    async with keten.beheer() as beheer:
        for tabel in await tabellen(keten):
            if not tabel.van_boxtel:
                genoemd = await beheer.fetchval(
                    f"SELECT count(*) FROM {tabel} t WHERE t::text LIKE '%{BOXTEL}%'"
                    " AND t::text !~ '[0-9a-f]0757|0757[0-9a-f-]'"
                )
                assert genoemd == 0, tabel


async def test_de_rol_van_een_dienst_kan_niet_om_de_afscherming_heen(keten: Proefketen) -> None:
    for schema, database in keten.draaiend.databases.items():
        rol = await database.pool.fetchrow(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
            " WHERE rolname = current_user"
        )
        assert rol is not None
        assert tuple(rol) == (role_of(schema), False, False, False, False)
        lid_van = await database.pool.fetch(
            "SELECT roleid::regrole::text FROM pg_auth_members WHERE member = current_user::regrole"
        )
        assert lid_van == []
        eigen = await database.pool.fetch(
            "SELECT tablename FROM pg_tables WHERE tableowner = current_user"
        )
        assert eigen == []


async def test_een_dienst_kan_niet_bij_de_tabellen_van_een_ander(keten: Proefketen) -> None:
    alle = await tabellen(keten)
    for schema, database in keten.draaiend.databases.items():
        for tabel in alle:
            if tabel.schema != schema:
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await database.pool.fetch(f"SELECT 1 FROM {tabel}")


async def test_vught_leest_geen_rij_van_boxtel(keten: Proefketen) -> None:
    for tabel in await afgeschermd(keten):
        async with als_dienst(keten, tabel, VUGHT) as dienst:
            assert await _aantal(dienst, tabel) == 0, tabel
        async with als_dienst(keten, tabel, BOXTEL) as dienst:
            assert await _aantal(dienst, tabel) > 0, tabel


@pytest.mark.parametrize("organisatie", [None, "", "0999"])
async def test_zonder_bekende_organisatie_is_er_niets_te_lezen(
    keten: Proefketen, organisatie: str | None
) -> None:
    for tabel in await afgeschermd(keten):
        async with als_dienst(keten, tabel, organisatie) as dienst:
            gezien = await dienst.fetchval(f"SELECT count(*) FROM {tabel}")
            # What WSD offers is for all gemeenten, also for one that has nothing yet.
            if organisatie == "0999" and tabel.schema == "plaatsing":
                gezien = await _aantal(dienst, tabel)
            assert gezien == 0, tabel


async def test_de_verbinding_van_een_dienst_houdt_geen_organisatie_vast(
    keten: Proefketen,
) -> None:
    """A connection that went back to its pool sees nothing, whoever it acted for before."""
    for tabel in await afgeschermd(keten):
        database = keten.draaiend.databases[tabel.schema]
        async with database.pool.acquire() as connection:
            async with connection.transaction():
                await connection.execute(f"SET LOCAL meedoen.organisatie = '{BOXTEL}'")
            gezien = await connection.fetchval(f"SELECT count(*) FROM {tabel}")
            assert gezien == 0, tabel


async def test_vught_schrijft_geen_rij_voor_boxtel(keten: Proefketen) -> None:
    for tabel in await afgeschermd(keten):
        if not tabel.kolom:
            continue
        invoegen = f"INSERT INTO {tabel} ({tabel.kolom}) VALUES ('{BOXTEL}')"
        async with als_dienst(keten, tabel, VUGHT) as dienst:
            with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
                await dienst.execute(invoegen)
        # Row-level security is looked at first: for Boxtel itself it is the rest that is missing.
        async with als_dienst(keten, tabel, BOXTEL) as dienst:
            with pytest.raises(asyncpg.NotNullViolationError):
                await dienst.execute(invoegen)


async def test_vught_wijzigt_en_verwijdert_geen_rij_van_boxtel(keten: Proefketen) -> None:
    for tabel in await afgeschermd(keten):
        wijzigen = [f"DELETE FROM {tabel}"]
        if tabel.kolom:
            wijzigen.append(
                f"UPDATE {tabel} SET {tabel.kolom} = '{VUGHT}' WHERE {tabel.van_boxtel}"
            )
        for opdracht in wijzigen:
            async with als_dienst(keten, tabel, VUGHT) as dienst:
                with contextlib.suppress(asyncpg.InsufficientPrivilegeError):
                    async with dienst.transaction():
                        await dienst.execute(opdracht)
                await dienst.execute("RESET ROLE")
                assert await _aantal(dienst, tabel) > 0, (tabel, opdracht)


async def test_boxtel_geeft_geen_rij_aan_vught(keten: Proefketen) -> None:
    for tabel in await afgeschermd(keten):
        if tabel.kolom:
            async with als_dienst(keten, tabel, BOXTEL) as dienst:
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await dienst.execute(f"UPDATE {tabel} SET {tabel.kolom} = '{VUGHT}'")


async def test_wsd_schrijft_geen_rij_in_naam_van_een_gemeente_die_zij_niet_ziet(
    keten: Proefketen,
) -> None:
    for naam in ("kandidaat", "persoonsgegevens", "besluit", "datasleutel"):
        async with keten.draaiend.databases["intake"].pool.acquire() as connection:
            transactie = connection.transaction()
            await transactie.start()
            await connection.execute(f"SET LOCAL meedoen.organisatie = '{WSD}'")
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(f"INSERT INTO {naam} (gemeentecode) VALUES ('{BOXTEL}')")
            await transactie.rollback()
