"""What is of Boxtel does not exist for Vught: at every operation of every API.

Generated from the OpenAPI documents: an operation that is added fails here until ``AANROEPEN`` in
``wereld.py`` knows how to call it.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import httpx2
import pytest
import pytest_asyncio

from chassis.tenancy import BEHEER
from gateway.gebeurtenissen import stroom
from tests.keten.operaties import Operatie, alle_rollen
from tests.keten.proefketen import BOXTEL, FEED_PAD, STROOM_PAD, VUGHT, WSD, Proefketen
from tests.keten.test_opdrachten import meld_aan
from tests.keten.wereld import (
    AANROEPEN,
    Aanroep,
    Ids,
    bouw,
    namens,
    nergens,
    organisatie_van,
    rollen_die_mogen,
)

pytestmark = pytest.mark.asyncio(loop_scope="package")

OPEN = {"leeft", "gereed"}
"""About nobody, and without a token."""


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def boxtel(keten: Proefketen) -> dict[str, str]:
    return await bouw(keten, BOXTEL)


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def vught(keten: Proefketen) -> dict[str, str]:
    return await bouw(keten, VUGHT)


def te_proberen(keten: Proefketen) -> list[tuple[Operatie, Aanroep]]:
    """What is about kandidaten: of a gemeente or WSD."""
    gevonden = [o for o in keten.operaties if o.id not in OPEN and not o.is_beheer]
    return [(o, AANROEPEN[o.sleutel]) for o in gevonden]


def van_beheer(keten: Proefketen) -> list[tuple[Operatie, Aanroep]]:
    return [(o, AANROEPEN[o.sleutel]) for o in keten.operaties if o.is_beheer]


def lijsten(keten: Proefketen) -> list[tuple[Operatie, Aanroep]]:
    """Those with pages, of what a gemeente has itself."""
    return [
        (o, a)
        for o, a in te_proberen(keten)
        if o.methode == "GET"
        and not o.padparameters
        and "limiet" in o.queryparameters
        and a.door == "gemeente"
    ]


async def roep(
    klant: httpx2.AsyncClient,
    operatie: Operatie,
    aanroep: Aanroep,
    ids: Ids,
    headers: dict[str, str],
) -> httpx2.Response:
    headers = {**headers, **aanroep.headers}
    if operatie.methode == "POST":
        headers["Idempotency-Key"] = str(uuid4())
    return await klant.request(
        operatie.methode, aanroep.adres(operatie, ids), headers=headers, **aanroep.invulling(ids)
    )


def gezicht(antwoord: httpx2.Response) -> tuple[Any, ...]:
    """All of an answer that could tell one resource from another."""
    headers = {
        naam: waarde for naam, waarde in antwoord.headers.items() if naam != "content-length"
    }
    if headers["content-type"].startswith("text/event-stream"):
        return antwoord.status_code, headers, antwoord.text
    body = antwoord.json()
    assert isinstance(body, dict)
    return antwoord.status_code, headers, {n: w for n, w in body.items() if n != "traceId"}


async def test_elke_operatie_heeft_een_aanroep(keten: Proefketen, boxtel: Ids) -> None:
    bekend = {o.sleutel for o in keten.operaties if o.id not in OPEN}
    assert bekend == AANROEPEN.keys()
    for operatie, aanroep in te_proberen(keten):
        heeft_body = aanroep.body is not None or aanroep.tekst is not None
        assert operatie.heeft_body == heeft_body, operatie
        verwijzingen = uuids_in(keten, operatie)
        assert verwijzingen == aanroep.verwijzingen, operatie
        assert set(aanroep.query) <= set(operatie.queryparameters), operatie
        assert organisatie_van(aanroep, BOXTEL) in (BOXTEL, WSD), operatie
        for parameter in operatie.padparameters:
            assert aanroep.pad.get(parameter, parameter) in boxtel, operatie


def uuids_in(keten: Proefketen, operatie: Operatie) -> set[str]:
    """The names of what refers to a resource in the query and the body, by the document."""
    document = keten.documenten[operatie.dienst]
    pad = operatie.pad.removeprefix(f"/{operatie.dienst}/v1")
    plek = document["paths"][pad][operatie.methode.lower()]
    namen = {
        AANROEPEN[operatie.sleutel].query.get(p["name"], f"{{{p['name']}}}")[1:-1]
        for p in plek.get("parameters", ())
        if p.get("in") == "query" and p["schema"].get("format") == "uuid"
    }
    if als_json := plek.get("requestBody", {}).get("content", {}).get("application/json"):
        schema = als_json["schema"]
        namen |= {n for n, s in schema["properties"].items() if s.get("format") == "uuid"}
    return namen


async def test_wie_mag_komt_er_wel_in(keten: Proefketen) -> None:
    """The calls are valid and the resources real: else all that follows would prove nothing."""
    ids = await bouw(keten, BOXTEL)
    async with keten.klant() as klant:
        for operatie, aanroep in te_proberen(keten):
            organisatie = organisatie_van(aanroep, BOXTEL)
            headers = namens(keten, organisatie, aanroep.rol)
            antwoord = await roep(klant, operatie, aanroep, ids, headers)
            goed = {200, 201, 409} if operatie.methode == "POST" else {200, 204}
            # 403: a traject with WSD, so WSD places; the kandidaat was found.
            if operatie.dienst == "plaatsing" and operatie.methode == "POST":
                goed |= {403}
            assert antwoord.status_code in goed, (operatie, antwoord.text)


async def test_vught_krijgt_404_op_alles_van_boxtel(
    keten: Proefketen, boxtel: Ids, vught: Ids
) -> None:
    """In every role and with every scope: 404, and not to be told from what does not exist."""
    geprobeerd = 0
    async with keten.klant() as klant:
        for operatie, aanroep in te_proberen(keten):
            if not (operatie.padparameters or (aanroep.body and aanroep.verwijzingen)):
                continue
            for rol in alle_rollen():
                headers = namens(keten, VUGHT, rol)
                echt = await roep(klant, operatie, aanroep, boxtel, headers)
                onzin = await roep(klant, operatie, aanroep, nergens(boxtel), headers)
                assert gezicht(echt) == gezicht(onzin), (operatie, rol)
                if rol in rollen_die_mogen(operatie):
                    assert echt.status_code == 404, (operatie, rol, echt.text)
                    assert echt.json()["code"] == "niet-gevonden", (operatie, rol)
                    geprobeerd += 1
    assert geprobeerd > 80


async def test_een_verwijzing_naar_boxtel_tussen_wat_van_vught_is_bestaat_niet(
    keten: Proefketen, boxtel: Ids, vught: Ids
) -> None:
    """One id of Boxtel at a time, in the path, the query or the body; the rest is Vught's own."""
    async with keten.klant() as klant:
        for operatie, aanroep in te_proberen(keten):
            namen = {aanroep.pad.get(p, p) for p in operatie.padparameters} | aanroep.verwijzingen
            for naam in namen:
                for rol in rollen_die_mogen(operatie):
                    headers = namens(keten, VUGHT, rol)
                    met_boxtel = {**vught, naam: boxtel[naam]}
                    met_onzin = {**vught, naam: str(uuid4())}
                    echt = await roep(klant, operatie, aanroep, met_boxtel, headers)
                    onzin = await roep(klant, operatie, aanroep, met_onzin, headers)
                    assert gezicht(echt) == gezicht(onzin), (operatie, naam, rol)
                    assert echt.status_code not in (201, 304), (operatie, naam, rol)


async def test_beheer_komt_nergens_waar_gegevens_van_kandidaten_zijn(
    keten: Proefketen, boxtel: Ids
) -> None:
    """In every role and with every scope: 403, whether the resource is there or not."""
    async with keten.klant() as klant:
        for operatie, aanroep in te_proberen(keten):
            for rol in alle_rollen():
                headers = namens(keten, BEHEER, rol)
                for ids in (boxtel, nergens(boxtel)):
                    antwoord = await roep(klant, operatie, aanroep, ids, headers)
                    assert antwoord.status_code == 403, (operatie, rol)


async def test_geen_gemeente_en_ook_wsd_niet_mag_iets_van_beheer(keten: Proefketen) -> None:
    """In every role and with every scope, also those of the beheerder."""
    async with keten.klant() as klant:
        for operatie, aanroep in van_beheer(keten):
            for organisatie in (BOXTEL, WSD):
                for rol in alle_rollen():
                    headers = namens(keten, organisatie, rol)
                    ids = {"kenmerk": str(uuid4())}
                    antwoord = await roep(klant, operatie, aanroep, ids, headers)
                    assert antwoord.status_code == 403, (operatie, organisatie, rol)


async def test_alleen_een_beheerder_mag_beheren(keten: Proefketen) -> None:
    async with keten.klant() as klant:
        assert len(van_beheer(keten)) == 5 * 8
        for operatie, aanroep in van_beheer(keten):
            ids = {"kenmerk": str(uuid4())}
            for rol in alle_rollen():
                headers = namens(keten, BEHEER, rol)
                antwoord = await roep(klant, operatie, aanroep, ids, headers)
                mag = 404 if operatie.padparameters else 200
                assert antwoord.status_code == (mag if rol == "beheerder" else 403), operatie


async def test_een_versie_van_boxtel_is_niet_te_raden(keten: Proefketen, boxtel: Ids) -> None:
    async with keten.klant() as klant:
        for operatie, aanroep in te_proberen(keten):
            if operatie.methode == "GET" and operatie.padparameters:
                adres = aanroep.adres(operatie, boxtel)
                [rol, *_] = {"klantmanager", aanroep.rol} & {*rollen_die_mogen(operatie)}
                for methode in ("GET", "HEAD"):
                    antwoord = await klant.request(
                        methode,
                        adres,
                        params=aanroep.query,
                        headers={**namens(keten, VUGHT, rol), "If-None-Match": "*"},
                    )
                    assert antwoord.status_code == 404, operatie


async def test_geen_lijst_van_vught_noemt_iets_van_boxtel(
    keten: Proefketen, boxtel: Ids, vught: Ids
) -> None:
    assert len(lijsten(keten)) >= 7
    # Who employs is a werkgever of WSD, which every gemeente sees.
    van_boxtel = [i for naam, i in boxtel.items() if naam != "lksWerkgeverId"]
    for operatie, aanroep in lijsten(keten):
        for rol in rollen_die_mogen(operatie):
            gezien = await alle_bladzijden(keten, operatie, aanroep, namens(keten, VUGHT, rol))
            assert not [i for i in van_boxtel if i in gezien], (operatie, rol)
            # Of whom it got a kandidaat a gemeente may know.
            zonder_overdracht = gezien.replace(f'"vanGemeente":"{BOXTEL}"', "")
            assert f'"{BOXTEL}"' not in zonder_overdracht, (operatie, rol)
        # The same list does name what is one's own: Vught's to Vught, Boxtel's to Boxtel.
        for gemeente, ids in ((VUGHT, vught), (BOXTEL, boxtel)):
            headers = namens(keten, gemeente, aanroep.rol)
            eigen = await alle_bladzijden(keten, operatie, aanroep, headers)
            assert [i for i in ids.values() if i in eigen], (operatie, gemeente)


async def alle_bladzijden(
    keten: Proefketen, operatie: Operatie, aanroep: Aanroep, headers: dict[str, str]
) -> str:
    gezien = ""
    vraag = urlencode({"limiet": "100", **aanroep.vaste_vraag})
    volgende: str | None = f"{operatie.pad}?{vraag}"
    async with keten.klant(headers=headers) as klant:
        while volgende:
            antwoord = await klant.get(volgende)
            assert antwoord.status_code == 200, antwoord.text
            gezien += antwoord.text
            volgende = antwoord.links.get("next", {}).get("url")
    return gezien


async def test_een_bsn_van_boxtel_is_voor_vught_een_nieuw_bsn(keten: Proefketen) -> None:
    persoon = keten.persoon()
    bij_boxtel = await meld_aan(keten, persoon, str(uuid4()))
    bij_vught = await meld_aan(keten, persoon, str(uuid4()), organisatie=VUGHT)
    assert (bij_boxtel.status_code, bij_vught.status_code) == (201, 201)


async def test_een_werkgever_van_boxtel_is_voor_vught_een_nieuwe(
    keten: Proefketen, boxtel: Ids
) -> None:
    async with keten.klant() as klant:
        adres = f"/plaatsing/v1/werkgevers/{boxtel['werkgeverId']}"
        eigen = await klant.get(adres, headers=namens(keten, BOXTEL, "klantmanager"))
        kvk = eigen.json()["kvkNummer"]
        antwoord = await klant.post(
            "/plaatsing/v1/werkgevers",
            json={"kvkNummer": kvk, "naam": "Dezelfde"},
            headers=namens(keten, VUGHT, "klantmanager"),
        )
    assert antwoord.status_code == 201


async def test_een_cursor_van_de_feed_van_boxtel_is_voor_vught_onbekend(
    keten: Proefketen, boxtel: Ids
) -> None:
    assert boxtel
    async with keten.klant() as klant:
        van_boxtel = (await klant.get(FEED_PAD, headers=namens(keten, BOXTEL, "backoffice"))).json()
        cursor, vught = van_boxtel["cursor"], namens(keten, VUGHT, "backoffice")
        voor_vught = (
            await klant.get(FEED_PAD, params={"na": cursor}, headers=vught),
            await klant.get(STROOM_PAD, params={"na": cursor}, headers=vught),
            await klant.get(STROOM_PAD, headers={**vught, "Last-Event-ID": cursor}),
        )
    assert [antwoord.status_code for antwoord in voor_vught] == [404] * 3
    assert not [antwoord for antwoord in voor_vught if BOXTEL in antwoord.text]


async def test_de_stroom_van_een_afnemer_is_zijn_feed(
    keten: Proefketen, boxtel: Ids, vught: Ids, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stroom, "LONGEST", 3.0)
    for organisatie, eigen, ander in ((BOXTEL, boxtel, vught), (VUGHT, vught, boxtel)):
        async with keten.klant(headers=namens(keten, organisatie, "backoffice")) as klant:
            gevolgd = (await klant.get(STROOM_PAD)).text
            feed = (await klant.get(FEED_PAD, params={"limiet": 1000})).json()["resultaten"]
        regels = [r.removeprefix("data: ") for r in gevolgd.splitlines() if r.startswith("data: ")]
        assert [json.loads(regel) for regel in regels] == [r["gebeurtenis"] for r in feed]
        assert eigen["kandidaatId"] in gevolgd
        assert ander["kandidaatId"] not in gevolgd


async def test_wsd_ziet_niets_van_wie_niet_is_doorverwezen(keten: Proefketen) -> None:
    aangemeld = (await meld_aan(keten, keten.persoon(), str(uuid4()))).json()["kandidaatId"]
    wsd = {"kandidaatId": aangemeld}
    await keten.rust()
    async with keten.klant() as klant:
        for operatie, aanroep in te_proberen(keten):
            namen = {aanroep.pad.get(p, p) for p in operatie.padparameters} | aanroep.verwijzingen
            if "kandidaatId" not in namen:
                continue
            ids = nergens(dict.fromkeys(namen, "")) | wsd
            for rol in rollen_die_mogen(operatie):
                headers = namens(keten, WSD, rol)
                echt = await roep(klant, operatie, aanroep, ids, headers)
                onzin = await roep(klant, operatie, aanroep, nergens(ids), headers)
                assert gezicht(echt) == gezicht(onzin), (operatie, rol)
                if "kandidaatId" in operatie.padparameters:
                    assert echt.status_code == 404, (operatie, rol)
    for operatie, aanroep in lijsten(keten):
        mogen = rollen_die_mogen(operatie)
        rol = "trajectconsulent" if "trajectconsulent" in mogen else aanroep.rol
        headers = namens(keten, WSD, rol)
        gezien = await alle_bladzijden(keten, operatie, aanroep, headers)
        assert aangemeld not in gezien, operatie
