"""The diagnosedossier of one kandidaat: opened by the doorverwijzing, filled by WSD."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.diagnose.domain.advies import (
    Advies,
    Dienst,
    Programma,
    gevraagd,
    stel_voor,
    uiterlijk_geldig,
)
from services.diagnose.domain.beslistabel import Beslistabel
from services.diagnose.domain.feiten import (
    Feit,
    Feitsoort,
)
from services.diagnose.domain.fouten import (
    AdviesZonderGrondslag,
    DatumPastNiet,
    DiagnoseAlGestart,
    DiagnoseNietGestart,
    GrondslagOnbekend,
    GrondslagVerouderd,
    LoonwaardeAlVastgesteld,
    OngeldigAdvies,
    Punt,
    ZrmAlAfgenomen,
)
from services.diagnose.domain.loonwaarde import Loonwaardemeting
from services.diagnose.domain.zrm import HERHALING_MAANDEN, ZrmMeting, herhaal_uiterlijk


class Dossierstatus(StrEnum):
    """How far the diagnosis has come. Measuring goes on after the advies."""

    GEOPEND = "geopend"
    GESTART = "gestart"
    ADVIES_GEGEVEN = "advies-gegeven"


@dataclass(slots=True)
class Dossier:
    """One dossier. Change it through its methods only."""

    dossier_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    geopend_op: date
    gestart_op: date | None = None
    zrm_metingen: tuple[ZrmMeting, ...] = ()
    loonwaardemetingen: tuple[Loonwaardemeting, ...] = ()
    adviezen: tuple[Advies, ...] = ()

    @classmethod
    def open(
        cls, *, dossier_id: UUID, kandidaat_id: UUID, gemeentecode: str, doorverwezen_op: date
    ) -> Dossier:
        """The gemeente referred a kandidaat to WSD: a dossier is opened on that day."""
        return cls(dossier_id, kandidaat_id, gemeentecode, doorverwezen_op)

    @property
    def status(self) -> Dossierstatus:
        if self.adviezen:
            return Dossierstatus.ADVIES_GEGEVEN
        return Dossierstatus.GEOPEND if self.gestart_op is None else Dossierstatus.GESTART

    @property
    def loonwaarde(self) -> int | None:
        """The last established loonwaarde in whole percents; None when never measured."""
        return self.loonwaardemetingen[-1].loonwaarde if self.loonwaardemetingen else None

    def start_diagnose(self, op: date) -> None:
        """WSD begins the diagnosis. Raises DiagnoseAlGestart, DatumPastNiet."""
        if self.gestart_op is not None:
            raise DiagnoseAlGestart("De diagnose loopt al; ga door met meten of adviseren.")
        self._eis_niet_eerder(op, self.geopend_op)
        self.gestart_op = op

    def neem_zrm_af(self, meting: ZrmMeting) -> int:
        """Add a measurement; gives its number for this kandidaat, from 1.

        Raises DiagnoseNietGestart, ZrmAlAfgenomen (one measurement per day), DatumPastNiet.
        """
        self._eis_niet_eerder(meting.afgenomen_op, self._begin())
        if any(eerder.afgenomen_op == meting.afgenomen_op for eerder in self.zrm_metingen):
            raise ZrmAlAfgenomen(
                "Per dag bestaat één meting. Neem een volgende op een andere dag af."
            )
        if self.zrm_metingen:
            self._eis_niet_eerder(meting.afgenomen_op, self.zrm_metingen[-1].afgenomen_op)
        self.zrm_metingen = (*self.zrm_metingen, meting)
        return len(self.zrm_metingen)

    def vervang_zrm(self, meting: ZrmMeting) -> None:
        """A correctie takes the place of the measurement it corrects."""
        self.zrm_metingen = tuple(
            meting if eerder.meting_id == meting.meting_id else eerder
            for eerder in self.zrm_metingen
        )

    def stel_loonwaarde_vast(self, meting: Loonwaardemeting) -> int:
        """Add a measured loonwaarde; gives it in whole percents.

        It holds for one function with one employer, but of a kandidaat one loonwaarde is in force
        at a time: that of the last ingangsdatum.
        Raises DiagnoseNietGestart, LoonwaardeAlVastgesteld (each holds from its own day),
        DatumPastNiet.
        """
        self._eis_niet_eerder(meting.vastgesteld_op, self._begin())
        if self.loonwaardemetingen:
            vorige = self.loonwaardemetingen[-1]
            self._eis_niet_eerder(meting.vastgesteld_op, vorige.vastgesteld_op)
            if meting.ingangsdatum <= vorige.ingangsdatum:
                raise LoonwaardeAlVastgesteld(
                    f"De vorige loonwaarde geldt vanaf {vorige.ingangsdatum.isoformat()}. "
                    "Laat een nieuwe op een latere dag ingaan."
                )
        self.loonwaardemetingen = (*self.loonwaardemetingen, meting)
        return meting.loonwaarde

    def vorige_meting(self, meting: Loonwaardemeting) -> Loonwaardemeting | None:
        """What holds, before this one is added, for the same function with the same employer."""
        return next((m for m in reversed(self.loonwaardemetingen) if m.zelfde_werk(meting)), None)

    def eis_gestart(self, op: date) -> None:
        """The diagnosis runs on this day. Raises DiagnoseNietGestart, DatumPastNiet."""
        self._eis_niet_eerder(op, self._begin())

    def loonwaardefeit(self, op: date) -> Feit | None:
        """The loonwaarde that was established last on a day, as an advies rests on it.

        The law gives it no term: it holds until another follows (art. 10d lid 6 Participatiewet).
        """
        gemeten = [m for m in self.loonwaardemetingen if m.vastgesteld_op <= op]
        if not gemeten:
            return None
        return Feit(
            Feitsoort.LOONWAARDE,
            gemeten[-1].loonwaarde,
            gemeten[-1].vastgesteld_op,
            None,
            "loonwaardemeting",
            gemeten[-1].meting_id,
        )

    def geef_advies(
        self,
        tabel: Beslistabel,
        feiten: tuple[Feit, ...],
        *,
        advies_id: UUID,
        gegeven_op: date,
        programma: Programma,
        diensten: tuple[Dienst, ...],
        motivering: str,
        vandaag: date,
        zrm_meting_id: UUID | None = None,
        loonwaarde_meting_id: UUID | None = None,
        geldig_tot: date | None = None,
        motivering_afwijking: str = "",
    ) -> Advies:
        """Advise the gemeente, on a ZRM, a loonwaarde, or both; a later advies replaces it.

        tabel: the decision table of the gemeente; feiten: all that is known for it, the loonwaarde
        of this dossier included; geldig_tot: None for as long as the facts hold.
        Raises DiagnoseNietGestart, AdviesZonderGrondslag, GrondslagOnbekend, GrondslagVerouderd,
        FeitenOntbreken, OngeldigAdvies, AfwijkingNietGemotiveerd, DatumPastNiet.
        """
        begin = self._begin()
        if zrm_meting_id is None and loonwaarde_meting_id is None:
            raise AdviesZonderGrondslag("Noem de ZRM-meting, de loonwaardemeting of beide.")
        zrm = self._zrm_meting(zrm_meting_id)
        loonwaardemeting = self._loonwaardemeting(loonwaarde_meting_id)
        grenzen = [begin]
        if zrm is not None:
            grenzen.append(zrm.afgenomen_op)
        if loonwaardemeting is not None:
            grenzen.append(loonwaardemeting.vastgesteld_op)
        if self.adviezen:
            grenzen.append(self.adviezen[-1].gegeven_op)
        self._eis_niet_eerder(gegeven_op, max(grenzen))
        if gegeven_op > vandaag:
            raise DatumPastNiet("Leg het advies vast op de dag dat het is gegeven of daarna.")
        self._eis_niet_verouderd(gegeven_op, zrm, loonwaardemeting)
        voorstel = stel_voor(tabel, feiten, gegeven_op)
        grondslag = gevraagd(tabel, feiten, gegeven_op)
        uiterlijk = uiterlijk_geldig(
            gegeven_op,
            [
                *(feit.houdbaar_tot_en_met for feit in grondslag),
                None if zrm is None else herhaal_uiterlijk(zrm.afgenomen_op),
            ],
        )
        if geldig_tot is not None and not gegeven_op <= geldig_tot <= uiterlijk:
            raise OngeldigAdvies(
                "Herstel de genoemde punten in het advies.",
                punten=(
                    Punt(
                        "geldigTot",
                        "buiten-bereik",
                        "Een advies geldt niet langer dan de feiten waar het op rust: kies "
                        f"uiterlijk {uiterlijk.isoformat()}.",
                    ),
                ),
            )
        advies = Advies(
            advies_id=advies_id,
            gegeven_op=gegeven_op,
            geldig_tot=geldig_tot or uiterlijk,
            programma=programma,
            diensten=diensten,
            motivering=motivering,
            voorstel=voorstel,
            feiten=grondslag,
            motivering_afwijking=motivering_afwijking,
            zrm_meting_id=zrm_meting_id,
            loonwaarde_meting_id=loonwaarde_meting_id,
        )
        self.adviezen = (*self.adviezen, advies)
        return advies

    def _eis_niet_verouderd(
        self, op: date, zrm: ZrmMeting | None, loonwaarde: Loonwaardemeting | None
    ) -> None:
        """What the advies names is the last of its kind, and a ZRM is repeated every 3 months."""
        if zrm is not None:
            if any(zrm.afgenomen_op < later.afgenomen_op <= op for later in self.zrm_metingen):
                raise GrondslagVerouderd("Er is een latere ZRM-meting. Noem die.")
            if op > herhaal_uiterlijk(zrm.afgenomen_op):
                raise GrondslagVerouderd(
                    f"De ZRM-meting is van {zrm.afgenomen_op.isoformat()}, meer dan "
                    f"{HERHALING_MAANDEN} maanden eerder. Neem opnieuw een ZRM af."
                )
        feit = self.loonwaardefeit(op)
        if loonwaarde is not None and feit and feit.vastlegging_id != loonwaarde.meting_id:
            raise GrondslagVerouderd("Er is een latere loonwaardemeting. Noem die.")

    def _begin(self) -> date:
        if self.gestart_op is None:
            raise DiagnoseNietGestart("Start eerst de diagnose.")
        return self.gestart_op

    def _zrm_meting(self, meting_id: UUID | None) -> ZrmMeting | None:
        if meting_id is None:
            return None
        for meting in self.zrm_metingen:
            if meting.meting_id == meting_id:
                return meting
        raise GrondslagOnbekend("Kies een ZRM-meting die in dit dossier staat.")

    def _loonwaardemeting(self, meting_id: UUID | None) -> Loonwaardemeting | None:
        if meting_id is None:
            return None
        for meting in self.loonwaardemetingen:
            if meting.meting_id == meting_id:
                return meting
        raise GrondslagOnbekend("Kies een loonwaardemeting die in dit dossier staat.")

    @staticmethod
    def _eis_niet_eerder(op: date, eerder: date) -> None:
        if op < eerder:
            raise DatumPastNiet(
                f"De vorige stap was op {eerder.isoformat()}. Kies die dag of een latere."
            )
