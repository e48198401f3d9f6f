"""A call is made until it is answered, with one Idempotency-Key, and not for ever."""

from __future__ import annotations

from collections.abc import Callable

import httpx2
import pytest

from deploy.klantreis.verbinding import KlantreisFout, Verbinding

PAD = "/intake/v1/kandidaten"


class Poort:
    """A gateway that answers as it is told, one by one."""

    def __init__(self, *antwoorden: int | type[Exception]) -> None:
        self._antwoorden = list(antwoorden)
        self.sleutels: list[str] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/ontwikkeluitgever/token":
            return httpx2.Response(200, json={"access_token": "x"})
        self.sleutels.append(request.headers.get("Idempotency-Key", ""))
        antwoord = self._antwoorden.pop(0) if len(self._antwoorden) > 1 else self._antwoorden[0]
        if isinstance(antwoord, int):
            return httpx2.Response(antwoord, json={"kandidaatId": "k", "code": "wacht"})
        raise antwoord("weg")


def verbinding(poort: Callable[[httpx2.Request], httpx2.Response], geduld: float) -> Verbinding:
    transport = httpx2.MockTransport(poort)
    return Verbinding("http://poort.example", transport=transport, geduld=geduld)


async def test_een_verzoek_zonder_antwoord_gaat_nog_eens_met_dezelfde_sleutel() -> None:
    poort = Poort(httpx2.ConnectError, httpx2.ReadTimeout, 502, 503, 504, 201)
    async with verbinding(poort, 30) as lijn:
        assert (await lijn.doe("0757", "klantmanager", PAD, {}))["kandidaatId"] == "k"
    assert len(poort.sleutels) == 6
    assert len(set(poort.sleutels)) == 1
    assert lijn.herhaald == {"ConnectError": 1, "ReadTimeout": 1, "502": 1, "503": 1, "504": 1}


async def test_een_vraag_die_antwoord_heeft_gaat_niet_nog_eens() -> None:
    poort = Poort(404)
    async with verbinding(poort, 30) as lijn:
        assert (await lijn.lees("0757", "klantmanager", PAD)).status_code == 404
    assert len(poort.sleutels) == 1


@pytest.mark.parametrize("status", [400, 409, 500])
async def test_een_weigering_en_een_fout_bij_ons_zijn_een_antwoord(status: int) -> None:
    poort = Poort(status)
    async with verbinding(poort, 30) as lijn:
        with pytest.raises(KlantreisFout, match=f"gaf {status}"):
            await lijn.doe("0757", "klantmanager", PAD, {})
    assert len(poort.sleutels) == 1


async def test_wat_op_een_gebeurtenis_wacht_gaat_nog_eens_tot_zij_er_is() -> None:
    poort = Poort(409, 409, 201)
    async with verbinding(poort, 30) as lijn:
        await lijn.doe("0757", "klantmanager", PAD, {}, zodra=["wacht"])
    assert len(poort.sleutels) == 3
    assert len(set(poort.sleutels)) == 1


async def test_het_geduld_raakt_op() -> None:
    poort = Poort(503)
    async with verbinding(poort, 0.05) as lijn:
        with pytest.raises(KlantreisFout, match="geen antwoord: 503"):
            await lijn.doe("0757", "klantmanager", PAD, {})
