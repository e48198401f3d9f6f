"""HTTP to other servers, such that whatever becomes of a connection is said in one way."""

from __future__ import annotations

import httpx2


class Transport(httpx2.AsyncHTTPTransport):
    """That of httpx2, for every event loop.

    Of a connection that was reset right after it was made uvloop has no socket any more. anyio,
    under httpx2, asks that for its peer and raises AttributeError (seen with anyio 4.16, uvloop
    0.23). Nothing has been sent then: it is a connection that was not made.
    """

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Raises httpx2.TransportError."""
        try:
            return await super().handle_async_request(request)
        except AttributeError as error:
            raise httpx2.ConnectError("the connection was reset", request=request) from error
