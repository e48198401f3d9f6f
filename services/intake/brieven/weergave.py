"""A letter as HTML and as PDF; what stands in it is text in both, never markup."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Final

import jinja2
import typst

from services.intake.brieven.inhoud import Brief

_MAP: Final = Path(__file__).parent
_STIJL: Final = (_MAP / "brief.css").read_text()
_HTML: Final = jinja2.Environment(
    loader=jinja2.FileSystemLoader(_MAP),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
).get_template("brief.html")
_PDF: Final = (_MAP / "brief.typ").read_bytes()

_HASH: Final = base64.b64encode(hashlib.sha256(_STIJL.encode()).digest()).decode()
HTML_BEVEILIGING: Final = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""Content-Security-Policy of the HTML: its own style, and nothing that runs or is fetched."""

NIET_IN_PDF: Final = re.compile(
    "[^\x20-\x7e\xa0-\xac\xae-\u024f\u0370-\u04ff\u1e00-\u1eff\u2010-\u2027\u2030-\u2040\u20a0-\u20bf"
    "\u2190-\u22ff\u2500-\u25ff]"
)
"""What the fonts that come with typst may not have. A letter with a sign that cannot be shown is
no valid PDF/A, so such a sign is shown as an empty square; in the HTML it stands as it is."""


def als_html(brief: Brief) -> bytes:
    return _HTML.render(brief=brief, stijl=_STIJL).encode()


def als_pdf(brief: Brief, gemaakt_op: datetime) -> bytes:
    """PDF/UA-1 and PDF/A-2a at once; takes processor time, so not for the event loop."""
    inhoud = NIET_IN_PDF.sub("\u25a1", json.dumps(asdict(brief), ensure_ascii=False))
    pdf = typst.compile(
        _PDF,
        sys_inputs={"brief": inhoud},
        ignore_system_fonts=True,
        pdf_standards=["ua-1", "a-2a"],
        timestamp=gemaakt_op.replace(microsecond=0),
    )
    if not isinstance(pdf, bytes):
        raise TypeError("a letter is one document")
    return pdf
