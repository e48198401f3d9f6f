"""Where the terms of the law begin, and the events that end them without a besluit of their own."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.awb import BEZWAARTERMIJN, einde_bezwaartermijn
from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from services.intake.domain.aanvraag import Aanvraag, heeft_zoektermijn
from services.intake.domain.besluit import Besluit
from services.intake.domain.bewaakte_termijn import Termijnsoort
from services.intake.domain.kandidaat import Kandidaat
from services.intake.domain.termijnen import (
    BESLISTERMIJN,
    VOORSCHOTTERMIJN,
    einde_zoektermijn,
    kale_einddag,
    uiterste_heronderzoeksdatum,
    uiterste_plandatum,
)
from services.intake.use_cases.bewaak_termijn import (
    begin_termijn,
    haal_termijn,
    laat_termijn_vervallen,
)

KANDIDAAT = "kandidaat"
KLANTMANAGER = "klantmanager"


async def begin_zoektermijn(uow: UnitOfWork, kandidaat: Kandidaat, geboortedatum: date) -> None:
    """A jongere looks for work or school for four weeks first, art. 41 lid 4 Participatiewet.

    Nothing to watch when it is over by the time the melding is recorded.
    """
    melding = kandidaat.aangemeld_op
    if not heeft_zoektermijn(geboortedatum, melding, kandidaat.doelgroep):
        return
    laatste_dag = einde_zoektermijn(melding)
    if laatste_dag >= local_date(uow.now):
        await begin_termijn(
            uow,
            kandidaat,
            soort=Termijnsoort.ZOEKTERMIJN,
            begonnen_op=melding,
            laatste_dag=laatste_dag,
            rol=KANDIDAAT,
        )


async def begin_beslistermijn(uow: UnitOfWork, kandidaat: Kandidaat, aanvraag: Aanvraag) -> None:
    """Decide on the application within eight weeks, art. 4:13 Awb."""
    await begin_termijn(
        uow,
        kandidaat,
        soort=Termijnsoort.BESLISTERMIJN,
        begonnen_op=aanvraag.aangevraagd_op,
        laatste_dag=kale_einddag(aanvraag.aangevraagd_op, BESLISTERMIJN),
        rol=KLANTMANAGER,
        kenmerk=str(aanvraag.aanvraag_id),
        atw=True,
    )


async def begin_voorschottermijn(uow: UnitOfWork, kandidaat: Kandidaat, aanvraag: Aanvraag) -> None:
    """Pay an advance within four weeks of the application, and of each advance, art. 52 lid 1."""
    vanaf = max((aanvraag.aangevraagd_op, *aanvraag.voorschotten))
    await begin_termijn(
        uow,
        kandidaat,
        soort=Termijnsoort.VOORSCHOT,
        begonnen_op=vanaf,
        laatste_dag=kale_einddag(vanaf, VOORSCHOTTERMIJN),
        rol=KLANTMANAGER,
        kenmerk=str(aanvraag.aanvraag_id),
        atw=True,
    )


async def begin_bezwaartermijn(uow: UnitOfWork, kandidaat: Kandidaat, besluit: Besluit) -> None:
    """The kandidaat may object for six weeks from bekendmaking on, art. 6:7 and 6:8 Awb.

    Nothing to watch before the bekendmaking, nor when it is over by the time that is recorded.
    """
    bekend = besluit.bekendgemaakt_op
    if bekend is None or einde_bezwaartermijn(bekend) < local_date(uow.now):
        return
    await begin_termijn(
        uow,
        kandidaat,
        soort=Termijnsoort.BEZWAARTERMIJN,
        begonnen_op=bekend,
        laatste_dag=bekend + BEZWAARTERMIJN,
        rol=KANDIDAAT,
        kenmerk=str(besluit.besluit_id),
        atw=True,
    )


async def begin_plan_van_aanpak(
    uow: UnitOfWork, kandidaat: Kandidaat, besluit_id: UUID, verzocht_op: date
) -> None:
    """Make a plan van aanpak within six months of the request for an ontheffing, art. 9a lid 7.

    besluit_id: of the vrijstelling.
    """
    await begin_termijn(
        uow,
        kandidaat,
        soort=Termijnsoort.PLAN_VAN_AANPAK,
        begonnen_op=verzocht_op,
        laatste_dag=uiterste_plandatum(verzocht_op),
        rol=KLANTMANAGER,
        kenmerk=str(besluit_id),
    )


async def plan_van_aanpak_opgesteld(
    uow: UnitOfWork, kandidaat: Kandidaat, besluit_id: UUID, op: date
) -> None:
    """The plan is there; the first heronderzoek follows within six months, art. 9a lid 8."""
    kenmerk = str(besluit_id)
    await haal_termijn(uow, kandidaat.kandidaat_id, Termijnsoort.PLAN_VAN_AANPAK, kenmerk, op=op)
    await _begin_herbeoordeling(uow, kandidaat, besluit_id, op)


async def vrijstelling_herbeoordeeld(
    uow: UnitOfWork, kandidaat: Kandidaat, besluit_id: UUID, op: date
) -> None:
    """A heronderzoek was done; the next follows within six months, art. 9a lid 8."""
    soort, kenmerk = Termijnsoort.HERBEOORDELING_VRIJSTELLING, str(besluit_id)
    await haal_termijn(uow, kandidaat.kandidaat_id, soort, kenmerk, op=op)
    await _begin_herbeoordeling(uow, kandidaat, besluit_id, op)


async def vrijstelling_vervalt(uow: UnitOfWork, kandidaat_id: UUID, besluit_id: UUID) -> None:
    """Without the ontheffing there is no plan and no heronderzoek to wait for.

    The bezwaartermijn of a besluit runs on when it is withdrawn: it had effect until then.
    """
    for soort in (Termijnsoort.PLAN_VAN_AANPAK, Termijnsoort.HERBEOORDELING_VRIJSTELLING):
        await laat_termijn_vervallen(uow, kandidaat_id, soort, str(besluit_id))


async def _begin_herbeoordeling(
    uow: UnitOfWork, kandidaat: Kandidaat, besluit_id: UUID, vanaf: date
) -> None:
    await begin_termijn(
        uow,
        kandidaat,
        soort=Termijnsoort.HERBEOORDELING_VRIJSTELLING,
        begonnen_op=vanaf,
        laatste_dag=uiterste_heronderzoeksdatum(vanaf),
        rol=KLANTMANAGER,
        kenmerk=str(besluit_id),
    )
