"""Make a cluster's users, rights and quota what deploy.kafka.rechten says, and say what differed.

First compare (a pure function of what is wanted and what is on record), then change, then wait
until every broker knows. A second run finds nothing to do.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from pydantic import SecretStr

from chassis.settings import KafkaSecurity
from deploy.kafka.beheer import Acl, Beheer, KafkaBeheerFout, Stand
from deploy.kafka.rechten import (
    PRINCIPALS,
    Patroon,
    Principal,
    Recht,
    Soort,
    is_eigen_naam,
)
from deploy.kafka.verzoeken import SCRAM_SHA_512, Entiteit

_BEKEND_BINNEN: Final = 60.0
_STAP: Final = 0.1
_IEDEREEN: Final = "User:*"

Wachtwoorden = Mapping[str, SecretStr | None]
"""Per principal its password. None: it has none, it comes with a certificate. Who is not named
keeps what it has."""


@dataclass(frozen=True)
class Verschil:
    """What must change, and what only a person can judge.

    onbekend_wachtwoord: whose password on record must be tried; vreemd: rights of others that
    reach into ours, from a wider pattern than ours to take away.
    """

    acls_nieuw: frozenset[Acl] = frozenset()
    acls_weg: frozenset[Acl] = frozenset()
    logins_nieuw: frozenset[str] = frozenset()
    logins_weg: frozenset[tuple[str, int]] = frozenset()
    onbekend_wachtwoord: frozenset[str] = frozenset()
    quota: Mapping[Entiteit, Mapping[str, float | None]] = field(default_factory=dict)
    vreemd: frozenset[Acl] = frozenset()

    def regels(self) -> list[str]:
        """In Dutch, a line for each."""
        return [
            *(f"+ {acl}" for acl in sorted(self.acls_nieuw)),
            *(f"+ {naam}: wachtwoord" for naam in sorted(self.logins_nieuw)),
            *(f"- {acl} (niet van ons)" for acl in sorted(self.acls_weg)),
            *(f"- {naam}: wachtwoord (niet van ons)" for naam, _ in sorted(self.logins_weg)),
            *(
                f"{'-' if waarde is None else '+'} {_wie(entiteit)}: quotum {naam}"
                f"{'' if waarde is None else f' = {waarde:.0f}'}"
                for entiteit, waarden in sorted(self.quota.items(), key=str)
                for naam, waarde in sorted(waarden.items())
            ),
        ]


def vergelijk(
    principals: Iterable[Principal], stand: Stand, wachtwoorden: Wachtwoorden
) -> Verschil:
    """What a cluster with this on record still lacks, or has too much."""
    gewenst = {p.naam: p for p in principals}
    acls = frozenset(Acl(f"User:{p.naam}", recht) for p in gewenst.values() for recht in p.rechten)
    te_veel = stand.acls - acls

    def van_ons(acl: Acl) -> bool:
        return acl.naam in gewenst or is_eigen_naam(acl.naam) or _is_onze_bron(acl.recht)

    return Verschil(
        acls_nieuw=acls - stand.acls,
        acls_weg=frozenset(filter(van_ons, te_veel)),
        logins_nieuw=frozenset(
            naam
            for naam, wachtwoord in wachtwoorden.items()
            if wachtwoord and SCRAM_SHA_512 not in stand.logins.get(naam, ())
        ),
        logins_weg=frozenset(
            (naam, soort)
            for naam, soorten in stand.logins.items()
            for soort in soorten
            if _login_hoort_er_niet(naam, soort, gewenst, wachtwoorden)
        ),
        onbekend_wachtwoord=frozenset(
            naam
            for naam, wachtwoord in wachtwoorden.items()
            if wachtwoord and SCRAM_SHA_512 in stand.logins.get(naam, ())
        ),
        quota=_quota(gewenst, stand),
        vreemd=frozenset(a for a in te_veel if not van_ons(a) and _reikt_tot_ons(a)),
    )


def _login_hoort_er_niet(
    naam: str, soort: int, gewenst: Mapping[str, Principal], wachtwoorden: Wachtwoorden
) -> bool:
    if naam not in gewenst:
        return is_eigen_naam(naam)
    return soort != SCRAM_SHA_512 or (naam in wachtwoorden and wachtwoorden[naam] is None)


def _quota(
    gewenst: Mapping[str, Principal], stand: Stand
) -> dict[Entiteit, dict[str, float | None]]:
    """New values and, as None, those to take away; of our users only."""
    nodig: dict[Entiteit, Mapping[str, float]] = {
        (("user", p.naam),): p.quota for p in gewenst.values()
    }
    verschillen: dict[Entiteit, dict[str, float | None]] = {}
    for entiteit in nodig.keys() | stand.quota.keys():
        naam = dict(entiteit).get("user")
        if naam is None or not (naam in gewenst or is_eigen_naam(naam)):
            continue
        is_, moet = stand.quota.get(entiteit, {}), nodig.get(entiteit, {})
        verschil: dict[str, float | None] = {
            sleutel: moet.get(sleutel)
            for sleutel in is_.keys() | moet.keys()
            if is_.get(sleutel) != moet.get(sleutel)
        }
        if verschil:
            verschillen[entiteit] = verschil
    return verschillen


def _is_onze_bron(recht: Recht) -> bool:
    """Whether a right is about nothing but what is ours, so that nobody else has business there."""
    match recht.soort:
        case Soort.TOPIC:
            return recht.naam.startswith("meedoen.")
        case Soort.GROUP:
            return any(recht.naam.startswith(p.naam) for p in PRINCIPALS)
        case _:
            return False


def _reikt_tot_ons(acl: Acl) -> bool:
    """Whether a right of another covers something of ours, or makes everyone an operator."""
    recht = acl.recht
    match recht.soort:
        case Soort.TOPIC:
            onze = ["meedoen."]
        case Soort.GROUP:
            onze = [p.naam for p in PRINCIPALS]
        case _:
            return acl.principal == _IEDEREEN
    return recht.naam == "*" or (
        recht.patroon is Patroon.PREFIXED and any(naam.startswith(recht.naam) for naam in onze)
    )


def _wie(entiteit: Entiteit) -> str:
    return " ".join(f"{naam or 'ieder ander'}" for _, naam in entiteit)


@dataclass(frozen=True)
class Uitkomst:
    """verschil: what was found; gewijzigd: whose password was replaced; zonder: who has no login.

    ``zonder`` can come in with a certificate only.
    """

    verschil: Verschil
    gewijzigd: frozenset[str]
    zonder: frozenset[str]

    @property
    def is_gelijk(self) -> bool:
        """Whether everything was as it should be."""
        return not (self.verschil.regels() or self.gewijzigd or self.verschil.vreemd)

    def regels(self) -> list[str]:
        return [
            *self.verschil.regels(),
            *(f"~ {naam}: ander wachtwoord" for naam in sorted(self.gewijzigd)),
            *(
                f"! {acl} reikt tot wat van ons is; haal dit zelf weg of maak het nauwer"
                for acl in sorted(self.verschil.vreemd)
            ),
        ]


async def richt_toegang_in(
    bootstrap: str,
    beveiliging: KafkaSecurity,
    wachtwoorden: Wachtwoorden,
    *,
    principals: Iterable[Principal] = PRINCIPALS,
    alleen_kijken: bool = False,
) -> Uitkomst:
    """Compare, and unless told only to look, change. Raises KafkaBeheerFout."""
    principals = tuple(principals)
    _eis_bekende_namen(wachtwoorden, principals)
    async with Beheer(bootstrap, beveiliging) as beheer:
        if any(wachtwoorden.values()) and not beheer.kan_wachtwoorden_proberen:
            raise KafkaBeheerFout(
                "Wachtwoorden (MEEDOEN_KAFKA_WACHTWOORDEN) worden gecontroleerd door ermee in te "
                "loggen; verbind daarom met MEEDOEN_KAFKA_PROTOCOL=SASL_SSL."
            )
        stand = await beheer.stand()
        verschil = vergelijk(principals, stand, wachtwoorden)
        gewijzigd = await _met_ander_wachtwoord(beheer, verschil.onbekend_wachtwoord, wachtwoorden)
        zonder = frozenset(
            p.naam
            for p in principals
            if p.naam not in verschil.logins_nieuw and not stand.logins.get(p.naam)
        )
        uitkomst = Uitkomst(verschil, gewijzigd, zonder)
        if not alleen_kijken and not uitkomst.is_gelijk:
            await _wijzig(beheer, uitkomst, wachtwoorden)
            await _tot_overal_bekend(beheer, principals, uitkomst, wachtwoorden)
    return uitkomst


def _eis_bekende_namen(wachtwoorden: Wachtwoorden, principals: Iterable[Principal]) -> None:
    if onbekend := sorted(wachtwoorden.keys() - {p.naam for p in principals}):
        raise KafkaBeheerFout(
            f"MEEDOEN_KAFKA_WACHTWOORDEN noemt wie er niet is: {', '.join(onbekend)}."
        )


async def _met_ander_wachtwoord(
    beheer: Beheer, namen: Iterable[str], wachtwoorden: Wachtwoorden
) -> frozenset[str]:
    anders = set()
    for naam in namen:
        wachtwoord = wachtwoorden[naam]
        if wachtwoord and not await beheer.logt_in(beheer.als(naam, wachtwoord)):
            anders.add(naam)
    return frozenset(anders)


async def _wijzig(beheer: Beheer, uitkomst: Uitkomst, wachtwoorden: Wachtwoorden) -> None:
    verschil = uitkomst.verschil
    await beheer.verwijder_acls(verschil.acls_weg)
    await beheer.maak_acls(verschil.acls_nieuw)
    if verschil.quota:
        await beheer.zet_quota(verschil.quota)
    if verschil.logins_weg:
        await beheer.verwijder_logins(verschil.logins_weg)
    if nieuw := _te_zetten(uitkomst, wachtwoorden):
        await beheer.zet_wachtwoorden(nieuw)


def _te_zetten(uitkomst: Uitkomst, wachtwoorden: Wachtwoorden) -> dict[str, SecretStr]:
    namen = uitkomst.verschil.logins_nieuw | uitkomst.gewijzigd
    return {naam: w for naam in namen if (w := wachtwoorden[naam])}


async def _tot_overal_bekend(
    beheer: Beheer, principals: Iterable[Principal], uitkomst: Uitkomst, wachtwoorden: Wachtwoorden
) -> None:
    """Wait for the brokers, which learn of a change one after another."""
    nieuw = _te_zetten(uitkomst, wachtwoorden)

    async def weet_alles(broker: int) -> bool:
        if vergelijk(principals, await beheer.stand(broker), wachtwoorden).regels():
            return False
        for naam, wachtwoord in nieuw.items():
            if not await beheer.logt_in(beheer.als(naam, wachtwoord), broker):
                return False
        return True

    try:
        async with asyncio.timeout(_BEKEND_BINNEN):
            for broker in beheer.brokers():
                while not await weet_alles(broker):  # noqa: ASYNC110 - the broker is asked
                    await asyncio.sleep(_STAP)
    except TimeoutError:
        raise KafkaBeheerFout(
            f"Niet elke broker kent de wijzigingen na {_BEKEND_BINNEN:.0f} s; draai het nog eens."
        ) from None
