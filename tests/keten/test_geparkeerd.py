"""./meedoen geparkeerd on a running chain: what an operator sees and does at night."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
import uvicorn
from structlog.testing import capture_logs

from chassis.bus.protocol import Message
from contracts.afnemers import dienst_topic
from contracts.envelope import CloudEvent, sequence_text
from contracts.gebeurtenis import Gebeurtenis
from contracts.intake import KandidaatDoorverwezen
from contracts.schema import voorbeelden
from deploy.cli import geparkeerd
from deploy.lokaal.keten import OIN
from services.plaatsing.store import kandidaten
from tests.keten.proefketen import BOXTEL, Proefketen

pytestmark = pytest.mark.asyncio(loop_scope="package")

SOORT = KandidaatDoorverwezen.type()


class Kapot(Exception):
    """A mistake in a release, mended in the next."""


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def adres(keten: Proefketen) -> AsyncIterator[str]:
    config = uvicorn.Config(
        keten.gateway, port=0, log_config=None, access_log=False, lifespan="off"
    )
    server, luistert = uvicorn.Server(config), config.bind_socket()
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]
    draait = asyncio.create_task(server.serve([luistert]))
    yield f"http://127.0.0.1:{luistert.getsockname()[1]}"
    server.should_exit = True
    await draait


class Opdracht:
    """Runs ``./meedoen geparkeerd`` against the chain, and gives its exit code and its text."""

    def __init__(self, adres: str, capsys: pytest.CaptureFixture[str]) -> None:
        self._adres = adres
        self._capsys = capsys

    async def __call__(self, *argumenten: str) -> tuple[int, str]:
        with capture_logs():  # of the chain, which runs in this process
            code = await asyncio.to_thread(geparkeerd.main, [*argumenten, "--url", self._adres])
        gezien = self._capsys.readouterr()
        return code, gezien.out + gezien.err


@pytest.fixture
def opdracht(adres: str, capsys: pytest.CaptureFixture[str]) -> Opdracht:
    return Opdracht(adres, capsys)


def doorverwezen(kandidaat_id: UUID) -> Gebeurtenis:
    gegeven = voorbeelden(KandidaatDoorverwezen)[0]
    zelf = {"kandidaatId": str(kandidaat_id), "gemeentecode": BOXTEL}
    return KandidaatDoorverwezen.lees(json.dumps(gegeven | zelf).encode())


async def stuur(keten: Proefketen, kandidaat_id: UUID, *alle: bytes | None) -> None:
    """Events of intake as they come over the bus, from version 1 on; None for a good one."""
    goed = doorverwezen(kandidaat_id)
    for versie, data in enumerate(alle, 1):
        envelope = CloudEvent(
            id=uuid4(),
            source=f"urn:nld:oin:{OIN}:systeem:intake",
            type=goed.type(),
            subject=kandidaat_id,
            time=datetime.now(UTC),
            dataschema=goed.dataschema(),
            dataref=goed.dataref(),
            sequence=sequence_text(versie),
            partitionkey=kandidaat_id,
            aggregateversion=versie,
            gemeentecode=BOXTEL,
            data=goed.json_bytes() if data is None else data,
        )
        sleutel = str(kandidaat_id).encode()
        bericht = Message(dienst_topic("intake"), sleutel, envelope.data, envelope.kafka_headers())
        await keten.draaiend.bus.publish([bericht])


async def kenmerken(keten: Proefketen, dienst: str, kandidaat_id: UUID) -> list[str]:
    async with keten.klant(headers=keten.aanmelden("beheer", "beheerder")) as klant:
        antwoord = await klant.get(f"/{dienst}/v1/geparkeerde-gebeurtenissen")
    lijst: Sequence[dict[str, Any]] = antwoord.json()["resultaten"]
    return [item["kenmerk"] for item in lijst if item["subject"] == str(kandidaat_id)]


async def doorverwezen_op(keten: Proefketen, kandidaat_id: UUID) -> Any:
    async with keten.beheer() as beheer:
        return await beheer.fetchval(
            "SELECT doorverwezen_op FROM plaatsing.kandidaat WHERE id = $1", kandidaat_id
        )


async def test_een_gezonde_keten_heeft_niets_geparkeerd(opdracht: Opdracht) -> None:
    assert await opdracht() == (geparkeerd.GEDAAN, "Er staat niets geparkeerd.\n")


async def test_de_lijst_telt_per_fout_en_noemt_elke_regel_zonder_de_inhoud(
    keten: Proefketen, opdracht: Opdracht
) -> None:
    k = uuid4()
    await stuur(keten, k, b'{"gemeentecode": "geheim"}', None)
    code, tekst = await opdracht("--dienst", "plaatsing")
    [kenmerk] = await kenmerken(keten, "plaatsing", k)

    assert code == geparkeerd.NOG_GEPARKEERD
    assert "1 geparkeerd, erachter wacht 1." in tekst
    assert "ValidationError (consument): 1 geparkeerd, erachter wacht 1, oudste" in tekst
    for deel in (kenmerk, SOORT, str(k), f"gemeente {BOXTEL}", "versie 1", "gemeentecode"):
        assert deel in tekst
    assert "geheim" not in tekst

    for filter_ in (("--foutklasse", "Anders"), ("--gemeente", "0865"), ("--type", "x.v1")):
        assert (await opdracht("--dienst", "plaatsing", *filter_))[0] == geparkeerd.GEDAAN
    code, tekst = await opdracht("--foutklasse", "ValidationError", "--gemeente", BOXTEL)
    assert "3 geparkeerd, erachter wachten 3." in tekst, "every service that reacts to it"
    for dienst in ("diagnose", "plaatsing", "financiering"):
        [kenmerk] = await kenmerken(keten, dienst, k)
        await opdracht("overslaan", kenmerk, "--reden", "Opgeruimd na de proef.")


async def test_na_herstel_verwerkt_herhalen_alles_in_volgorde(
    keten: Proefketen, opdracht: Opdracht, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def kapot(*_: Any) -> None:
        raise Kapot

    een, ander = uuid4(), uuid4()
    with monkeypatch.context() as release:
        release.setattr(kandidaten, "bewaar_doorverwijzing", kapot)
        await stuur(keten, een, None, None, None)
        await stuur(keten, ander, None)
        [kenmerk] = await kenmerken(keten, "plaatsing", een)
        code, tekst = await opdracht("herhaal", kenmerk)
        assert code == geparkeerd.NOG_GEPARKEERD
        assert f"gestopt bij versie 1 {SOORT} (Kapot), erachter wachten 2." in tekst
    assert await doorverwezen_op(keten, een) is None

    code, tekst = await opdracht("herhaal", kenmerk)
    assert (code, tekst) == (
        geparkeerd.GEDAAN,
        f"{kenmerk}  plaatsing: 3 verwerkt; er wacht niets meer.\n",
    )
    code, tekst = await opdracht("herhaal", "--alles", "--foutklasse", "Kapot")
    assert code == geparkeerd.GEDAAN
    assert "plaatsing: 1 verwerkt; er wacht niets meer." in tekst
    assert await doorverwezen_op(keten, een) == await doorverwezen_op(keten, ander) is not None
    assert (await opdracht())[0] == geparkeerd.GEDAAN


async def test_overslaan_gaat_verder_en_staat_met_de_reden_in_het_logboek(
    keten: Proefketen, opdracht: Opdracht
) -> None:
    k = uuid4()
    await stuur(keten, k, b"{}", None)
    for dienst in ("diagnose", "plaatsing", "financiering"):
        [kenmerk] = await kenmerken(keten, dienst, k)
        code, tekst = await opdracht("overslaan", kenmerk, "--reden", "Proef: leeg bericht.")
        assert code == geparkeerd.GEDAAN, tekst
        assert f"{SOORT} is overgeslagen; dat staat in het logboek." in tekst
        assert "1 verwerkt; er wacht niets meer." in tekst
        async with keten.klant(headers=keten.aanmelden("beheer", "beheerder")) as klant:
            pad = f"/{dienst}/v1/overgeslagen-gebeurtenissen/{kenmerk}"
            regel = (await klant.get(pad)).json()
        assert (regel["reden"], regel["door"], regel["aggregateversion"]) == (
            *("Proef: leeg bericht.", "ontwikkel-beheer-beheerder", 1),
        )
    assert await doorverwezen_op(keten, k) is not None


async def test_overslaan_zonder_echte_reden_gebeurt_niet(
    keten: Proefketen, opdracht: Opdracht
) -> None:
    k = uuid4()
    await stuur(keten, k, b"{}")
    [kenmerk] = await kenmerken(keten, "plaatsing", k)
    with pytest.raises(SystemExit) as gestopt:
        await opdracht("overslaan", kenmerk)
    assert gestopt.value.code == 2
    code, tekst = await opdracht("overslaan", kenmerk, "--reden", "kort")
    assert code == geparkeerd.FOUT
    assert "Geef ten minste 10 teken(s) op." in tekst
    assert await kenmerken(keten, "plaatsing", k) == [kenmerk]
    code, _ = await opdracht("herhaal", "--alles", "--dienst", "plaatsing")
    assert code == geparkeerd.NOG_GEPARKEERD
    for dienst in ("diagnose", "plaatsing", "financiering"):
        [kenmerk] = await kenmerken(keten, dienst, k)
        await opdracht("overslaan", kenmerk, "--reden", "Opgeruimd na de proef.")


async def test_een_kenmerk_dat_er_niet_is_en_een_verkeerde_vraag(opdracht: Opdracht) -> None:
    code, tekst = await opdracht("herhaal", str(uuid4()))
    assert code == geparkeerd.FOUT
    assert "staat niet geparkeerd: al verwerkt of overgeslagen." in tekst
    with pytest.raises(SystemExit) as gestopt:
        await opdracht("herhaal")
    assert gestopt.value.code == 2


async def test_een_eigen_token_gaat_voor_en_dat_van_een_gemeente_mag_niet(
    keten: Proefketen, opdracht: Opdracht, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(geparkeerd.TOKEN, keten.token(BOXTEL, "klantmanager"))
    code, tekst = await opdracht()
    assert code == geparkeerd.FOUT
    assert "403" in tekst


async def test_zonder_meedoen_zegt_de_opdracht_dat(capsys: pytest.CaptureFixture[str]) -> None:
    code = await asyncio.to_thread(geparkeerd.main, ["--url", "http://127.0.0.1:9"])
    assert code == geparkeerd.FOUT
    assert "antwoordt niet" in capsys.readouterr().err
