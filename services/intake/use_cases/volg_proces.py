"""A kandidaat goes by the process of their gemeente: begun, done step by step, moved, ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from chassis.clock import local_date
from chassis.tenancy import WSD
from chassis.unit_of_work import UnitOfWork
from chassis.web.problems import NietGevonden
from contracts import intake as contract
from services.intake import procesverlopen, procesversies, store
from services.intake.afnemers import afnemers
from services.intake.bpmn import Procesdefinitie
from services.intake.domain.bewaakte_termijn import Termijnsoort
from services.intake.domain.fouten import (
    GeenProcesmigratie,
    StapNietAanDeBeurt,
    StapNietVerlengbaar,
)
from services.intake.domain.kandidaat import Kandidaat, Poortbesluit, Trajectbesluit
from services.intake.domain.leeftijdsgroep import leeftijd_op
from services.intake.domain.proces import (
    Feit,
    Feiten,
    GezetteStap,
    Handeling,
    OpenStap,
    Stap,
)
from services.intake.domain.termijnen import laatste_dag
from services.intake.gemeenten import gemeenten
from services.intake.motor import Stand, speel
from services.intake.procesverlopen import Procesverloop, VastgelegdeStap
from services.intake.use_cases.bewaak_termijn import (
    begin_termijn,
    haal_termijn,
    laat_termijn_vervallen,
)

_VANZELF: Final = "vanzelf"
"""The role of a step that was done by an act of the domain."""


@dataclass(frozen=True, slots=True)
class TeZetten:
    """A step as somebody says it was done."""

    stap: str
    gezet_op: date
    feiten: Mapping[str, Feit]
    rol: str


@dataclass(frozen=True, slots=True)
class TeBeginnen:
    """A kandidaat who goes by the process of their gemeente from a day on."""

    kandidaat: Kandidaat
    geboortedatum: date
    op: date


async def begin_proces(
    uow: UnitOfWork, kandidaat: Kandidaat, geboortedatum: date, *, op: date
) -> None:
    """From a day on the kandidaat goes by the newest version of the process of their gemeente."""
    await begin_processen(uow, [TeBeginnen(kandidaat, geboortedatum, op)])


async def begin_processen(uow: UnitOfWork, te_beginnen: Sequence[TeBeginnen]) -> None:
    """The same for many; who begin alike on one day are at the same point, worked out once."""
    standen: dict[Any, Stand] = {}
    verlopen = []
    for nieuw in te_beginnen:
        kandidaat, op = nieuw.kandidaat, nieuw.op
        definitie = procesversies.nieuwste(kandidaat.gemeentecode)
        altijd: Feiten = {
            "leeftijd": leeftijd_op(nieuw.geboortedatum, op),
            "doelgroep": kandidaat.doelgroep.value,
            "instroomkanaal": kandidaat.instroomkanaal.value,
            "gebiedsteam": kandidaat.gebiedsteam or "",
            "model": gemeenten().afspraken.geldend(kandidaat.gemeentecode, op).model.value,
        }
        gelijk = (definitie.proces, definitie.versie, op, *altijd.values())
        if gelijk not in standen:
            standen[gelijk] = speel(definitie, altijd, op, [])
        verlopen.append(
            procesverlopen.NieuwVerloop(
                uuid4(),
                kandidaat.kandidaat_id,
                kandidaat.gemeentecode,
                definitie,
                op,
                altijd,
                standen[gelijk],
            )
        )
    await procesverlopen.begin(uow, verlopen)
    for nieuw, verloop in zip(te_beginnen, verlopen, strict=True):
        await _bewaak_geopend(uow, nieuw.kandidaat, verloop.stand.open)


async def zet_stap(uow: UnitOfWork, kandidaat_id: UUID, te_zetten: TeZetten) -> Procesverloop:
    """Do a step that is open. Raises NietGevonden, StapNietAanDeBeurt and what Stap and OpenStap
    raise."""
    kandidaat = await store.neem(uow, kandidaat_id)
    verloop = await _lopend(uow, kandidaat_id)
    open_stap = _open(verloop, te_zetten.stap)
    stap = open_stap.stap
    stap.toets_door(rol=te_zetten.rol, is_wsd=uow.organisation == WSD)
    stap.toets_feiten(te_zetten.feiten)
    open_stap.toets_dag(te_zetten.gezet_op, local_date(uow.now))
    await _zet(
        uow,
        kandidaat,
        verloop,
        VastgelegdeStap(
            GezetteStap(stap.code, te_zetten.gezet_op, dict(te_zetten.feiten)),
            uow.organisation,
            te_zetten.rol,
        ),
    )
    if stap.handeling is Handeling.QUICK_SCAN:
        uow.emit(
            contract.QuickScanAfgerond(
                kandidaat_id=kandidaat_id,
                gemeentecode=kandidaat.gemeentecode,
                afgerond_op=te_zetten.gezet_op,
            ),
            afnemers=afnemers(kandidaat),
        )
    return await volg_handelingen(uow, kandidaat) or verloop


async def volg_handelingen(uow: UnitOfWork, kandidaat: Kandidaat) -> Procesverloop | None:
    """Do the open steps whose act of the domain has been done; again as long as that opens more.

    An act counts for one step only: after a way back the next one waits for a new act.
    Returns the process as it is then; None when there is none.
    """
    while verloop := await procesverlopen.huidig(uow, kandidaat.kandidaat_id):
        volgende = next(
            (s for regel in verloop.open if (s := _gedaan(kandidaat, verloop, regel.open))), None
        )
        if volgende is None:
            break
        await _zet(uow, kandidaat, verloop, volgende)
    return verloop


async def verleng_stap(
    uow: UnitOfWork, kandidaat_id: UUID, code: str, *, rol: str
) -> Procesverloop:
    """Extend the term of an open step, once. Raises NietGevonden, StapNietAanDeBeurt,
    StapNietVerlengbaar, AndereRol, AndereOrganisatie."""
    kandidaat = await store.neem(uow, kandidaat_id)
    verloop = await _lopend(uow, kandidaat_id)
    open_stap = _open(verloop, code)
    open_stap.stap.toets_door(rol=rol, is_wsd=uow.organisation == WSD)
    if open_stap.stap.verlenging is None:
        raise StapNietVerlengbaar("Het proces van de gemeente kent voor deze stap geen verlenging.")
    if open_stap.verlengd:
        raise StapNietVerlengbaar("De termijn is al een keer verlengd.")
    verlengd = replace(open_stap, verlengd=True)
    await procesverlopen.bewaar_verlenging(uow, verloop.verloop_id, verlengd)
    await _bewaak(uow, kandidaat, verlengd)
    return await _lees(uow, kandidaat_id)


async def evalueer_stap(
    uow: UnitOfWork, kandidaat_id: UUID, code: str, *, op: date, rol: str
) -> Procesverloop:
    """An open step was evaluated; the next evaluation is due a period later. Raises NietGevonden,
    StapNietAanDeBeurt, StapPastNietOpDag, AndereRol, AndereOrganisatie."""
    kandidaat = await store.neem(uow, kandidaat_id)
    verloop = await _lopend(uow, kandidaat_id)
    open_stap = _open(verloop, code)
    stap = open_stap.stap
    stap.toets_door(rol=rol, is_wsd=uow.organisation == WSD)
    if stap.evaluatie is None:
        raise StapNietAanDeBeurt("Het proces van de gemeente kent voor deze stap geen evaluaties.")
    open_stap.toets_dag(op, local_date(uow.now))
    await haal_termijn(uow, kandidaat_id, Termijnsoort.PROCESSTAP, _kenmerk_evaluatie(code), op=op)
    await procesverlopen.tel_evaluatie(uow, verloop.verloop_id, code)
    await _bewaak_evaluatie(uow, kandidaat, open_stap, vanaf=op)
    return await _lees(uow, kandidaat_id)


async def migreer_proces(uow: UnitOfWork, kandidaat_id: UUID, versie: int) -> Procesverloop:
    """Go over to another version of the same process.

    Only when every step that was done can be done there too, in the same order and with the same
    facts. Raises NietGevonden, GeenProcesmigratie.
    """
    kandidaat = await store.neem(uow, kandidaat_id)
    verloop = await _lopend(uow, kandidaat_id)
    naar = procesversies.versie(verloop.definitie.proces, versie)
    if naar is None:
        raise GeenProcesmigratie("Deze versie van het proces bestaat niet.")
    try:
        _toets_gezet(naar, verloop.stappen)
        stand = speel(naar, verloop.altijd, verloop.begonnen_op, verloop.stappen)
    except (StapNietAanDeBeurt, KeyError) as fout:
        raise GeenProcesmigratie(
            "Wat de kandidaat al heeft gedaan past niet in de nieuwe versie. Laat de kandidaat het "
            "proces afmaken in de versie van nu."
        ) from fout
    await procesversies.leg_vast(uow, naar)
    await procesverlopen.bewaar_versie(uow, verloop.verloop_id, versie)
    await _bewaar(
        uow,
        kandidaat,
        verloop.verloop_id,
        was=[regel.open for regel in verloop.open],
        stand=stand,
        op=verloop.laatst_gezet_op,
    )
    return await _lees(uow, kandidaat_id)


async def breek_proces_af(uow: UnitOfWork, kandidaat_id: UUID, *, op: date) -> None:
    """The kandidaat leaves the process where it is: flowed out, or gone to another gemeente."""
    for code in await procesverlopen.breek_af(uow, kandidaat_id, op):
        for kenmerk in (code, _kenmerk_evaluatie(code)):
            await laat_termijn_vervallen(uow, kandidaat_id, Termijnsoort.PROCESSTAP, kenmerk)


async def hervat_proces(uow: UnitOfWork, kandidaat: Kandidaat) -> None:
    """The kandidaat is back in the process where it was broken off; its terms are watched again."""
    verloop = await procesverlopen.hervat(uow, kandidaat.kandidaat_id)
    if verloop is None:
        return
    stand = speel(verloop.definitie, verloop.altijd, verloop.begonnen_op, verloop.stappen)
    await _bewaar(
        uow, kandidaat, verloop.verloop_id, was=(), stand=stand, op=verloop.laatst_gezet_op
    )
    await volg_handelingen(uow, kandidaat)


async def _zet(
    uow: UnitOfWork, kandidaat: Kandidaat, verloop: Procesverloop, gezet: VastgelegdeStap
) -> None:
    stand = speel(
        verloop.definitie, verloop.altijd, verloop.begonnen_op, [*verloop.stappen, gezet.gezet]
    )
    await procesverlopen.voeg_stap_toe(uow, verloop, len(verloop.gezet) + 1, gezet)
    code, op = gezet.gezet.code, gezet.gezet.gezet_op
    for kenmerk in _kenmerken(verloop.definitie.stappen[code]):
        await haal_termijn(uow, kandidaat.kandidaat_id, Termijnsoort.PROCESSTAP, kenmerk, op=op)
    was = [regel.open for regel in verloop.open if regel.open.stap.code != code]
    await _bewaar(uow, kandidaat, verloop.verloop_id, was=was, stand=stand, op=op)


async def _bewaar(
    uow: UnitOfWork,
    kandidaat: Kandidaat,
    verloop_id: UUID,
    *,
    was: Sequence[OpenStap],
    stand: Stand,
    op: date,
) -> None:
    """Keep where the steps led, and watch the terms of what opened."""
    await procesverlopen.bewaar_stand(
        uow,
        verloop_id=verloop_id,
        kandidaat_id=kandidaat.kandidaat_id,
        gemeentecode=kandidaat.gemeentecode,
        stand=stand,
        geeindigd_op=op,
    )
    eerder = {(o.stap.code, o.sinds) for o in was}
    nu = {(o.stap.code, o.sinds) for o in stand.open}
    for code, _ in eerder - nu:
        for kenmerk in (code, _kenmerk_evaluatie(code)):
            await laat_termijn_vervallen(
                uow, kandidaat.kandidaat_id, Termijnsoort.PROCESSTAP, kenmerk
            )
    await _bewaak_geopend(
        uow, kandidaat, [o for o in stand.open if (o.stap.code, o.sinds) not in eerder]
    )


async def _bewaak_geopend(
    uow: UnitOfWork, kandidaat: Kandidaat, geopend: Sequence[OpenStap]
) -> None:
    for open_stap in geopend:
        await _bewaak(uow, kandidaat, open_stap)
        await _bewaak_evaluatie(uow, kandidaat, open_stap, vanaf=open_stap.sinds)


async def _bewaak(uow: UnitOfWork, kandidaat: Kandidaat, open_stap: OpenStap) -> None:
    if open_stap.uiterlijk is not None:
        await begin_termijn(
            uow,
            kandidaat,
            soort=Termijnsoort.PROCESSTAP,
            begonnen_op=open_stap.sinds,
            laatste_dag=open_stap.uiterlijk,
            rol=open_stap.stap.rol,
            kenmerk=open_stap.stap.code,
        )


async def _bewaak_evaluatie(
    uow: UnitOfWork, kandidaat: Kandidaat, open_stap: OpenStap, *, vanaf: date
) -> None:
    stap = open_stap.stap
    if stap.evaluatie is not None:
        await begin_termijn(
            uow,
            kandidaat,
            soort=Termijnsoort.PROCESSTAP,
            begonnen_op=vanaf,
            laatste_dag=laatste_dag(vanaf, stap.evaluatie, wettelijk=False),
            rol=stap.rol,
            kenmerk=_kenmerk_evaluatie(stap.code),
        )


def _gedaan(
    kandidaat: Kandidaat, verloop: Procesverloop, open_stap: OpenStap
) -> VastgelegdeStap | None:
    """The open step as done by an act of the domain that no earlier step took; None without."""
    handeling = open_stap.stap.handeling
    if handeling is None or not handeling.gaat_vanzelf:
        return None
    eerder = sum(
        verloop.definitie.stappen[gezet.code].handeling is handeling for gezet in verloop.stappen
    )
    daden = _daden(kandidaat, handeling)
    if len(daden) <= eerder or daden[-1].ingetrokken:
        return None
    daad = daden[-1]
    return VastgelegdeStap(
        GezetteStap(open_stap.stap.code, max(daad.op, open_stap.niet_voor), daad.feiten),
        daad.door,
        _VANZELF,
    )


@dataclass(frozen=True, slots=True)
class _Daad:
    op: date
    door: str
    feiten: Feiten
    ingetrokken: bool = False


def _daden(kandidaat: Kandidaat, handeling: Handeling) -> list[_Daad]:
    """What was done of this kind, the last one last."""
    match handeling:
        case Handeling.POORTBESLUIT:
            return [
                _Daad(
                    p.besluit.genomen_op,
                    p.besluit.genomen_door.organisatie,
                    {"poortuitkomst": p.uitkomst},
                    ingetrokken=p.besluit.intrekking is not None,
                )
                for p in kandidaat.van_soort(Poortbesluit)
            ]
        case Handeling.DOORVERWIJZING if kandidaat.doorverwezen_op is not None:
            return [_Daad(kandidaat.doorverwezen_op, kandidaat.gemeentecode, {})]
        case Handeling.ADVIES if kandidaat.advies is not None:
            return [_Daad(kandidaat.advies.gegeven_op, WSD, {})]
        case Handeling.TRAJECTBESLUIT:
            return [
                _Daad(
                    t.besluit.genomen_op,
                    t.besluit.genomen_door.organisatie,
                    {
                        "programma": t.programma,
                        "met_wsd": t.met_wsd,
                        "inkooporder_nodig": t.inkooporder_nodig,
                    },
                    ingetrokken=t.besluit.intrekking is not None,
                )
                for t in kandidaat.van_soort(Trajectbesluit)
            ]
        case Handeling.INKOOPORDER:
            return [
                _Daad(t.inkooporder.geplaatst_op, t.besluit.college, {})
                for t in kandidaat.van_soort(Trajectbesluit)
                if t.inkooporder is not None
            ]
    return []


def _toets_gezet(naar: Procesdefinitie, gezet: Sequence[GezetteStap]) -> None:
    """Every step that was done asks the same facts there. Raises KeyError, StapNietAanDeBeurt."""
    for stap in gezet:
        vraagt = {veld.naam for veld in naar.stappen[stap.code].velden}
        if naar.stappen[stap.code].handeling is None and vraagt != set(stap.feiten):
            raise StapNietAanDeBeurt(f"De stap {stap.code} vraagt daar andere feiten.")


async def _lees(uow: UnitOfWork, kandidaat_id: UUID) -> Procesverloop:
    verloop = await procesverlopen.huidig(uow, kandidaat_id)
    if verloop is None:
        raise NietGevonden
    return verloop


async def _lopend(uow: UnitOfWork, kandidaat_id: UUID) -> Procesverloop:
    verloop = await _lees(uow, kandidaat_id)
    if verloop.status != procesverlopen.LOOPT:
        raise StapNietAanDeBeurt("Het proces van deze kandidaat is geëindigd.")
    return verloop


def _open(verloop: Procesverloop, code: str) -> OpenStap:
    for regel in verloop.open:
        if regel.open.stap.code == code:
            return regel.open
    codes = ", ".join(regel.open.stap.code for regel in verloop.open)
    raise StapNietAanDeBeurt(f"Aan de beurt is nu: {codes}.")


def _kenmerken(stap: Stap) -> list[str]:
    """By what its terms are known: its own, and that of its next evaluation."""
    kenmerken = [stap.code] if stap.termijn else []
    return [*kenmerken, _kenmerk_evaluatie(stap.code)] if stap.evaluatie else kenmerken


def _kenmerk_evaluatie(code: str) -> str:
    return f"{code}/evaluatie"
