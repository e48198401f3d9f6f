"""Wat een procesbestand mag zijn: al het andere wordt bij het lezen geweigerd, met de plaats."""

from __future__ import annotations

import pytest

from services.intake.bpmn import ProcesFout, lees, rol_van
from services.intake.domain.proces import Handeling, Veldsoort
from tests.intake.procesbouw import Knoop, Taak, proces, rechtdoor

BEGIN, EINDE = Knoop("begin", "startEvent"), Knoop("klaar", "endEvent")


def bezwaren(inhoud: bytes) -> str:
    with pytest.raises(ProcesFout) as fout:
        lees("proef", 1, inhoud)
    return "\n".join(fout.value.bezwaren)


def keuze(
    voorwaarde: str, velden: dict[str, str | tuple[str, ...]], default: str = "kies-b"
) -> bytes:
    return proces(
        BEGIN,
        Taak("gesprek", velden=velden),
        Knoop("kies", "exclusiveGateway", default=default),
        Knoop("a", "endEvent"),
        Knoop("b", "endEvent"),
        pijlen=(
            ("begin", "gesprek"),
            ("gesprek", "kies"),
            ("kies", "a", voorwaarde),
            ("kies", "b"),
        ),
    )


def test_een_stap_heeft_rol_kanaal_termijn_groepsgrootte_en_vragen() -> None:
    taak = Taak(
        "groepsintake",
        lane="Werkcoach intake",
        eigen={
            "kanaal": "groep",
            "termijn": "1 weken",
            "niet-voor": "2 dagen na de aanmelding",
            "verlengbaar": "1x 2 weken",
            "evaluatie": "3 maanden",
            "groepsgrootte": "45",
            "handeling": "quick-scan",
        },
        velden={"verschenen": "boolean", "loonwaarde": "long", "groep": ("een", "twee")},
    )
    stap = lees("proef", 1, rechtdoor(taak)).stappen["groepsintake"]
    assert (stap.rol, stap.van_wsd, stap.kanaal) == ("werkcoach-intake", False, "groep")
    assert (stap.groepsgrootte, stap.handeling) == (45, Handeling.QUICK_SCAN)
    assert [str(d) for d in (stap.termijn, stap.niet_voor, stap.verlenging, stap.evaluatie)] == [
        "1 week",
        "2 dagen",
        "2 weken",
        "3 maanden",
    ]
    assert [(v.naam, v.soort) for v in stap.velden] == [
        ("verschenen", Veldsoort.JA_NEE),
        ("loonwaarde", Veldsoort.GETAL),
        ("groep", Veldsoort.KEUZE),
    ]


@pytest.mark.parametrize(
    ("lane", "rol", "van_wsd"),
    [
        ("Klantmanager", "klantmanager", False),
        ("1e-lijns medewerker", "1e-lijns-medewerker", False),
        ("WSD trajectconsulent", "trajectconsulent", True),
        ("Trajectconsulent WSD", "trajectconsulent", True),
        ("Coördinator Wegwijs+", "coordinator-wegwijs", False),
    ],
)
def test_de_naam_van_een_lane_is_de_rol(lane: str, rol: str, van_wsd: bool) -> None:
    assert rol_van(lane) == (rol, van_wsd)


@pytest.mark.parametrize(
    "soort",
    [
        "scriptTask",
        "serviceTask",
        "businessRuleTask",
        "sendTask",
        "receiveTask",
        "manualTask",
        "task",
        "callActivity",
        "subProcess",
        "intermediateCatchEvent",
        "inclusiveGateway",
        "complexGateway",
        "eventBasedGateway",
    ],
)
def test_alleen_stappen_en_keuzes_worden_toegelaten(soort: str) -> None:
    inhoud = proces(BEGIN, Knoop("doe", soort), EINDE, pijlen=(("begin", "doe"), ("doe", "klaar")))
    assert "regel" in bezwaren(inhoud)
    assert f"Een {soort} wordt niet toegelaten." in bezwaren(inhoud)


@pytest.mark.parametrize(
    "uitdrukking",
    [
        "open('x')",
        "().__class__",
        "crisis.__class__",
        "[x for x in crisis]",
        "lambda: crisis",
        "crisis if crisis else crisis",
        "crisis['a']",
        "crisis + crisis",
        "f'{crisis}'",
        "(crisis := True)",
        "crisis is True",
        "crisis in (True,)",
    ],
)
def test_een_voorwaarde_vergelijkt_en_doet_niets_anders(uitdrukking: str) -> None:
    assert "In een voorwaarde kan geen" in bezwaren(keuze(uitdrukking, {"crisis": "boolean"}))


@pytest.mark.parametrize("uitdrukking", ["= crisis", "${crisis}", "crisis &&", "if"])
def test_een_voorwaarde_die_niet_te_lezen_is_wordt_geweigerd(uitdrukking: str) -> None:
    assert "niet te lezen" in bezwaren(keuze(uitdrukking, {"crisis": "boolean"}))


def test_een_voorwaarde_gebruikt_alleen_feiten_die_op_elke_weg_zijn_gevraagd() -> None:
    assert "loonwaarde is hier niet altijd bekend" in bezwaren(
        keuze("loonwaarde > 3", {"crisis": "boolean"})
    )
    inhoud = proces(
        BEGIN,
        Taak("een", velden={"crisis": "boolean"}),
        Knoop("kies", "exclusiveGateway", default="kies-samen"),
        Taak("twee", velden={"loonwaarde": "long"}),
        Knoop("samen", "exclusiveGateway"),
        Taak("drie"),
        Knoop("weer", "exclusiveGateway", default="weer-b"),
        Knoop("a", "endEvent"),
        Knoop("b", "endEvent"),
        pijlen=(
            ("begin", "een"),
            ("een", "kies"),
            ("kies", "twee", "crisis"),
            ("kies", "samen"),
            ("twee", "samen"),
            ("samen", "drie"),
            ("drie", "weer"),
            ("weer", "a", "loonwaarde < 40"),
            ("weer", "b"),
        ),
    )
    assert "loonwaarde is hier niet altijd bekend" in bezwaren(inhoud)


def test_een_code_waarmee_wordt_vergeleken_moet_kunnen_voorkomen() -> None:
    velden: dict[str, str | tuple[str, ...]] = {"uitkomst": ("werk", "zorg")}
    assert lees("proef", 1, keuze('uitkomst == "werk"', velden)).einden == {"a": "a", "b": "b"}
    assert "uitkomst is nooit «wrk»" in bezwaren(keuze('uitkomst == "wrk"', velden))
    assert "doelgroep is nooit «pwt»" in bezwaren(keuze('doelgroep == "pwt"', velden))


def test_een_keuze_wijst_een_pijl_aan_voor_als_niets_opgaat() -> None:
    zonder = keuze("crisis", {"crisis": "boolean"}, default="")
    assert "(default)" in bezwaren(zonder)
    assert "heeft een voorwaarde nodig" in bezwaren(zonder)


def test_vrije_tekst_hoort_niet_in_een_proces() -> None:
    assert "vrije tekst hoort niet in een proces" in bezwaren(
        rechtdoor(Taak("gesprek", velden={"verhaal": "string"}))
    )


@pytest.mark.parametrize(
    ("eigen", "bezwaar"),
    [
        ({"kanaal": "rooksignaal"}, "Kies een kanaal uit"),
        ({"bron": ""}, "Noem de bron"),
        ({"termijn": "snel"}, "userTask gesprek"),
        ({"verlengbaar": "2x 3 maanden", "termijn": "3 maanden"}, "verlengen kan één keer"),
        ({"verlengbaar": "1x 3 maanden"}, "zonder termijn is niet verlengbaar"),
        ({"groepsgrootte": "veel"}, "geen aantal"),
        ({"handeling": "toveren"}, "Kies een handeling uit"),
        ({"snelheid": "hoog"}, "De eigenschap snelheid bestaat niet"),
    ],
)
def test_een_eigenschap_die_niet_klopt_wordt_geweigerd(eigen: dict[str, str], bezwaar: str) -> None:
    assert bezwaar in bezwaren(rechtdoor(Taak("gesprek", eigen=eigen)))


def test_een_waarde_heet_niet_als_een_element() -> None:
    taak = Taak("gesprek", velden={"uitkomst": ("klaar", "anders")})
    assert "De waarde klaar heet als een element" in bezwaren(rechtdoor(taak))


def test_een_stap_die_vanzelf_gaat_vraagt_geen_feiten() -> None:
    taak = Taak("besluit", eigen={"handeling": "poortbesluit"}, velden={"crisis": "boolean"})
    assert "vraagt geen feiten" in bezwaren(rechtdoor(taak))


def test_elke_stap_ligt_op_een_weg_van_begin_naar_einde() -> None:
    inhoud = proces(
        BEGIN,
        Taak("gesprek"),
        Taak("los"),
        EINDE,
        pijlen=(("begin", "gesprek"), ("gesprek", "klaar"), ("los", "klaar")),
    )
    assert "userTask los: Hier komt een kandidaat nooit." in bezwaren(inhoud)


def test_alle_fouten_van_een_bestand_worden_tegelijk_genoemd() -> None:
    taak = Taak("gesprek", eigen={"kanaal": "x", "bron": "", "termijn": "x"})
    assert len(bezwaren(rechtdoor(taak)).splitlines()) == 3


def test_een_bestand_leest_geen_andere_bestanden() -> None:
    met_entiteit = rechtdoor(Taak("gesprek")).replace(
        b"<bpmn:definitions",
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><bpmn:definitions',
        1,
    )
    assert "DOCTYPE" in bezwaren(met_entiteit)


@pytest.mark.parametrize("inhoud", [b"", b"geen xml", b"<a/>", b"<a><b></a>"])
def test_wat_geen_bpmn_is_wordt_geweigerd(inhoud: bytes) -> None:
    assert bezwaren(inhoud)
