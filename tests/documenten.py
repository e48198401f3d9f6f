"""What a reader finds in a document: the text of HTML and PDF, and the structure of a PDF."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from typing import Any

import pikepdf


def tekst_uit_html(html: bytes) -> str:
    """The text of the body, as one line."""

    class Lezer(HTMLParser):
        tekst = ""

        def handle_data(self, data: str) -> None:
            self.tekst += f"{data} "

    lezer = Lezer()
    lezer.feed(html.decode().partition("<body>")[2])
    return " ".join(lezer.tekst.split())


def tekst_uit_pdf(document: bytes) -> str:
    """The text as one line, read through the tables that say which sign each glyph is."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        return " ".join(" ".join(_tekst(page) for page in pdf.pages).split())


def labels(element: Any) -> set[str]:
    """The kinds of structure element in a tagged PDF, from this element down."""
    gevonden = {str(element.S)} if "/S" in element else set()
    kinderen = element.get("/K", [])
    for kind in kinderen if isinstance(kinderen, pikepdf.Array) else [kinderen]:
        if isinstance(kind, pikepdf.Dictionary):
            gevonden |= labels(kind)
    return gevonden


def _tekst(page: pikepdf.Page) -> str:
    tekens = {n: _tekens(f) for n, f in page.resources.Font.items()}
    gevonden, font, regel = "", "", None
    for opdracht in pikepdf.parse_content_stream(page):
        operator, operanden = str(opdracht.operator), opdracht.operands
        if operator == "Tf":
            font = str(operanden[0])
        elif operator == "Tm":
            if regel is not None and operanden[5] != regel:
                gevonden += " "
            regel = operanden[5]
        elif operator in ("Tj", "TJ"):
            delen = operanden[0] if operator == "TJ" else [operanden[0]]
            for deel in delen:
                if isinstance(deel, pikepdf.String):
                    codes = bytes(deel)
                    for n in range(0, len(codes), 2):
                        gevonden += tekens[font].get(codes[n : n + 2].hex().upper(), "?")
    return gevonden


def _tekens(font: pikepdf.Object) -> dict[str, str]:
    tabel = font.ToUnicode.read_bytes().decode("latin-1")
    gevonden = {
        code.upper(): bytes.fromhex(uni).decode("utf-16-be")
        for code, uni in re.findall(r"<([0-9A-Fa-f]{4})> *<([0-9A-Fa-f]+)>\n", tabel)
    }
    for begin, eind, uni in re.findall(
        r"<([0-9A-Fa-f]{4})> *<([0-9A-Fa-f]{4})> *<([0-9A-Fa-f]+)>", tabel
    ):
        for n in range(int(begin, 16), int(eind, 16) + 1):
            teken = int(uni, 16) + n - int(begin, 16)
            gevonden[f"{n:04X}"] = teken.to_bytes(len(uni) // 2, "big").decode("utf-16-be")
    return gevonden
