"""The steps of one klantreis (domain.md §2), from aanmelding to the first euro."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from deploy.klantreis.modelrapport import FUNCTIE, modelrapport
from deploy.klantreis.persoon import Persoon
from deploy.klantreis.verbinding import Verbinding

WSD: Final = "wsd"
_ANTWOORDEN: Final = {"mijnwerkdichtbij": False, "vraag_naar_werk": True}
"""What a quick scan finds, by the fact it asks: none, MijnWerkDichtbij's or Wegwijs+'s."""
KLEINSTE_LKS: Final = 30
GROOTSTE_LKS: Final = 79
"""Loonwaarden, in percents, for which loonkostensubsidie is proposed (domain.md §5)."""

_DOMEINEN: Final = (
    "financien",
    "werk-en-opleiding",
    "tijdsbesteding",
    "huisvesting",
    "huiselijke-relaties",
    "geestelijke-gezondheid",
    "lichamelijke-gezondheid",
    "middelengebruik",
    "basale-adl",
    "instrumentele-adl",
    "sociaal-netwerk",
    "maatschappelijke-participatie",
    "justitie",
)


@dataclass(frozen=True)
class Opzet:
    """What makes one klantreis differ from another.

    tempo: what the loonwaarde becomes, in percents; tempo_later: of a second measurement, during
    the job. eind: the last step that is played. vandaag: the day of the trajectbesluit's
    placement; the steps before it lie in the weeks before.
    """

    gemeentecode: str
    persoon: Persoon
    kvk_nummer: str
    vandaag: date
    instroomkanaal: str = "participatie"
    doelgroep: str = "pwet"
    poortuitkomst: str = "aanmelden-bij-wsd"
    tempo: int = 40
    uren: Decimal = Decimal(24)
    tempo_later: int | None = None
    eind: str = "lks"

    @property
    def traject(self) -> dict[str, Any]:
        """The programme and services that go with this loonwaarde (domain.md §5)."""
        if self.tempo < KLEINSTE_LKS:
            return {"programma": "werkprogramma", "diensten": ["beschut-werken"]}
        if self.tempo > GROOTSTE_LKS:
            return {"programma": "uitstroomprogramma", "diensten": ["jobhunting"]}
        return {
            "programma": "ontwikkelprogramma",
            "diensten": ["werken-met-loonkostensubsidie", "jobcoaching"],
        }


@dataclass
class Klantreis:
    """Plays one klantreis. gebeurtenissen: how many events of each type must have followed."""

    verbinding: Verbinding
    opzet: Opzet
    na_gebeurtenis: Callable[[Klantreis, str], Awaitable[None]] | None = None
    """Is told the name of each event that must have followed from what was just done."""
    gebeurtenissen: Counter[str] = field(default_factory=Counter)
    gedeeld: int = 0
    """How many of them WSD must have received too."""
    kandidaat_id: str = ""
    dossier_id: str = ""
    plaatsing_id: str = ""
    begin_dienstverband: date | None = None

    async def speel(self) -> None:
        """All steps up to the end of the opzet. Raises KlantreisFout."""
        await self._aanmelding()
        await self._quick_scan()
        await self._poortbesluit()
        if self.opzet.poortuitkomst != "aanmelden-bij-wsd":
            return
        await self._doorverwijzing()
        zrm, loonwaarde = await self._diagnose()
        await self._advies(zrm, loonwaarde)
        await self._trajectbesluit()
        if self.opzet.eind == "trajectbesluit":
            return
        werkplek_id = await self._werkplek()
        await self._proefplaatsing(werkplek_id)
        if self.opzet.eind == "proefplaatsing":
            return
        await self._lks_plaatsing(werkplek_id)
        if self.opzet.tempo_later is not None:
            await self._nieuwe_loonwaarde(self.opzet.tempo_later)
        if self.opzet.eind == "einde-lks":
            await self._einde_lks()

    async def loonkostensubsidie(self) -> dict[str, Any]:
        """The calculation per month on the first day of the job, as soon as it is established."""
        gemeente = self.opzet.gemeentecode
        lks = await self.verbinding.wacht_op(
            gemeente,
            "klantmanager",
            "/financiering/v1/loonkostensubsidies",
            {"plaatsingId": self.plaatsing_id},
            lambda page: page["resultaten"] and page["resultaten"][0],
        )
        berekening: dict[str, Any] = await self.verbinding.wacht_op(
            gemeente,
            "klantmanager",
            f"/financiering/v1/loonkostensubsidies/{lks['lksId']}/berekening",
            {"op": lks["begindatum"]},
            lambda berekening: berekening,
        )
        return berekening

    @property
    def gedeeld_met_wsd(self) -> bool:
        """Whether WSD must see what happens from now on."""
        return bool(self.gebeurtenissen["kandidaat-doorverwezen"])

    async def _volgt(self, gebeurtenis: str) -> None:
        self.gebeurtenissen[gebeurtenis] += 1
        self.gedeeld += self.gedeeld_met_wsd
        if self.na_gebeurtenis is not None:
            await self.na_gebeurtenis(self, gebeurtenis)

    def _dag(self, dagen_geleden: int) -> str:
        return (self.opzet.vandaag - timedelta(days=dagen_geleden)).isoformat()

    async def _gemeente(self, pad: str, body: dict[str, Any], *zodra: str) -> Any:
        return await self.verbinding.doe(
            self.opzet.gemeentecode, "klantmanager", pad, body, zodra=zodra
        )

    async def _aanmelding(self) -> None:
        kandidaat = await self._gemeente(
            "/intake/v1/kandidaten",
            {
                "aangemeldOp": self._dag(100),
                "instroomkanaal": self.opzet.instroomkanaal,
                "doelgroep": self.opzet.doelgroep,
                "persoon": self.opzet.persoon.als_invoer(),
                "toelichting": self.opzet.persoon.toelichting,
            },
        )
        self.kandidaat_id = kandidaat["kandidaatId"]
        await self._volgt("kandidaat-aangemeld")

    async def _quick_scan(self) -> None:
        """The first steps of the gemeente's process, up to the poortbesluit."""
        proces = f"/intake/v1/kandidaten/{self.kandidaat_id}/proces"
        antwoord = await self.verbinding.lees(self.opzet.gemeentecode, "klantmanager", proces)
        [stap] = antwoord.json()["openStappen"]
        await self.verbinding.doe(
            self.opzet.gemeentecode,
            stap["rol"],
            f"{proces}/stappen",
            {
                "stap": stap["stap"],
                "gezetOp": max(self._dag(98), stap["nietVoor"]),
                "feiten": {feit["naam"]: _ANTWOORDEN[feit["naam"]] for feit in stap["feiten"]},
            },
        )
        await self._volgt("quick-scan-afgerond")

    async def _poortbesluit(self) -> None:
        await self._gemeente(
            f"/intake/v1/kandidaten/{self.kandidaat_id}/poortbesluiten",
            {
                **self._besluit(96),
                "uitkomst": self.opzet.poortuitkomst,
            },
        )
        await self._volgt("poortbesluit-genomen")

    async def _doorverwijzing(self) -> None:
        await self._gemeente(
            f"/intake/v1/kandidaten/{self.kandidaat_id}/doorverwijzingen",
            {"doorverwezenOp": self._dag(95)},
        )
        await self._volgt("kandidaat-doorverwezen")

    async def _diagnose(self) -> tuple[str, str]:
        dossier = await self.verbinding.wacht_op(
            WSD,
            "trajectconsulent",
            "/diagnose/v1/dossiers",
            {"kandidaatId": self.kandidaat_id},
            lambda page: page["resultaten"] and page["resultaten"][0],
        )
        self.dossier_id = dossier["dossierId"]
        pad = f"/diagnose/v1/dossiers/{self.dossier_id}"
        await self.verbinding.doe(
            WSD, "trajectconsulent", f"{pad}/diagnoses", {"gestartOp": self._dag(93)}
        )
        await self._volgt("diagnose-gestart")
        zrm = await self.verbinding.doe(
            WSD,
            "trajectconsulent",
            f"{pad}/zrm-metingen",
            {
                # More than a quarter ago: that the next is late then depends on no clock.
                "afgenomenOp": self._dag(93),
                "informatieVan": self._dag(94),
                "beoordelaar": "Beoordelaar van WSD",
                "scores": [
                    {
                        "domein": domein,
                        "niveau": 2 if domein == "werk-en-opleiding" else 4,
                        "hulp": "nee",
                        "toelichting": self.opzet.persoon.toelichting,
                    }
                    for domein in _DOMEINEN
                ],
            },
        )
        await self._volgt("zrm-afgenomen")
        loonwaarde = await self._loonwaarde(self.opzet.tempo, dagen_geleden=84)
        return zrm["metingId"], loonwaarde["metingId"]

    async def _loonwaarde(self, tempo: int, *, dagen_geleden: int) -> dict[str, Any]:
        meting: dict[str, Any] = await self.verbinding.doe(
            WSD,
            "loonwaardedeskundige",
            f"/diagnose/v1/dossiers/{self.dossier_id}/loonwaardemetingen",
            modelrapport(
                self.opzet.vandaag - timedelta(days=dagen_geleden),
                bezoek_op=self.opzet.vandaag - timedelta(days=dagen_geleden + 1),
                tempo=tempo,
                kvk_nummer=self.opzet.kvk_nummer,
                uren=self.opzet.uren,
            ),
        )
        await self._volgt("loonwaarde-vastgesteld")
        return meting

    async def _advies(self, zrm: str, loonwaarde: str) -> None:
        await self.verbinding.doe(
            WSD,
            "trajectconsulent",
            f"/diagnose/v1/dossiers/{self.dossier_id}/adviezen",
            {
                "gegevenOp": self._dag(82),
                **self.opzet.traject,
                "motivering": self.opzet.persoon.toelichting,
                "zrmMetingId": zrm,
                "loonwaardeMetingId": loonwaarde,
                "feiten": {
                    naam: {
                        "waarde": False,
                        "vastgesteldOp": self._dag(92),
                        "bron": "Gesprek met de kandidaat",
                    }
                    for naam in ("aangepasteOmstandigheden", "ontwikkelvermogen")
                },
            },
        )
        await self._volgt("advies-gegeven")

    async def _trajectbesluit(self) -> None:
        besluit = await self._gemeente(
            f"/intake/v1/kandidaten/{self.kandidaat_id}/trajectbesluiten",
            {
                **self._besluit(80),
                **self.opzet.traject,
                "metWsd": True,
            },
            "advies-ontbreekt",
        )
        await self._volgt("trajectbesluit-genomen")
        if besluit["inkooporderNodig"]:
            await self._inkooporder(besluit["besluitId"])

    async def _inkooporder(self, besluit_id: str) -> None:
        await self._gemeente(
            f"/intake/v1/kandidaten/{self.kandidaat_id}/trajectbesluiten/{besluit_id}/inkooporders",
            {"nummer": f"IO-{self.opzet.kvk_nummer}", "geplaatstOp": self._dag(79)},
        )
        await self._volgt("inkooporder-geplaatst")

    async def _werkplek(self) -> str:
        werkgever = await self.verbinding.doe(
            WSD,
            "accountmanager",
            "/plaatsing/v1/werkgevers",
            {"kvkNummer": self.opzet.kvk_nummer, "naam": "Voorbeeld Logistiek"},
        )
        werkplek = await self.verbinding.doe(
            WSD,
            "accountmanager",
            "/plaatsing/v1/werkplekken",
            {
                "werkgeverId": werkgever["werkgeverId"],
                "werksoort": "logistiek",
                "functie": FUNCTIE,
                "locatie": "Boxtel",
                "urenVan": "12",
                "urenTot": "36",
                "capaciteit": 2,
            },
        )
        return str(werkplek["werkplekId"])

    async def _proefplaatsing(self, werkplek_id: str) -> None:
        begin = self.opzet.vandaag - timedelta(days=70)
        proef = await self.verbinding.doe(
            WSD,
            "accountmanager",
            "/plaatsing/v1/proefplaatsingen",
            {
                "kandidaatId": self.kandidaat_id,
                "werkplekId": werkplek_id,
                "begindatum": begin.isoformat(),
                "urenPerWeek": str(self.opzet.uren),
                "ontvangtAlgemeneBijstand": True,
            },
            # Plaatsing hears of a kandidaat, of the besluit and of the loonwaarde by events.
            zodra=("niet-gevonden", "trajectbesluit-ontbreekt", "inkooporder-ontbreekt"),
        )
        await self._volgt("proefplaatsing-gestart")
        await self.verbinding.doe(
            WSD,
            "accountmanager",
            f"/plaatsing/v1/plaatsingen/{proef['plaatsingId']}/beeindigingen",
            {
                "einddatum": (begin + timedelta(days=40)).isoformat(),
                "reden": "arbeidsovereenkomst",
            },
        )
        await self._volgt("plaatsing-beeindigd")

    async def _lks_plaatsing(self, werkplek_id: str) -> None:
        self.begin_dienstverband = self.opzet.vandaag - timedelta(days=29)
        plaatsing = await self.verbinding.doe(
            WSD,
            "accountmanager",
            "/plaatsing/v1/lks-plaatsingen",
            {
                "kandidaatId": self.kandidaat_id,
                "werkplekId": werkplek_id,
                "begindatum": self.begin_dienstverband.isoformat(),
                "urenPerWeek": str(self.opzet.uren),
                "voltijdsurenPerWeek": "36",
                "grondslag": "loonwaarde",
                "via": "werkgever",
                "behoortTotDoelgroep": True,
            },
            zodra=("loonwaarde-ontbreekt",),
        )
        self.plaatsing_id = plaatsing["plaatsingId"]
        await self._volgt("lks-plaatsing")
        await self._volgt("participatieladder-vastgesteld")
        await self._volgt("lks-vastgesteld")

    async def _betaald_werk_op_de_ladder(self) -> None:
        """Diagnose has heard of the job.

        Measured before that, the one and what follows from the other are told in either order.
        """
        await self.verbinding.wacht_op(
            WSD,
            "trajectconsulent",
            f"/diagnose/v1/dossiers/{self.dossier_id}/ladderposities",
            {},
            lambda ladder: any(
                positie["bron"] == "plaatsing" for positie in ladder["ladderposities"]
            ),
        )

    async def _nieuwe_loonwaarde(self, tempo: int) -> None:
        """A second measurement, during the job: from its day on the amount is another.

        Nothing else is done until plaatsing has heard of it, as with the ladder.
        """
        await self._betaald_werk_op_de_ladder()
        await self._loonwaarde(tempo, dagen_geleden=12)
        if tempo != self.opzet.tempo:
            await self._volgt("plaatsing-gewijzigd")
            await self._volgt("lks-vastgesteld")
            await self.verbinding.wacht_op(
                WSD,
                "accountmanager",
                f"/plaatsing/v1/plaatsingen/{self.plaatsing_id}",
                {},
                lambda plaatsing: plaatsing["loonwaarde"] == tempo,
            )

    async def _einde_lks(self) -> None:
        await self.verbinding.doe(
            WSD,
            "accountmanager",
            f"/plaatsing/v1/plaatsingen/{self.plaatsing_id}/beeindigingen",
            {"einddatum": self._dag(4), "reden": "uitstroom-regulier"},
        )
        await self._volgt("plaatsing-beeindigd")
        await self._volgt("participatieladder-vastgesteld")

    def _besluit(self, dagen_geleden: int) -> dict[str, str]:
        dag = self._dag(dagen_geleden)
        return {
            "genomenOp": dag,
            "motivering": self.opzet.persoon.toelichting,
            "rechtsgrond": "pw-art-7-lid-1-a",
            "ingangsdatum": dag,
            "bekendgemaaktOp": dag,
        }
