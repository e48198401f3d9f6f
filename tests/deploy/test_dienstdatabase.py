"""Who gives a command an address that is wrong hears what to do, and not what stands in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

import pytest

from deploy.cli import indexeer, werkaanbod
from deploy.werkaanbod import OEFENNUMMERS

KVK = [deel for naam, nummer in OEFENNUMMERS.items() for deel in (f"--kvk-{naam}", nummer)]
OPDRACHTEN = pytest.mark.parametrize(
    ("opdracht", "argumenten"),
    [(indexeer.main, ["2027"]), (werkaanbod.main, KVK)],
    ids=["indexeer", "werkaanbod"],
)
Opdracht = Callable[[Sequence[str]], int]


@OPDRACHTEN
@pytest.mark.parametrize(
    ("adres", "melding"),
    [
        ("postgresql://niemand:geheim@{host}/postgres", "controleer gebruiker"),
        ("postgresql://postgres:geheim@{host}/postgres", "controleer gebruiker"),
        ("geen-adres-geheim", "controleer gebruiker"),
        ("postgresql://postgres:geheim@127.0.0.1:1/postgres", "De database antwoordt niet"),
    ],
)
async def test_een_verkeerd_adres_geeft_uitleg_en_geen_stapel(
    postgres_beheer_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    opdracht: Opdracht,
    argumenten: Sequence[str],
    adres: str,
    melding: str,
) -> None:
    host = urlsplit(postgres_beheer_url).netloc.rpartition("@")[2]
    monkeypatch.setenv("MEEDOEN_DATABASE_URL", adres.format(host=host))
    # A thread, for a command has an event loop of its own.
    assert await asyncio.to_thread(opdracht, argumenten) == 1
    gezegd = capsys.readouterr().err
    assert melding in gezegd
    assert "geheim" not in gezegd


@OPDRACHTEN
def test_zonder_adres_staat_er_wat_er_nodig_is(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    opdracht: Opdracht,
    argumenten: Sequence[str],
) -> None:
    monkeypatch.delenv("MEEDOEN_DATABASE_URL", raising=False)
    assert opdracht(argumenten) == 2
    assert "Geef MEEDOEN_DATABASE_URL: het adres van de database van" in capsys.readouterr().err
