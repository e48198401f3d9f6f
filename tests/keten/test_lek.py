"""Every afnemer gets exactly its events, on every channel: what the table in the docs says.

Klantreizen of all gemeenten on real processes and a Kafka where everyone logs in, so that every
type of event occurs: before and after the doorverwijzing, and after a kandidaat went over. Each
afnemer reads with its own credentials only. That an abonnement of another does not exist, for any
operation, is in test_afscherming.py, which takes the operations from the OpenAPI document.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import asyncpg
import httpx2
import pytest
import pytest_asyncio
from aiokafka import AIOKafkaConsumer, TopicPartition

from chassis.access.development_issuer import DevelopmentIssuer
from chassis.bus.kafka import connection_options
from chassis.clock import local_date
from chassis.settings import KafkaSecurity
from chassis.tenancy import BEHEER
from contracts.afnemers import (
    DIENST_TOPICS,
    DIENSTEN,
    GEMEENTEN,
    ORGANISATIES,
    TOPIC_PARTITIES,
    TOPICS,
    WSD,
    afnemer_naam,
    afnemer_topic,
)
from contracts.catalogus import GEBEURTENISSEN, PER_TYPE
from contracts.diagnose import (
    AdviesTeruggestuurd,
    AdviesvraagBeantwoord,
    ArbeidsvermogenVastgesteld,
    DiagnosetermijnVerstreken,
    JongerenscanAfgerond,
    OADBeeindigd,
    OADGestart,
    ParticipatieladderVastgesteld,
    WerkdiagnoseAfgerond,
    WerkdiagnoseGestart,
    WerkdiagnoseVerlengd,
    Zrm2013Afgenomen,
    ZrmGecorrigeerd,
)
from contracts.envelope import CloudEvent
from contracts.financiering import (
    BegeleidingToegerekend,
    BudgetOverschreden,
    FactuurOpgemaakt,
    FinancieringstermijnVerstreken,
    LKSBeschikkingGegeven,
    LKSBetaalbaarGesteld,
)
from contracts.gebeurtenis import Gebeurtenis
from contracts.intake import (
    BeschutWerkbesluitGenomen,
    BesluitIngetrokken,
    KandidaatHeraangemeld,
    KandidaatOvergedragen,
    KandidaatTeruggevallen,
    KandidaatUitgestroomd,
    LeeftijdsgroepGewijzigd,
    RegisseurGewijzigd,
    TermijnNadert,
    TermijnVerstreken,
    VrijstellingVerleend,
    ZorgtrajectBesloten,
)
from contracts.plaatsing import (
    PlaatsingBeeindigd,
    PlaatsingGestart,
    PlaatsingGewijzigd,
    PlaatsingstermijnVerstreken,
    PlaatsingVerlengd,
)
from deploy.kafka.lokale_toegang import SUPER, LokaleToegang
from deploy.kafka.ophalen import Kafka
from deploy.klantreis.persoon import verzin_kvk_nummer, verzin_persoon
from deploy.klantreis.verbinding import Verbinding
from deploy.klantreis.verloop import Klantreis, Opzet
from deploy.lokaal.keten import PUBLIEK, UITGEVER
from services.diagnose.domain.zrm import DOMEINEN, ZrmVersie
from tests.gateway.abonnementen.ontvanger import Ontvanger, luisterend, maak_certificaten
from tests.kafka.verzoek import klant as kafka_klant
from tests.kafka.verzoek import lees
from tests.keten import begeleiding, beschikkingen, betalingen, matching, planregie
from tests.keten.lek import (
    DOCUMENT,
    Bericht,
    Feit,
    Krijgt,
    Plek,
    Tabel,
    feit_per_bericht,
    lees_tabel,
    ontvangers,
    verschillen,
)
from tests.keten.omgevingen import losse_processen
from tests.keten.proefketen import FEED_PAD, STROOM_PAD, tot
from tests.keten.wereld import AANROEPEN

BEST, BOXTEL, MEIERIJSTAD, NUENEN, OIRSCHOT = "0753", "0757", "1948", "0820", "0823"
OISTERWIJK, SINT_MICHIELSGESTEL, SON_EN_BREUGEL, VUGHT = "0824", "0845", "0848", "0865"
KAFKA, FEED, SSE, WEBHOOK = KANALEN = ("Kafka", "feed", "SSE", "webhook")
ABONNEMENTEN: Final = "/gebeurtenissen/v1/abonnementen"
VANDAAG: Final = date(2026, 11, 20)

TABEL: Final = lees_tabel(DOCUMENT.read_text())

echt = [
    pytest.mark.kafka(echt=True),
    pytest.mark.timeout(240),
    pytest.mark.asyncio(loop_scope="module"),
]


# -- the table and the comparison -----------------------------------------------------------


def test_de_tabel_noemt_elke_gebeurtenis_en_niets_anders() -> None:
    assert TABEL.keys() == PER_TYPE.keys()


@pytest.mark.parametrize("gebeurtenis", GEBEURTENISSEN, ids=lambda g: g.naam)
def test_de_catalogus_zegt_van_elke_gebeurtenis_hetzelfde_als_de_tabel(gebeurtenis: Any) -> None:
    rij = TABEL[gebeurtenis.type()]
    assert rij.gemeente is Krijgt.JA
    assert (rij.wsd is Krijgt.VANAF_DE_DOORVERWIJZING) is gebeurtenis.ook_wsd
    assert (rij.vorige is Krijgt.JA) is gebeurtenis.ook_vorige_gemeente
    assert rij.anderen is Krijgt.NEE


def proefverhaal() -> dict[Bericht, Feit]:
    """Of every type an event before the doorverwijzing, after it, and after an overdracht."""
    feiten = [
        Feit(g.type(), "", VUGHT, doorverwezen, vorige)
        for g in GEBEURTENISSEN
        for doorverwezen in (False, True)
        for vorige in ("", BOXTEL)
    ]
    return {Bericht(f.type, str(uuid4()), 1, str(uuid4())): f for f in feiten}


def foutloos(per_bericht: dict[Bericht, Feit], tabel: Tabel) -> dict[Plek, list[Bericht]]:
    """What everyone receives when all goes by this table."""
    van_wie: dict[str, list[Bericht]] = {organisatie: [] for organisatie in ORGANISATIES}
    for bericht, feit in per_bericht.items():
        for organisatie in ontvangers(feit, tabel):
            van_wie[organisatie].append(bericht)
    return {(kanaal, o): [*rij] for kanaal in KANALEN for o, rij in van_wie.items()}


def test_wat_klopt_met_de_tabel_is_geen_verschil() -> None:
    verhaal = proefverhaal()
    assert verschillen(verhaal, TABEL, foutloos(verhaal, TABEL)) == []


@pytest.mark.parametrize("type_", PER_TYPE)
@pytest.mark.parametrize("kolom", ["gemeente", "wsd", "vorige", "anderen"])
def test_een_type_dat_een_keer_verkeerd_gaat_wordt_gevonden(type_: str, kolom: str) -> None:
    """The foil: software that thinks otherwise of one cell of the table."""
    verhaal = proefverhaal()
    for cel in set(Krijgt) - {getattr(TABEL[type_], kolom)}:
        fout = {**TABEL, type_: TABEL[type_]._replace(**{kolom: cel})}
        gevonden = verschillen(verhaal, TABEL, foutloos(verhaal, fout))
        assert gevonden, cel
        assert all(type_ in regel for regel in gevonden)


@pytest.mark.parametrize("kanaal", KANALEN)
def test_een_gebeurtenis_te_veel_of_te_weinig_op_een_kanaal_wordt_gevonden(kanaal: str) -> None:
    verhaal = proefverhaal()
    for bericht, feit in verhaal.items():
        gezien = foutloos(verhaal, TABEL)
        organisatie = random.Random(bericht.id).choice(ORGANISATIES)
        bij_wie = gezien[kanaal, organisatie]
        terecht = organisatie in ontvangers(feit, TABEL)
        (bij_wie.remove if terecht else bij_wie.append)(bericht)
        wat = "mist" if terecht else "kreeg ten onrechte"
        assert verschillen(verhaal, TABEL, gezien) == [
            f"{kanaal}, {organisatie}: {wat} {bericht.type} {bericht.id}"
        ]


# -- the play -------------------------------------------------------------------------------

_NEGENTIEN: Final = VANDAAG - timedelta(days=19 * 365 + 182)
"""A day of birth that makes someone 19, and not on a birthday."""


@dataclass
class Spel:
    """Plays klantreizen on a running Meedoen and notes what happened."""

    url: str
    beheer_url: str
    feiten: list[Feit] = field(default_factory=list)
    _toeval: random.Random = field(default_factory=lambda: random.Random(20261120))

    async def speel(
        self,
        gemeente: str,
        *,
        overdrachten: dict[str, str] | None = None,
        geboren: date | None = None,
        aanvraag_na: str = "",
        keert_terug: bool = False,
        besluiten_na: str = "",
        planregie_na: str = "",
        meet_na: str = "",
        scan_na: str = "",
        werk_na: str = "",
        adviesvraag_na: str = "",
        plaats_na: str = "",
        begeleiding_na: str = "",
        **anders: Any,
    ) -> None:
        """overdrachten: after which event the kandidaat goes to which gemeente.

        aanvraag_na: after which event they apply for bijstand, so long ago that the decision is due
        and the advance is late. keert_terug: at the end they flow out, fall back, flow out again
        and report again. besluiten_na: after which event the gemeente exempts, decides on care,
        withdraws the exemption and names a regisseur. planregie_na: after which event WSD runs a
        planregie, from its begin to its end. meet_na: after which event WSD takes another ZRM,
        corrects it, and establishes trede and arbeidsvermogen; the next ZRM is late. scan_na: after
        which event a partner does the quick scan of a jongere. werk_na: after which event they do a
        werkdiagnose that takes too long, and OAD. adviesvraag_na: after which event the
        gemeente asks something about the advies, and WSD answers. plaats_na: after which event WSD
        proposes them, and places them for some days, in a stage that changes and goes on for
        longer. begeleiding_na:
        after which event WSD guides on the placement, with a plan that is evaluated too late.
        """
        persoon = verzin_persoon(self._toeval, GEMEENTEN[gemeente], VANDAAG)
        if geboren:
            persoon = replace(persoon, geboortedatum=geboren)
        if scan_na:
            persoon = replace(persoon, geboortedatum=_NEGENTIEN)
        opzet = Opzet(gemeente, persoon, verzin_kvk_nummer(self._toeval), VANDAAG, **anders)
        vorige = ""

        async def volgt(reis: Klantreis, naam: str) -> None:
            nonlocal vorige
            self._noteer(reis, naam, vorige)
            if naam == aanvraag_na:
                await self._vraag_aan(reis)
                for gebeurtenis in (TermijnNadert, TermijnVerstreken):
                    self._noteer(reis, gebeurtenis.naam, vorige)
            if naam == besluiten_na:
                await self._besluit(reis, vorige)
            if naam == planregie_na:
                await self._speel_planregie(reis, vorige)
            if naam == meet_na:
                await self._meet(reis, vorige)
            if naam == plaats_na:
                await self._plaats(reis, vorige)
            if naam == scan_na:
                await self._scan(reis)
                self._noteer(reis, JongerenscanAfgerond.naam, vorige)
            if naam == werk_na:
                await self._laat_werken(reis, vorige)
            if naam == adviesvraag_na:
                await self._stuur_terug(reis, vorige)
            if naam == begeleiding_na:
                await self._begeleid(reis, vorige)
            if naar := (overdrachten or {}).get(naam):
                vorige = reis.opzet.gemeentecode
                await self._draag_over(reis, naar)
                reis.opzet = replace(reis.opzet, gemeentecode=naar)
                self._noteer(reis, KandidaatOvergedragen.naam, vorige)

        async with Verbinding(self.url) as verbinding:
            reis = Klantreis(verbinding, opzet, volgt)
            await reis.speel()
            if reis.plaatsing_id:
                await reis.loonkostensubsidie()
                await self._beslis_te_laat(reis, vorige)
                if not overdrachten:  # The job began before today, so another one pays for it.
                    await self._betaal(reis, vorige)
            if keert_terug:
                await self._keer_terug(reis, vorige)
        if geboren:
            self._noteer(reis, LeeftijdsgroepGewijzigd.naam, vorige)

    def _noteer(self, reis: Klantreis, naam: str, vorige: str) -> None:
        [type_] = [g.type() for g in GEBEURTENISSEN if g.naam == naam]
        gemeente, wsd = reis.opzet.gemeentecode, reis.gedeeld_met_wsd
        self.feiten.append(Feit(type_, reis.kandidaat_id, gemeente, wsd, vorige))

    async def _betaal(self, reis: Klantreis, vorige: str) -> None:
        """The first month of the job; of nobody else of this gemeente is anything due then."""
        gemeente = reis.opzet.gemeentecode
        lks = await reis.verbinding.wacht_op(
            gemeente,
            "backoffice",
            "/financiering/v1/loonkostensubsidies",
            {"plaatsingId": reis.plaatsing_id},
            lambda page: page["resultaten"],
        )
        werkgever_id = await reis.verbinding.wacht_op(
            gemeente,
            "backoffice",
            f"/financiering/v1/loonkostensubsidies/{lks[0]['lksId']}",
            {},
            lambda gevonden: gevonden["werkgeverId"],
        )
        begin, vandaag = date.fromisoformat(lks[0]["begindatum"]), local_date(datetime.now(UTC))
        await beschikkingen.ken_toe(reis.verbinding.doe, gemeente, lks[0]["lksId"], vandaag)
        self._noteer(reis, LKSBeschikkingGegeven.naam, vorige)
        run = betalingen.betaalrun(begin, vandaag)
        await betalingen.betaal(reis.verbinding.doe, gemeente, werkgever_id, run)
        self._noteer(reis, LKSBetaalbaarGesteld.naam, vorige)

    async def _beslis_te_laat(self, reis: Klantreis, vorige: str) -> None:
        """The five weeks for the decision pass, and that is told before anything else is done."""
        soort = "beslissing-lks"
        await self._laat_verstrijken(reis, "financiering.financieringstermijn", soort)
        await reis.verbinding.wacht_op(
            reis.opzet.gemeentecode,
            "klantmanager",
            "/financiering/v1/termijnen",
            {"kandidaatId": reis.kandidaat_id, "soort": soort, "status": "verstreken"},
            lambda page: page["resultaten"],
        )
        self._noteer(reis, FinancieringstermijnVerstreken.naam, vorige)

    async def _keer_terug(self, reis: Klantreis, vorige: str) -> None:
        vandaag = local_date(datetime.now(UTC)).isoformat()
        uitstroom = {"uitgestroomdOp": vandaag, "reden": "detentie"}
        opnieuw = {"aangemeldOp": vandaag, "instroomkanaal": "outreach", "doelgroep": "pwet"}
        for pad, body, gebeurtenis in (
            ("uitstromingen", uitstroom, KandidaatUitgestroomd),
            ("terugvallen", {"teruggevallenOp": vandaag}, KandidaatTeruggevallen),
            ("uitstromingen", uitstroom, KandidaatUitgestroomd),
            ("heraanmeldingen", opnieuw, KandidaatHeraangemeld),
        ):
            await reis.verbinding.doe(
                reis.opzet.gemeentecode,
                "klantmanager",
                f"/intake/v1/kandidaten/{reis.kandidaat_id}/{pad}",
                body,
            )
            self._noteer(reis, gebeurtenis.naam, vorige)

    async def _besluit(self, reis: Klantreis, vorige: str) -> None:
        async def doe(pad: str, body: dict[str, Any], gebeurtenis: type[Gebeurtenis]) -> Any:
            antwoord = await reis.verbinding.doe(
                reis.opzet.gemeentecode,
                "klantmanager",
                f"/intake/v1/kandidaten/{reis.kandidaat_id}/{pad}",
                body,
            )
            self._noteer(reis, gebeurtenis.naam, vorige)
            return antwoord

        dag, wie = VANDAAG.isoformat(), {"organisatie": reis.opzet.gemeentecode}
        besluit = {"genomenOp": dag, "ingangsdatum": dag, "motivering": "Proef"}
        blijvend = {"vrijgesteldVan": ["arbeid", "voorziening", "tegenprestatie"]}
        vrijstelling = await doe(
            "vrijstellingen",
            {**besluit, **blijvend, "rechtsgrond": "pw-art-9-lid-5"},
            VrijstellingVerleend,
        )
        await doe("zorgtrajecten", {**besluit, "rechtsgrond": "wmo-art-2.3.5"}, ZorgtrajectBesloten)
        advies = {"uwvAdviesOp": dag, "uwvAdviesPositief": True, "toegekend": True}
        await doe(
            "beschut-werkbesluiten",
            {**besluit, **advies, "rechtsgrond": "pw-art-10b"},
            BeschutWerkbesluitGenomen,
        )
        pad = f"besluiten/{vrijstelling['besluitId']}/intrekkingen"
        await doe(pad, besluit, BesluitIngetrokken)
        naar = {**wie, "medewerker": "KM-1"}
        overdracht = {"van": wie, "naar": naar, "vanaf": dag, "reden": "toewijzing"}
        await doe("regieoverdrachten", overdracht, RegisseurGewijzigd)

    async def _speel_planregie(self, reis: Klantreis, vorige: str) -> None:
        """Reports are of today, by the clock of the services."""
        wat = (reis.verbinding.doe, reis.opzet.gemeentecode, reis.dossier_id)
        vandaag = local_date(datetime.now(UTC))
        ids = await planregie.begin(*wat, op=vandaag, gemeten_op=vandaag)
        await planregie.maak_af(*wat, ids, op=vandaag)
        for gebeurtenis in planregie.GEBEURTENISSEN:
            self._noteer(reis, gebeurtenis.naam, vorige)

    async def _meet(self, reis: Klantreis, vorige: str) -> None:
        async def doe(
            pad: str,
            body: dict[str, Any],
            gebeurtenis: type[Gebeurtenis],
            if_match: str | None = None,
        ) -> Any:
            antwoord = await reis.verbinding.doe(
                WSD,
                "trajectconsulent",
                f"/diagnose/v1/dossiers/{reis.dossier_id}/{pad}",
                body,
                if_match=if_match,
            )
            self._noteer(reis, gebeurtenis.naam, vorige)
            return antwoord

        dag = local_date(datetime.now(UTC)).isoformat()
        bevindingen = {
            "informatieVan": dag,
            "beoordelaar": "Proef",
            "scores": [
                {"domein": domein.value, "niveau": 3, "hulp": "nee"}
                for domein in DOMEINEN[ZrmVersie.V2013]
            ],
        }
        meting = await doe(
            "zrm-metingen",
            {**bevindingen, "zrmVersie": "2013", "afgenomenOp": dag},
            Zrm2013Afgenomen,
        )
        await doe(
            f"zrm-metingen/{meting['metingId']}/correcties",
            {**bevindingen, "beoordelaar": "Ander", "gecorrigeerdOp": dag, "reden": "Proef"},
            ZrmGecorrigeerd,
            if_match="*",
        )
        await doe(
            "ladderposities", {"trede": 3, "vastgesteldOp": dag}, ParticipatieladderVastgesteld
        )
        await doe(
            "arbeidsvermogens",
            {"arbeidsvermogen": "onder-wml", "vastgesteldOp": dag},
            ArbeidsvermogenVastgesteld,
        )
        await self._laat_verstrijken(reis, "diagnose.diagnosetermijn", "zrm-herhaling")
        self._noteer(reis, DiagnosetermijnVerstreken.naam, vorige)

    async def _begeleid(self, reis: Klantreis, vorige: str) -> None:
        """By the clock of the services."""
        doe, vandaag = reis.verbinding.doe, local_date(datetime.now(UTC))
        ids = await begeleiding.begin(doe, reis.plaatsing_id, op=vandaag)
        soort = "evaluatie-werk-ontwikkelplan"
        await self._laat_verstrijken(reis, "plaatsing.plaatsingstermijn", soort)
        await reis.verbinding.wacht_op(
            WSD,
            "trajectconsulent",
            "/plaatsing/v1/termijnen",
            {"kandidaatId": reis.kandidaat_id, "soort": soort, "status": "verstreken"},
            lambda page: page["resultaten"],
        )
        await begeleiding.maak_af(doe, ids, op=vandaag)
        for gebeurtenis in (*begeleiding.GEBEURTENISSEN, PlaatsingstermijnVerstreken):
            self._noteer(reis, gebeurtenis.naam, vorige)
        await self._factureer(reis, vorige, vandaag)
        await self._begroot(reis)
        # Of the proefplaatsing and of the job that came after it.
        # The days of a proefplaatsing that ended before the hand-over are of who had them then.
        aantal = 1 if vorige else 2
        for naam in (*[BegeleidingToegerekend.naam] * aantal, BudgetOverschreden.naam):
            self._noteer(reis, naam, vorige)

    async def _begroot(self, reis: Klantreis) -> None:
        """WSD is the werkgever, of the proefplaatsing too; and one euro is not enough for both."""
        doe = reis.verbinding.doe
        werkgever_id = await reis.verbinding.wacht_op(
            WSD,
            "accountmanager",
            f"/plaatsing/v1/plaatsingen/{reis.plaatsing_id}",
            {},
            lambda gevonden: gevonden["werkgeverId"],
        )
        await reis.verbinding.wacht_op(
            WSD,
            "backoffice",
            f"/financiering/v1/begeleidingskosten/{reis.plaatsing_id}",
            {},
            lambda gevonden: gevonden["plaatsingId"],
        )
        async with httpx2.AsyncClient(base_url=self.url) as klant:
            antwoord = await klant.post(
                "/financiering/v1/werkgevers-van-wsd",
                json={"werkgeverId": werkgever_id},
                headers={
                    "Authorization": f"Bearer {await reis.verbinding.token(WSD, 'backoffice')}",
                    "Idempotency-Key": str(uuid4()),
                },
            )
        assert antwoord.status_code == 200, antwoord.text
        budget = {"stadium": "voorlopig", "bedrag": "1.00", "bron": "Proefbron", "plaatsen": 1}
        soort = {"soort": "begeleiding-nieuwe-doelgroep", "bedragPerPlaats": "4000.00"}
        jaar = {"jaar": VANDAAG.year}
        await doe(
            reis.opzet.gemeentecode,
            "backoffice",
            "/financiering/v1/budgetten",
            {**budget, **soort, **jaar},
        )

    async def _factureer(self, reis: Klantreis, vorige: str, vandaag: date) -> None:
        """The hour of the jobcoach, once financiering has heard of it."""
        wie, dag = (WSD, "backoffice"), vandaag.isoformat()
        gemeente = {"gemeentecode": reis.opzet.gemeentecode}
        kandidaat = {"kandidaatId": reis.kandidaat_id}
        prijs = {"product": "jobcoaching", "eenheid": "uur", "prijs": "80.00", "vanaf": dag}
        await reis.verbinding.doe(
            *wie, "/financiering/v1/contractspecificaties", {**gemeente, **prijs}
        )
        await reis.verbinding.wacht_op(
            *wie,
            "/financiering/v1/trajectkosten",
            kandidaat,
            lambda page: any(
                product["product"] == "jobcoaching" and product["geleverd"] != "0.00"
                for kosten in page["resultaten"]
                for product in kosten["producten"]
            ),
        )
        ronde = {**gemeente, **kandidaat, "totEnMet": dag}
        await reis.verbinding.doe(*wie, "/financiering/v1/facturatierondes", ronde)
        self._noteer(reis, FactuurOpgemaakt.naam, vorige)

    async def _laat_verstrijken(self, reis: Klantreis, tabel: str, soort: str) -> None:
        """No one can move the clock of the services, so the days of a term are moved."""
        gisteren = local_date(datetime.now(UTC)) - timedelta(days=1)
        async with self._database() as database, database.transaction():
            termijn_id = await database.fetchval(
                f"UPDATE {tabel} SET laatste_dag = $2"
                " WHERE kandidaat_id = $1 AND soort = $3 RETURNING id::text",
                reis.kandidaat_id,
                gisteren,
                soort,
            )
            await database.execute(
                f"UPDATE {tabel.partition('.')[0]}.termijn SET vervalt_op = now()"
                " WHERE sleutel = $1",
                termijn_id,
            )

    async def _plaats(self, reis: Klantreis, vorige: str) -> None:
        """A voorstel, and a stage that changes and goes on for longer; it ends before anything
        else begins. The voorstel by the clock of the services.
        """

        async def doe(pad: str, gebeurtenis: type[Gebeurtenis], **body: Any) -> Any:
            antwoord = await reis.verbinding.doe(
                WSD,
                "accountmanager",
                f"/plaatsing/v1/plaatsingen{pad}",
                body,
                zodra=("niet-gevonden", "trajectbesluit-ontbreekt", "inkooporder-ontbreekt"),
            )
            self._noteer(reis, gebeurtenis.naam, vorige)
            return antwoord

        def dag(dagen_geleden: int) -> str:
            return (VANDAAG - timedelta(days=dagen_geleden)).isoformat()

        stage = await doe(
            "",
            PlaatsingGestart,
            kandidaatId=reis.kandidaat_id,
            soort="stage",
            begindatum=dag(78),
            einddatum=dag(75),
            urenPerWeek="16",
        )
        pad = f"/{stage['plaatsingId']}"
        await doe(f"{pad}/wijzigingen", PlaatsingGewijzigd, vanaf=dag(77), urenPerWeek="20")
        await doe(f"{pad}/verlengingen", PlaatsingVerlengd, verlengdOp=dag(76), einddatum=dag(73))
        await doe(f"{pad}/beeindigingen", PlaatsingBeeindigd, einddatum=dag(73), reden="afgelopen")
        await matching.speel(
            reis.verbinding.doe,
            reis.kandidaat_id,
            verzin_kvk_nummer(self._toeval),
            op=local_date(datetime.now(UTC)),
        )
        for gebeurtenis in matching.GEBEURTENISSEN:
            self._noteer(reis, gebeurtenis.naam, vorige)

    async def _scan(self, reis: Klantreis) -> None:
        await reis.verbinding.doe(
            reis.opzet.gemeentecode,
            "klantmanager",
            f"/diagnose/v1/jongeren/{reis.kandidaat_id}/quick-scans",
            AANROEPEN["diagnose.legQuickScanVast"].body or {},
            zodra=("niet-gevonden",),
        )

    async def _laat_werken(self, reis: Klantreis, vorige: str) -> None:
        """By the clock of the services: three months are over before they extend, as of then."""
        dossier = f"/diagnose/v1/dossiers/{reis.dossier_id}"

        async def doe(pad: str, gebeurtenis: type[Gebeurtenis] | None = None, **body: Any) -> Any:
            antwoord = await reis.verbinding.doe(WSD, "trajectconsulent", f"{dossier}/{pad}", body)
            if gebeurtenis:
                self._noteer(reis, gebeurtenis.naam, vorige)
            return antwoord

        async def samen(op: date, gebeurtenis: type[Gebeurtenis], **stap: str) -> None:
            wie = {"consulent": "Proefconsulent", "op": op.isoformat()}
            await doe(f"{pad}/voorstellen", None, **wie, **stap)
            await reis.verbinding.doe(
                reis.opzet.gemeentecode, "klantmanager", f"{dossier}/{pad}/instemmingen", wie
            )
            self._noteer(reis, gebeurtenis.naam, vorige)

        vandaag = local_date(datetime.now(UTC))
        gestart = await reis.verbinding.lees(WSD, "trajectconsulent", dossier)
        begin = max(date.fromisoformat(gestart.json()["gestartOp"]), vandaag - timedelta(days=95))
        werkdiagnose = await doe(
            "werkdiagnoses",
            aangemeldOp=begin.isoformat(),
            bestaandeKlant=False,
            locatie="Boxtel",
            werksoort="logistiek",
        )
        pad = f"werkdiagnoses/{werkdiagnose['werkdiagnoseId']}"
        await samen(begin, WerkdiagnoseGestart, soort="start", datum=begin.isoformat())
        await reis.verbinding.wacht_op(
            WSD,
            "trajectconsulent",
            "/diagnose/v1/termijnen",
            {"kandidaatId": reis.kandidaat_id, "soort": "einddiagnose", "status": "verstreken"},
            lambda page: page["resultaten"],
        )
        self._noteer(reis, DiagnosetermijnVerstreken.naam, vorige)
        later = (begin + timedelta(days=150)).isoformat()
        await samen(begin, WerkdiagnoseVerlengd, soort="verlenging", datum=later, tekst="Proef")
        await samen(vandaag, WerkdiagnoseAfgerond, soort="einddiagnose", tekst="Proef")
        oad = await doe("oad-trajecten", None, **(AANROEPEN["diagnose.legSelectieVast"].body or {}))
        pad = f"oad-trajecten/{oad['oadId']}"
        dag = VANDAAG.isoformat()
        laatste = (VANDAAG + timedelta(days=300)).isoformat()
        await doe(f"{pad}/starts", OADGestart, gestartOp=dag, laatsteDag=laatste, urenPerWeek="16")
        await doe(f"{pad}/beeindigingen", OADBeeindigd, beeindigdOp=dag, bestemming="verhuisd")

    async def _stuur_terug(self, reis: Klantreis, vorige: str) -> None:
        consulent, dag = ("wsd", "trajectconsulent"), VANDAAG.isoformat()
        dossier = f"/diagnose/v1/dossiers/{reis.dossier_id}"
        gevonden = await reis.verbinding.lees(*consulent, dossier)
        vragen = f"{dossier}/adviezen/{gevonden.json()['adviezen'][-1]}/vragen"
        vraag = await reis.verbinding.doe(
            reis.opzet.gemeentecode,
            "klantmanager",
            vragen,
            {"teruggestuurdOp": dag, "vraag": "Proef"},
        )
        self._noteer(reis, AdviesTeruggestuurd.naam, vorige)
        antwoord = {"beantwoordOp": dag, "antwoord": "Proef"}
        await reis.verbinding.doe(*consulent, f"{vragen}/{vraag['vraagId']}/antwoorden", antwoord)
        self._noteer(reis, AdviesvraagBeantwoord.naam, vorige)

    async def _vraag_aan(self, reis: Klantreis) -> None:
        """By the clock of the services the beslistermijn nears and the voorschottermijn passed."""
        aangevraagd_op = local_date(datetime.now(UTC)) - timedelta(weeks=8) + timedelta(days=2)
        await reis.verbinding.doe(
            reis.opzet.gemeentecode,
            "klantmanager",
            f"/intake/v1/kandidaten/{reis.kandidaat_id}/aanvragen",
            {"aangevraagdOp": aangevraagd_op.isoformat(), "uitzondering": "omstandigheden"},
        )

    async def _draag_over(self, reis: Klantreis, naar: str) -> None:
        """From today, by the clock of the services, until every one of them knows."""
        await reis.verbinding.doe(
            reis.opzet.gemeentecode,
            "klantmanager",
            f"/intake/v1/kandidaten/{reis.kandidaat_id}/overdrachten",
            {
                "naarGemeente": naar,
                "ingangsdatum": local_date(datetime.now(UTC)).isoformat(),
                "reden": "verhuizing",
            },
        )
        houders = ["intake.kandidaat WHERE id"]
        if reis.gedeeld_met_wsd:
            houders += [
                "diagnose.dossier WHERE kandidaat_id",
                "plaatsing.kandidaat WHERE id",
                "financiering.kandidaat WHERE id",
            ]
        async with self._database() as database:

            async def is_over() -> bool:
                gemeenten = [
                    await database.fetchval(
                        f"SELECT gemeentecode FROM {houder} = $1", reis.kandidaat_id
                    )
                    for houder in houders
                ]
                return set(gemeenten) == {naar}

            await tot(is_over)

    async def rust(self) -> None:
        """Until all that had to follow has been said, and the gateway has taken it in."""
        wacht = " OR ".join(
            f"EXISTS (SELECT FROM {dienst}.outbox) OR EXISTS (SELECT FROM {dienst}.termijn"
            " WHERE status = 'open' AND vervalt_op <= now())"
            for dienst in DIENSTEN
        )
        async with self._database() as database:

            async def klaar() -> bool:
                gehoord = await database.fetchval(
                    "SELECT count(DISTINCT event_id) FROM gateway.ontvangen"
                )
                gezegd = await database.fetchval(
                    "SELECT sum(n) FROM ("
                    + " UNION ALL ".join(
                        f"SELECT sum(versie) AS n FROM {dienst}.stroom" for dienst in DIENSTEN
                    )
                    + ") s"
                )
                is_bezig = await database.fetchval(f"SELECT {wacht}")
                return not is_bezig and gehoord == gezegd >= len(self.feiten)

            await tot(klaar)

    @contextlib.asynccontextmanager
    async def _database(self) -> AsyncIterator[asyncpg.Connection[asyncpg.Record]]:
        connection = await asyncpg.connect(self.beheer_url)
        try:
            yield connection
        finally:
            await connection.close()


async def speel_alles(spel: Spel) -> None:
    """Every type of event; of all gemeenten something; hand-overs at three moments."""
    await asyncio.gather(
        spel.speel(
            BOXTEL,
            aanvraag_na="kandidaat-doorverwezen",
            werk_na="diagnose-gestart",
            adviesvraag_na="advies-gegeven",
            begeleiding_na="lks-plaatsing",
        ),
        # Before WSD knows, twice; and while WSD is at work.
        spel.speel(
            MEIERIJSTAD,
            overdrachten={"kandidaat-aangemeld": NUENEN, "poortbesluit-genomen": SON_EN_BREUGEL},
        ),
        # Leaves and comes back: WSD knew, and WSD never knew.
        spel.speel(NUENEN, eind="trajectbesluit", keert_terug=True),
        spel.speel(NUENEN, poortuitkomst="zorgtraject", keert_terug=True),
        spel.speel(
            BEST,
            overdrachten={"diagnose-gestart": OIRSCHOT},
            werk_na="zrm-afgenomen",
            adviesvraag_na="advies-gegeven",
            begeleiding_na="lks-plaatsing",
        ),
        # Became 21 between the doorverwijzing and today.
        spel.speel(OISTERWIJK, geboren=date(2005, 9, 21), eind="trajectbesluit"),
        spel.speel(VUGHT, eind="trajectbesluit", meet_na="advies-gegeven"),
        spel.speel(VUGHT, poortuitkomst="zorgtraject", aanvraag_na="kandidaat-aangemeld"),
        # Besluiten before WSD knows, and after; and a traject that is ordered.
        spel.speel(
            VUGHT,
            eind="trajectbesluit",
            besluiten_na="trajectbesluit-genomen",
            planregie_na="trajectbesluit-genomen",
            plaats_na="inkooporder-geplaatst",
        ),
        spel.speel(
            SINT_MICHIELSGESTEL,
            poortuitkomst="vrijstellen",
            besluiten_na="poortbesluit-genomen",
        ),
        # The quick scan of a jongere before WSD knows of them, and after.
        spel.speel(
            VUGHT,
            doelgroep="jongere-16-27",
            poortuitkomst="zorgtraject",
            scan_na="kandidaat-aangemeld",
        ),
        spel.speel(BEST, eind="trajectbesluit", scan_na="diagnose-gestart"),
        *(spel.speel(g, poortuitkomst="zorgtraject") for g in (SINT_MICHIELSGESTEL, OIRSCHOT)),
    )
    await spel.rust()


# -- what everyone received -----------------------------------------------------------------


@dataclass(frozen=True)
class Afnemer:
    """An organisation with its own credentials, and what it received on each channel."""

    organisatie: str
    http: httpx2.AsyncClient
    kafka: tuple[str, KafkaSecurity]
    per_kanaal: dict[str, list[Bericht]] = field(default_factory=lambda: defaultdict(list))

    async def abonneer(self, url: str) -> None:
        antwoord = await self.http.post(
            ABONNEMENTEN,
            json={"naam": "lektest", "callbackUrl": f"{url}/{self.organisatie}"},
            headers={"Idempotency-Key": str(uuid4())},
        )
        assert antwoord.status_code == 201, antwoord.text

    async def volg_stroom(self) -> None:
        """Take in what the SSE stream sends, until cancelled."""
        async with self.http.stream("GET", STROOM_PAD, timeout=None) as antwoord:
            assert antwoord.status_code == 200
            async for regel in antwoord.aiter_lines():
                naam, _, waarde = regel.partition(": ")
                if naam == "data":
                    event = CloudEvent.from_structured_json(waarde.encode())
                    self.per_kanaal[SSE].append(Bericht.van(event))

    async def lees_feed(self, **filters: str) -> tuple[list[Bericht], str]:
        """All of it, page by page, and its last cursor."""
        gevonden: list[Bericht] = []
        pad = str(httpx2.URL(FEED_PAD, params={"limiet": 7, **filters}))
        while True:
            antwoord = await self.http.get(pad)
            assert antwoord.status_code == 200, antwoord.text
            pagina = antwoord.json()
            gevonden += [_bericht(regel["gebeurtenis"]) for regel in pagina["resultaten"]]
            if "next" not in antwoord.links:
                return gevonden, pagina["cursor"]
            pad = antwoord.links["next"]["url"]

    async def lees_topic(self) -> None:
        berichten = await lees_topic(*self.kafka, afnemer_topic(self.organisatie))
        self.per_kanaal[KAFKA] += berichten

    async def heeft_alles(self, cursor: str) -> None:
        """Until nothing that is in the feed is still on its way, by the stream or to a receiver."""
        [abonnement] = (await self.http.get(ABONNEMENTEN)).json()["resultaten"]
        pad = f"{ABONNEMENTEN}/{abonnement['abonnementId']}/stand"

        async def is_bezorgd() -> bool:
            stand = (await self.http.get(pad)).json()
            is_gestuurd = len(self.per_kanaal[SSE]) >= len(self.per_kanaal[FEED])
            return bool(is_gestuurd and stand["cursor"] == cursor and not stand["wachtend"])

        await tot(is_bezorgd)


def _bericht(cloudevent: Any) -> Bericht:
    return Bericht(
        cloudevent["type"],
        cloudevent["subject"],
        cloudevent["aggregateversion"],
        cloudevent["id"],
    )


async def lees_topic(bootstrap: str, beveiliging: KafkaSecurity, topic: str) -> list[Bericht]:
    """Everything that is on a topic now."""
    consumer = AIOKafkaConsumer(
        **connection_options(bootstrap, beveiliging), auto_offset_reset="earliest"
    )
    await consumer.start()
    try:
        partities = [TopicPartition(topic, nummer) for nummer in range(TOPIC_PARTITIES)]
        consumer.assign(partities)
        einde = await consumer.end_offsets(partities)
        te_lezen = sum(einde.values())
        gelezen: list[Any] = []
        async with asyncio.timeout(60):
            while len(gelezen) < te_lezen:
                gelezen.append(await consumer.getone())
        return [Bericht.van(CloudEvent.from_kafka(m.headers, m.value)) for m in gelezen]
    finally:
        await consumer.stop()


@dataclass(frozen=True)
class Gespeeld:
    """What was played, what the services said of it, and what everyone received."""

    feiten: list[Feit]
    afnemers: dict[str, Afnemer]
    gezegd: dict[str, list[Bericht]]
    uitgever: DevelopmentIssuer
    url: str

    @property
    def gezien(self) -> dict[Plek, list[Bericht]]:
        return {
            (kanaal, organisatie): afnemer.per_kanaal[kanaal]
            for organisatie, afnemer in self.afnemers.items()
            for kanaal in KANALEN
        }

    @property
    def alles(self) -> list[Bericht]:
        """What the services said, each once."""
        return sorted({bericht for topic in self.gezegd.values() for bericht in topic})

    def klant(self, organisatie: str, *scopes: str, rol: str = "backoffice") -> httpx2.AsyncClient:
        token = self.uitgever.token(organisatie, rol, scopes)
        return httpx2.AsyncClient(
            base_url=self.url, headers={"Authorization": f"Bearer {token}"}, timeout=30.0
        )


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def gespeeld(
    tmp_path_factory: pytest.TempPathFactory, apache_kafka: Kafka
) -> AsyncIterator[Gespeeld]:
    map_ = tmp_path_factory.mktemp("lek")
    toegang = LokaleToegang(map_ / "toegang")
    certificaten = maak_certificaten(map_, "localhost")
    ontvanger = Ontvanger()
    instellingen = {
        "MEEDOEN_WEBHOOK_NETWERKEN": '["127.0.0.0/8", "::1/128"]',
        "MEEDOEN_WEBHOOK_CA": str(certificaten.ca),
    }
    async with contextlib.AsyncExitStack() as stapel:
        poort = await stapel.enter_async_context(
            luisterend(ontvanger, certificaten.van["localhost"])
        )
        meedoen = await stapel.enter_async_context(
            losse_processen(map_, apache_kafka, toegang, gateway=instellingen)
        )
        afnemers = {}
        async with Verbinding(meedoen.url) as verbinding:
            for organisatie in ORGANISATIES:
                token = await verbinding.token(organisatie, "backoffice")
                http = await stapel.enter_async_context(
                    httpx2.AsyncClient(
                        base_url=meedoen.url,
                        headers={"Authorization": f"Bearer {token}"},
                        timeout=30.0,
                    )
                )
                kafka = meedoen.bootstrap, toegang.scram(afnemer_naam(organisatie))
                afnemers[organisatie] = Afnemer(organisatie, http, kafka)
        for afnemer in afnemers.values():
            await afnemer.abonneer(f"https://localhost:{poort}")
        stromen = [asyncio.create_task(a.volg_stroom()) for a in afnemers.values()]
        spel = Spel(meedoen.url, meedoen.beheer_url)
        try:
            await speel_alles(spel)
            for afnemer in afnemers.values():
                berichten, cursor = await afnemer.lees_feed()
                afnemer.per_kanaal[FEED] += berichten
                await afnemer.heeft_alles(cursor)
        finally:
            for stroom in stromen:
                stroom.cancel()
            await asyncio.gather(*stromen, return_exceptions=True)
        await asyncio.gather(*(a.lees_topic() for a in afnemers.values()))
        for verzoek in ontvanger.aangenomen:
            bij_wie = afnemers[verzoek.pad.removeprefix("/")]
            bij_wie.per_kanaal[WEBHOOK].append(_bericht(verzoek.json))
        super_ = toegang.scram(SUPER)
        gezegd = {
            topic: await lees_topic(meedoen.bootstrap, super_, topic) for topic in DIENST_TOPICS
        }
        uitgever = DevelopmentIssuer(
            map_ / "sleutel.json", environment="ontwikkeling", issuer=UITGEVER, audience=PUBLIEK
        )
        yield Gespeeld(spel.feiten, afnemers, gezegd, uitgever, meedoen.url)


class TestWieKrijgtWat:
    """Of one play, on every channel."""

    pytestmark = echt

    async def test_elke_gebeurtenis_kwam_voor(self, gespeeld: Gespeeld) -> None:
        assert {bericht.type for bericht in gespeeld.alles} == PER_TYPE.keys()

    async def test_iedereen_kreeg_precies_wat_de_tabel_zegt(self, gespeeld: Gespeeld) -> None:
        per_bericht = feit_per_bericht(gespeeld.feiten, gespeeld.alles)
        assert verschillen(per_bericht, TABEL, gespeeld.gezien) == []
        # Nothing of this is true because there was nothing.
        assert all(gespeeld.gezien.values())
        assert {len(ontvangers(f, TABEL)) for f in gespeeld.feiten} == {1, 2, 3}

    async def test_elk_kanaal_gaf_hetzelfde(self, gespeeld: Gespeeld) -> None:
        for afnemer in gespeeld.afnemers.values():
            per_kanaal = [set(afnemer.per_kanaal[kanaal]) for kanaal in KANALEN]
            assert per_kanaal == per_kanaal[:1] * len(KANALEN), afnemer.organisatie

    async def test_wie_naar_een_kandidaat_van_een_ander_vraagt_krijgt_niets(
        self, gespeeld: Gespeeld
    ) -> None:
        per_bericht = feit_per_bericht(gespeeld.feiten, gespeeld.alles)
        for organisatie, afnemer in gespeeld.afnemers.items():
            for kandidaat in {feit.kandidaat for feit in gespeeld.feiten}:
                gekregen, _ = await afnemer.lees_feed(subject=kandidaat)
                assert set(gekregen) == {
                    bericht
                    for bericht, feit in per_bericht.items()
                    if bericht.subject == kandidaat and organisatie in ontvangers(feit, TABEL)
                }


# -- who tries to get more ------------------------------------------------------------------


class TestGeweigerd:
    """Every way to ask for what is of another, on the same Meedoen and Kafka."""

    pytestmark = echt

    async def test_een_topic_van_een_ander_weigert_de_broker(self, gespeeld: Gespeeld) -> None:
        vol = {topic for topic, berichten in gespeeld.gezegd.items() if berichten}
        vol |= {afnemer_topic(o) for o, a in gespeeld.afnemers.items() if a.per_kanaal[KAFKA]}
        assert vol == set(TOPICS)
        for organisatie, afnemer in gespeeld.afnemers.items():
            async with kafka_klant(*afnemer.kafka) as verbonden:
                leesbaar = {t for t in TOPICS for vraag in lees(t) if await verbonden.mag(vraag)}
            assert leesbaar == {afnemer_topic(organisatie)}

    @pytest.mark.parametrize("waar", ["feed", "stroom", "Last-Event-ID"])
    async def test_een_vervalste_cursor_geeft_niets(self, gespeeld: Gespeeld, waar: str) -> None:
        for organisatie, afnemer in gespeeld.afnemers.items():
            _, cursor = await afnemer.lees_feed()
            laatste = int(cursor.rpartition("-")[2])
            vervalst = {
                **{
                    f"{ander}-{n}": 404
                    for ander in ORGANISATIES
                    if ander != organisatie
                    for n in (0, 1)
                },
                f"{organisatie}-{laatste + 1}": 404,
                f"{organisatie}-{10**18 - 1}": 404,
                f"{organisatie}-{10**18}": 400,
                f"{organisatie}-{'9' * 400}": 400,
                f"{organisatie}--1": 400,
                f"{organisatie}-01": 400,
                f"{organisatie}-1,{VUGHT}-1": 400,
                f"{organisatie}-1' OR 'a'='a": 400,
                f"{BEHEER}-1": 400,
                "systeem-1": 400,
                "*": 400,
            }
            for cursor_, status in vervalst.items():
                antwoord = await _vraag(afnemer.http, waar, cursor_)
                assert antwoord.status_code == status, (organisatie, cursor_, antwoord.text)
                assert "resultaten" not in antwoord.json()

    @pytest.mark.parametrize("waar", ["feed", "stroom"])
    async def test_zonder_het_recht_om_gebeurtenissen_te_lezen_is_er_geen_feed(
        self, gespeeld: Gespeeld, waar: str
    ) -> None:
        bijna = ("gebeurtenissen.beheren", "abonnementen.lezen", "intake.lezen", "gebeurtenissen")
        for organisatie in ORGANISATIES:
            async with gespeeld.klant(organisatie, *bijna) as klant:
                antwoord = await _vraag(klant, waar)
            assert antwoord.status_code == 403
            assert antwoord.json()["scope"] == "gebeurtenissen.lezen"

    @pytest.mark.parametrize("waar", ["feed", "stroom"])
    @pytest.mark.parametrize("rol", ["beheerder", "backoffice"])
    async def test_een_beheerder_van_het_platform_ziet_geen_feed(
        self, gespeeld: Gespeeld, waar: str, rol: str
    ) -> None:
        alle = ("gebeurtenissen.lezen", "gebeurtenissen.beheren", "abonnementen.lezen")
        async with gespeeld.klant(BEHEER, *alle, rol=rol) as klant:
            for cursor in (None, f"{BOXTEL}-0", "nu"):
                assert (await _vraag(klant, waar, cursor)).status_code == 403


async def _vraag(
    klant: httpx2.AsyncClient, waar: str, cursor: str | None = None
) -> httpx2.Response:
    """One question to the feed or the stream, which is refused before it sends anything."""
    if waar == "Last-Event-ID":
        assert cursor is not None
        return await klant.get(STROOM_PAD, headers={"Last-Event-ID": cursor})
    return await klant.get(
        FEED_PAD if waar == "feed" else STROOM_PAD, params={"na": cursor} if cursor else {}
    )
