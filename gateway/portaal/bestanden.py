"""Files as HTTP answers: compressed once, sent again only when they changed."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field
from functools import cached_property

from starlette.requests import Request
from starlette.responses import Response

_WORTH_COMPRESSING = 1024


@dataclass(frozen=True)
class Bestand:
    """One file.  ``headers`` go with it, such as what a page may load."""

    content: bytes
    media_type: str
    headers: dict[str, str] = field(default_factory=dict)

    @cached_property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.content).hexdigest()[:32]}"'

    @cached_property
    def compressed(self) -> bytes:
        return gzip.compress(self.content, mtime=0)

    def response(self, request: Request) -> Response:
        # no-cache: keep it, but ask whether it is still the same, so a new release is seen at once.
        headers = {
            "Cache-Control": "no-cache",
            "ETag": self.etag,
            "Vary": "Accept-Encoding",
            **self.headers,
        }
        known = request.headers.get("if-none-match", "")
        if self.etag in (tag.strip().removeprefix("W/") for tag in known.split(",")):
            return Response(status_code=304, headers=headers)
        accepted = request.headers.get("accept-encoding", "")
        if len(self.content) > _WORTH_COMPRESSING and _takes_gzip(accepted):
            headers["Content-Encoding"] = "gzip"
            return Response(self.compressed, 200, headers, self.media_type)
        return Response(self.content, 200, headers, self.media_type)


def _takes_gzip(accepted: str) -> bool:
    codings = (part.replace(" ", "").lower() for part in accepted.split(","))
    return any(coding == "gzip" or coding.startswith("gzip;q=1") for coding in codings)
