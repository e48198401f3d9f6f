"""A factuur for who reads or files it: one content, shown as HTML and as PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from chassis.documents import DocumentTemplate

FACTUUR: Final = DocumentTemplate(Path(__file__).parent, "factuur")
