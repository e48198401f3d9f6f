"""./meedoen werkaanbod: WSD's own werkgevers and werkplekken as first data; repeatable."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence

from deploy.dienstdatabase import database_van, waarom_onbereikbaar
from deploy.werkaanbod import laad
from services.plaatsing.domain.fouten import OngeldigKvkNummer
from services.plaatsing.werkaanbod import BESTAND, werkaanbod


def main(argumenten: Sequence[str]) -> int:
    aanbieders = werkaanbod().werkgevers
    lezer = argparse.ArgumentParser(
        prog="./meedoen werkaanbod",
        description="Legt de eigen werkgevers en werkplekken van WSD vast, met de werksoorten, "
        f"functies en locaties van {BESTAND.name}. Mag zo vaak als nodig: wat er is blijft zoals "
        "het is, ook als WSD het heeft gecorrigeerd. Instelling: MEEDOEN_DATABASE_URL, het adres "
        "van de database van plaatsing.",
    )
    for naam, aanbieder in aanbieders.items():
        lezer.add_argument(
            f"--kvk-{naam}",
            required=True,
            metavar="NUMMER",
            help=f"KvK-nummer van {aanbieder.naam}",
        )
    keuze = vars(lezer.parse_args(argumenten))
    kvk_nummers = {naam: keuze[f"kvk_{naam.replace('-', '_')}"] for naam in aanbieders}
    if not (url := database_van("plaatsing")):
        return 2
    try:
        toegevoegd = asyncio.run(laad(url, kvk_nummers))
    except OngeldigKvkNummer as fout:
        print(fout, file=sys.stderr)
        return 2
    except Exception as fout:
        if not (reden := waarom_onbereikbaar(fout)):
            raise
        print(f"{reden} Er is niets gewijzigd.", file=sys.stderr)
        return 1
    print(f"{toegevoegd} werkplekken toegevoegd.")
    return 0
