"""Which commands there are.  A new command is a line here and a module."""

from __future__ import annotations

from typing import NamedTuple


class Commando(NamedTuple):
    """Where a command lives, what it does (Dutch), and whether it needs the test packages."""

    module: str
    uitleg: str
    ontwikkel: bool = False


COMMANDOS: dict[str, Commando] = {
    "up": Commando("deploy.cli.up", "start Meedoen op deze machine"),
    "klantreis": Commando("deploy.cli.klantreis", "speel een klantreis af, of honderden"),
    "jan": Commando("deploy.cli.jan", "volg Jan door de poort van vijf gemeenten"),
    "test": Commando("deploy.cli.test", "draai de tests", ontwikkel=True),
    "lint": Commando("deploy.cli.lint", "controleer stijl, types en importregels", ontwikkel=True),
    "contracts": Commando(
        "deploy.cli.contracts", "maak de contracten uit de modellen en bewaak ze", ontwikkel=True
    ),
    "inrichten": Commando(
        "deploy.cli.inrichten", "maak rollen, tabellen en topics voor een omgeving"
    ),
    "werkaanbod": Commando(
        "deploy.cli.werkaanbod", "leg de eigen werkplekken van WSD vast als eerste gegevens"
    ),
    "geparkeerd": Commando(
        "deploy.cli.geparkeerd", "zie wat geparkeerd staat; herhaal het of sla het over"
    ),
    "herspeel": Commando(
        "deploy.cli.herspeel", "bouw een projectie van een dienst opnieuw uit de geschiedenis"
    ),
    "indexeer": Commando(
        "deploy.cli.indexeer", "herzie op 1 januari elke lopende loonkostensubsidie"
    ),
    "kafka": Commando("deploy.cli.kafka", "haal Apache Kafka op en draai het op deze machine"),
    "bench": Commando("deploy.cli.bench", "meet Meedoen tegen de kale bibliotheken"),
    "lock": Commando("deploy.cli.lock", "maak de lockbestanden opnieuw", ontwikkel=True),
}
