"""De gemeente betaalt uit wat verschuldigd is: een keer, op de goede rekening, en met reden."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx2
import pytest
from lxml import etree

from chassis.access import DevelopmentIssuer
from chassis.database import Database
from chassis.tenancy import SYSTEM, WSD
from contracts.intake import Doelgroep
from services.financiering.domain.fouten import BetaalrunAnders, BetaalrunLoopt
from services.financiering.domain.kalender import Maand
from services.financiering.service import SERVICE
from services.financiering.store import betaalruns
from services.financiering.use_cases import betaal_uit as module
from services.financiering.use_cases.betaal_uit import Betaalopdracht, betaal_uit
from tests.dienst import token_verifier
from tests.financiering.omgeving import BOXTEL, VUGHT, Kandidaat, Omgeving

IBAN, ANDER_IBAN, GEMEENTE_IBAN = (
    "NL91ABNA0417164300",
    "NL69INGB0123456789",
    "NL02ABNA0123456789",
)
DECEMBER = Maand(2026, 12)
UITVOERING = date(2026, 12, 22)


@dataclass
class Kantoor:
    """The backoffice and the controller of gemeenten, over HTTP."""

    app: Any
    issuer: DevelopmentIssuer

    async def vraag(
        self,
        methode: str,
        pad: str,
        body: Mapping[str, Any] | None = None,
        *,
        rol: str = "backoffice",
        gemeente: str = BOXTEL,
        wie: str = "",
    ) -> httpx2.Response:
        scopes = ("financiering.lezen", "financiering.schrijven")
        token = self.issuer.token(gemeente, rol, scopes, client_id=wie or f"{rol}-{gemeente}")
        async with httpx2.AsyncClient(
            transport=httpx2.ASGITransport(self.app, raise_app_exceptions=False),
            base_url="https://api.meedoen.example/financiering/v1",
            headers={"Authorization": f"Bearer {token}"},
        ) as client:
            headers = {"Idempotency-Key": str(uuid4())} if methode == "POST" else {}
            return await client.request(methode, pad, json=body, headers=headers)

    async def rekening(
        self,
        werkgever_id: UUID | None,
        iban: str = IBAN,
        gemeente: str = BOXTEL,
        *,
        bevestigd: bool = True,
    ) -> str:
        body = {"tenaamstelling": "Voorbeeld BV", "iban": iban}
        pad = (
            "/eigen-rekeningen"
            if werkgever_id is None
            else f"/werkgevers/{werkgever_id}/rekeningen"
        )
        gemaakt = await self.vraag("POST", pad, body, gemeente=gemeente)
        assert gemaakt.status_code == 201, gemaakt.text
        rekening_id: str = gemaakt.json()["rekeningId"]
        if bevestigd:
            pad = f"/rekeningen/{rekening_id}/bevestigingen"
            antwoord = await self.vraag("POST", pad, rol="controller", gemeente=gemeente)
            assert antwoord.status_code == 201, antwoord.text
        return rekening_id

    async def run(
        self,
        maand: str = "2026-12",
        op: str = "2026-12-22",
        gemeente: str = BOXTEL,
        *,
        ook_onzeker: bool = True,
    ) -> dict[str, Any]:
        body = {"maand": maand, "uitvoeringsdatum": op, "ookOnzeker": ook_onzeker}
        gestart = await self.vraag("POST", "/betaalruns", body, gemeente=gemeente)
        assert gestart.status_code == 201, gestart.text
        pad = f"/betaalruns/{gestart.json()['betaalrunId']}"
        inzage: dict[str, Any] = (await self.vraag("GET", pad, gemeente=gemeente)).json()
        return inzage

    async def regels(self, run: Mapping[str, Any], gemeente: str = BOXTEL) -> list[dict[str, Any]]:
        pad = f"/betaalruns/{run['betaalrunId']}/regels"
        antwoord = await self.vraag("GET", pad, gemeente=gemeente)
        gevonden: list[dict[str, Any]] = antwoord.json()["resultaten"]
        return gevonden


@pytest.fixture
async def kantoor(database: Database, issuer: DevelopmentIssuer) -> Kantoor:
    return Kantoor(SERVICE.api(database, token_verifier(issuer), {}), issuer)


@pytest.fixture
async def lopend(omgeving: Omgeving, kantoor: Kantoor) -> Kandidaat:
    """One of Boxtel at work since 1 October, with both accounts confirmed."""
    kandidaat = await geplaatst(omgeving)
    await kantoor.rekening(None, GEMEENTE_IBAN)
    await kantoor.rekening(kandidaat.werkgever_id)
    return kandidaat


async def geplaatst(
    omgeving: Omgeving,
    begin: date = date(2026, 10, 1),
    loonwaarde: int | None = 40,
    *,
    toegekend: bool = True,
) -> Kandidaat:
    """toegekend: whether the college granted it by beschikking."""
    kandidaat = Kandidaat()
    await omgeving.hoort(kandidaat.doorverwezen(), kandidaat.plaatsing(begin, loonwaarde))
    if toegekend:
        await omgeving.beschikt(kandidaat)
    return kandidaat


async def gesteld(omgeving: Omgeving, kandidaat: Kandidaat) -> list[tuple[str, str, str]]:
    """Gemeente, month and total of every LKSBetaalbaarGesteld, in order."""
    async with omgeving.database.unit_of_work(SYSTEM) as uow:
        rijen = await uow.connection.fetch(
            "SELECT data FROM outbox WHERE aggregate_id = $1"
            " AND type = 'nl.participatie.lks-betaalbaar-gesteld.v1' ORDER BY id",
            kandidaat.id,
        )
    data = [json.loads(rij["data"]) for rij in rijen]
    return [(e["gemeentecode"], e["maand"][:7], e["bedrag"]) for e in data]


def kort(regels: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(r["maand"], r["soort"], r["bedrag"]) for r in regels]


async def test_een_run_betaalt_elke_maand_die_nog_niet_betaald_was(
    omgeving: Omgeving, kantoor: Kantoor, lopend: Kandidaat
) -> None:
    run = await kantoor.run()
    maand = str((await omgeving.lks(lopend)).maandbedrag)
    assert kort(await kantoor.regels(run)) == [
        (f"2026-{m}", "betaling", maand) for m in (10, 11, 12)
    ]
    assert run["status"] == "gereed"
    assert run["totaalRegels"] == run["totaalBetaald"] == str(3 * Decimal(maand))
    [post] = run["werkgevers"]
    assert (post["werkgeverId"], post["uitkomst"]) == (str(lopend.werkgever_id), "betaald")
    assert await gesteld(omgeving, lopend) == [(BOXTEL, f"2026-{m}", maand) for m in (10, 11, 12)]


async def test_dezelfde_run_nog_eens_vragen_geeft_dezelfde_en_betaalt_niets(
    omgeving: Omgeving, kantoor: Kantoor, lopend: Kandidaat
) -> None:
    eerste = await kantoor.run()
    assert await kantoor.run() == eerste
    later = await kantoor.run(op="2026-12-23")
    assert (later["aantalRegels"], later["totaalBetaald"], later["werkgevers"]) == (0, "0.00", [])
    assert len(await gesteld(omgeving, lopend)) == 3


async def test_een_latere_loonwaarde_wordt_een_correctie_en_wordt_verrekend(
    omgeving: Omgeving, kantoor: Kantoor, lopend: Kandidaat
) -> None:
    eerste = await kantoor.run(maand="2026-11", op="2026-12-08")
    regels = await kantoor.regels(eerste)
    await omgeving.hoort(lopend.loonwaarde(60, date(2026, 11, 1)))
    tweede = await kantoor.run()
    nieuw = await kantoor.regels(tweede)
    assert [(r["maand"], r["soort"]) for r in nieuw] == [
        ("2026-11", "correctie"),
        ("2026-12", "betaling"),
    ]
    assert Decimal(nieuw[0]["bedrag"]) < 0
    assert await kantoor.regels(eerste) == regels
    assert Decimal(tweede["totaalBetaald"]) == sum(Decimal(r["bedrag"]) for r in nieuw)
    totalen = [(m, b) for _, m, b in await gesteld(omgeving, lopend)]
    assert totalen[2:] == [("2026-11", nieuw[1]["bedrag"]), ("2026-12", nieuw[1]["bedrag"])]


async def test_een_tekort_wordt_niet_betaald_maar_verrekend_met_de_volgende(
    omgeving: Omgeving, kantoor: Kantoor, lopend: Kandidaat
) -> None:
    await kantoor.run()
    await omgeving.hoort(lopend.einde(date(2026, 10, 31)))
    tweede = await kantoor.run(op="2026-12-23")
    [post] = tweede["werkgevers"]
    assert (post["uitkomst"], tweede["totaalBetaald"]) == ("verrekend-met-volgende", "0.00")
    assert Decimal(post["saldo"]) == Decimal(tweede["totaalRegels"]) < 0
    ander = Kandidaat()
    ander.werkgever_id = lopend.werkgever_id
    await omgeving.hoort(ander.doorverwezen(), ander.plaatsing(date(2026, 9, 1), 40))
    await omgeving.beschikt(ander)
    derde = await kantoor.run(op="2026-12-24")
    assert Decimal(derde["totaalBetaald"]) == Decimal(derde["totaalRegels"]) + Decimal(
        post["saldo"]
    )


async def test_zonder_bevestigde_rekening_wacht_het_geld_in_zicht(
    omgeving: Omgeving, kantoor: Kantoor
) -> None:
    kandidaat = await geplaatst(omgeving)
    await kantoor.rekening(None, GEMEENTE_IBAN)
    rekening = await kantoor.rekening(kandidaat.werkgever_id, bevestigd=False)
    eerste = await kantoor.run()
    [post] = eerste["werkgevers"]
    assert post["uitkomst"] == "geen-bevestigde-rekening"
    leeg = await kantoor.vraag("GET", f"/betaalruns/{eerste['betaalrunId']}/betaalbestand")
    assert (leeg.status_code, leeg.json()["code"]) == (409, "niets-te-betalen")
    await kantoor.vraag("POST", f"/rekeningen/{rekening}/bevestigingen", rol="controller")
    tweede = await kantoor.run(op="2026-12-23")
    assert (tweede["totaalRegels"], tweede["totaalBetaald"]) == ("0.00", post["saldo"])


async def test_een_maand_zonder_grondslag_of_zekere_cijfers_staat_er_met_reden(
    omgeving: Omgeving, kantoor: Kantoor, lopend: Kandidaat
) -> None:
    forfait = await geplaatst(omgeving, date(2026, 5, 1), None)
    run = await kantoor.run(ook_onzeker=False)
    assert (run["aantalRegels"], run["totaalBetaald"]) == (0, "0.00")
    redenen = defaultdict(set)
    for niet in run["nietBetaald"]:
        redenen[niet["lksId"]].add((niet["maand"], niet["reden"]["code"]))
    lks = [str((await omgeving.lks(k)).lks_id) for k in (lopend, forfait)]
    assert redenen[lks[0]] == {(f"2026-{m}", "onzekere-cijfers") for m in (10, 11, 12)}
    assert ("2026-12", "loonwaarde-ontbreekt") in redenen[lks[1]]
    anders = await kantoor.vraag(
        "POST",
        "/betaalruns",
        {"maand": "2026-12", "uitvoeringsdatum": "2026-12-22", "ookOnzeker": True},
    )
    assert (anders.status_code, anders.json()["code"]) == (409, BetaalrunAnders.code)


async def test_het_betaalbestand_betaalt_de_laatste_bevestigde_rekening(
    kantoor: Kantoor, lopend: Kandidaat
) -> None:
    await kantoor.rekening(lopend.werkgever_id, ANDER_IBAN, bevestigd=False)
    run = await kantoor.run()
    pad = f"/betaalruns/{run['betaalrunId']}/betaalbestand"
    antwoord = await kantoor.vraag("GET", pad)
    assert (antwoord.status_code, antwoord.headers["content-type"]) == (200, "application/xml")
    assert (await kantoor.vraag("GET", pad)).content == antwoord.content
    ns = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}
    xml = etree.fromstring(antwoord.content)
    assert xml.xpath("//p:IBAN/text()", namespaces=ns) == [GEMEENTE_IBAN, IBAN]
    assert xml.xpath("//p:InstdAmt/text()", namespaces=ns) == [run["totaalBetaald"]]
    assert (await kantoor.vraag("GET", pad, rol="controller")).status_code == 403


async def test_zonder_eigen_rekening_wordt_er_niet_betaald(
    omgeving: Omgeving, kantoor: Kantoor
) -> None:
    await geplaatst(omgeving)
    body = {"maand": "2026-12", "uitvoeringsdatum": "2026-12-22"}
    antwoord = await kantoor.vraag("POST", "/betaalruns", body)
    assert (antwoord.status_code, antwoord.json()["code"]) == (409, "geen-eigen-rekening")


@pytest.mark.parametrize(
    ("maand", "op", "code"),
    [
        ("2026-12", "2026-12-06", "betaaldatum-ongeldig"),
        ("2027-01", "2026-12-31", "betaaldatum-ongeldig"),
    ],
)
async def test_een_datum_die_niet_kan_wordt_geweigerd(
    kantoor: Kantoor, lopend: Kandidaat, maand: str, op: str, code: str
) -> None:
    antwoord = await kantoor.vraag("POST", "/betaalruns", {"maand": maand, "uitvoeringsdatum": op})
    assert (antwoord.status_code, antwoord.json()["code"]) == (409, code)


async def test_wsd_betaalt_niet_en_een_klantmanager_ook_niet(
    kantoor: Kantoor, lopend: Kandidaat
) -> None:
    body = {"maand": "2026-12", "uitvoeringsdatum": "2026-12-22"}
    wsd = await kantoor.vraag("POST", "/betaalruns", body, gemeente=WSD)
    assert (wsd.status_code, wsd.json()["code"]) == (403, "alleen-eigen-gemeente")
    rol = await kantoor.vraag("POST", "/betaalruns", body, rol="klantmanager")
    assert (rol.status_code, rol.json()["code"]) == (403, "geen-toegang")


async def test_een_gebroken_run_gaat_verder_en_betaalt_niets_twee_keer(
    omgeving: Omgeving, kantoor: Kantoor, lopend: Kandidaat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It breaks after each commit in turn, as when the process is killed there."""
    kandidaten = [lopend, *[await geplaatst(omgeving) for _ in range(4)]]
    opdracht = Betaalopdracht(DECEMBER, UITVOERING, ook_onzeker=True, door="proef")
    stap = module._stap

    class StroomWegError(Exception):
        pass

    over = 0

    async def hapert(*args: Any) -> Any:
        nonlocal over
        if over == 0:
            raise StroomWegError
        over -= 1
        return await stap(*args)

    monkeypatch.setattr(module, "_stap", hapert)
    keren = 0
    while True:
        over, keren = 1, keren + 1
        try:
            run = await betaal_uit(omgeving.database, BOXTEL, opdracht, per_keer=2)
        except StroomWegError:
            continue
        break
    assert keren == 4  # three batches and the end
    for kandidaat in kandidaten:
        assert [m for _, m, _ in await gesteld(omgeving, kandidaat)] == [
            "2026-10",
            "2026-11",
            "2026-12",
        ]
    async with omgeving.database.unit_of_work(BOXTEL) as uow:
        aantal, bedrag = await betaalruns.totaal(uow, run.run_id)
    assert (aantal, bedrag) == (15, 15 * ((await omgeving.lks(lopend)).maandbedrag or 0))


async def test_twee_tegelijk_gevraagde_runs_betalen_samen_een_keer(
    omgeving: Omgeving, kantoor: Kantoor, lopend: Kandidaat
) -> None:
    for _ in range(4):
        await geplaatst(omgeving)
    opdracht = Betaalopdracht(DECEMBER, UITVOERING, ook_onzeker=True, door="proef")
    runs = await asyncio.gather(
        *(betaal_uit(omgeving.database, BOXTEL, opdracht, per_keer=1) for _ in range(3))
    )
    assert len({run.run_id for run in runs}) == 1
    async with omgeving.database.unit_of_work(BOXTEL) as uow:
        aantal, _ = await betaalruns.totaal(uow, runs[0].run_id)
    assert aantal == 15


async def test_een_run_die_niet_af_is_houdt_een_andere_tegen(
    omgeving: Omgeving, kantoor: Kantoor, lopend: Kandidaat
) -> None:
    opdracht = Betaalopdracht(DECEMBER, UITVOERING, ook_onzeker=True, door="proef")
    async with omgeving.database.unit_of_work(BOXTEL) as uow:
        await module._start(uow, opdracht)
        await uow.commit()
    ander = Betaalopdracht(DECEMBER, date(2026, 12, 23), ook_onzeker=True, door="proef")
    with pytest.raises(BetaalrunLoopt):
        await betaal_uit(omgeving.database, BOXTEL, ander)


@pytest.mark.parametrize(
    ("tabel", "kolom"), [("betaalregel", "bedrag"), ("werkgeverspost", "saldo")]
)
async def test_de_database_zelf_herschrijft_niets_dat_betaald_is(
    omgeving: Omgeving,
    kantoor: Kantoor,
    lopend: Kandidaat,
    tabel: str,
    kolom: str,
) -> None:
    await kantoor.run()
    async with omgeving.database.unit_of_work(BOXTEL) as uow:
        gevonden = await uow.connection.fetch(f"TABLE {tabel}")
        assert gevonden
        assert await uow.connection.execute(f"DELETE FROM {tabel}") == "DELETE 0"  # noqa: S608
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await uow.connection.execute(f"UPDATE {tabel} SET {kolom} = {kolom}")  # noqa: S608


async def test_de_database_zelf_laat_een_maand_maar_een_keer_betalen(
    omgeving: Omgeving, kantoor: Kantoor, lopend: Kandidaat
) -> None:
    await kantoor.run()
    await kantoor.run(op="2026-12-23")
    async with omgeving.database.unit_of_work(BOXTEL) as uow:
        with pytest.raises(asyncpg.UniqueViolationError):
            await uow.connection.execute(
                "INSERT INTO betaalregel (run_id, gemeentecode, lks_id, werkgever_id, maand, soort,"
                " bedrag) SELECT b.id, r.gemeentecode, r.lks_id, r.werkgever_id, r.maand, r.soort,"
                " r.bedrag FROM betaalregel r JOIN betaalrun b ON b.id <> r.run_id LIMIT 1"
            )


async def test_het_betaalschema_toont_verschuldigd_gesteld_en_het_verschil(
    omgeving: Omgeving, kantoor: Kantoor, lopend: Kandidaat
) -> None:
    await kantoor.run(maand="2026-11", op="2026-12-08")
    await omgeving.hoort(lopend.gewijzigd(date(2026, 11, 16), uren="30.00"))
    lks = await omgeving.lks(lopend)
    pad = f"/loonkostensubsidies/{lks.lks_id}/betaalschema?vanaf=2026-10&tot=2027-01"
    maanden = (await kantoor.vraag("GET", pad)).json()["maanden"]
    oktober, november, december, januari = maanden
    assert (oktober["nogTeBetalen"], len(oktober["regels"])) == ("0.00", 1)
    assert Decimal(november["nogTeBetalen"]) > 0
    assert december["regels"] == []
    assert december["nogTeBetalen"] == december["verschuldigd"]
    assert (januari["verschuldigd"], januari["reden"]["code"]) == (None, "datum-buiten-tabel")
    for maand in (oktober, november, december):
        som = Decimal(maand["betaalbaarGesteld"]) + Decimal(maand["nogTeBetalen"])
        assert som == Decimal(maand["verschuldigd"])


# -- only what was granted --------------------------------------------------------------------


async def test_wat_niet_bij_beschikking_is_toegekend_wacht_in_zicht_en_gaat_daarna_mee(
    omgeving: Omgeving, kantoor: Kantoor, lopend: Kandidaat
) -> None:
    wachtend = await geplaatst(omgeving, toegekend=False)
    await kantoor.rekening(wachtend.werkgever_id)
    lks = await omgeving.lks(wachtend)
    eerste = await kantoor.run()
    assert [(n["lksId"], n["maand"], n["reden"]["code"]) for n in eerste["nietBetaald"]] == [
        (str(lks.lks_id), f"2026-{m}", "wacht-op-beschikking") for m in (10, 11, 12)
    ]
    assert await gesteld(omgeving, wachtend) == []
    schema = f"/loonkostensubsidies/{lks.lks_id}/betaalschema?vanaf=2026-10&tot=2026-12"
    assert (await kantoor.vraag("GET", schema)).json()["wachtOpBeschikking"] is True
    await omgeving.beschikt(wachtend)
    assert (await kantoor.vraag("GET", schema)).json()["wachtOpBeschikking"] is False
    tweede = await kantoor.run(op="2026-12-23")
    assert [(r["lksId"], r["maand"]) for r in await kantoor.regels(tweede)] == [
        (str(lks.lks_id), f"2026-{m}") for m in (10, 11, 12)
    ]
    assert tweede["nietBetaald"] == []


async def test_een_afwijzing_wordt_niet_betaald_en_wacht_ook_niet(
    omgeving: Omgeving, kantoor: Kantoor, lopend: Kandidaat
) -> None:
    afgewezen = Kandidaat()
    await omgeving.hoort(
        afgewezen.doorverwezen(doelgroep=Doelgroep.WSW), afgewezen.plaatsing(date(2026, 10, 1))
    )
    await omgeving.beschikt(afgewezen)
    assert (await kantoor.run())["nietBetaald"] == []
    assert await gesteld(omgeving, afgewezen) == []


async def test_wat_na_de_toekenning_verandert_wordt_betaald_zonder_op_een_herziening_te_wachten(
    omgeving: Omgeving, kantoor: Kantoor, lopend: Kandidaat
) -> None:
    await omgeving.hoort(lopend.loonwaarde(60, date(2026, 11, 1)))
    run = await kantoor.run()
    oktober, november, _ = await kantoor.regels(run)
    assert Decimal(november["bedrag"]) < Decimal(oktober["bedrag"])
    assert run["nietBetaald"] == []


async def test_na_een_overdracht_wacht_ook_de_vorige_gemeente_op_de_toekenning(
    omgeving: Omgeving, kantoor: Kantoor, lopend: Kandidaat
) -> None:
    wachtend = await geplaatst(omgeving, toegekend=False)
    await kantoor.rekening(wachtend.werkgever_id)
    await omgeving.hoort(wachtend.overgedragen(VUGHT, date(2026, 12, 1)))
    eerste = await kantoor.run()
    assert {(n["maand"], n["reden"]["code"]) for n in eerste["nietBetaald"]} == {
        (f"2026-{m}", "wacht-op-beschikking") for m in (10, 11)
    }
    await omgeving.beschikt(wachtend)
    tweede = await kantoor.run(op="2026-12-23")
    assert [r["maand"] for r in await kantoor.regels(tweede)] == ["2026-10", "2026-11"]
    assert {m for g, m, _ in await gesteld(omgeving, wachtend) if g == BOXTEL} == {
        "2026-10",
        "2026-11",
    }


# -- a kandidaat who goes to another gemeente -----------------------------------------------


async def test_na_een_overdracht_betaalt_elke_gemeente_haar_dagen(
    omgeving: Omgeving, kantoor: Kantoor, lopend: Kandidaat
) -> None:
    """Boxtel had paid all of December already, and gets back what Vught pays from the 11th."""
    vooraf = await kantoor.run(op="2026-12-08")
    heel = Decimal((await kantoor.regels(vooraf))[-1]["bedrag"])
    await omgeving.hoort(lopend.overgedragen(VUGHT, date(2026, 12, 11)))
    await kantoor.rekening(None, GEMEENTE_IBAN, VUGHT)
    [correctie] = await kantoor.regels(await kantoor.run())
    [betaling] = await kantoor.regels(await kantoor.run(gemeente=VUGHT), VUGHT)
    assert (correctie["maand"], correctie["soort"]) == ("2026-12", "correctie")
    assert (betaling["maand"], betaling["soort"]) == ("2026-12", "betaling")
    assert heel + Decimal(correctie["bedrag"]) + Decimal(betaling["bedrag"]) == heel
    assert await gesteld(omgeving, lopend) == [
        (BOXTEL, "2026-10", str(heel)),
        (BOXTEL, "2026-11", str(heel)),
        (BOXTEL, "2026-12", str(heel)),
        (BOXTEL, "2026-12", str(heel + Decimal(correctie["bedrag"]))),
        (VUGHT, "2026-12", betaling["bedrag"]),
    ]


async def test_wat_na_een_overdracht_over_ervoor_blijkt_verrekent_wie_toen_betaalde(
    omgeving: Omgeving, kantoor: Kantoor, lopend: Kandidaat
) -> None:
    await kantoor.run(maand="2026-11", op="2026-12-08")
    await omgeving.hoort(lopend.overgedragen(VUGHT, date(2026, 12, 1)))
    await omgeving.hoort(lopend.loonwaarde(60, date(2026, 11, 1)))
    [correctie] = await kantoor.regels(await kantoor.run())
    assert (correctie["maand"], correctie["soort"]) == ("2026-11", "correctie")
    assert Decimal(correctie["bedrag"]) < 0
    assert await kantoor.regels(await kantoor.run(op="2026-12-23")) == []


async def test_wat_is_betaald_en_wat_verschuldigd_is_zijn_na_een_run_in_het_rapport_gelijk(
    omgeving: Omgeving, kantoor: Kantoor, lopend: Kandidaat
) -> None:
    """Also after a hand-over and a correction on what was paid before it."""
    pad = "/rapportages/loonkostensubsidie-op-realisatie?jaar=2026"

    async def dit_jaar(gemeente: str) -> dict[str, Any]:
        [eigen] = (await kantoor.vraag("GET", pad, gemeente=gemeente)).json()["gemeenten"]
        van_wsd = (await kantoor.vraag("GET", pad, gemeente=WSD)).json()["gemeenten"]
        [gezien] = [g for g in van_wsd if g["gemeentecode"] == gemeente]
        assert gezien == eigen
        return dict(eigen["ditJaar"])

    eerste = await kantoor.run()
    assert (await dit_jaar(BOXTEL))["betaalbaarGesteld"] == eerste["totaalRegels"]
    await omgeving.hoort(lopend.overgedragen(VUGHT, date(2026, 11, 11)))
    await omgeving.hoort(lopend.loonwaarde(60, date(2026, 10, 20)))
    await kantoor.rekening(None, GEMEENTE_IBAN, VUGHT)
    await kantoor.rekening(lopend.werkgever_id, gemeente=VUGHT)
    voor_de_run = await dit_jaar(BOXTEL)
    assert voor_de_run["betaalbaarGesteld"] == eerste["totaalRegels"]
    assert Decimal(voor_de_run["verschuldigd"]) < Decimal(eerste["totaalRegels"])
    await kantoor.run(op="2026-12-23")
    await kantoor.run(op="2026-12-23", gemeente=VUGHT)
    for gemeente in (BOXTEL, VUGHT):
        nu = await dit_jaar(gemeente)
        assert nu["betaalbaarGesteld"] == nu["verschuldigd"] == nu["verwacht"] != "0.00"


async def test_een_gemeente_ziet_niets_van_de_betalingen_van_een_andere(
    omgeving: Omgeving, kantoor: Kantoor, lopend: Kandidaat
) -> None:
    run = await kantoor.run()
    rekening = await kantoor.rekening(lopend.werkgever_id, ANDER_IBAN, bevestigd=False)
    lks = await omgeving.lks(lopend)
    for pad in (
        f"/betaalruns/{run['betaalrunId']}",
        f"/betaalruns/{run['betaalrunId']}/regels",
        f"/betaalruns/{run['betaalrunId']}/betaalbestand",
        f"/rekeningen/{rekening}",
        f"/loonkostensubsidies/{lks.lks_id}/betaalschema?vanaf=2026-10&tot=2026-12",
    ):
        assert (await kantoor.vraag("GET", pad, gemeente=VUGHT)).status_code == 404, pad
    for pad in ("/betaalruns", "/rekeningen"):
        for wie in (VUGHT, WSD):
            assert (await kantoor.vraag("GET", pad, gemeente=wie)).json() == {"resultaten": []}


# -- accounts ---------------------------------------------------------------------------------


async def test_wie_een_rekening_vastlegt_bevestigt_haar_niet_zelf(
    kantoor: Kantoor, lopend: Kandidaat
) -> None:
    rekening = await kantoor.rekening(lopend.werkgever_id, ANDER_IBAN, bevestigd=False)
    pad = f"/rekeningen/{rekening}/bevestigingen"
    zelf = await kantoor.vraag("POST", pad)
    assert (zelf.status_code, zelf.json()["code"]) == (403, "bevestiging-door-dezelfde")
    collega = await kantoor.vraag("POST", pad, wie="collega")
    assert (collega.status_code, collega.json()["bevestigdDoor"]) == (201, "collega")
    assert (await kantoor.vraag("POST", pad, wie="nog-een")).json() == collega.json()


async def test_een_vervangen_rekening_wordt_niet_meer_bevestigd(
    kantoor: Kantoor, lopend: Kandidaat
) -> None:
    oud = await kantoor.rekening(lopend.werkgever_id, ANDER_IBAN, bevestigd=False)
    await kantoor.rekening(lopend.werkgever_id, GEMEENTE_IBAN)
    antwoord = await kantoor.vraag("POST", f"/rekeningen/{oud}/bevestigingen", rol="controller")
    assert (antwoord.status_code, antwoord.json()["code"]) == (409, "rekening-vervangen")


async def test_van_een_werkgever_die_de_gemeente_niet_kent_is_er_geen_rekening(
    kantoor: Kantoor, lopend: Kandidaat
) -> None:
    for gemeente, werkgever_id in ((BOXTEL, uuid4()), (VUGHT, lopend.werkgever_id)):
        body = {"tenaamstelling": "Nee", "iban": IBAN}
        pad = f"/werkgevers/{werkgever_id}/rekeningen"
        antwoord = await kantoor.vraag("POST", pad, body, gemeente=gemeente)
        assert antwoord.status_code == 404


@pytest.mark.parametrize("iban", ["NL92ABNA0417164300", "NL91", "", "XX00123", "NL91 ABNA"])
async def test_een_iban_dat_niet_klopt_wordt_geweigerd(
    kantoor: Kantoor, lopend: Kandidaat, iban: str
) -> None:
    body = {"tenaamstelling": " ", "iban": iban}
    antwoord = await kantoor.vraag("POST", "/eigen-rekeningen", body)
    assert antwoord.status_code == 400
    assert {f["pad"] for f in antwoord.json()["fouten"]} == {"body.iban", "body.tenaamstelling"}
    assert iban == "" or iban not in antwoord.text


async def test_een_rekening_staat_versleuteld_in_de_database(
    beheer_url: str, kantoor: Kantoor, lopend: Kandidaat
) -> None:
    verbinding = await asyncpg.connect(beheer_url)
    try:
        rijen = await verbinding.fetch(
            "SELECT to_jsonb(r)::text AS alles FROM financiering.rekening r"
        )
    finally:
        await verbinding.close()
    assert len(rijen) == 2
    for rij in rijen:
        for geheim in (IBAN, GEMEENTE_IBAN, "Voorbeeld BV"):
            assert geheim not in rij["alles"]
            assert geheim.encode().hex() not in rij["alles"]
