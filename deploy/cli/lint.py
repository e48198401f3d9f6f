"""./meedoen lint: every check runs, every result shows, one failure is a failure."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence

from deploy.installatie import WORTEL

PY = sys.executable
IMPORTREGELS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
CONTROLES = {
    "stijl (ruff check)": [PY, "-m", "ruff", "check"],
    "opmaak (ruff format)": [PY, "-m", "ruff", "format", "--check"],
    "types (mypy --strict)": [PY, "-m", "mypy"],
    "importregels (import-linter)": [PY, "-c", IMPORTREGELS],
}


def main(argumenten: Sequence[str]) -> int:
    argparse.ArgumentParser(
        prog="./meedoen lint",
        description=f"Controleert de code: {', '.join(CONTROLES)}.",
    ).parse_args(argumenten)
    mislukt = 0
    for naam, opdracht in CONTROLES.items():
        begin = time.monotonic()
        uitkomst = subprocess.run(
            opdracht,
            cwd=WORTEL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        goed = uitkomst.returncode == 0
        duur = time.monotonic() - begin
        print(f"{naam:<30} {'goed' if goed else 'FOUT'}  {duur:5.1f} s", flush=True)
        if not goed:
            print(uitkomst.stdout, flush=True)
            mislukt += 1
    return 1 if mislukt else 0
