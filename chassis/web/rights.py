"""What a route asks of its caller: a token, a scope, a role, and a format we can answer in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from chassis.access import Caller, IssuerUnreachable, TokenRefused, TokenVerifier
from chassis.tenancy import BEHEER, SYSTEM
from chassis.web.invalid_input import fault
from chassis.web.problems import (
    GeenToegang,
    NietAangemeld,
    NietLeverbaar,
    OngeldigeInvoer,
    TijdelijkNietBeschikbaar,
)

_WEIGHT: Final = re.compile(r"[01]?\.?[0-9]{0,3}", re.A)


@dataclass(frozen=True, slots=True)
class Right:
    """Checked at every request, and read by the OpenAPI builder: the two cannot differ."""

    scope: str
    roles: frozenset[str] = frozenset()
    """Roles that may do this; empty means any role with the scope."""
    etag: bool = False
    """Answers carry the version of the resource in ETag."""
    media_types: tuple[str, ...] = ("application/json",)
    """In which formats it can answer when all is well; the first, where the caller has no wish."""
    operator: bool = False
    """Only for who runs the platform, about the chassis' own tables; all else is not for them."""

    def acts_for(self, caller: Caller) -> str:
        """The organisation that the transaction of a request acts for."""
        return SYSTEM if self.operator else caller.organisation

    async def admit(self, request: Request) -> Caller:
        caller = await identify(request)
        request.scope["meedoen.caller"] = caller
        _refuse_unstorable_address(request)
        if self.scope not in caller.scopes:
            raise GeenToegang(f"Het token mist de scope {self.scope}.", scope=self.scope)
        if self.operator != (caller.organisation == BEHEER):
            raise GeenToegang(
                "Dit is alleen voor de beheerder van het platform."
                if self.operator
                else "De beheerder van het platform ziet geen gegevens van kandidaten."
            )
        if self.roles and caller.role not in self.roles:
            allowed = sorted(self.roles)
            raise GeenToegang(f"Dit mag alleen in de rol {' of '.join(allowed)}.", rollen=allowed)
        if self.chosen(request) is None:
            raise NietLeverbaar(f"Vraag om {' of '.join(self.media_types)} in de header Accept.")
        return caller

    def chosen(self, request: Request) -> str | None:
        """The format that the caller likes best of those we can answer in; None: not one."""
        return preferred(request.headers.getlist("accept"), self.media_types)


async def identify(request: Request) -> Caller:
    """The caller by the token in the Authorization header, and nowhere else."""
    access: TokenVerifier = request.app.state.access
    sent = request.headers.getlist("authorization")
    try:
        return await access.caller(sent[0] if len(sent) == 1 else None)
    except TokenRefused as refused:
        challenge = 'Bearer realm="meedoen"' + (', error="invalid_token"' if sent else "")
        raise NietAangemeld(refused.reason, headers={"WWW-Authenticate": challenge}) from refused
    except IssuerUnreachable as unreachable:
        raise TijdelijkNietBeschikbaar(
            "De uitgever van het token is niet bereikbaar; probeer het straks opnieuw.",
            retry_after=30,
        ) from unreachable


def _refuse_unstorable_address(request: Request) -> None:
    # Anything else that is not text has been replaced by U+FFFD when the address was decoded.
    has_nul = {
        "path": "\0" in request.scope["path"],
        "query": b"%00" in request.scope["query_string"],
    }
    found = [
        fault(place, "onleesbare-tekst", "Verwijder het NUL-teken.")
        for place, it_has in has_nul.items()
        if it_has
    ]
    if found:
        raise OngeldigeInvoer(*found)


def preferred(accept: Iterable[str], media_types: Sequence[str]) -> str | None:
    """What an Accept header likes best of these; of what it likes as much, the first.

    Of ranges that fit a media type the most specific decides. None when it allows not one.
    """
    header = ",".join(accept)
    if header in ("", "*/*", media_types[0]):
        return media_types[0]
    liked: dict[str, float] = {}
    for media_range in header.split(","):
        named, *parameters = (part.strip().lower() for part in media_range.split(";"))
        liked[named] = min((_quality(parameter) for parameter in parameters), default=1.0)

    def quality(media_type: str) -> float:
        ranges = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
        return next((liked[name] for name in ranges if name in liked), 0.0)

    best = max(media_types, key=quality)
    return best if quality(best) > 0 else None


def _quality(parameter: str) -> float:
    """The weight that a parameter gives; anything but a weight that can be read gives none."""
    name, _, value = parameter.partition("=")
    if name.strip() != "q" or not _WEIGHT.fullmatch(value.strip()):
        return 1.0
    return float(f"0{value.strip()}")
