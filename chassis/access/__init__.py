"""Who is calling: bearer tokens, the issuers we trust, a development issuer for the local run."""

from chassis.access.development_issuer import DevelopmentIssuer
from chassis.access.tokens import (
    Caller,
    IssuerUnreachable,
    TokenRefused,
    TokenVerifier,
)

__all__ = [
    "Caller",
    "DevelopmentIssuer",
    "IssuerUnreachable",
    "TokenRefused",
    "TokenVerifier",
]
