"""Who a kandidaat is does not leave intake: a whole klantreis is searched for one person."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final
from unittest import mock
from uuid import uuid4

import httpx2
import pytest
import pytest_asyncio
import structlog

from chassis import telemetry
from contracts.afnemers import ORGANISATIES, WSD
from deploy.klantreis.persoon import Persoon, verzin_kvk_nummer
from deploy.klantreis.verbinding import Verbinding
from deploy.klantreis.verloop import _DOMEINEN, Klantreis, Opzet
from services.diagnose.domain.oad import Selectievraag
from services.intake import persoonsgegevens
from tests.keten import begeleiding, matching, planregie
from tests.keten.proefketen import (
    BASIS,
    BOXTEL,
    FEED_PAD,
    VANDAAG,
    VUGHT,
    Proefketen,
    vervoer,
)
from tests.keten.sporen import Zoeker, schrijfwijzen, vermommingen
from tests.keten.test_opdrachten import aanmelding
from tests.keten.wereld import namens

pytestmark = pytest.mark.asyncio(loop_scope="package")

BEHANDELAARS: Final = ("Beoordelaar van WSD", "Loonwaardedeskundige WSD", "Assembleren")
"""Free texts that the klantreis enters besides those of the person."""

GETOOND: Final = {
    ("GET", "persoonsgegevens"),
    ("GET", "zrm-metingen"),
    ("GET", "loonwaardemetingen"),
    ("GET", "eerdere-loonwaarden"),
    ("GET", "werkdiagnoses"),
    ("GET", "oad-trajecten"),
    ("GET", "adviezen"),
    ("GET", "brief"),
    ("GET", "planregies"),
    ("GET", "rapportages"),
    ("GET", "werk-ontwikkelplannen"),
    ("GET", "werkgeverseditie"),
    ("GET", "profiel"),
    ("GET", "profielen"),
}
"""Where the API is meant to show what was entered, to whoever may; each look is recorded."""


@dataclass
class Sporen:
    """Everything a klantreis left, by where it was left."""

    per_plek: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    getoond: dict[str, str] = field(default_factory=dict)

    def laat(self, plek: str, *teksten: str) -> None:
        self.per_plek[plek] += teksten


class Opnemer(httpx2.AsyncBaseTransport):
    """Passes requests on to the gateway, and keeps what can be seen of them on the way."""

    def __init__(self, keten: Proefketen, sporen: Sporen) -> None:
        self._naar = vervoer(keten.gateway)
        self._sporen = sporen
        self.let_op_adres = True

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        antwoord = await self._naar.handle_async_request(request)
        await antwoord.aread()
        if self.let_op_adres:
            self._sporen.laat("adres", str(request.url))
        self._sporen.laat("header", *(f"{n}: {w}" for n, w in antwoord.headers.multi_items()))
        delen = request.url.path.split("/")
        resource = next((d for d in reversed(delen) if re.fullmatch("[a-z]+(-[a-z]+)*", d)), "")
        if antwoord.status_code == 200 and (request.method, resource) in GETOOND:
            self._sporen.getoond[resource] = antwoord.text
        elif antwoord.status_code >= 400:
            self._sporen.laat("probleem", antwoord.text)
        else:
            self._sporen.laat("antwoord", antwoord.text)
        return antwoord


def herkenbaar(keten: Proefketen) -> Persoon:
    """A person of whom nothing can be mistaken for something else."""
    return Persoon(
        bsn=keten.persoon().bsn,
        voornamen="Quirijntje-Zoë",
        geslachtsnaam="Wûnseradeelstra",
        geboortedatum=date(1983, 11, 29),
        email="q.wunseradeelstra+meedoen@brievenbus.example",
        telefoonnummer="0687351942",
        straat="Krommehoekswegje",
        huisnummer="1937bis",
        postcode="5397 QX",
        woonplaats="Nergenshuizen",
        toelichting="Vertelt over de scheiding en de schulden bij haar zwager.",
    )


@contextlib.contextmanager
def logboek() -> Iterator[io.StringIO]:
    """Every log line of every level, ours and those of libraries, as the product writes them."""
    regels = io.StringIO()
    wortel = logging.getLogger()
    voorheen = wortel.handlers[:], wortel.level
    # ``force`` of basicConfig closes the handlers it takes away: those of pytest must stay open.
    wortel.handlers.clear()
    _vergeet_loggers()
    telemetry.configure("DEBUG", regels)
    try:
        yield regels
    finally:
        structlog.reset_defaults()
        _vergeet_loggers()
        wortel.handlers[:], level = voorheen
        wortel.setLevel(level)


def _vergeet_loggers() -> None:
    """A structlog logger remembers how it was configured when it was first used."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("chassis", "gateway", "services"):
            for waarde in vars(module).values():
                if isinstance(waarde, structlog._config.BoundLoggerLazyProxy):
                    vars(waarde).pop("bind", None)


@dataclass
class Onderzocht:
    persoon: Persoon
    zoeker: Zoeker
    sporen: Sporen
    reis: Klantreis


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def onderzocht(keten: Proefketen) -> Onderzocht:
    """A klantreis to its end, all that goes wrong with the same data, and all it leaves."""
    persoon, sporen = herkenbaar(keten), Sporen()
    opnemer = Opnemer(keten, sporen)
    begin = len(keten.aftakking.berichten)
    with logboek() as regels:
        async with (
            Verbinding(BASIS, transport=opnemer) as verbinding,
            httpx2.AsyncClient(transport=opnemer, base_url=BASIS) as klant,
        ):
            reis = Klantreis(
                verbinding,
                Opzet(
                    gemeentecode=BOXTEL,
                    persoon=persoon,
                    kvk_nummer=verzin_kvk_nummer(keten._toeval),
                    vandaag=VANDAAG,
                ),
                stuur_advies_terug,
            )
            await reis.speel()
            await keten.rust()
            van_planregie = await speel_planregie(reis, persoon.toelichting)
            van_werk = await laat_werken(reis, persoon.toelichting)
            van_plaatsing = await begeleid(reis, persoon.toelichting)
            van_plaatsing |= await matching.speel(
                reis.verbinding.doe,
                reis.kandidaat_id,
                verzin_kvk_nummer(keten._toeval),
                op=VANDAAG,
                tekst=persoon.toelichting,
            )
            await zie_alles_in(keten, klant, reis, van_planregie, van_werk, van_plaatsing)
            opnemer.let_op_adres = False
            await laat_alles_mislukken(keten, klant, persoon, reis)
            opnemer.let_op_adres = True
            await draag_over(keten, klant, reis)
            await keten.rust()
            await lees_alle_feeds(keten, klant)
        await keten.rust()
    sporen.laat("logboek", *regels.getvalue().splitlines())
    for bericht in keten.aftakking.berichten[begin:]:
        sporen.laat("topic", bericht.topic)
        sporen.laat("sleutel", bericht.key.decode("latin-1"))
        sporen.laat("bericht", bericht.value.decode())
        sporen.laat("berichtheader", *(f"{n}: {w.decode()}" for n, w in bericht.headers))
    for dienst, app in keten.diensten.items():
        async with keten.klant(app) as klant:
            sporen.laat("metrics", (await klant.get("/metrics")).text)
            assert dienst in sporen.per_plek["metrics"][-1]
    await lees_alle_tabellen(keten, sporen)
    return Onderzocht(persoon, Zoeker(persoon, BEHANDELAARS), sporen, reis)


async def speel_planregie(reis: Klantreis, tekst: str) -> dict[str, str]:
    """A planregie to its end, with this text wherever there can be one; its numbers."""
    wat = (reis.verbinding.doe, reis.opzet.gemeentecode, reis.dossier_id)
    dag = VANDAAG - timedelta(days=2)
    ids = await planregie.begin(*wat, op=dag, gemeten_op=dag, tekst=tekst)
    await planregie.maak_af(*wat, ids, op=dag, tekst=tekst)
    return ids


async def begeleid(reis: Klantreis, tekst: str) -> dict[str, str]:
    """A werk-ontwikkelplan, evaluated, with this text wherever there can be one; the numbers."""
    doe = reis.verbinding.doe
    ids = await begeleiding.begin(doe, reis.plaatsing_id, op=VANDAAG, tekst=tekst)
    await begeleiding.maak_af(doe, ids, op=VANDAAG, tekst=tekst)
    return ids


async def laat_werken(reis: Klantreis, tekst: str) -> list[str]:
    """An old loonwaarde, a werkdiagnose and OAD with this text wherever there can be one.

    Gives the paths of these within the dossier.
    """
    dag = VANDAAG.isoformat()

    async def doe(pad: str, body: dict[str, Any], organisatie: str, rol: str) -> Any:
        dossier = f"/diagnose/v1/dossiers/{reis.dossier_id}"
        return await reis.verbinding.doe(organisatie, rol, f"{dossier}/{pad}", body)

    deskundige, wsd = (WSD, "loonwaardedeskundige"), (WSD, "trajectconsulent")
    gemeente = (reis.opzet.gemeentecode, "klantmanager")
    dossier = await reis.verbinding.lees(*wsd, f"/diagnose/v1/dossiers/{reis.dossier_id}")
    reactie = {"partij": "werknemer", "ontvangenOp": dag, "akkoord": False, "toelichting": tekst}
    meting = dossier.json()["loonwaardemetingen"][0]
    await doe(f"loonwaardemetingen/{meting}/reacties", reactie, *deskundige)
    oud = {"methode": tekst, "versie": tekst, "werkgever": tekst, "functie": tekst}
    toen = {"vastgesteldOp": "2020-03-02", "ingangsdatum": "2020-03-02"}
    waarde = {"loonwaarde": 60, "maatstaf": "functieloon"}
    eerdere = await doe("eerdere-loonwaarden", {**oud, **toen, **waarde}, *deskundige)
    plek = {"locatie": tekst, "werksoort": "logistiek"}
    wie = {"consulent": tekst, "op": dag}
    aangemeld = {"aangemeldOp": dag, "bestaandeKlant": False, **plek}
    werkdiagnose = (await doe("werkdiagnoses", aangemeld, *gemeente))["werkdiagnoseId"]
    werk = f"werkdiagnoses/{werkdiagnose}"
    start = {**wie, "soort": "start", "datum": dag, "tekst": tekst}
    await doe(f"{werk}/voorstellen", start, *wsd)
    await doe(f"{werk}/instemmingen", wie, *gemeente)
    await doe(f"{werk}/observaties", {**wie, "tekst": tekst}, *wsd)
    await doe(f"{werk}/voorstellen", {**wie, "soort": "einddiagnose", "tekst": tekst}, *gemeente)
    await doe(f"{werk}/instemmingen", wie, *wsd)
    selectie = {
        "geselecteerdOp": dag,
        "antwoorden": [{"vraag": v, "ja": True, "toelichting": tekst} for v in Selectievraag],
        "uitkomst": "geschikt",
        "motivering": tekst,
    }
    oad = (await doe("oad-trajecten", selectie, *wsd))["oadId"]
    laatste = (VANDAAG + timedelta(days=300)).isoformat()
    oadstart = {"gestartOp": dag, "laatsteDag": laatste, "urenPerWeek": "16"}
    await doe(f"oad-trajecten/{oad}/starts", oadstart, *wsd)
    einde = {"beeindigdOp": dag, "bestemming": "anders", "toelichting": tekst}
    await doe(f"oad-trajecten/{oad}/beeindigingen", einde, *wsd)
    return [f"eerdere-loonwaarden/{eerdere['eerdereId']}", werk, f"oad-trajecten/{oad}"]


async def stuur_advies_terug(reis: Klantreis, gebeurtenis: str) -> None:
    """Before it decides the gemeente asks something about the advies, and WSD answers."""
    if gebeurtenis != "advies-gegeven":
        return
    consulent, dag = (WSD, "trajectconsulent"), VANDAAG.isoformat()
    tekst = reis.opzet.persoon.toelichting
    dossier = f"/diagnose/v1/dossiers/{reis.dossier_id}"
    gevonden = await reis.verbinding.lees(*consulent, dossier)
    vragen = f"{dossier}/adviezen/{gevonden.json()['adviezen'][-1]}/vragen"
    vraag = await reis.verbinding.doe(
        BOXTEL, "klantmanager", vragen, {"teruggestuurdOp": dag, "vraag": tekst}
    )
    await reis.verbinding.doe(
        *consulent,
        f"{vragen}/{vraag['vraagId']}/antwoorden",
        {"beantwoordOp": dag, "antwoord": tekst},
    )


async def zie_alles_in(
    keten: Proefketen,
    klant: httpx2.AsyncClient,
    reis: Klantreis,
    van_planregie: dict[str, str],
    van_werk: list[str],
    van_plaatsing: dict[str, str],
) -> None:
    """All that can be read of the kandidaat, by the gemeente and by WSD."""
    for organisatie, rol in ((BOXTEL, "klantmanager"), (WSD, "trajectconsulent")):
        headers = namens(keten, organisatie, rol)

        async def lees(pad: str, headers: dict[str, str] = headers) -> Any:
            antwoord = await klant.get(pad, headers=headers)
            assert antwoord.status_code == 200, antwoord.text
            return antwoord.json()

        kandidaat = f"/intake/v1/kandidaten/{reis.kandidaat_id}"
        for onderdeel in ("", "/persoonsgegevens", "/regisseurs"):
            await lees(kandidaat + onderdeel)
        besluiten = await lees(f"{kandidaat}/besluiten")
        brief = f"{kandidaat}/besluiten/{besluiten['poortbesluiten'][0]['besluitId']}/brief"
        assert (await klant.get(brief, headers=headers)).status_code == 200
        dossier = await lees(f"/diagnose/v1/dossiers/{reis.dossier_id}")
        for soort, ids in (
            ("zrm-metingen", dossier["zrmMetingen"]),
            ("loonwaardemetingen", dossier["loonwaardemetingen"]),
            ("adviezen", dossier["adviezen"]),
        ):
            for id_ in ids:
                await lees(f"/diagnose/v1/dossiers/{reis.dossier_id}/{soort}/{id_}")
        pad = f"/diagnose/v1/dossiers/{reis.dossier_id}/planregies/{van_planregie['planregieId']}"
        await lees(pad)
        rapportage = f"{pad}/rapportages/{van_planregie['rapportageId']}"
        assert (await klant.get(rapportage, headers=headers)).status_code == 200
        await lees("/diagnose/v1/rapportages/planregie")
        for pad in van_werk:
            await lees(f"/diagnose/v1/dossiers/{reis.dossier_id}/{pad}")
        plan = f"/plaatsing/v1/werk-ontwikkelplannen/{van_plaatsing['planId']}"
        await lees(plan)
        await lees(f"{plan}/werkgeverseditie")
        voorstel = f"/plaatsing/v1/voorstellen/{van_plaatsing['voorstelId']}"
        await lees(voorstel)
        await lees(f"{voorstel}/werkgeverstekst")
        profiel = f"/plaatsing/v1/kandidaten/{reis.kandidaat_id}"
        for onderdeel in ("profiel", "profielen", "matches"):
            await lees(f"{profiel}/{onderdeel}")
        await lees(f"/plaatsing/v1/werkplekken/{van_plaatsing['werkplekId']}/matches")
        lijsten = ("intake/v1/kandidaten", "diagnose/v1/dossiers", "plaatsing/v1/plaatsingen")
        for lijst in (*lijsten, "financiering/v1/loonkostensubsidies"):
            await lees(f"/{lijst}?limiet=500")
        await lees(f"/plaatsing/v1/plaatsingen/{reis.plaatsing_id}")


async def draag_over(keten: Proefketen, klant: httpx2.AsyncClient, reis: Klantreis) -> None:
    """At last the kandidaat goes to Vught, which sees who it is."""
    kandidaat = f"/intake/v1/kandidaten/{reis.kandidaat_id}"
    antwoord = await klant.post(
        f"{kandidaat}/overdrachten",
        json={"naarGemeente": VUGHT, "ingangsdatum": VANDAAG.isoformat(), "reden": "verhuizing"},
        headers=namens(keten, BOXTEL, "klantmanager"),
    )
    assert antwoord.status_code == 201, antwoord.text
    vught = namens(keten, VUGHT, "klantmanager")
    assert (await klant.get(f"{kandidaat}/overdrachten", headers=vught)).status_code == 200


async def laat_alles_mislukken(
    keten: Proefketen, klant: httpx2.AsyncClient, persoon: Persoon, reis: Klantreis
) -> None:
    """The same data once more, in every way that must be refused."""
    gemeente = namens(keten, BOXTEL, "klantmanager")
    for body in verkeerde_aanmeldingen(persoon):
        soort = {} if "data" in body else {"Content-Type": "application/json"}
        antwoord = await klant.post("/intake/v1/kandidaten", headers=gemeente | soort, **body)
        assert 400 <= antwoord.status_code < 500, (body, antwoord.text)
    for pad, wie, body in verkeerde_opdrachten(persoon, reis):
        antwoord = await klant.post(pad, headers=namens(keten, *wie), json=body)
        assert 400 <= antwoord.status_code < 500, (pad, body, antwoord.text)
    for waarde in (persoon.bsn, persoon.geslachtsnaam, persoon.email, persoon.toelichting):
        for pad, vraag in (
            (f"/intake/v1/kandidaten/{waarde}", {}),
            (f"/intake/v1/{waarde}", {}),
            (f"/{waarde}", {}),
            ("/intake/v1/kandidaten", {"status": waarde}),
            ("/intake/v1/kandidaten", {"cursor": waarde}),
            ("/diagnose/v1/dossiers", {"kandidaatId": waarde}),
            (FEED_PAD, {"na": waarde}),
            (FEED_PAD, {"type": waarde}),
            (FEED_PAD, {"subject": waarde}),
        ):
            antwoord = await klant.get(pad, params=vraag, headers=gemeente)
            assert 400 <= antwoord.status_code < 500, (pad, vraag)
        for naam in ("baggage", "tracestate", "traceparent", "user-agent", "x-request-id"):
            kop = gemeente | {naam: waarde.encode("ascii", "ignore").decode()}
            await klant.get("/intake/v1/kandidaten", headers=kop)
        await klant.get("/intake/v1/kandidaten", headers={"Authorization": f"Bearer {persoon.bsn}"})
    await laat_stuk_gaan(keten, klant, persoon, gemeente)


def verkeerde_aanmeldingen(persoon: Persoon) -> Iterator[dict[str, Any]]:
    """As the keyword arguments of a POST."""
    goed = aanmelding(persoon) | {"toelichting": persoon.toelichting}
    wie = goed["persoon"]
    yield {"json": goed}  # the BSN is known
    for naam, waarde in wie.items():
        for fout in (None, 1.5, [waarde], {str(waarde): waarde}, f"{waarde}\0"):
            yield {"json": goed | {"persoon": wie | {naam: fout}}}
        if naam != "adres":
            yield {"json": goed | {"persoon": wie | {naam: f"{waarde}{'x' * 300}"}}}
    for naam, waarde in wie["adres"].items():
        for fout in (None, 7, [waarde], f"{waarde}{'x' * 300}"):
            yield {"json": goed | {"persoon": wie | {"adres": wie["adres"] | {naam: fout}}}}
    for naam in ("bsn", "geslachtsnaam", "email", "toelichting"):
        onbekend = str(getattr(persoon, naam))
        yield {"json": goed | {onbekend: 1}}
        yield {"json": goed | {"persoon": wie | {onbekend: 1}}}
        for veld in ("instroomkanaal", "doelgroep", "aangemeldOp"):
            yield {"json": goed | {veld: onbekend}}
        yield {"json": onbekend}
    yield {"json": goed | {"persoon": wie | {"bsn": persoon.bsn[:-1] + "0"}}}
    yield {"json": goed | {"persoon": wie | {"bsn": int(persoon.bsn)}}}
    yield {"json": goed | {"persoon": wie | {"geboortedatum": f"{persoon.geboortedatum:%d-%m-%Y}"}}}
    yield {"json": goed | {"aangemeldOp": (persoon.geboortedatum - timedelta(1)).isoformat()}}
    yield {"json": goed | {"doelgroep": "vso-pro"}}
    yield {"json": goed | {"toelichting": persoon.toelichting * 100}}
    yield {"json": goed | {"toelichting": [persoon.toelichting]}}
    yield {"content": json.dumps(goed)[:-5]}
    yield {"data": {"bsn": persoon.bsn, "naam": persoon.geslachtsnaam}}
    yield {"content": json.dumps(goed).encode("utf-16")}
    yield {"content": json.dumps(goed | {"vulling": persoon.bsn * 200_000})}


def verkeerde_opdrachten(
    persoon: Persoon, reis: Klantreis
) -> Iterator[tuple[str, tuple[str, str], dict[str, Any]]]:
    """What comes after the aanmelding, with free text where it does not belong: path, who, body."""
    tekst, dag = persoon.toelichting, VANDAAG.isoformat()
    kandidaat = f"/intake/v1/kandidaten/{reis.kandidaat_id}"
    dossier = f"/diagnose/v1/dossiers/{reis.dossier_id}"
    klantmanager, consulent = (BOXTEL, "klantmanager"), (WSD, "trajectconsulent")
    besluit = {
        "genomenOp": dag,
        "motivering": tekst,
        "rechtsgrond": "pw-art-7-lid-1-a",
        "ingangsdatum": dag,
    }
    score = {"niveau": 4, "hulp": "nee", "toelichting": tekst}
    zrm = {"afgenomenOp": dag, "informatieVan": dag, "beoordelaar": BEHANDELAARS[0]}
    yield f"{kandidaat}/poortbesluiten", klantmanager, {**besluit, "uitkomst": tekst}
    yield f"{kandidaat}/poortbesluiten", klantmanager, {**besluit, "uitkomst": "vrijstellen"}
    yield f"{kandidaat}/poortbesluiten", klantmanager, {**besluit, tekst: tekst}
    yield f"{kandidaat}/doorverwijzingen", klantmanager, {"doorverwezenOp": tekst}
    traject = {**besluit, "programma": tekst, "diensten": [tekst], "metWsd": tekst}
    yield f"{kandidaat}/trajectbesluiten", klantmanager, traject
    oud = {**besluit, "genomenOp": "2020-01-01", "programma": "ontwikkelprogramma"}
    yield (
        f"{kandidaat}/trajectbesluiten",
        klantmanager,
        {**oud, "diensten": ["jobcoaching"], "metWsd": True},
    )
    yield f"{dossier}/zrm-metingen", consulent, {**zrm, "scores": [{**score, "domein": tekst}]}
    yield (
        f"{dossier}/zrm-metingen",
        consulent,
        {**zrm, "scores": [{**score, "domein": _DOMEINEN[0]}]},
    )
    yield f"{dossier}/zrm-metingen", consulent, {**zrm, "scores": tekst}
    yield (
        f"{dossier}/adviezen",
        consulent,
        {
            "gegevenOp": dag,
            "programma": "ontwikkelprogramma",
            "diensten": ["jobcoaching"],
            "motivering": tekst,
            "motiveringAfwijking": tekst,
            "zrmMetingId": str(uuid4()),
            "feiten": {
                "loonwaarde": {"waarde": 40, "vastgesteldOp": "2020-01-01", "bron": tekst},
            },
        },
    )
    yield f"{dossier}/adviezen", consulent, {"gegevenOp": dag, "motivering": [tekst]}
    yield f"{dossier}/planregies", klantmanager, {"aangemeldOp": tekst}
    onbekend = f"{dossier}/planregies/{uuid4()}"
    for pad in ("doelen", "uren", "betrokkenen", "rapportages", "verlengingen", "afmeldingen"):
        velden = ("omschrijving", "medewerker", "naam", "samenvatting", "reden", "toelichting")
        yield f"{onbekend}/{pad}", planregie.PLANREGISSEUR, dict.fromkeys(velden, tekst)
    deskundige = (WSD, "loonwaardedeskundige")
    yield f"{dossier}/loonwaardemetingen", deskundige, {"functie": tekst, "werkgever": tekst}
    yield f"{dossier}/eerdere-loonwaarden", deskundige, {"methode": [tekst], "versie": tekst}
    yield f"{dossier}/werkdiagnoses", consulent, {"locatie": tekst, "werksoort": tekst}
    yield f"{dossier}/oad-trajecten", consulent, {"motivering": tekst, "uitkomst": tekst}
    yield (
        f"{dossier}/adviesvoorstellen",
        consulent,
        {"op": dag, "feiten": {"ontwikkelvermogen": {"waarde": tekst, "bron": tekst}}},
    )
    yield (
        f"{dossier}/adviesvoorstellen",
        consulent,
        {
            "op": dag,
            "feiten": {
                "ontwikkelvermogen": {"waarde": True, "vastgesteldOp": "2020-01-01", "bron": tekst}
            },
        },
    )
    plaatsing = f"/plaatsing/v1/plaatsingen/{reis.plaatsing_id}"
    plan = begeleiding.plan(VANDAAG, tekst)
    yield f"{plaatsing}/werk-ontwikkelplannen", consulent, plan
    yield f"{plaatsing}/werk-ontwikkelplannen", consulent, {**plan, "profiel": [tekst]}
    yield f"{plaatsing}/afwezigheden", consulent, {"vanaf": dag, "reden": tekst}
    yield f"{plaatsing}/begeleidingen", consulent, {"soort": tekst, "vanaf": dag}
    profiel = matching.profiel(VANDAAG, tekst)
    profielen = f"/plaatsing/v1/kandidaten/{reis.kandidaat_id}/profielen"
    yield profielen, consulent, profiel  # without If-Match
    yield profielen, consulent, {**profiel, "reistVanuit": tekst}
    yield profielen, consulent, {**profiel, "diagnose": tekst}
    yield "/plaatsing/v1/voorstellen", consulent, {"kandidaatId": persoon.bsn, "naam": tekst}
    yield "/plaatsing/v1/proefplaatsingen", consulent, {"kandidaatId": persoon.bsn, tekst: 1}
    yield (
        f"/plaatsing/v1/plaatsingen/{reis.plaatsing_id}/beeindigingen",
        consulent,
        {"einddatum": dag, "reden": tekst},
    )


async def laat_stuk_gaan(
    keten: Proefketen, klant: httpx2.AsyncClient, persoon: Persoon, headers: dict[str, str]
) -> None:
    """Faults nobody foresaw, whose texts quote what was entered: of the database, and of Python."""
    ander = aanmelding(keten.persoon()) | {"toelichting": persoon.toelichting}
    ander["persoon"] |= {"geslachtsnaam": persoon.geslachtsnaam}
    async with keten.beheer() as beheer:
        await beheer.execute(
            "CREATE FUNCTION intake.citeer() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN RAISE"
            f" EXCEPTION 'Key (bsn)=({persoon.bsn}) already exists' USING errcode = '23505',"
            f" detail = '{persoon.geslachtsnaam}', hint = '{persoon.toelichting}'; END $f$;"
            "CREATE TRIGGER citeer BEFORE INSERT ON intake.kandidaat"
            " FOR EACH ROW EXECUTE FUNCTION intake.citeer()"
        )
        try:
            antwoord = await klant.post("/intake/v1/kandidaten", json=ander, headers=headers)
            assert antwoord.status_code == 500
        finally:
            await beheer.execute(
                "DROP TRIGGER citeer ON intake.kandidaat; DROP FUNCTION intake.citeer"
            )

    async def gaat_stuk(*_: object) -> None:
        try:
            raise LookupError(persoon.geslachtsnaam)
        except LookupError as oorzaak:
            raise ValueError(f"{persoon.bsn} van {persoon.toelichting}") from oorzaak

    with mock.patch.object(persoonsgegevens, "bewaar", gaat_stuk):
        antwoord = await klant.post("/intake/v1/kandidaten", json=ander, headers=headers)
    assert antwoord.status_code == 500


async def lees_alle_feeds(keten: Proefketen, klant: httpx2.AsyncClient) -> None:
    for organisatie in ORGANISATIES:
        headers = namens(keten, organisatie, "backoffice")
        volgende: str | None = f"{FEED_PAD}?limiet=500"
        while volgende:
            antwoord = await klant.get(volgende, headers=headers)
            assert antwoord.status_code == 200
            volgende = antwoord.links.get("next", {}).get("url")


async def lees_alle_tabellen(keten: Proefketen, sporen: Sporen) -> None:
    """Every value of every row of every table, bytes too."""
    async with keten.beheer() as beheer:
        tabellen = await beheer.fetch(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = ANY($1::text[])",
            list(keten.schemas),
        )
        for schema, tabel in tabellen:
            for rij in await beheer.fetch(f'SELECT * FROM {schema}."{tabel}"'):
                sporen.laat("rij", " | ".join(map(_als_tekst, rij.values())))
        # What the server itself remembers of the statements it was given.
        for rij in await beheer.fetch(
            "SELECT query FROM pg_stat_activity WHERE datname = current_database()"
        ):
            sporen.laat("opdracht", str(rij["query"]))


def _als_tekst(waarde: object) -> str:
    return waarde.decode("latin-1") if isinstance(waarde, bytes) else str(waarde)


PLEKKEN = (
    *("adres", "header", "antwoord", "probleem", "logboek", "metrics"),
    *("topic", "sleutel", "berichtheader", "bericht", "rij", "opdracht"),
)


@pytest.mark.parametrize("plek", PLEKKEN)
async def test_nergens_staat_wie_de_kandidaat_is(onderzocht: Onderzocht, plek: str) -> None:
    gevonden = {
        naam: tekst[:300]
        for tekst in set(onderzocht.sporen.per_plek[plek])
        for naam in onderzocht.zoeker.vind(tekst)
    }
    assert not gevonden


async def test_de_rechtsgrond_blijft_bij_het_besluit(onderzocht: Onderzocht) -> None:
    """A code, that stands at the besluit and goes nowhere else."""
    gevonden = {
        plek
        for plek, teksten in onderzocht.sporen.per_plek.items()
        if any("pw-art-7-lid-1-a" in tekst for tekst in teksten)
    }
    assert gevonden == {"rij", "antwoord"}


async def test_wie_mag_ziet_het_wel(onderzocht: Onderzocht) -> None:
    getoond = onderzocht.sporen.getoond
    assert getoond.keys() == {resource for _, resource in GETOOND}
    alles = onderzocht.zoeker.zoekt - {*BEHANDELAARS, "hash van het bsn"}
    assert onderzocht.zoeker.vind(getoond["persoonsgegevens"]) >= alles
    assert "toelichting" in onderzocht.zoeker.vind(getoond["zrm-metingen"])
    for resource in (
        "adviezen",
        "planregies",
        "rapportages",
        "eerdere-loonwaarden",
        "werkdiagnoses",
        "oad-trajecten",
        "profiel",
        "profielen",
    ):
        assert "toelichting" in onderzocht.zoeker.vind(getoond[resource])
    assert {"toelichting", "geslachtsnaam"} <= onderzocht.zoeker.vind(getoond["brief"])
    assert "Assembleren" in onderzocht.zoeker.vind(getoond["loonwaardemetingen"])


async def test_elke_inzage_is_vastgelegd(onderzocht: Onderzocht, keten: Proefketen) -> None:
    async with keten.beheer() as beheer:
        for schema, verwacht in (
            ("plaatsing", {BOXTEL: 5, WSD: 5}),
            ("intake", {BOXTEL: 3, WSD: 2}),
            ("diagnose", {BOXTEL: 9, WSD: 9}),
        ):
            gelogd = await beheer.fetch(
                f"SELECT organisatie, count(*) FROM {schema}.verwerking"
                " WHERE betrokkene = $1::uuid AND naam LIKE '%ingezien' GROUP BY 1",
                onderzocht.reis.kandidaat_id,
            )
            assert dict(map(tuple, gelogd)) == verwacht, schema


async def test_er_is_echt_overal_gezocht(onderzocht: Onderzocht) -> None:
    """Each place holds what it must hold of this klantreis, so an empty haystack is no proof."""
    per_plek, kandidaat = onderzocht.sporen.per_plek, onderzocht.reis.kandidaat_id
    assert per_plek.keys() == set(PLEKKEN)
    for plek in ("adres", "antwoord", "sleutel", "bericht", "berichtheader", "rij"):
        assert any(kandidaat in tekst for tekst in per_plek[plek]), plek
    assert any("kandidaat-al-bekend" in tekst for tekst in per_plek["probleem"])
    assert any("onverwachte-fout" in tekst for tekst in per_plek["probleem"])
    assert any("meedoen_http_seconden" in tekst for tekst in per_plek["metrics"])
    assert any("meedoen.afnemer.wsd.v1" in tekst for tekst in per_plek["topic"])
    regels = [json.loads(regel) for regel in per_plek["logboek"]]
    events = {regel["event"] for regel in regels}
    assert {"verzoek", "onverwachte_fout", "bibliotheek"} <= events
    assert len(regels) > 200
    assert {"RaiseError", "UniqueViolationError", "ValueError"} & {r.get("fout") for r in regels}


async def test_de_zoeker_vindt_wat_er_staat(onderzocht: Onderzocht) -> None:
    """Planted in every place and in every way of writing it is found: the proof can fail."""
    for naam, geschreven in schrijfwijzen(onderzocht.persoon).items():
        for tekst in geschreven:
            for vermomd in vermommingen(tekst):
                assert naam in onderzocht.zoeker.vind(vermomd), (naam, vermomd)
    for plek in PLEKKEN:
        geplant = onderzocht.sporen.per_plek[plek][0] + f' "{onderzocht.persoon.bsn}"'
        assert onderzocht.zoeker.vind(geplant) == {"bsn"}, plek


async def test_een_logregel_met_een_naam_wordt_gevonden(onderzocht: Onderzocht) -> None:
    with logboek() as regels:
        structlog.get_logger("services.intake").info("verzoek", route=onderzocht.persoon.email)
    assert "email" in onderzocht.zoeker.vind(regels.getvalue())
