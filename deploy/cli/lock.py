"""./meedoen lock: make both lock files again from requirements.in and requirements-dev.in."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence

from deploy.installatie import ONTWIKKELEN, UITVOEREN, WORTEL


def main(argumenten: Sequence[str]) -> int:
    lezer = argparse.ArgumentParser(
        prog="./meedoen lock",
        description="Maakt requirements.lock en requirements-dev.lock opnieuw, met hashes en voor "
        "elk platform. Wat al vastligt blijft staan.",
    )
    lezer.add_argument("--nieuwste", action="store_true", help="neem de nieuwste versies")
    keuze = lezer.parse_args(argumenten)
    for lock in (UITVOEREN, ONTWIKKELEN):
        opdracht = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-header"]
        opdracht += ["--generate-hashes", "--universal", "--python-version=3.11"]
        opdracht += ["--upgrade"] if keuze.nieuwste else []
        opdracht += [lock.replace(".lock", ".in"), f"--output-file={lock}"]
        if code := subprocess.call(opdracht, cwd=WORTEL, stdout=subprocess.DEVNULL):
            return code
        print(f"{lock} is bijgewerkt")
    return 0
