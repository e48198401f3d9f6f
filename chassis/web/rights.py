"""What a route asks of its caller: a token, a scope, a role, and a format we can answer in."""

from collections.abc import Iterable
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Right:
    """Checked at every request, and read by the OpenAPI builder: the two cannot differ."""

    scope: str
    roles: frozenset[str] = frozenset()
    """Roles that may do this; empty means any role with the scope."""
    etag: bool = False
    """Answers carry the version of the resource in ETag."""
    media_type: str = "application/json"
    """In which format it answers when all is well."""
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
        if not accepts(request.headers.getlist("accept"), self.media_type):
            raise NietLeverbaar
        return caller


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


def accepts(accept: Iterable[str], media_type: str) -> bool:
    """Whether an Accept header allows a media type; the most specific range decides."""
    header = ",".join(accept)
    if header in ("", "*/*", media_type):
        return True
    ranges = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
    allowed: dict[str, bool] = {}
    for media_range in header.split(","):
        named, *parameters = (part.strip().lower() for part in media_range.split(";"))
        allowed[named] = not any(_is_refusal(parameter) for parameter in parameters)
    return next((allowed[name] for name in ranges if name in allowed), False)


def _is_refusal(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    return name.strip() == "q" and value.strip().rstrip("0") in ("", ".", "0", "0.")
