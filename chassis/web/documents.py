"""How a route answers with a document for people: as HTML or as PDF, by Accept."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import Response

from chassis.documents import DocumentTemplate

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

HTML: Final = "text/html"
PDF: Final = "application/pdf"

DOCUMENT_CONTENT: Final[dict[str, Any]] = {
    HTML: {"schema": {"type": "string"}},
    PDF: {"schema": {"type": "string", "contentMediaType": PDF}},
}
"""For the 200 of `responses=`, under ``content``."""


async def document_response(
    template: DocumentTemplate,
    document: DataclassInstance,
    media_type: str,
    *,
    name: str,
    made_at: datetime,
) -> Response:
    """The document in the media type that the caller chose; name: of the file, without `.pdf`."""
    if media_type == PDF:
        pdf = await asyncio.to_thread(template.pdf, document, made_at)
        return Response(pdf, 200, {"Content-Disposition": f'inline; filename="{name}.pdf"'}, PDF)
    security = {"Content-Security-Policy": template.html_security}
    return Response(template.html(document), 200, security, f"{HTML}; charset=utf-8")
