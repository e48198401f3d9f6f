"""A document as HTML and as PDF; what stands in it is text in both, never markup.

A kind of document is a folder of three files: ``<name>.html`` (Jinja2), ``<name>.css`` and
``<name>.typ`` (Typst). Both templates get the same data, so both say the same.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import unicodedata
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jinja2
import typst

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

NOT_IN_PDF: Final = re.compile(
    "[^\x20-\x7e\xa0-\xac\xae-\u024f\u0370-\u04ff\u1e00-\u1eff\u2010-\u2027\u2030-\u2040\u20a0-\u20bf"
    "\u2190-\u22ff\u2500-\u25ff]"
)
"""What the fonts that come with typst may not have. A document with a sign that cannot be shown is
no valid PDF/A, so such a sign is shown as an empty square; in the HTML it stands as it is."""

_MAANDEN: Final = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


class DocumentTemplate:
    """How one kind of document looks; its data is a dataclass, known to both templates by name.

    html_security: the Content-Security-Policy of the HTML: its own style, and nothing that runs or
    is fetched.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._name = name
        self._style = (folder / f"{name}.css").read_text()
        self._html = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folder),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        ).get_template(f"{name}.html")
        self._pdf = (folder / f"{name}.typ").read_bytes()
        digest = base64.b64encode(hashlib.sha256(self._style.encode()).digest()).decode()
        self.html_security: Final = (
            f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; "
            "form-action 'none'; frame-ancestors 'none'"
        )

    def html(self, document: DataclassInstance) -> bytes:
        """The page; the template knows the document by the name, and the style as ``stijl``."""
        return self._html.render({self._name: document, "stijl": self._style}).encode()

    def pdf(self, document: DataclassInstance, made_at: datetime) -> bytes:
        """PDF/UA-1 and PDF/A-2a at once; takes processor time, so not for the event loop."""
        data = NOT_IN_PDF.sub("\u25a1", json.dumps(asdict(document), ensure_ascii=False))
        pdf = typst.compile(
            self._pdf,
            sys_inputs={self._name: data},
            ignore_system_fonts=True,
            pdf_standards=["ua-1", "a-2a"],
            timestamp=made_at.replace(microsecond=0),
        )
        if not isinstance(pdf, bytes):
            raise TypeError("a document is one file")
        return pdf


def in_words(day: date) -> str:
    """A day as a letter writes it: 14 april 2026."""
    return f"{day.day} {_MAANDEN[day.month - 1]} {day.year}"


def in_euros(amount: Decimal) -> str:
    """Euros as a Dutch reader writes them: € 1.234,56."""
    return "€ " + f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def readable(text: str) -> str:
    """Text without what cannot be seen, such as signs that turn the reading direction around."""
    normalized = unicodedata.normalize("NFC", text)
    visible = (" " if sign.isspace() else sign for sign in normalized)
    return "".join(sign for sign in visible if unicodedata.category(sign)[0] != "C").strip()


def paragraphs(text: str) -> tuple[str, ...]:
    """The lines of a text that say something."""
    return tuple(filter(None, (readable(line) for line in text.splitlines())))
