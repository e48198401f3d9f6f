"""De brief bij een besluit: alles wat de Awb vraagt, in beide vormen, voor wie hem mag zien."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.documents import NOT_IN_PDF, in_words
from chassis.letters import BRIEF, Brief
from contracts.portfolio import Dienst
from services.intake.brieven import Onderdeel, stel_op
from services.intake.domain.besluit import Beslisser, Besluit
from services.intake.domain.kandidaat import (
    BeschutWerkbesluit,
    Genomen,
    Poortbesluit,
    Poortuitkomst,
    Programma,
    Trajectbesluit,
    UwvAdvies,
    Zorgtraject,
)
from services.intake.domain.rechtsgrond import Rechtsgrond
from services.intake.domain.vrijstelling import Verplichting, Vrijstelling
from services.intake.gemeenten import College, gemeenten
from services.intake.persoonsgegevens import Adres, Persoonsgegevens
from tests.documenten import labels, tekst_uit_html, tekst_uit_pdf
from tests.intake.gebruikers import Intake
from tests.intake.test_besluiten import BOXTEL, GEHEIM, VUGHT, WSD, besluit, geadviseerd, trek_in
from tests.keuring import VeraPDF

NU = datetime(2026, 3, 3, 10, tzinfo=UTC)
VANDAAG = NU.date()
WIE = Persoonsgegevens(
    bsn="999990342",
    voornamen="Quirijntje-Zoë",
    voorvoegsel="van der",
    geslachtsnaam="Wûnseradeelstra",
    geboortedatum=date(1983, 11, 29),
    email="q@brievenbus.example",
    telefoonnummer=None,
    adres=Adres("Krommehoekswegje", "1937bis", "5397 QX", "Nergenshuizen"),
    toelichting="Vertelt over de scheiding.",
)
COLLEGE = College("Meierijstad", "Postbus 1, 5460 AA Veghel", ("Telefoon: 14 0413",))
BESLUIT = Besluit(
    besluit_id=UUID(int=42),
    genomen_op=date(2026, 3, 2),
    genomen_door=Beslisser("1948", "klantmanager"),
    motivering="U vertelde wat u graag doet.\n\nUit onderzoek blijkt wat u kunt.",
    rechtsgrond=Rechtsgrond.PW_10_4,
    ingangsdatum=date(2026, 3, 16),
    bekendgemaakt_op=date(2026, 3, 3),
    college="1948",
)
TRAJECT = Trajectbesluit(
    BESLUIT,
    Programma.ONTWIKKEL,
    tuple(dienst.value for dienst in Dienst),
    met_wsd=True,
    advies_id=UUID(int=7),
    wijkt_af=True,
    inkooporder_nodig=True,
)


def rust_op(grond: Rechtsgrond) -> Besluit:
    return replace(BESLUIT, rechtsgrond=grond)


SOORTEN: dict[str, Genomen] = {
    **{f"poort {u.value}": Poortbesluit(BESLUIT, u) for u in Poortuitkomst},
    "traject": TRAJECT,
    "traject onder mandaat": replace(
        TRAJECT, besluit=replace(BESLUIT, genomen_door=Beslisser(WSD, "trajectconsulent"))
    ),
    "traject zonder WSD": replace(TRAJECT, met_wsd=False, advies_id=None, wijkt_af=False),
    "vrijstelling tijdelijk": Vrijstelling(
        rust_op(Rechtsgrond.PW_9_2), frozenset({Verplichting.ARBEID}), date(2026, 9, 15)
    ),
    "vrijstelling blijvend": Vrijstelling(
        rust_op(Rechtsgrond.PW_9_5), frozenset(Verplichting), None
    ),
    "vrijstelling jong kind": Vrijstelling(
        rust_op(Rechtsgrond.PW_9A), frozenset({Verplichting.ARBEID}), date(2031, 3, 15)
    ),
    "zorgtraject": Zorgtraject(rust_op(Rechtsgrond.WMO_2_3_5)),
    **{
        f"beschut werk {'toegekend' if toegekend else 'afgewezen'}": BeschutWerkbesluit(
            rust_op(Rechtsgrond.PW_10B), UwvAdvies(date(2026, 3, 2), toegekend), toegekend
        )
        for toegekend in (True, False)
    },
}


def uit_html(brief: Brief) -> str:
    """The text of the HTML, as one line."""
    return tekst_uit_html(BRIEF.html(brief))


def uit_pdf(brief: Brief) -> str:
    """The text of the PDF, as one line."""
    return tekst_uit_pdf(BRIEF.pdf(brief, NU))


VORMEN = pytest.mark.parametrize("vorm", [uit_html, uit_pdf], ids=["html", "pdf"])
ELK_BESLUIT = pytest.mark.parametrize("genomen", SOORTEN.values(), ids=SOORTEN)
Vorm = Callable[[Brief], str]
ALLE_TEKENS = "".join(chr(n) for n in range(0x20, 0x2600) if not NOT_IN_PDF.match(chr(n)))


def brief_van(genomen: Genomen) -> Brief:
    return stel_op(genomen, WIE, COLLEGE, VANDAAG)


@VORMEN
@ELK_BESLUIT
def test_in_de_brief_staat_alles_wat_de_awb_vraagt(genomen: Genomen, vorm: Vorm) -> None:
    """The checklist: domain-rules §7.1. None of these besluiten is about an amount."""
    tekst, besluit = vorm(brief_van(genomen)), genomen.besluit
    for onderdeel in Onderdeel:
        assert onderdeel.value in tekst
    for verplicht in (
        # geadresseerde
        "Quirijntje-Zoë van der Wûnseradeelstra",
        "Krommehoekswegje 1937bis",
        "5397 QX Nergenshuizen",
        "Geachte heer of mevrouw Van der Wûnseradeelstra,",
        # ingangsdatum, feiten en motivering, grondslag
        "geldt vanaf 16 maart 2026",
        "U vertelde wat u graag doet.",
        "Uit onderzoek blijkt wat u kunt.",
        besluit.rechtsgrond.naam,
        # verplichtingen
        "Geef dat dan meteen aan ons door.",
        # rechtsmiddel
        "binnen 6 weken",
        "De laatste dag is 14 april 2026.",
        "het college van burgemeester en wethouders van de gemeente Meierijstad. Het adres is: "
        "Postbus 1, 5460 AA Veghel.",
        "voorlopige voorziening",
        # contact, kenmerk, ondertekening
        "Telefoon: 14 0413",
        "Datum",
        "3 maart 2026",
        str(besluit.besluit_id),
        "namens het college van burgemeester en wethouders van de gemeente Meierijstad",
    ):
        assert verplicht in tekst, verplicht
    assert WIE.bsn not in tekst
    assert "€" not in tekst
    if isinstance(genomen, Vrijstelling):
        einde = genomen.einddatum
        assert (f"tot en met {in_words(einde)}" if einde else "geen einddatum") in tekst


@VORMEN
def test_wie_onder_mandaat_besloot_staat_eronder(vorm: Vorm) -> None:
    onder_mandaat = vorm(brief_van(SOORTEN["traject onder mandaat"]))
    assert "trajectconsulent van WSD, onder mandaat van het college (artikel 10:1" in onder_mandaat
    assert "mandaat" not in vorm(brief_van(TRAJECT))


def test_zolang_een_besluit_niet_is_bekendgemaakt_staat_er_geen_laatste_dag() -> None:
    nog_niet = Zorgtraject(replace(BESLUIT, bekendgemaakt_op=None))
    tekst = uit_html(stel_op(nog_niet, WIE, COLLEGE, date(2026, 5, 5)))
    assert "binnen 6 weken" in tekst
    assert "laatste dag is" not in tekst
    assert "5 mei 2026" in tekst


def test_zonder_adres_staat_er_geen_leeg_adres() -> None:
    brief = stel_op(TRAJECT, replace(WIE, adres=None), COLLEGE, VANDAAG)
    assert brief.geadresseerde == ("Persoonlijk", "Quirijntje-Zoë van der Wûnseradeelstra")


def test_elk_college_van_elke_gemeente_heeft_een_eigen_naam() -> None:
    namen = [college.naam for college in gemeenten().colleges.values()]
    assert len(set(namen)) == len(namen)
    assert gemeenten().colleges["0375"].naam == "Beverwijk"


AANVALLEN = (
    "<script>alert(1)</script>",
    "<b>vet</b> & &amp; \"' </p></main>",
    "{{ 7 * 7 }} {% for x in y %}",
    '#strong[x] #import "@preview/x:1" #read("/etc/passwd") $x^2$ *vet* _cursief_',
    "= Kop\n- punt\n+ nummer\n/ term: x",
    "`code` ```raw``` @label <label> // geen commentaar /* ook niet */ \\u{41} ~ -- --- ...",
)


@pytest.mark.parametrize("aanval", AANVALLEN)
def test_vrije_tekst_blijft_tekst_in_beide_vormen(aanval: str) -> None:
    genomen = Zorgtraject(replace(BESLUIT, motivering=aanval))
    brief = stel_op(genomen, replace(WIE, geslachtsnaam=aanval), COLLEGE, VANDAAG)
    for regel in aanval.splitlines():
        assert " ".join(regel.split()) in uit_html(brief)
        assert " ".join(regel.split()) in uit_pdf(brief)
    gewoon = re.findall(r"<[a-z0-9]+", BRIEF.html(brief_van(genomen)).decode())
    regels = len(aanval.splitlines()) - 1
    zonder = BRIEF.html(brief_van(Zorgtraject(replace(BESLUIT, motivering="x")))).decode()
    assert len(gewoon) == len(re.findall(r"<[a-z0-9]+", zonder)) + regels
    assert "<script" not in BRIEF.html(brief).decode()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200).filter(str.strip))
def test_elke_tekst_geeft_een_brief(tekst: str) -> None:
    """Signs that the fonts do not have, and signs nobody sees, make no letter fail."""
    genomen = Zorgtraject(replace(BESLUIT, motivering=tekst))
    brief = stel_op(genomen, replace(WIE, voornamen=tekst), COLLEGE, VANDAAG)
    BRIEF.html(brief)
    assert BRIEF.pdf(brief, NU).startswith(b"%PDF-")


def test_alles_wat_in_de_pdf_mag_kan_er_ook_in() -> None:
    assert len(ALLE_TEKENS) > 1800
    brief = stel_op(Zorgtraject(replace(BESLUIT, motivering=ALLE_TEKENS)), WIE, COLLEGE, VANDAAG)
    BRIEF.pdf(brief, NU)
    assert "\u25a1" in uit_pdf(
        stel_op(Zorgtraject(replace(BESLUIT, motivering="日本 😀")), WIE, COLLEGE, VANDAAG)
    )


@ELK_BESLUIT
def test_de_pdf_is_toegankelijk_en_te_bewaren(genomen: Genomen) -> None:
    with pikepdf.open(io.BytesIO(BRIEF.pdf(brief_van(genomen), NU))) as pdf:
        assert str(pdf.Root.Lang) == "nl-NL"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
            assert meta["dc:title"].startswith("Besluit over ")
            assert "Wûnseradeel" not in str(meta)
        assert {"/H1", "/H2", "/P", "/L", "/LI"} <= labels(pdf.Root.StructTreeRoot)
        for page in pdf.pages:
            for font in page.resources.Font.values():
                beschrijving = font.DescendantFonts[0].FontDescriptor
                assert {"/FontFile3", "/FontFile2"} & set(beschrijving.keys())


def test_verapdf_keurt_elke_brief_goed(verapdf: VeraPDF) -> None:
    brieven = {naam: brief_van(genomen) for naam, genomen in SOORTEN.items()}
    brieven["tekens"] = stel_op(
        Zorgtraject(replace(BESLUIT, motivering=ALLE_TEKENS)), WIE, COLLEGE, VANDAAG
    )
    assert verapdf.fouten({naam: BRIEF.pdf(brief, NU) for naam, brief in brieven.items()}) == []


# -- asked of the API -------------------------------------------------------------------------


async def genomen_besluit(intake: Intake, k: str, gemeente: str = BOXTEL) -> str:
    zorg = besluit(intake, "wmo-art-2.3.5")
    antwoord = await intake.stuur(f"/kandidaten/{k}/zorgtrajecten", zorg, organisatie=gemeente)
    return str(antwoord["besluitId"])


async def inzagen(intake: Intake, k: str) -> list[tuple[str, str]]:
    async with intake.database.unit_of_work(BOXTEL) as uow:
        rijen = await uow.connection.fetch(
            "SELECT naam, organisatie FROM verwerking WHERE betrokkene = $1::text::uuid"
            " AND naam LIKE '%ingezien'",
            k,
        )
    return [(rij["naam"], rij["organisatie"]) for rij in rijen]


@pytest.mark.parametrize(
    ("accept", "soort"),
    [
        (None, "text/html; charset=utf-8"),
        ("text/html,*/*;q=0.8", "text/html; charset=utf-8"),
        ("application/pdf", "application/pdf"),
    ],
)
async def test_de_brief_komt_in_de_vorm_die_wordt_gevraagd_en_elke_inzage_wordt_vastgelegd(
    intake: Intake, accept: str | None, soort: str
) -> None:
    k = await geadviseerd(intake, BOXTEL)
    nummer = await genomen_besluit(intake, k)
    headers = {"Accept": accept} if accept else {}
    pad = f"/kandidaten/{k}/besluiten/{nummer}/brief"
    antwoord = await intake.klant(BOXTEL).get(pad, headers=headers)
    assert (antwoord.status_code, antwoord.headers["content-type"]) == (200, soort)
    if soort.startswith("text/html"):
        assert html.escape(GEHEIM) in antwoord.text
        stijl = re.search(r"<style>(.*?)</style>", antwoord.text, re.DOTALL)
        assert stijl
        assert (
            "default-src 'none'; style-src 'sha256-" in antwoord.headers["content-security-policy"]
        )
    else:
        assert antwoord.content.startswith(b"%PDF-")
    assert await inzagen(intake, k) == [("brief ingezien", BOXTEL)]


async def test_wie_de_brief_niet_mag_zien_krijgt_hem_niet_en_dat_is_geen_inzage(
    intake: Intake,
) -> None:
    k = await geadviseerd(intake, BOXTEL)
    nummer = await genomen_besluit(intake, k)
    pad = f"/kandidaten/{k}/besluiten/{nummer}/brief"
    gewoon = ("intake.lezen", "intake.schrijven")
    assert (await intake.klant(BOXTEL, scopes=gewoon).get(pad)).status_code == 403
    assert (await intake.klant(VUGHT).get(pad)).status_code == 404
    ander = f"/kandidaten/{k}/besluiten/{UUID(int=1)}/brief"
    assert (await intake.klant(BOXTEL).get(ander)).status_code == 404
    json = await intake.klant(BOXTEL).get(pad, headers={"Accept": "application/json"})
    assert json.status_code == 406
    assert "application/pdf" in json.json()["detail"]
    assert await inzagen(intake, k) == []


async def test_de_brief_van_een_overgedragen_of_ingetrokken_besluit_blijft_die_van_toen(
    intake: Intake,
) -> None:
    k = await geadviseerd(intake, VUGHT)
    nummer = await genomen_besluit(intake, k, VUGHT)
    await trek_in(intake, k, nummer, VUGHT)
    dag = intake.vandaag.isoformat()
    await intake.stuur(
        f"/kandidaten/{k}/overdrachten",
        {"naarGemeente": BOXTEL, "ingangsdatum": dag, "reden": "verhuizing"},
        organisatie=VUGHT,
    )
    intake.klok.move_by(timedelta(days=30))
    pad = f"/kandidaten/{k}/besluiten/{nummer}/brief"
    tekst = (await intake.klant(BOXTEL).get(pad)).text
    assert "namens het college van burgemeester en wethouders van de gemeente Vught" in tekst


async def test_de_brief_van_voor_een_heraanmelding_is_er_nog(intake: Intake) -> None:
    k = await intake.meld_aan(BOXTEL)
    nummer = await genomen_besluit(intake, k)
    dag = intake.vandaag.isoformat()
    uitstroom = {"uitgestroomdOp": dag, "reden": "arbeid"}
    opnieuw = {"aangemeldOp": dag, "instroomkanaal": "balie", "doelgroep": "pwet"}
    await intake.stuur(f"/kandidaten/{k}/uitstromingen", uitstroom, organisatie=BOXTEL)
    await intake.stuur(f"/kandidaten/{k}/heraanmeldingen", opnieuw, organisatie=BOXTEL)
    pad = f"/kandidaten/{k}/besluiten/{nummer}/brief"
    assert (await intake.klant(BOXTEL).get(pad)).status_code == 200
    weg = {"bekendgemaaktOp": dag}
    bekend = f"/kandidaten/{k}/besluiten/{nummer}/bekendmakingen"
    await intake.stuur(bekend, weg, organisatie=BOXTEL, status=404)
