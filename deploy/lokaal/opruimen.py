"""Starting over: everything the local run kept is deleted."""

from __future__ import annotations

import shutil
from pathlib import Path

from deploy.lokaal.postgres import LokalePostgres


def begin_opnieuw(map_: Path) -> None:
    """Delete the data of a local run that is not running. Raises PostgresStartFout when it is."""
    LokalePostgres(map_ / "postgres").wis()
    if map_.exists():
        shutil.rmtree(map_)
        print(f"Gegevens gewist: {map_}", flush=True)
