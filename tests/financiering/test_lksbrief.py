"""De brief bij een beschikking: volledig, toegankelijk, en zonder gegevens van personen."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal
from uuid import UUID

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.database import Database
from chassis.letters import BRIEF
from chassis.tenancy import WSD
from services.financiering.domain.beschikking import (
    Beschikking,
    Beschikkingsoort,
    BeschiktBedrag,
    Besluitinhoud,
)
from services.financiering.domain.leeftijdsgroep import Leeftijdsgroep, Verjaardagsregel
from services.financiering.domain.lks_berekening import bereken
from services.financiering.domain.lks_dossier import Grond, Grondslag
from services.financiering.domain.lks_toekenning import EindeLks, Wijzigingsreden
from services.financiering.domain.loonkostensubsidie import Arbeidsduur
from services.financiering.lksbrief import Onderdeel, stel_brief_op
from services.financiering.partijen import partijen_van
from tests.financiering.conftest import Client
from tests.financiering.omgeving import BOXTEL, VUGHT, Kandidaat, Omgeving
from tests.keuring import VeraPDF

COLLEGE = partijen_van(BOXTEL).ontvanger
HARD = '<script>alert("x")</script> #import "a.typ" $x$ *b* _c_ \\ `d` @e'


def bedrag(vanaf: date, loonwaarde: int | None, *redenen: Wijzigingsreden) -> BeschiktBedrag:
    berekening = bereken(vanaf, Leeftijdsgroep.VOLWASSEN, Arbeidsduur(Decimal("24.00")), loonwaarde)
    return BeschiktBedrag(
        vanaf,
        None,
        Grondslag.FORFAIT if loonwaarde is None else Grondslag.LOONWAARDE,
        loonwaarde,
        berekening.bedrag,
        redenen,
        berekening.stappen,
        berekening.onzekerheden,
    )


_VANAF = date(2026, 10, 1)
INHOUDEN = {
    "toekenning": Besluitinhoud(
        Beschikkingsoort.TOEKENNING,
        _VANAF,
        bedragen=(bedrag(_VANAF, None, Wijzigingsreden.INGANG),),
        verjaardagsregel=Verjaardagsregel.VERJAARDAGSMAAND,
    ),
    "afwijzing": Besluitinhoud(
        Beschikkingsoort.AFWIJZING,
        _VANAF,
        gronden=(
            Grond(
                "code", "Titel van de grond", "Laat het college", "art. 10d lid 3 Participatiewet"
            ),
        ),
    ),
    "herziening": Besluitinhoud(
        Beschikkingsoort.HERZIENING,
        _VANAF,
        bedragen=(bedrag(_VANAF, 40, Wijzigingsreden.LOONWAARDE, Wijzigingsreden.ARBEIDSDUUR),),
        verjaardagsregel=Verjaardagsregel.JAARLIJKSE_HERZIENING,
    ),
    "beeindiging": Besluitinhoud(
        Beschikkingsoort.BEEINDIGING,
        date(2026, 11, 1),
        laatste_dag=date(2026, 10, 31),
        eindereden=EindeLks.NIET_LANGER_IN_DOELGROEP,
    ),
}


def beschikking(soort: str) -> Beschikking:
    return Beschikking(
        beschikking_id=UUID(int=1, version=4),
        lks_id=UUID(int=2, version=4),
        kandidaat_id=UUID(int=3, version=4),
        plaatsing_id=UUID(int=4, version=4),
        werkgever_id=UUID(int=5, version=4),
        college=BOXTEL,
        rol="klantmanager",
        inhoud=INHOUDEN[soort],
        bekendgemaakt_op=date(2026, 11, 14),
    )


def tekst(html: bytes) -> str:
    kaal = re.sub(r"<style>.*?</style>|<[^>]+>", " ", html.decode(), flags=re.S)
    return re.sub(r"\s+", " ", kaal)


@pytest.mark.parametrize("soort", INHOUDEN)
def test_elke_brief_heeft_wat_de_awb_vraagt(soort: str) -> None:
    gegeven = beschikking(soort)
    gelezen = tekst(BRIEF.html(stel_brief_op(gegeven, "Omdat het zo is.", COLLEGE)))
    for onderdeel in ("BESLUIT", "MOTIVERING", "GRONDSLAG", "BEZWAAR", "CONTACT"):
        assert Onderdeel[onderdeel] in gelezen
    for nodig in (
        "Omdat het zo is.",
        "14 november 2026",
        "28 december 2026",  # 26 December is a Saturday and Boxing Day
        COLLEGE.naam,
        f"{COLLEGE.straat}, {COLLEGE.postcode} {COLLEGE.plaats}",
        str(gegeven.beschikking_id),
        str(gegeven.kandidaat_id),
        str(gegeven.werkgever_id),
        "namens het college van burgemeester en wethouders",
        *gegeven.inhoud.artikelen,
    ):
        assert nodig in gelezen, nodig


def test_een_toekenning_toont_elke_stap_wat_onzeker_is_en_de_verjaardagsregel() -> None:
    gegeven = beschikking("toekenning")
    gelezen = tekst(BRIEF.html(stel_brief_op(gegeven, "Omdat.", COLLEGE)))
    [het_bedrag] = gegeven.inhoud.bedragen
    for stap in het_bedrag.stappen:
        for deel in (stap.omschrijving, stap.formule, stap.grondslag):
            assert deel in gelezen
    assert het_bedrag.onzekerheden
    for onzeker in het_bedrag.onzekerheden:
        assert onzeker in gelezen
    assert "eerste dag van de maand van de verjaardag" in gelezen


def test_een_afwijzing_noemt_de_gronden_en_niet_wat_het_college_moet_doen() -> None:
    gelezen = tekst(BRIEF.html(stel_brief_op(beschikking("afwijzing"), "Omdat.", COLLEGE)))
    assert "Titel van de grond" in gelezen
    assert "Laat het college" not in gelezen


def test_een_herziening_zegt_waardoor_het_bedrag_anders_is() -> None:
    gelezen = tekst(BRIEF.html(stel_brief_op(beschikking("herziening"), "Omdat.", COLLEGE)))
    assert "want de loonwaarde is opnieuw vastgesteld en de afgesproken uren zijn anders" in gelezen


@pytest.mark.parametrize("soort", INHOUDEN)
def test_de_pdf_is_toegankelijk_en_te_archiveren(omgeving: Omgeving, soort: str) -> None:
    brief = stel_brief_op(beschikking(soort), HARD, COLLEGE)
    pdf = BRIEF.pdf(brief, omgeving.clock.now())
    with pikepdf.open(io.BytesIO(pdf)) as gelezen, gelezen.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
        assert gelezen.Root.Lang == "nl-NL"
        assert gelezen.Root.MarkInfo.Marked
        assert "/JavaScript" not in gelezen.Root.get("/Names", {})


def test_verapdf_keurt_elke_brief_goed(verapdf: VeraPDF, omgeving: Omgeving) -> None:
    nu = omgeving.clock.now()
    brieven = {soort: stel_brief_op(beschikking(soort), HARD, COLLEGE) for soort in INHOUDEN}
    assert verapdf.fouten({soort: BRIEF.pdf(brief, nu) for soort, brief in brieven.items()}) == []


def test_vrije_tekst_blijft_tekst() -> None:
    html = BRIEF.html(stel_brief_op(beschikking("toekenning"), HARD, COLLEGE)).decode()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


@settings(max_examples=15, deadline=None)
@given(st.text(min_size=1, max_size=300))
def test_elke_motivering_kan_in_een_brief(motivering: str) -> None:
    brief = stel_brief_op(beschikking("herziening"), motivering, COLLEGE)
    assert BRIEF.html(brief)


async def test_de_gemeente_haalt_de_brief_en_elke_inzage_staat_in_het_logboek(
    omgeving: Omgeving, client: Client, database: Database
) -> None:
    kandidaat = Kandidaat()
    await omgeving.hoort(kandidaat.doorverwezen(), kandidaat.plaatsing(date(2026, 10, 1)))
    gegeven = await omgeving.beschikt(kandidaat)
    pad = f"/lks-beschikkingen/{gegeven.beschikking_id}/brief"
    klant = client()
    html = await klant.get(pad, headers={"Accept": "text/html"})
    assert (html.status_code, html.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "default-src 'none'" in html.headers["content-security-policy"]
    assert "Volgt uit de berekening." in html.text
    pdf = await klant.get(pad, headers={"Accept": "application/pdf"})
    assert pdf.content.startswith(b"%PDF-")
    assert (await klant.get(pad, headers={"Accept": "application/pdf"})).content == pdf.content
    async with database.unit_of_work(BOXTEL) as uow:
        gezien = await uow.connection.fetchval(
            "SELECT count(*) FROM verwerking WHERE verwerkingsactiviteit = $1",
            "financiering/lks-beschikking-inzien",
        )
    assert gezien == 3
    geweigerd = await client(WSD, rol="backoffice").get(pad)
    assert (geweigerd.status_code, geweigerd.json()["code"]) == (403, "beschikking-van-gemeente")
    assert (await client(rol="controller").get(pad)).status_code == 403
    assert (await client(VUGHT).get(pad)).status_code == 404
