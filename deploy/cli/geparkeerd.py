"""./meedoen geparkeerd: what waits for a human, over the whole of a running Meedoen.

Every API has the same routes for it (chassis/web/parking.py); here they are one list.  Deliveries
that a webhook gave up belong in the same list: their source is one more function beside
``_van_dienst``, and ``--afnemer`` is the filter for them too.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, Final
from uuid import UUID

import httpx2

from chassis.clock import NEDERLAND
from chassis.tenancy import BEHEER
from chassis.web.parking import ROLE
from contracts.afnemers import DIENSTEN, GEMEENTEN, ORGANISATIES
from deploy.cli.up import POORT
from deploy.lokaal.adres import HOST
from gateway.service import FEED

TOKEN: Final = "MEEDOEN_TOKEN"  # noqa: S105 - the name of the variable
BRONNEN: Final = (*DIENSTEN, FEED)

GEDAAN, FOUT, NOG_GEPARKEERD = 0, 1, 3
"""Exit codes; 2 is a command that was given wrongly."""

_PAGINA: Final = 500
_UITLEG: Final = f"""\
afsluitcodes: 0 er staat niets (meer) geparkeerd of het is gelukt; 1 het lukte niet;
2 de opdracht klopt niet; {NOG_GEPARKEERD} er staat (nog) iets geparkeerd.

Zonder {TOKEN} vraagt de opdracht een token aan de ontwikkeluitgever van een lokale Meedoen.
"""


class GeparkeerdFout(Exception):
    """It cannot be done; the text (Dutch) says why and what to do."""


@dataclass(frozen=True)
class Regel:
    """One parked thing, as the API of ``dienst`` tells it."""

    dienst: str
    item: Mapping[str, Any]

    @property
    def fout(self) -> tuple[str, str]:
        return self.item["foutklasse"], self.item["soort"]


def main(argumenten: Sequence[str]) -> int:
    lezer = _lezer()
    keuze = lezer.parse_args(argumenten)
    if keuze.opdracht == "herhaal" and keuze.alles == (keuze.kenmerk is not None):
        lezer.error("herhaal: geef een kenmerk uit ./meedoen geparkeerd, of --alles")
    try:
        with httpx2.Client(base_url=keuze.url.rstrip("/"), timeout=120.0) as http:
            http.headers["Authorization"] = f"Bearer {_token(http)}"
            match keuze.opdracht:
                case "herhaal":
                    return _herhaal(http, keuze)
                case "overslaan":
                    return _sla_over(http, keuze)
                case _:
                    return _toon(_geparkeerd(http, keuze), keuze)
    except GeparkeerdFout as fout:
        print(fout, file=sys.stderr)
    except httpx2.HTTPError as fout:
        print(f"{keuze.url} antwoordt niet ({type(fout).__name__}).", file=sys.stderr)
    return FOUT


def _lezer() -> argparse.ArgumentParser:
    lezer = argparse.ArgumentParser(
        prog="./meedoen geparkeerd",
        description="Toont wat geparkeerd staat: per fout hoeveel, en daarna elke regel met haar\n"
        "kenmerk. Van een kandidaat staat de eerste gebeurtenis in de lijst; de latere\n"
        "wachten daarop en volgen vanzelf.",
        epilog=_UITLEG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    lezer.set_defaults(**_ZONDER)
    _voeg_keuze_toe(lezer)
    opdrachten = lezer.add_subparsers(dest="opdracht", metavar="opdracht", title="opdrachten")
    herhaal = opdrachten.add_parser(
        "herhaal",
        help="probeer het opnieuw, in volgorde",
        description="Probeert opnieuw wat geparkeerd staat, met alles wat erachter wacht, in\n"
        "volgorde. Stopt per kandidaat bij de eerstvolgende die mislukt, en noemt die.",
        epilog=_UITLEG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    herhaal.add_argument("kenmerk", nargs="?", type=UUID, help="kenmerk uit de lijst")
    herhaal.add_argument("--alles", action="store_true", help="alles wat aan de keuze voldoet")
    _voeg_keuze_toe(herhaal)
    overslaan = opdrachten.add_parser(
        "overslaan",
        help="sla het voorgoed over, met een reden",
        description="Slaat voorgoed over wat geparkeerd staat en verwerkt wat erachter wacht. De\n"
        "gebeurtenis blijft met de reden in het logboek van de dienst staan.",
        epilog=_UITLEG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    overslaan.add_argument("kenmerk", type=UUID, help="kenmerk uit de lijst")
    overslaan.add_argument(
        "--reden", required=True, help="waarom, zonder gegevens van personen; wordt bewaard"
    )
    _voeg_keuze_toe(overslaan)
    return lezer


def _voeg_keuze_toe(lezer: argparse.ArgumentParser) -> None:
    # SUPPRESS: what is given before the opdracht must not be undone by a default after it.
    zonder = argparse.SUPPRESS
    lezer.add_argument(
        "--dienst",
        choices=BRONNEN,
        metavar="DIENST",
        default=zonder,
        help=f"alleen van deze dienst: {', '.join(BRONNEN)}",
    )
    lezer.add_argument("--foutklasse", default=zonder, help="alleen met deze fout")
    lezer.add_argument("--type", default=zonder, help="alleen dit type gebeurtenis")
    lezer.add_argument(
        "--gemeente",
        choices=tuple(GEMEENTEN),
        metavar="CODE",
        default=zonder,
        help="alleen van deze gemeente",
    )
    lezer.add_argument(
        "--afnemer",
        choices=ORGANISATIES,
        metavar="CODE",
        default=zonder,
        help="alleen wat deze afnemer mag zien, en dus kan missen",
    )
    lezer.add_argument(
        "--url",
        default=zonder,
        help=f"adres van Meedoen (standaard {_ZONDER['url']})",
    )


_ZONDER: Final[dict[str, Any]] = {
    **dict.fromkeys(("dienst", "foutklasse", "type", "gemeente", "afnemer")),
    "url": f"http://{HOST}:{POORT}",
}


def _token(http: httpx2.Client) -> str:
    if gegeven := os.environ.get(TOKEN):
        return gegeven
    antwoord = http.post("/ontwikkeluitgever/token", json={"organisatie": BEHEER, "rol": ROLE})
    if antwoord.status_code != httpx2.codes.OK:
        raise GeparkeerdFout(
            f"Deze Meedoen heeft geen ontwikkeluitgever. Zet het token van een {ROLE} van de "
            f"organisatie «{BEHEER}» in {TOKEN}."
        )
    return str(antwoord.json()["access_token"])


def _geparkeerd(http: httpx2.Client, keuze: argparse.Namespace) -> list[Regel]:
    vraag = {
        "foutklasse": keuze.foutklasse,
        "type": keuze.type,
        "gemeentecode": keuze.gemeente,
        "afnemer": keuze.afnemer,
    }
    gekozen = {naam: waarde for naam, waarde in vraag.items() if waarde is not None}
    return [regel for dienst in _bronnen(keuze) for regel in _van_dienst(http, dienst, gekozen)]


def _bronnen(keuze: argparse.Namespace) -> tuple[str, ...]:
    return (keuze.dienst,) if keuze.dienst else BRONNEN


def _van_dienst(http: httpx2.Client, dienst: str, vraag: Mapping[str, str]) -> Iterator[Regel]:
    """What one service has parked, of all pages."""
    adres: str | None = f"{_pad(dienst)}?{httpx2.QueryParams({**vraag, 'limiet': _PAGINA})}"
    while adres:
        antwoord = _eis(http.get(adres), httpx2.codes.OK)
        yield from (Regel(dienst, item) for item in antwoord.json()["resultaten"])
        adres = antwoord.links.get("next", {}).get("url")


def _zoek(http: httpx2.Client, keuze: argparse.Namespace) -> Regel:
    """The service that has a kenmerk parked."""
    for dienst in _bronnen(keuze):
        antwoord = http.get(_pad(dienst, keuze.kenmerk))
        if antwoord.status_code != httpx2.codes.NOT_FOUND:
            return Regel(dienst, _eis(antwoord, httpx2.codes.OK).json())
    raise GeparkeerdFout(f"{keuze.kenmerk} staat niet geparkeerd: al verwerkt of overgeslagen.")


def _toon(regels: Sequence[Regel], keuze: argparse.Namespace) -> int:
    if not regels:
        _toon_niets(keuze)
        return GEDAAN
    nu = datetime.now(UTC)
    wachtend = sum(regel.item["wachtend"] for regel in regels)
    print(f"{len(regels)} geparkeerd, erachter {_wachten(wachtend)}.")
    for (fout, soort), groep in groupby(sorted(regels, key=_volgorde), lambda regel: regel.fout):
        lijst = list(groep)
        erachter = sum(regel.item["wachtend"] for regel in lijst)
        oudste = nu - min(_moment(regel) for regel in lijst)
        print(
            f"\n{fout} ({soort}): {len(lijst)} geparkeerd, erachter {_wachten(erachter)}, "
            f"oudste {_duur(oudste.total_seconds())}"
        )
        for regel in lijst:
            _toon_regel(regel)
    print("\nOpnieuw: ./meedoen geparkeerd herhaal <kenmerk>   Alles: herhaal --alles")
    return NOG_GEPARKEERD


def _toon_niets(keuze: argparse.Namespace) -> None:
    beperkt = any(getattr(keuze, naam) for naam, waarde in _ZONDER.items() if waarde is None)
    print("Er staat niets geparkeerd" + (" dat aan de keuze voldoet." if beperkt else "."))


def _toon_regel(regel: Regel) -> None:
    item = regel.item
    print(
        f"  {item['kenmerk']}  {regel.dienst:<14}  "
        f"{_moment(regel).astimezone(NEDERLAND):%d-%m-%Y %H:%M}  {item['type'] or item['topic']}"
    )
    delen = [
        f"gemeente {item['gemeentecode']}" if item["gemeentecode"] else "",
        f"subject {item['subject']}" if item["subject"] else "",
        f"versie {item['aggregateversion']}" if item["aggregateversion"] else "",
        f"erachter {_wachten(item['wachtend'])}" if item["wachtend"] else "",
    ]
    if gevuld := list(filter(None, delen)):
        print("    " + ", ".join(gevuld))
    if item["plaats"]:
        print(f"    plaats: {item['plaats']}")


def _herhaal(http: httpx2.Client, keuze: argparse.Namespace) -> int:
    regels = _geparkeerd(http, keuze) if keuze.alles else [_zoek(http, keuze)]
    if not regels:
        _toon_niets(keuze)
    gelukt = [_herhaal_een(http, regel) for regel in regels]
    return GEDAAN if all(gelukt) else NOG_GEPARKEERD


def _herhaal_een(http: httpx2.Client, regel: Regel) -> bool:
    kenmerk = regel.item["kenmerk"]
    antwoord = http.post(f"{_pad(regel.dienst, kenmerk)}/herhalingen")
    if antwoord.status_code == httpx2.codes.NOT_FOUND:
        print(f"{kenmerk}  {regel.dienst}: intussen verwerkt of overgeslagen.")
        return True
    return _toon_herhaling(regel.dienst, _eis(antwoord, httpx2.codes.OK).json())


def _sla_over(http: httpx2.Client, keuze: argparse.Namespace) -> int:
    regel = _zoek(http, keuze)
    antwoord = http.post(
        f"{_pad(regel.dienst, keuze.kenmerk)}/overslagen", json={"reden": keuze.reden}
    )
    uitkomst = _eis(antwoord, httpx2.codes.CREATED).json()
    naam = regel.item["type"] or "het bericht"
    print(f"{keuze.kenmerk}  {regel.dienst}: {naam} is overgeslagen; dat staat in het logboek.")
    if regel.item["soort"] != "consument":
        return GEDAAN
    return GEDAAN if _toon_herhaling(regel.dienst, uitkomst["herhaling"]) else NOG_GEPARKEERD


def _toon_herhaling(dienst: str, herhaling: Mapping[str, Any]) -> bool:
    """Tell what came of it; whether nothing stands in the way any more."""
    kop = f"{herhaling['kenmerk']}  {dienst}:"
    if herhaling["aangeboden"]:
        print(f"{kop} aangeboden; de dienst probeert het binnen enkele seconden zelf.")
        return True
    gestopt = herhaling["gestoptBij"]
    if gestopt is None:
        print(f"{kop} {herhaling['verwerkt']} verwerkt; er wacht niets meer.")
        return True
    waar = f" in {gestopt['plaats']}" if gestopt["plaats"] else ""
    versie = f" versie {gestopt['aggregateversion']}" if gestopt["aggregateversion"] else ""
    print(
        f"{kop} {herhaling['verwerkt']} verwerkt; gestopt bij{versie} "
        f"{gestopt['type'] or 'een onleesbaar bericht'} ({gestopt['foutklasse']}{waar}), "
        f"erachter {_wachten(gestopt['wachtend'])}."
    )
    return False


def _pad(dienst: str, kenmerk: UUID | str | None = None) -> str:
    pad = f"/{dienst}/v1/geparkeerde-gebeurtenissen"
    return f"{pad}/{kenmerk}" if kenmerk else pad


def _eis(antwoord: httpx2.Response, status: int) -> httpx2.Response:
    if antwoord.status_code == status:
        return antwoord
    try:
        probleem = antwoord.json()
        fouten = " ".join(fout["melding"] for fout in probleem.get("fouten", ()))
        tekst = f"{probleem['title']}. {fouten or probleem['detail']}"
    except (ValueError, KeyError, TypeError, AttributeError):
        tekst = "Het antwoord is niet leesbaar."
    raise GeparkeerdFout(f"{antwoord.request.url.path} gaf {antwoord.status_code}: {tekst}")


def _volgorde(regel: Regel) -> tuple[str, str, str]:
    return *regel.fout, regel.item["geparkeerdOp"]


def _moment(regel: Regel) -> datetime:
    return datetime.fromisoformat(regel.item["geparkeerdOp"])


def _wachten(aantal: int) -> str:
    return {0: "wacht niets", 1: "wacht 1"}.get(aantal, f"wachten {aantal}")


def _duur(seconden: float) -> str:
    for lengte, een, meer in ((86400, "dag", "dagen"), (3600, "uur", "uur"), (60, "min", "min")):
        if (aantal := int(seconden // lengte)) > 0:
            return f"{aantal} {een if aantal == 1 else meer}"
    return "minder dan een minuut"
