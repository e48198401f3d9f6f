"""./meedoen herspeel: rebuild a projection of a running service from history."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from typing import Final

from aiokafka.errors import KafkaError
from pydantic import ValidationError

from chassis.bus.kafka import KafkaHistory
from chassis.replay import Outcome, OutwardEffectError, Projection, Replay, ReplayFailedError
from chassis.runtime import Service
from chassis.settings import Settings
from deploy.dienstdatabase import waarom_onbereikbaar
from deploy.lokaal.keten import ALLES

_GEEN_GESCHIEDENIS: Final = """\
Er is geen geschiedenis om uit te herspelen: {wat} ontbreekt.
Geef de instellingen MEEDOEN_* van het proces van de dienst, met MEEDOEN_DATABASE_URL en
MEEDOEN_KAFKA_BOOTSTRAP. Een Meedoen in een proces (./meedoen up zonder --kafka) bewaart geen
geschiedenis: een gebeurtenis verdwijnt zodra elke dienst haar heeft verwerkt."""


def main(argumenten: Sequence[str]) -> int:
    te_herspelen = {
        f"{dienst.name} {projectie.name}": (dienst, projectie)
        for dienst in ALLES
        for projectie in dienst.projections
    }
    lezer = argparse.ArgumentParser(
        prog="./meedoen herspeel",
        description="Bouwt een projectie van een dienst opnieuw uit de geschiedenis op Kafka en "
        "zet haar in een keer op haar plaats; de dienst blijft intussen werken. Een projectie is "
        "de eigen kopie die een dienst bijhoudt van wat andere diensten zeggen. Wat een dienst "
        "zelf besluit, zegt of plant wordt nooit herspeeld.",
        epilog="te herspelen: " + ", ".join(sorted(te_herspelen)),
    )
    lezer.add_argument("dienst", choices=[dienst.name for dienst in ALLES])
    lezer.add_argument("projectie", help="naam van de projectie")
    lezer.add_argument(
        "--vergelijk", action="store_true", help="wijzig niets; tel alleen wat afwijkt"
    )
    keuze = lezer.parse_args(argumenten)
    gevonden = te_herspelen.get(f"{keuze.dienst} {keuze.projectie}")
    if gevonden is None:
        print(
            f"{keuze.dienst} heeft geen projectie «{keuze.projectie}» die herspeeld kan worden. "
            f"Te herspelen: {', '.join(sorted(te_herspelen))}.",
            file=sys.stderr,
        )
        return 2
    return _voer_uit(*gevonden, zet_in=not keuze.vergelijk)


def _voer_uit(dienst: Service, projectie: Projection, *, zet_in: bool) -> int:
    try:
        instellingen = Settings()
    except ValidationError as fout:
        print(_verkeerd_ingesteld(fout), file=sys.stderr)
        return 2
    try:
        uitkomst = asyncio.run(_herspeel(dienst, projectie, instellingen, zet_in=zet_in))
    except (OutwardEffectError, ReplayFailedError) as fout:
        print(fout, file=sys.stderr)
        return 1
    except Exception as fout:
        reden = (
            f"Kafka antwoordt niet ({type(fout).__name__})."
            if isinstance(fout, KafkaError)
            else waarom_onbereikbaar(fout)
        )
        if not reden:
            raise
        print(f"{reden} Er is niets gewijzigd.", file=sys.stderr)
        return 1
    _toon(projectie, uitkomst, zet_in=zet_in)
    return 0


def _verkeerd_ingesteld(fout: ValidationError) -> str:
    """What is wrong with the settings; without database or Kafka there is no history at all."""
    ontbreekt = [
        f"MEEDOEN_{'_'.join(map(str, e['loc'])).upper()}"
        for e in fout.errors()
        if e["type"] == "missing"
    ]
    if ontbreekt:
        return _GEEN_GESCHIEDENIS.format(wat=" en ".join(ontbreekt))
    return "\n".join(e["msg"].removeprefix("Value error, ") for e in fout.errors())


async def _herspeel(
    dienst: Service, projectie: Projection, instellingen: Settings, *, zet_in: bool
) -> Outcome:
    def meld(aantal: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{aantal} gebeurtenissen", end="", file=sys.stderr, flush=True)

    async with KafkaHistory(
        instellingen.kafka_bootstrap,
        projectie.topics,
        client_id=f"{dienst.group}-herspeel",
        security=instellingen.kafka,
    ) as geschiedenis:
        return await Replay(
            dienst.name,
            instellingen.database_url.get_secret_value(),
            projectie,
            geschiedenis,
            swap=zet_in,
            each=meld,
        ).run()


def _toon(projectie: Projection, uitkomst: Outcome, *, zet_in: bool) -> None:
    print(
        f"{projectie.name} ({', '.join(projectie.tables)}): {uitkomst.events} gebeurtenissen van "
        f"{uitkomst.rebuilt} kandidaten herspeeld."
    )
    if uitkomst.changed == 0:
        print("De projectie was al gelijk aan de geschiedenis.")
    elif zet_in:
        print(f"Van {uitkomst.changed} kandidaten week zij af; dat is in een keer hersteld.")
    else:
        print(f"Van {uitkomst.changed} kandidaten wijkt zij af. Er is niets gewijzigd.")
    if uitkomst.incomplete:
        print(
            f"Van {uitkomst.incomplete} kandidaten wordt de geschiedenis niet meer geheel "
            "bewaard; die zijn gelaten zoals zij waren."
        )
