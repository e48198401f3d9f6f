"""What runs together: the four services, in the order in which a kandidaat meets them."""

from __future__ import annotations

from typing import Final

from chassis.runtime import Service
from services.diagnose.service import SERVICE as DIAGNOSE
from services.financiering.service import SERVICE as FINANCIERING
from services.intake.service import SERVICE as INTAKE
from services.plaatsing.service import SERVICE as PLAATSING

SERVICES: Final[tuple[Service, ...]] = (INTAKE, DIAGNOSE, PLAATSING, FINANCIERING)
