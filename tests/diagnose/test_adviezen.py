"""Een advies van voorstel tot reactie, zoals WSD en de gemeente het zien."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from chassis.consumer import Received
from chassis.unit_of_work import UnitOfWork
from contracts.intake import BesluitIngetrokken, Besluitsoort, TrajectbesluitGenomen
from contracts.portfolio import Dienst, Programma
from deploy.klantreis.verloop import _DOMEINEN
from services.diagnose.reactions import bij_besluit_ingetrokken, bij_trajectbesluit_genomen
from services.diagnose.use_cases.stel_loonwaarde_vast import stel_loonwaarde_vast
from tests.diagnose.gebruikers import BOXTEL, VUGHT, WSD, Diagnose, Dossiernummers
from tests.diagnose.rapporten import RAPPORT, hoofdtaak
from tests.diagnose.test_oad import selecteer

ALPHEN, TILBURG = "0484", "0855"
MOTIVERING = "Werkt graag met de handen."
AFWIJKING = "Groeit sterk in tempo."


def feit(waarde: bool | int, op: date) -> dict[str, Any]:
    return {"waarde": waarde, "vastgesteldOp": op.isoformat(), "bron": "Gesprek op locatie"}


async def neem_zrm_af(diagnose: Diagnose, dossier: Dossiernummers) -> str:
    dag = diagnose.vandaag.isoformat()
    meting = await diagnose.stuur(
        f"{dossier.pad}/zrm-metingen",
        {
            "afgenomenOp": dag,
            "informatieVan": dag,
            "beoordelaar": "Proef",
            "scores": [{"domein": domein, "niveau": 3, "hulp": "nee"} for domein in _DOMEINEN],
        },
    )
    return str(meting["metingId"])


async def meet_loonwaarde(uow: UnitOfWork, dossier_id: UUID, op: date) -> UUID:
    """40% of the minimum wage."""
    meting = replace(
        RAPPORT,
        meting_id=uuid4(),
        bedrijfsbezoek_op=op,
        rapportage_op=op,
        vastgesteld_op=op,
        ingangsdatum=op,
        hoofdtaken=(hoofdtaak("100", tempo="40", kwaliteit="100", netto="100"),),
    )
    await stel_loonwaarde_vast(uow, dossier_id, meting)
    return meting.meting_id


def advies(diagnose: Diagnose, zrm: str, **anders: Any) -> dict[str, Any]:
    """By the default table: a loonwaarde of 40%, so loonkostensubsidie."""
    dag = diagnose.vandaag
    return {
        "gegevenOp": dag.isoformat(),
        "programma": "ontwikkelprogramma",
        "diensten": ["werken-met-loonkostensubsidie"],
        "motivering": MOTIVERING,
        "zrmMetingId": zrm,
        "feiten": {"loonwaarde": feit(40, dag), "aangepasteOmstandigheden": feit(False, dag)},
        **anders,
    }


@dataclass(frozen=True)
class Gegeven(Dossiernummers):
    """A dossier with an advies in it."""

    advies_id: str

    @property
    def advies(self) -> str:
        return f"{self.pad}/adviezen/{self.advies_id}"


async def geef(diagnose: Diagnose, gemeentecode: str = BOXTEL, **anders: Any) -> Gegeven:
    dossier = await diagnose.gestart(gemeentecode)
    zrm = await neem_zrm_af(diagnose, dossier)
    antwoord = await diagnose.stuur(f"{dossier.pad}/adviezen", advies(diagnose, zrm, **anders))
    return Gegeven(dossier.dossier_id, dossier.kandidaat_id, antwoord["adviesId"])


async def besluit(
    diagnose: Diagnose, gegeven: Gegeven, *, gevolgd: bool, advies_id: str | None = ""
) -> UUID:
    """Intake says that the gemeente decided."""
    besluit_id = uuid4()
    event = TrajectbesluitGenomen(
        kandidaat_id=gegeven.kandidaat_id,
        gemeentecode=BOXTEL,
        besluit_id=besluit_id,
        programma=Programma.ONTWIKKEL,
        diensten=(Dienst.WERKEN_MET_LKS,),
        met_wsd=True,
        besloten_door=BOXTEL,
        ingangsdatum=diagnose.vandaag,
        advies_id=None if advies_id is None else UUID(advies_id or gegeven.advies_id),
        advies_gevolgd=None if advies_id is None else gevolgd,
    )
    async with diagnose.database.unit_of_work(BOXTEL) as uow:
        await bij_trajectbesluit_genomen(uow, Received(event, None))  # type: ignore[arg-type]
        await uow.commit()
    return besluit_id


async def trek_in(diagnose: Diagnose, gegeven: Gegeven, besluit_id: UUID) -> None:
    event = BesluitIngetrokken(
        kandidaat_id=gegeven.kandidaat_id,
        gemeentecode=BOXTEL,
        besluit_id=besluit_id,
        soort=Besluitsoort.TRAJECTBESLUIT,
        ingangsdatum=diagnose.vandaag,
    )
    async with diagnose.database.unit_of_work(BOXTEL) as uow:
        await bij_besluit_ingetrokken(uow, Received(event, None))  # type: ignore[arg-type]
        await uow.commit()


@pytest.fixture
async def gegeven(diagnose: Diagnose) -> Gegeven:
    return await geef(diagnose)


# -- het voorstel -----------------------------------------------------------------------------


async def test_het_voorstel_noemt_de_tabel_de_regel_en_waarom(diagnose: Diagnose) -> None:
    dossier = await diagnose.gestart()
    dag = diagnose.vandaag
    antwoord = await diagnose.stuur(
        f"{dossier.pad}/adviesvoorstellen",
        {
            "op": dag.isoformat(),
            "feiten": {"loonwaarde": feit(40, dag), "aangepasteOmstandigheden": feit(False, dag)},
        },
        status=200,
    )
    assert antwoord["tabelnaam"] == "Doelgroepen van WSD"
    voorstel = antwoord["voorstel"]
    assert (voorstel["tabel"], voorstel["versie"], voorstel["regel"]) == ("standaard", 1, 2)
    assert voorstel["reden"] == ("Een loonwaarde van 30 tot 80%: werken met loonkostensubsidie.")
    assert voorstel["diensten"] == ["werken-met-loonkostensubsidie"]
    assert {f["soort"]: f["waarde"] for f in antwoord["feiten"]} == {
        "loonwaarde": 40,
        "aangepasteOmstandigheden": False,
    }


async def test_een_voorstel_zegt_welke_feiten_ontbreken_of_te_oud_zijn(
    diagnose: Diagnose,
) -> None:
    dossier = await diagnose.gestart()
    pad = f"{dossier.pad}/adviesvoorstellen"
    geweigerd = await diagnose.stuur(pad, {"op": "2026-11-20"}, status=400)
    assert geweigerd["code"] == "feiten-ontbreken"
    assert "Doelgroepen van WSD" in geweigerd["detail"]
    assert {(f["pad"], f["code"]) for f in geweigerd["fouten"]} == {
        ("feiten.aangepasteOmstandigheden", "ontbreekt"),
        ("feiten.loonwaarde", "ontbreekt"),
        ("feiten.ontwikkelvermogen", "ontbreekt"),
    }
    oud = {"loonwaarde": feit(40, date(2026, 5, 19))}
    geweigerd = await diagnose.stuur(pad, {"op": "2026-11-20", "feiten": oud}, status=400)
    assert geweigerd["code"] == "ongeldig-feit"
    assert [(f["pad"], f["code"]) for f in geweigerd["fouten"]] == [
        ("feiten.loonwaarde.vastgesteldOp", "verouderd")
    ]


async def test_een_voorstel_volgt_de_tabel_van_de_gemeente(diagnose: Diagnose) -> None:
    dossier = await diagnose.gestart(TILBURG)
    dag = diagnose.vandaag
    antwoord = await diagnose.stuur(
        f"{dossier.pad}/adviesvoorstellen",
        {"op": dag.isoformat(), "feiten": {"maandenTotWerk": feit(9, dag)}},
        status=200,
    )
    assert antwoord["voorstel"]["tabel"] == "tilburg"
    assert antwoord["voorstel"]["richting"] == "traject-naar-werk"


@pytest.mark.parametrize("op", ["2026-11-21", "9999-12-31"])
async def test_er_is_geen_voorstel_of_advies_van_na_vandaag(diagnose: Diagnose, op: str) -> None:
    dossier = await diagnose.gestart()
    zrm = await neem_zrm_af(diagnose, dossier)
    voorstel = await diagnose.stuur(f"{dossier.pad}/adviesvoorstellen", {"op": op}, status=400)
    gegeven = advies(diagnose, zrm, gegevenOp=op)
    geweigerd = await diagnose.stuur(f"{dossier.pad}/adviezen", gegeven, status=400)
    assert {voorstel["code"], geweigerd["code"]} <= {"datum-past-niet", "ongeldig-feit"}
    later = {"loonwaarde": feit(40, date.max)}
    geweigerd = await diagnose.stuur(
        f"{dossier.pad}/adviesvoorstellen", {"op": "2026-11-20", "feiten": later}, status=400
    )
    assert geweigerd["fouten"][0]["code"] == "in-de-toekomst"


async def test_alleen_de_trajectconsulent_vraagt_een_voorstel_en_het_wordt_vastgelegd(
    diagnose: Diagnose,
) -> None:
    dossier = await diagnose.gestart()
    dag = diagnose.vandaag
    pad = f"{dossier.pad}/adviesvoorstellen"
    feiten = {
        "aangepasteOmstandigheden": feit(True, dag),
        "ontwikkelvermogen": feit(True, dag),
    }
    body = {"op": dag.isoformat(), "feiten": feiten}
    await diagnose.stuur(pad, body, organisatie=BOXTEL, status=403)
    await diagnose.stuur(pad, body, status=200)
    async with diagnose.database.unit_of_work(WSD) as uow:
        gelogd = await uow.connection.fetch(
            "SELECT organisatie FROM verwerking WHERE betrokkene = $1"
            " AND naam = 'advies voorgesteld'",
            dossier.kandidaat_id,
        )
    assert [row["organisatie"] for row in gelogd] == [WSD]


# -- het advies -------------------------------------------------------------------------------


async def test_een_advies_toont_voorstel_feiten_en_tot_wanneer_het_geldt(
    diagnose: Diagnose, gegeven: Gegeven
) -> None:
    for organisatie in (WSD, BOXTEL):
        getoond = await diagnose.haal(gegeven.advies, organisatie=organisatie)
        assert getoond["motivering"] == MOTIVERING
        assert getoond["voorstel"]["regel"] == 2
        assert not getoond["wijktAf"]
        assert getoond["geldigTot"] == "2027-02-20"
        assert {f["soort"] for f in getoond["feiten"]} == {"loonwaarde", "aangepasteOmstandigheden"}
        assert getoond["reactie"] is None
        assert getoond["vragen"] == []
    await diagnose.haal(gegeven.advies, organisatie=VUGHT, status=404)


async def test_de_gebeurtenis_zegt_tot_wanneer_en_niet_waarom(
    diagnose: Diagnose, gegeven: Gegeven
) -> None:
    [gezegd] = [g for g in await diagnose.gezegd(gegeven) if g.naam == "advies-gegeven"]
    assert gezegd.data["geldigTot"] == "2027-02-20"
    assert gezegd.data.keys() == {
        "kandidaatId",
        "gemeentecode",
        "dossierId",
        "adviesId",
        "gegevenOp",
        "programma",
        "diensten",
        "geldigTot",
    }
    assert gezegd.afnemers == {WSD, BOXTEL}


async def test_een_afwijkend_advies_wordt_gemotiveerd(diagnose: Diagnose) -> None:
    dossier = await diagnose.gestart()
    zrm = await neem_zrm_af(diagnose, dossier)
    pad = f"{dossier.pad}/adviezen"
    anders = advies(diagnose, zrm, programma="werkprogramma", diensten=["beschut-werken"])
    geweigerd = await diagnose.stuur(pad, anders, status=409)
    assert geweigerd["code"] == "afwijking-niet-gemotiveerd"
    vastgelegd = await diagnose.stuur(pad, anders | {"motiveringAfwijking": AFWIJKING})
    assert vastgelegd["wijktAf"]
    getoond = await diagnose.haal(f"{pad}/{vastgelegd['adviesId']}", organisatie=BOXTEL)
    assert getoond["motiveringAfwijking"] == AFWIJKING


async def test_een_gemeten_loonwaarde_gaat_voor_en_staat_met_haar_meting_bij_het_advies(
    diagnose: Diagnose,
) -> None:
    dossier = await diagnose.gestart()
    zrm = await neem_zrm_af(diagnose, dossier)
    async with diagnose.database.unit_of_work(WSD) as uow:
        meting = await meet_loonwaarde(uow, UUID(dossier.dossier_id), diagnose.vandaag)
        await uow.commit()
    geweigerd = await diagnose.stuur(
        f"{dossier.pad}/adviezen", advies(diagnose, zrm, loonwaardeMetingId=str(meting)), status=400
    )
    assert [(f["pad"], f["code"]) for f in geweigerd["fouten"]] == [
        ("feiten.loonwaarde", "staat-in-dossier")
    ]
    feiten = {"aangepasteOmstandigheden": feit(False, diagnose.vandaag)}
    vastgelegd = await diagnose.stuur(
        f"{dossier.pad}/adviezen",
        advies(diagnose, zrm, loonwaardeMetingId=str(meting), feiten=feiten),
    )
    getoond = await diagnose.haal(f"{dossier.pad}/adviezen/{vastgelegd['adviesId']}")
    [loonwaarde] = [f for f in getoond["feiten"] if f["soort"] == "loonwaarde"]
    assert (loonwaarde["waarde"], loonwaarde["metingId"]) == (40, str(meting))
    assert loonwaarde["houdbaarTotEnMet"] is None


async def test_de_trede_komt_uit_het_dossier_zolang_zij_geldt(diagnose: Diagnose) -> None:
    dossier = await diagnose.gestart(ALPHEN)
    dag = diagnose.vandaag
    voorstel = f"{dossier.pad}/adviesvoorstellen"
    vastgelegd = {"trede": 3, "vastgesteldOp": dag.isoformat()}
    await diagnose.stuur(f"{dossier.pad}/ladderposities", vastgelegd)
    antwoord = await diagnose.stuur(voorstel, {"op": dag.isoformat()}, status=200)
    assert (antwoord["voorstel"]["tabel"], antwoord["voorstel"]["regel"]) == (
        "alphen-aan-den-rijn",
        4,
    )
    [trede] = antwoord["feiten"]
    assert (trede["soort"], trede["waarde"], trede["houdbaarTotEnMet"]) == (
        "participatieladder",
        3,
        "2027-05-20",
    )
    dubbel = {"op": dag.isoformat(), "feiten": {"participatieladder": feit(4, dag)}}
    geweigerd = await diagnose.stuur(voorstel, dubbel, status=400)
    assert geweigerd["fouten"][0]["code"] == "staat-in-dossier"
    await diagnose.naar(date(2027, 5, 21))
    geweigerd = await diagnose.stuur(voorstel, {"op": "2027-05-21"}, status=400)
    assert ("feiten.participatieladder", "verouderd") in {
        (f["pad"], f["code"]) for f in geweigerd["fouten"]
    }
    opnieuw = {"op": "2027-05-21", "feiten": {"participatieladder": feit(5, date(2027, 5, 21))}}
    antwoord = await diagnose.stuur(voorstel, opnieuw, status=200)
    assert antwoord["voorstel"]["regel"] == 1


async def test_het_ontwikkelvermogen_komt_uit_de_selectie_voor_oad(diagnose: Diagnose) -> None:
    dossier = await diagnose.gestart(BOXTEL)
    dag = diagnose.vandaag
    opgegeven = {"loonwaarde": feit(20, dag), "aangepasteOmstandigheden": feit(False, dag)}
    vraag = {"op": dag.isoformat(), "feiten": opgegeven}
    voorstel = f"{dossier.pad}/adviesvoorstellen"
    geweigerd = await diagnose.stuur(voorstel, vraag, status=400)
    assert [f["pad"] for f in geweigerd["fouten"]] == ["feiten.ontwikkelvermogen"]
    await selecteer(diagnose, dossier)
    antwoord = await diagnose.stuur(voorstel, vraag, status=200)
    assert (antwoord["voorstel"]["tabel"], antwoord["voorstel"]["regel"]) == ("standaard", 3)
    assert {
        "soort": "ontwikkelvermogen",
        "waarde": True,
        "vastgesteldOp": dag.isoformat(),
        "houdbaarTotEnMet": "2027-05-20",
        "bron": "selectie voor OAD",
        "metingId": None,
    } in antwoord["feiten"]


async def test_een_voorstel_op_onleesbare_tekst_wordt_geweigerd_al_wordt_er_niets_bewaard(
    diagnose: Diagnose,
) -> None:
    dossier = await diagnose.gestart(BOXTEL)
    dag = diagnose.vandaag
    feiten = {"aangepasteOmstandigheden": {**feit(False, dag), "bron": "Gesprek\0"}}
    geweigerd = await diagnose.stuur(
        f"{dossier.pad}/adviesvoorstellen", {"op": dag.isoformat(), "feiten": feiten}, status=400
    )
    assert [(f["pad"], f["code"]) for f in geweigerd["fouten"]] == [
        ("body.feiten.aangepasteOmstandigheden.bron", "onleesbare-tekst")
    ]


async def test_een_advies_zonder_de_feiten_die_de_tabel_vraagt_wordt_geweigerd(
    diagnose: Diagnose,
) -> None:
    dossier = await diagnose.gestart()
    zrm = await neem_zrm_af(diagnose, dossier)
    geweigerd = await diagnose.stuur(
        f"{dossier.pad}/adviezen", advies(diagnose, zrm, feiten={}), status=400
    )
    assert geweigerd["code"] == "feiten-ontbreken"
    assert "advies-gegeven" not in [g.naam for g in await diagnose.gezegd(dossier)]


async def test_een_verouderde_zrm_draagt_geen_advies(diagnose: Diagnose) -> None:
    dossier = await diagnose.gestart()
    zrm = await neem_zrm_af(diagnose, dossier)
    await diagnose.naar(diagnose.vandaag + timedelta(days=100))
    geweigerd = await diagnose.stuur(f"{dossier.pad}/adviezen", advies(diagnose, zrm), status=400)
    assert geweigerd["code"] == "grondslag-verouderd"
    assert "2026-11-20" in geweigerd["detail"]


async def test_feiten_en_motivering_staan_nergens_leesbaar(
    diagnose: Diagnose, gegeven: Gegeven
) -> None:
    async with diagnose.database.unit_of_work(WSD) as uow:
        [rij] = await uow.connection.fetch(
            "SELECT inhoud FROM advies WHERE id = $1", UUID(gegeven.advies_id)
        )
    assert MOTIVERING.encode() not in rij["inhoud"]
    assert b"loonwaarde" not in rij["inhoud"]


# -- de reactie van de gemeente ---------------------------------------------------------------


@pytest.mark.parametrize(("gevolgd", "reactie"), [(True, "gevolgd"), (False, "afgeweken")])
async def test_het_trajectbesluit_komt_terug_bij_het_advies(
    diagnose: Diagnose, gegeven: Gegeven, gevolgd: bool, reactie: str
) -> None:
    besluit_id = await besluit(diagnose, gegeven, gevolgd=gevolgd)
    getoond = await diagnose.haal(gegeven.advies)
    assert (getoond["reactie"], getoond["besluitId"]) == (reactie, str(besluit_id))


async def test_na_een_intrekking_telt_het_besluit_ervoor(
    diagnose: Diagnose, gegeven: Gegeven
) -> None:
    eerste = await besluit(diagnose, gegeven, gevolgd=True)
    diagnose.klok.move_by(timedelta(minutes=1))
    tweede = await besluit(diagnose, gegeven, gevolgd=False)
    assert (await diagnose.haal(gegeven.advies))["reactie"] == "afgeweken"
    await trek_in(diagnose, gegeven, tweede)
    assert (await diagnose.haal(gegeven.advies))["besluitId"] == str(eerste)
    await trek_in(diagnose, gegeven, eerste)
    getoond = await diagnose.haal(gegeven.advies)
    assert (getoond["reactie"], getoond["besluitId"]) == (None, None)


async def test_een_besluit_zonder_advies_verandert_niets(
    diagnose: Diagnose, gegeven: Gegeven
) -> None:
    zonder = await besluit(diagnose, gegeven, gevolgd=True, advies_id=None)
    await trek_in(diagnose, gegeven, zonder)
    assert (await diagnose.haal(gegeven.advies))["reactie"] is None


async def test_een_vraag_en_het_antwoord_staan_bij_het_advies(
    diagnose: Diagnose, gegeven: Gegeven
) -> None:
    dag = diagnose.vandaag.isoformat()
    vraag = await diagnose.stuur(
        f"{gegeven.advies}/vragen",
        {"teruggestuurdOp": dag, "vraag": "Waarom geen Werkacademie?"},
        organisatie=BOXTEL,
    )
    assert "vraag" not in vraag
    getoond = await diagnose.haal(gegeven.advies)
    assert getoond["reactie"] == "teruggestuurd"
    assert [(v["vraag"], v["antwoord"]) for v in getoond["vragen"]] == [
        ("Waarom geen Werkacademie?", "")
    ]
    antwoorden = f"{gegeven.advies}/vragen/{vraag['vraagId']}/antwoorden"
    body = {"beantwoordOp": dag, "antwoord": "Het groepstempo ligt te hoog."}
    await diagnose.stuur(antwoorden, body)
    for organisatie in (WSD, BOXTEL):
        getoond = await diagnose.haal(gegeven.advies, organisatie=organisatie)
        assert getoond["reactie"] is None
        assert getoond["vragen"][0]["antwoord"] == "Het groepstempo ligt te hoog."
    nogmaals = await diagnose.stuur(antwoorden, body, status=409)
    assert nogmaals["code"] == "adviesvraag-al-beantwoord"
    gezegd = (await diagnose.gezegd(gegeven))[-2:]
    assert [g.naam for g in gezegd] == ["advies-teruggestuurd", "adviesvraag-beantwoord"]
    assert all(g.data["vraagId"] == vraag["vraagId"] for g in gezegd)
    assert all(g.afnemers == {WSD, BOXTEL} for g in gezegd)
    assert not any("Werkacademie" in str(g.data) for g in gezegd)


async def test_er_staat_hoogstens_een_vraag_open(diagnose: Diagnose, gegeven: Gegeven) -> None:
    body = {"teruggestuurdOp": diagnose.vandaag.isoformat(), "vraag": "Waarom?"}
    await diagnose.stuur(f"{gegeven.advies}/vragen", body, organisatie=BOXTEL)
    tweede = await diagnose.stuur(f"{gegeven.advies}/vragen", body, organisatie=BOXTEL, status=409)
    assert tweede["code"] == "adviesvraag-staat-open"


async def test_na_het_besluit_of_een_nieuw_advies_gaat_een_advies_niet_meer_terug(
    diagnose: Diagnose, gegeven: Gegeven
) -> None:
    body = {"teruggestuurdOp": diagnose.vandaag.isoformat(), "vraag": "Waarom?"}
    genomen = await besluit(diagnose, gegeven, gevolgd=True)
    geweigerd = await diagnose.stuur(
        f"{gegeven.advies}/vragen", body, organisatie=BOXTEL, status=409
    )
    assert geweigerd["code"] == "al-besloten"
    await trek_in(diagnose, gegeven, genomen)
    zrm = (await diagnose.haal(gegeven.pad))["zrmMetingen"][0]
    await diagnose.stuur(f"{gegeven.pad}/adviezen", advies(diagnose, zrm))
    geweigerd = await diagnose.stuur(
        f"{gegeven.advies}/vragen", body, organisatie=BOXTEL, status=409
    )
    assert geweigerd["code"] == "advies-vervangen"
    assert (await diagnose.haal(gegeven.advies))["vervangen"]


async def test_de_gemeente_vraagt_en_wsd_antwoordt(diagnose: Diagnose, gegeven: Gegeven) -> None:
    dag = diagnose.vandaag.isoformat()
    vragen = f"{gegeven.advies}/vragen"
    vraag = {"teruggestuurdOp": dag, "vraag": "Waarom?"}
    await diagnose.stuur(vragen, vraag, organisatie=WSD, rol="klantmanager", status=403)
    await diagnose.stuur(vragen, vraag, organisatie=VUGHT, status=404)
    gesteld = await diagnose.stuur(vragen, vraag, organisatie=BOXTEL)
    antwoord = {"beantwoordOp": dag, "antwoord": "Daarom."}
    antwoorden = f"{vragen}/{gesteld['vraagId']}/antwoorden"
    for organisatie, status in ((BOXTEL, 403), (VUGHT, 404)):
        await diagnose.stuur(
            antwoorden, antwoord, organisatie=organisatie, rol="trajectconsulent", status=status
        )
    await diagnose.stuur(f"{vragen}/{uuid4()}/antwoorden", antwoord, status=404)
    await diagnose.stuur(
        f"{gegeven.pad}/adviezen/{uuid4()}/vragen", vraag, organisatie=BOXTEL, status=404
    )


@pytest.mark.parametrize("dagen", [-1, 1])
async def test_een_vraag_is_van_na_het_advies_en_niet_van_morgen(
    diagnose: Diagnose, gegeven: Gegeven, dagen: int
) -> None:
    op = (diagnose.vandaag + timedelta(days=dagen)).isoformat()
    geweigerd = await diagnose.stuur(
        f"{gegeven.advies}/vragen",
        {"teruggestuurdOp": op, "vraag": "Waarom?"},
        organisatie=BOXTEL,
        status=400,
    )
    assert geweigerd["code"] == "datum-past-niet"
