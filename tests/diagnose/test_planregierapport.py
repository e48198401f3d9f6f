"""The reports of planregie as documents: what they tell, that they are frozen, and accessible."""

from __future__ import annotations

import html
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import uuid4

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.diagnose.domain.planregie import (
    Akkoord,
    Akkoordrol,
    Betrokkene,
    Betrokkenheid,
    Doelstand,
    Functie,
    Inzet,
    Planregie,
    Rapportagesoort,
)
from services.diagnose.domain.rapport import stel_op
from services.diagnose.domain.zrm import (
    DOMEINEN,
    HulpAanwezig,
    ZrmDomein,
    ZrmMeting,
    ZrmScore,
    ZrmVersie,
)
from services.diagnose.domain.zrm_vergelijking import vergelijk
from services.diagnose.figuren.zrm import zrm_figuur
from services.diagnose.planregierapport import RAPPORT
from services.diagnose.planregierapport.inhoud import Document, schrijf
from services.diagnose.store.planregies import Gelezen
from tests.diagnose.gebruikers import BOXTEL, Diagnose
from tests.diagnose.test_planregie import KM, met_plan
from tests.documenten import labels, tekst_uit_html, tekst_uit_pdf
from tests.keuring import VeraPDF

NU: Final = datetime(2026, 10, 14, 10, tzinfo=UTC)
VANDAAG: Final = NU.date()
BEGIN: Final = date(2026, 4, 20)
GEHEIM: Final = "Vertelt over de scheiding & de schulden <van vroeger>."


def meting(op: date, versie: ZrmVersie = ZrmVersie.V2017, **niveaus: int) -> ZrmMeting:
    scores = tuple(
        ZrmScore(domein, niveaus.get(domein.name.lower(), 3), HulpAanwezig.NEE)
        for domein in DOMEINEN[versie]
    )
    return ZrmMeting(uuid4(), op, op, "planregisseur", scores, versie)


def gelezen(soort: Rapportagesoort, *, samenvatting: str = GEHEIM) -> Gelezen:
    """A report of an extended traject with something of everything."""
    eerst = meting(BEGIN, ZrmVersie.V2013, sociaal_netwerk=1)
    later = meting(VANDAAG, sociaal_netwerk=3, financien=2)
    planregie = Planregie(uuid4(), BEGIN)
    planregie.start(BEGIN, VANDAAG)
    for domein, doel in (
        (ZrmDomein.SOCIAAL_NETWERK, "Gaat elke week naar het buurthuis."),
        (ZrmDomein.FINANCIEN, "Heeft de post op orde."),
        (ZrmDomein.WERK_EN_OPLEIDING, "Kiest een leerwerkplek."),
    ):
        planregie.stel_doel(uuid4(), domein, doel, BEGIN, VANDAAG)
    behaald, vervallen, _ = planregie.doelen
    op = date(2026, 6, 2)
    planregie.sluit_doel(behaald.doel_id, Doelstand.BEHAALD, op, "Met de zus.", VANDAAG)
    planregie.sluit_doel(vervallen.doel_id, Doelstand.VERVALLEN, op, "", VANDAAG)
    for dag, uren in ((BEGIN, "1.50"), (VANDAAG, "2.00")):
        inzet = Inzet(uuid4(), "PR-0042", Functie.PLANREGISSEUR, dag, Decimal(uren))
        planregie.boek(inzet, VANDAAG)
    planregie.betrek(Betrokkene(Betrokkenheid.ZORG, "GGZ-instelling"))
    planregie.verleng(VANDAAG, date(2027, 1, 17), "De werkplek is er net.", VANDAAG)
    is_plan = soort is Rapportagesoort.TRAJECTPLAN
    rapportage = planregie.maak_rapportage(uuid4(), soort, later, (), VANDAAG)
    akkoord = Akkoord("wsd", Akkoordrol.PLANREGISSEUR, "PR-0042", VANDAAG)
    return Gelezen(
        rapportage.accordeer(akkoord),
        stel_op(
            planregie,
            rapportage,
            eerst if is_plan else later,
            None if is_plan else eerst,
            None if is_plan else vergelijk(eerst, later),
            gemeentecode=BOXTEL,
            figuur=zrm_figuur(eerst, None if is_plan else later),
            samenvatting=samenvatting,
            vervolg="Wij spreken elkaar in november.",
        ),
        uuid4(),
    )


def uit_html(document: Document) -> str:
    return tekst_uit_html(RAPPORT.html(document))


def uit_pdf(document: Document) -> str:
    return tekst_uit_pdf(RAPPORT.pdf(document, NU))


VORMEN = pytest.mark.parametrize("vorm", [uit_html, uit_pdf], ids=["html", "pdf"])
Vorm = Callable[[Document], str]
ELKE_SOORT = pytest.mark.parametrize("soort", Rapportagesoort)


@VORMEN
@ELKE_SOORT
def test_een_rapportage_zegt_alles_wat_is_vastgelegd(soort: Rapportagesoort, vorm: Vorm) -> None:
    wat = gelezen(soort)
    tekst = vorm(schrijf(wat))
    for verplicht in (
        f"{soort.value.capitalize()} planregie",
        "Boxtel",
        str(wat.kandidaat_id),
        "14 oktober 2026",
        f"{wat.rapportage.rapportage_id} (versie 1)",
        "20 april 2026 tot en met 17 januari 2027",
        "op 14 oktober 2026 tot en met 17 januari 2027: De werkplek is er net.",
        GEHEIM,
        "Er zijn 3 doelen gesteld.",
        "Gaat elke week naar het buurthuis.",
        "Behaald op 2 juni 2026: Met de zus.",
        "Vervallen op 2 juni 2026",
        "Loopt",
        "3,5 uur ingezet, waarvan 1,5 in de eerste drie maanden",
        "PR-0042",
        "GGZ-instelling",
        "Wij spreken elkaar in november.",
        "nog geen akkoord",
        "Planregisseur van WSD",
    ):
        assert verplicht in tekst, verplicht


@VORMEN
def test_een_latere_rapportage_zegt_welke_stappen_zijn_gezet(vorm: Vorm) -> None:
    tekst = vorm(schrijf(gelezen(Rapportagesoort.EINDRAPPORTAGE)))
    assert "afgenomen op 20 april 2026 en op 14 oktober 2026" in tekst
    assert "Alles bij elkaar 1 stap vooruit." in tekst
    assert "Sociaalnetwerk13+2" in tekst.replace(" ", "")
    assert "Daarvan is er 1 behaald en is er 1 vervallen." in tekst
    # Across versions what was split is named and not guessed.
    assert "Niet vergelijkbaar: Dagbesteding is in 2017 gesplitst" in tekst


def test_de_figuur_staat_erin_en_zegt_ook_in_woorden_wat_zij_toont() -> None:
    document = schrijf(gelezen(Rapportagesoort.TUSSENRAPPORTAGE))
    pagina = RAPPORT.html(document).decode()
    assert pagina.count("<svg") == 1
    assert "style=" not in pagina
    assert "Sociaal netwerk: niveau 1 (acute problematiek) naar niveau 3" in document.figuurtekst
    with pikepdf.open(io.BytesIO(RAPPORT.pdf(document, NU))) as pdf:
        assert document.figuurtekst in _alternatieven(pdf.Root.StructTreeRoot)


def _alternatieven(element: Any) -> set[str]:
    gevonden = {str(element.Alt)} if "/Alt" in element else set()
    kinderen = element.get("/K", [])
    for kind in kinderen if isinstance(kinderen, pikepdf.Array) else [kinderen]:
        if isinstance(kind, pikepdf.Dictionary):
            gevonden |= _alternatieven(kind)
    return gevonden


@ELKE_SOORT
def test_de_pdf_is_toegankelijk_en_te_bewaren(soort: Rapportagesoort) -> None:
    with pikepdf.open(io.BytesIO(RAPPORT.pdf(schrijf(gelezen(soort)), NU))) as pdf:
        assert str(pdf.Root.Lang) == "nl-NL"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
            assert meta["dc:title"].endswith("planregie - WSD")
            assert "scheiding" not in str(meta)
        kinds = {"/H1", "/H2", "/P", "/Table", "/TH", "/TD", "/TR", "/Figure", "/Caption"}
        assert kinds <= labels(pdf.Root.StructTreeRoot)


@pytest.mark.parametrize(
    "aanval",
    [
        "<script>alert(1)</script>",
        "{{ 7 * 7 }} {% for x in y %}",
        '#strong[x] #read("/etc/passwd") $x^2$ *vet* _cursief_ = Kop',
    ],
)
def test_vrije_tekst_blijft_tekst_in_beide_vormen(aanval: str) -> None:
    document = schrijf(gelezen(Rapportagesoort.TRAJECTPLAN, samenvatting=aanval))
    assert aanval in uit_html(document)
    assert aanval in uit_pdf(document)
    assert "<script" not in RAPPORT.html(document).decode()


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200))
def test_elke_tekst_geeft_een_rapportage(tekst: str) -> None:
    wat = gelezen(Rapportagesoort.EINDRAPPORTAGE, samenvatting=tekst)
    doel = replace(wat.rapport.doelen[0], omschrijving=tekst, toelichting=tekst)
    wat = replace(wat, rapport=replace(wat.rapport, doelen=(doel,)))
    RAPPORT.html(schrijf(wat))
    assert RAPPORT.pdf(schrijf(wat), NU).startswith(b"%PDF-")


def test_verapdf_keurt_elke_rapportage_goed(verapdf: VeraPDF) -> None:
    rapporten = {soort.value: RAPPORT.pdf(schrijf(gelezen(soort)), NU) for soort in Rapportagesoort}
    assert verapdf.fouten(rapporten) == []


def test_een_lange_tekst_loopt_door_op_de_volgende_bladzijde() -> None:
    """Nothing falls off the page: the last word is there, after more pages."""
    kort = gelezen(Rapportagesoort.TUSSENRAPPORTAGE)
    lang = "woord " * 800 + "slotwoord"
    doel = replace(kort.rapport.doelen[0], omschrijving=lang)
    wat = replace(kort, rapport=replace(kort.rapport, doelen=(doel, doel)))
    document = RAPPORT.pdf(schrijf(wat), NU)
    assert tekst_uit_pdf(document).count("slotwoord") == 2
    with pikepdf.open(io.BytesIO(document)) as pdf:
        assert len(pdf.pages) >= 9


# -- asked of the API -------------------------------------------------------------------------


async def test_een_rapportage_verandert_niet_meer_maar_toont_wel_wie_haar_accordeerde(
    diagnose: Diagnose,
) -> None:
    traject, doel = await met_plan(diagnose)
    [rapport] = (await traject.lees())["rapportages"]
    pad = f"{traject.pad}/rapportages/{rapport['rapportageId']}"
    toen = (await diagnose.klant(BOXTEL).get(pad)).text
    assert toen.count("nog geen akkoord") == 2
    diagnose.klok.move_by(timedelta(days=3))
    await traject.sluit(doel)
    await traject.doe("betrokkenen", soort="zorg", naam="GGZ-instelling")
    assert (await diagnose.klant(BOXTEL).get(pad)).text == toen
    await traject.accordeer(rapport, KM, BOXTEL, "KM-7")
    nu = (await diagnose.klant(BOXTEL).get(pad)).text
    assert "KM-7" in nu
    assert nu.count("nog geen akkoord") == 1


@pytest.mark.parametrize(
    ("accept", "soort"),
    [
        (None, "text/html; charset=utf-8"),
        ("text/html,*/*;q=0.8", "text/html; charset=utf-8"),
        ("application/pdf", "application/pdf"),
    ],
)
async def test_een_rapportage_komt_in_de_vorm_die_wordt_gevraagd(
    diagnose: Diagnose, accept: str | None, soort: str
) -> None:
    traject, _ = await met_plan(diagnose)
    [rapport] = (await traject.lees())["rapportages"]
    pad = f"{traject.pad}/rapportages/{rapport['rapportageId']}"
    headers = {"Accept": accept} if accept else {}
    antwoord = await diagnose.klant(BOXTEL).get(pad, headers=headers)
    assert (antwoord.status_code, antwoord.headers["content-type"]) == (200, soort)
    if soort.startswith("text/html"):
        assert html.escape("Het gaat goed.") in antwoord.text
        beleid = antwoord.headers["content-security-policy"]
        assert "default-src 'none'; style-src 'sha256-" in beleid
    else:
        assert antwoord.content.startswith(b"%PDF-")
    json = await diagnose.klant(BOXTEL).get(pad, headers={"Accept": "application/json"})
    assert json.status_code == 406
