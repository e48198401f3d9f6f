"""The examples that receive webhooks, run as they stand, behind TLS as a reverse proxy gives it."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import uuid4

import httpx2
import pytest
import pytest_asyncio
from standardwebhooks import Webhook

from contracts.intake import KandidaatAangemeld
from contracts.schema import voorbeeld_cloudevent
from deploy.kafka.certificaten import Uitgever
from deploy.klantreis.verbinding import Verbinding
from deploy.lokaal.adres import HOST, vrije_poorten
from deploy.lokaal.keten import PUBLIEK
from gateway.abonnementen.berichten import PROEF_TYPE
from gateway.abonnementen.ondertekening import nieuw_geheim
from gateway.abonnementen.zenden import Verzender
from tests.docs.voorbeelden import (
    BOXTEL,
    Meedoen,
    Tussenstation,
    draaiend,
    een_geschiedenis,
    eis,
    luistert,
    per_kandidaat,
)
from tests.keten.omgevingen import een_proces

BESTANDEN = ("webhook_ontvanger.py", "webhook_ontvanger.mjs")

OORSPRONG: Final = urlsplit(PUBLIEK).hostname or ""
MEDIA_TYPE: Final = "application/cloudevents+json; charset=UTF-8"
_PAD: Final = "/gebeurtenissen/v1/abonnementen"
_PATIENCE_SECONDS: Final = 60.0

pytestmark = [
    pytest.mark.timeout(240),
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.parametrize("bestand", BESTANDEN),
]


@dataclass(kw_only=True)
class MeedoenMetWebhooks(Meedoen):
    """tls: of who receives here."""

    tls: ssl.SSLContext


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def meedoen(
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[MeedoenMetWebhooks]:
    map_ = tmp_path_factory.mktemp("meedoen")
    uitgever = Uitgever.in_map(map_ / "certificaten")
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(*uitgever.certificaat("ontvanger", ["localhost"]))
    hier = [ip_network("127.0.0.0/8"), ip_network("::1/128")]
    async with (
        Verzender(netwerken=hier, ca=uitgever.ca) as verzender,
        een_proces(map_, verzender=verzender) as omgeving,
    ):
        meedoen = MeedoenMetWebhooks(url=omgeving.url, instellingen={}, tls=tls)
        await een_geschiedenis(meedoen)
        yield meedoen


@pytest.fixture
def instellingen(bestand: str, tmp_path: Path) -> dict[str, str]:
    """Of an example that has what it needs, with a stand, a secret and a port of its own."""
    eis(bestand)
    return {
        "STAND": str(tmp_path / "stand"),
        "WEBHOOK_GEHEIM": nieuw_geheim(),
        "WEBHOOK_OORSPRONG": OORSPRONG,
        "POORT": str(vrije_poorten(1)[0]),
    }


async def test_een_ontvanger_verwerkt_alles_een_keer_ook_na_een_herstart(
    bestand: str, meedoen: MeedoenMetWebhooks, instellingen: dict[str, str], tmp_path: Path
) -> None:
    poort = int(instellingen["POORT"])
    async with Tussenstation(poort, meedoen.tls) as ervoor, beheer(meedoen) as api:
        abonnement = await api.registreer(f"https://localhost:{ervoor.poort}/")
        instellingen["WEBHOOK_GEHEIM"] = abonnement["geheim"]
        async with draaiend(bestand, tmp_path, instellingen) as voorbeeld:
            await voorbeeld.volg(meedoen.aantal)
            gezien = voorbeeld.uitvoer
            voorbeeld.val_om()
        await meedoen.speel(kort=True)
        async with draaiend(bestand, tmp_path, instellingen) as voorbeeld:
            alles = await meedoen.alles_van_boxtel()
            await voorbeeld.volg(len(alles) - len(gezien))
            assert per_kandidaat(gezien + voorbeeld.uitvoer) == per_kandidaat(alles)

            eerder = len(voorbeeld.uitvoer)
            await api.post(f"/{abonnement['abonnementId']}/herhalingen", {"vanaf": f"{BOXTEL}-0"})
            await api.wacht_op(
                f"/{abonnement['abonnementId']}/stand",
                lambda stand: stand["cursor"] == f"{BOXTEL}-{len(alles)}" and not stand["wachtend"],
            )
            await api.post(f"/{abonnement['abonnementId']}/proefafleveringen", {})
            await voorbeeld.volg(eerder + 1)
            assert [regel.type for regel in voorbeeld.uitvoer[eerder:]] == [PROEF_TYPE]


async def test_een_ontvanger_neemt_alleen_aan_wat_echt_van_meedoen_komt(
    bestand: str, instellingen: dict[str, str], tmp_path: Path
) -> None:
    event = voorbeeld_cloudevent(KandidaatAangemeld)
    sleutel = Webhook(instellingen["WEBHOOK_GEHEIM"])
    inhoud = httpx2.Request("POST", "http://ontvanger", json=event).content

    def ondertekend(sleutel: Webhook, wanneer: datetime, over: bytes = inhoud) -> dict[str, str]:
        handtekening = sleutel.sign(msg_id=event["id"], timestamp=wanneer, data=over.decode())
        return {
            "webhook-id": event["id"],
            "webhook-timestamp": str(int(wanneer.timestamp())),
            "webhook-signature": handtekening,
            "content-type": MEDIA_TYPE,
        }

    nu = datetime.now(UTC)
    goed = ondertekend(sleutel, nu)
    geweigerd: list[tuple[int, dict[str, str]]] = [
        (401, ondertekend(Webhook(nieuw_geheim()), nu)),
        (401, ondertekend(sleutel, nu, over=inhoud + b" ")),
        (401, ondertekend(sleutel, nu - timedelta(minutes=6))),
        (401, ondertekend(sleutel, nu + timedelta(minutes=6))),
        (401, goed | {"webhook-timestamp": "nu"}),
        (401, goed | {"webhook-signature": "v1"}),
        (401, goed | {"webhook-signature": "v1,====="}),
        *((401, {k: w for k, w in goed.items() if k != weg}) for weg in list(goed)[:3]),
        (415, goed | {"content-type": "text/plain"}),
    ]
    async with (
        draaiend(bestand, tmp_path, instellingen) as voorbeeld,
        httpx2.AsyncClient(base_url=f"http://{HOST}:{instellingen['POORT']}") as http,
    ):
        await luistert(int(instellingen["POORT"]))
        for status, headers in geweigerd:
            answer = await http.post("/", content=inhoud, headers=headers)
            assert answer.status_code == status, headers
        assert (await http.get("/")).status_code == 405
        te_groot = await http.post("/", content=b" " * 300_000, headers=goed)
        assert te_groot.status_code == 413

        rotatie = ondertekend(Webhook(nieuw_geheim()), nu)["webhook-signature"]
        goed["webhook-signature"] = f"{rotatie} {goed['webhook-signature']}"
        for _ in range(2):
            answer = await http.post("/", content=inhoud, headers=goed)
            assert (answer.status_code, answer.content) == (204, b"")
        ander = event | {"id": str(uuid4())}
        inhoud = httpx2.Request("POST", "http://ontvanger", json=ander).content
        await http.post("/", content=inhoud, headers=ondertekend(sleutel, nu, over=inhoud))
        await voorbeeld.volg(2)
    assert [regel.type for regel in voorbeeld.uitvoer] == [event["type"]] * 2


async def test_een_ontvanger_geeft_alleen_meedoen_toestemming(
    bestand: str, instellingen: dict[str, str], tmp_path: Path
) -> None:
    async with (
        draaiend(bestand, tmp_path, instellingen),
        httpx2.AsyncClient(base_url=f"http://{HOST}:{instellingen['POORT']}") as http,
    ):
        await luistert(int(instellingen["POORT"]))
        for oorsprong, toegestaan in ((OORSPRONG, OORSPRONG), ("ander.example", None)):
            headers = {"WebHook-Request-Origin": oorsprong, "WebHook-Request-Rate": "6000"}
            answer = await http.options("/", headers=headers)
            assert answer.headers.get("WebHook-Allowed-Origin") == toegestaan
            assert answer.headers.get("WebHook-Allowed-Rate") == (toegestaan and "*")
        assert "WebHook-Allowed-Origin" not in (await http.options("/")).headers


# -- around it ----------------------------------------------------------------------------


class Beheer:
    """The abonnementen of Boxtel, over the API."""

    def __init__(self, http: httpx2.AsyncClient) -> None:
        self._http = http

    async def registreer(self, url: str) -> Any:
        invoer = {"naam": "voorbeeld", "callbackUrl": url, "vanaf": f"{BOXTEL}-0"}
        return await self.post("", invoer)

    async def post(self, pad: str, invoer: dict[str, str]) -> Any:
        answer = await self._http.post(
            _PAD + pad, json=invoer, headers={"Idempotency-Key": str(uuid4())}
        )
        assert answer.is_success, answer.text
        return answer.json()

    async def wacht_op(self, pad: str, klaar: Callable[[Any], bool]) -> None:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while not klaar((await self._http.get(_PAD + pad)).json()):  # noqa: ASYNC110
                await asyncio.sleep(0.05)


@contextlib.asynccontextmanager
async def beheer(meedoen: Meedoen) -> AsyncIterator[Beheer]:
    async with Verbinding(meedoen.url) as verbinding:
        token = await verbinding.token(BOXTEL, "backoffice")
    async with httpx2.AsyncClient(
        base_url=meedoen.url,
        headers={"Authorization": f"Bearer {token}"},
    ) as http:
        yield Beheer(http)
