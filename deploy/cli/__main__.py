"""python -m deploy.cli <opdracht>: find the command and run it."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

from deploy.cli.commandos import COMMANDOS


def main(argumenten: Sequence[str]) -> int:
    breedte = max(map(len, COMMANDOS))
    lezer = argparse.ArgumentParser(
        prog="./meedoen",
        usage="./meedoen <opdracht> [opties]",
        description="Meedoen: de participatieketen van gemeenten en WSD.",
        epilog="opdrachten:\n"
        + "\n".join(f"  {naam:<{breedte}}  {c.uitleg}" for naam, c in COMMANDOS.items())
        + "\n\nMeer over een opdracht: ./meedoen <opdracht> --help",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
    )
    lezer.add_argument("opdracht", nargs="?", help=argparse.SUPPRESS)
    lezer.add_argument("-h", "--help", action="store_true", help=argparse.SUPPRESS)
    keuze = lezer.parse_args(argumenten[:1])
    if keuze.help or not keuze.opdracht:
        lezer.print_help()
        return 0
    commando = COMMANDOS.get(keuze.opdracht)
    if commando is None:
        print(f"Onbekende opdracht: {keuze.opdracht}\n", file=sys.stderr)
        lezer.print_help(sys.stderr)
        return 2
    voer_uit = importlib.import_module(commando.module).main
    return int(voer_uit(argumenten[1:]))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
