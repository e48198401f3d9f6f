"""A service or the gateway as a process that lives by the clock in a file.

``python -m tests.storing.proces <service or gateway>``
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from chassis.process import main
from deploy.lokaal.poort import draai
from deploy.regio import SERVICES
from tests.storing.klok import Bestandsklok

KLOKBESTAND: Final = "MEEDOEN_PROEFKLOK"

if __name__ == "__main__":
    naam = sys.argv[1]
    klok = Bestandsklok(Path(os.environ[KLOKBESTAND]))
    if naam == "gateway":
        draai(clock=klok)
    else:
        main(next(service for service in SERVICES if service.name == naam), clock=klok)
