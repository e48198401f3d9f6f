"""One address for all services: routes, checks the token, passes on, and answers what fails."""

from gateway.entry.entry import Entry
from gateway.entry.proxy import ReverseProxy

__all__ = ["Entry", "ReverseProxy"]
