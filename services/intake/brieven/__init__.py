"""The letter by which a besluit reaches the kandidaat: one content, shown as HTML and as PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from chassis.documents import DocumentTemplate

BRIEF: Final = DocumentTemplate(Path(__file__).parent, "brief")
