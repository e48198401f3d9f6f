"""The college decides on a loonkostensubsidie, in a beschikking that it has sent."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from chassis.clock import local_date
from chassis.tenancy import is_gemeente
from chassis.unit_of_work import Reading, UnitOfWork
from chassis.web.problems import NietGevonden
from contracts.financiering import Beschikkingsoort as Gezegd
from contracts.financiering import LKSBeschikkingGegeven
from services.financiering.afnemers import afnemers
from services.financiering.domain.beschikking import (
    Beschikking,
    Beschikkingsoort,
    Besluitinhoud,
    eindig_doelgroep,
    eis_bekendmaking,
    eis_voorgesteld,
    stel_besluit_voor,
)
from services.financiering.domain.fouten import BeschikkingVanGemeente
from services.financiering.domain.lks_dossier import Loonkostensubsidie
from services.financiering.domain.termijn import Financieringstermijnsoort
from services.financiering.store import beschikkingen, kandidaten, loonkostensubsidies
from services.financiering.store.termijnen import TERMIJNEN
from services.financiering.use_cases.herbeoordeel import herbeoordeel


@dataclass(frozen=True, slots=True)
class Voorstel:
    """What the college has to decide now (None: nothing), and on what."""

    bewaard: loonkostensubsidies.Bewaard
    inhoud: Besluitinhoud | None


@dataclass(frozen=True, slots=True)
class Beschikkingsopdracht:
    """soort: what is decided, which must be what is proposed. rol: of who decides.

    einde_doelgroep: last day of subsidy when the college establishes that the worker no longer
    belongs to the doelgroep; then the decision is its own, a beeindiging, and not a proposal.
    """

    soort: Beschikkingsoort
    motivering: str = field(repr=False)
    bekendgemaakt_op: date
    rol: str
    einde_doelgroep: date | None = None


@dataclass(frozen=True, slots=True)
class Gegeven:
    """A beschikking that was just given. versie: of the subsidy from here on."""

    beschikking: Beschikking
    gemeentecode: str
    versie: int


def eis_college(organisatie: str) -> None:
    """Raises BeschikkingVanGemeente."""
    if not is_gemeente(organisatie):
        raise BeschikkingVanGemeente(
            "Het besluit en de brief zijn van het college van de gemeente van de kandidaat. Laat "
            "haar beslissen; WSD leest het beschikkingsvoorstel en de beschikking mee."
        )


async def stel_beschikking_voor(uow: Reading, lks_id: UUID) -> Voorstel | None:
    """None when there is no such subsidy for this organisation."""
    bewaard = await loonkostensubsidies.haal(uow, lks_id)
    if bewaard is None:
        return None
    gegeven = await beschikkingen.van_lks(uow, lks_id)
    return Voorstel(bewaard, stel_besluit_voor(bewaard.lks, bewaard.feiten, gegeven))


async def leg_beschikking_vast(
    uow: UnitOfWork,
    lks: Loonkostensubsidie,
    beschikking: Beschikking,
    motivering: str,
    ontvangers: Collection[str],
) -> None:
    """Store it with what it makes of the subsidy, whose kandidaat is under lock, and say it."""
    await beschikkingen.voeg_toe(uow, beschikking, motivering)
    await loonkostensubsidies.bewaar_beschikt(uow, beschikking.toegepast(lks))
    soort = Financieringstermijnsoort.BESLISSING_LKS
    await TERMIJNEN.haal(uow, lks, soort, op=beschikking.bekendgemaakt_op)
    uow.emit(
        LKSBeschikkingGegeven(
            kandidaat_id=beschikking.kandidaat_id,
            gemeentecode=uow.organisation,
            beschikking_id=beschikking.beschikking_id,
            lks_id=beschikking.lks_id,
            plaatsing_id=beschikking.plaatsing_id,
            soort=Gezegd(beschikking.inhoud.soort),
            ingangsdatum=beschikking.inhoud.ingangsdatum,
            bekendgemaakt_op=beschikking.bekendgemaakt_op,
            bezwaar_tot_en_met=beschikking.bezwaar_tot_en_met,
        ),
        afnemers=ontvangers,
    )


async def geef_beschikking(
    uow: UnitOfWork,
    lks_id: UUID,
    opdracht: Beschikkingsopdracht,
    *,
    eis_versie: Callable[[int], None],
) -> Gegeven:
    """eis_versie: refuses when the caller saw another version of the subsidy than this one.

    Raises BeschikkingVanGemeente, NietGevonden, NietsTeBeslissen, AnderVoorstel,
    BekendmakingPastNiet, EindeDoelgroepPastNiet.
    """
    eis_college(uow.organisation)
    kandidaat_id = await loonkostensubsidies.kandidaat_van(uow, lks_id)
    if kandidaat_id is None or not await kandidaten.op_slot(uow, kandidaat_id):
        raise NietGevonden
    voorstel = await stel_beschikking_voor(uow, lks_id)
    if voorstel is None:
        raise NietGevonden
    bewaard, op = voorstel.bewaard, opdracht.bekendgemaakt_op
    eis_versie(bewaard.versie)
    eis_bekendmaking(op, bekend_sinds=bewaard.bekend_sinds, vandaag=local_date(uow.now))
    lks, einde = bewaard.lks, opdracht.einde_doelgroep
    inhoud = eis_voorgesteld(
        eindig_doelgroep(lks, einde, op) if einde else voorstel.inhoud, opdracht.soort
    )
    beschikking = Beschikking(
        beschikking_id=uuid4(),
        lks_id=lks_id,
        kandidaat_id=kandidaat_id,
        plaatsing_id=lks.dienstverband.plaatsing_id,
        werkgever_id=lks.dienstverband.werkgever_id,
        college=uow.organisation,
        rol=opdracht.rol,
        inhoud=inhoud,
        bekendgemaakt_op=op,
    )
    ontvangers = await afnemers(uow, kandidaat_id, uow.organisation)
    await leg_beschikking_vast(uow, lks, beschikking, opdracht.motivering, ontvangers)
    await herbeoordeel(uow, kandidaat_id)
    return Gegeven(beschikking, uow.organisation, await loonkostensubsidies.versie_van(uow, lks_id))
