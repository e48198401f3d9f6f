"""How klantreizen look in the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from contracts.afnemers import GEMEENTEN, WSD
from contracts.catalogus import GEBEURTENISSEN
from deploy.klantreis.handberekening import Regel
from deploy.klantreis.verbinding import Aanroep
from deploy.klantreis.volger import Ontvangen

MODELNAMEN = {model.naam: model.__name__ for model in GEBEURTENISSEN}


def organisatienaam(organisatie: str) -> str:
    return "WSD" if organisatie == WSD else GEMEENTEN[organisatie]


class Spoor:
    """The live trail of one klantreis. gevolgd: the organisations whose feeds are shown."""

    def __init__(self, console: Console, gevolgd: Sequence[str]) -> None:
        self._console = console
        self._gevolgd = gevolgd
        self._aantal = 0

    def kop(self, gemeentecode: str, url: str) -> None:
        self._console.print(
            f"\n[bold]Een klantreis van {GEMEENTEN[gemeentecode]}[/bold], via {url}\n"
            "Elke aanroep, de gebeurtenis die erop volgt, en wie haar ontving met de vertraging "
            "tussen vastleggen en ontvangst.\n"
        )

    def aanroep(self, gedaan: Aanroep) -> None:
        self._aantal += 1
        wie = f"{organisatienaam(gedaan.organisatie)}, {gedaan.rol}"
        self._console.print(
            f"[bold]{self._aantal:>2}[/bold]  {wie:<28} {gedaan.methode} {_kort(gedaan.pad)}"
            f"  [green]{gedaan.status}[/green]  {_ms(gedaan.milliseconden)}",
            highlight=False,
            soft_wrap=True,
        )

    def gebeurtenis(self, ontvangen: Ontvangen) -> None:
        zagen = "   ".join(
            f"[green]{organisatienaam(o)} {_ms(ontvangen.milliseconden[o])}[/green]"
            if o in ontvangen.milliseconden
            else f"[dim]{organisatienaam(o)} –[/dim]"
            for o in self._gevolgd
        )
        self._console.print(
            f"      ↳ [cyan]{MODELNAMEN[ontvangen.naam]:<29}[/cyan] {zagen}",
            highlight=False,
            soft_wrap=True,
        )

    def bedrag(
        self, berekening: Mapping[str, Any], regels: Sequence[Regel], met_de_hand: Decimal
    ) -> bool:
        """The product's calculation beside the one by hand; False when the amounts differ."""
        stappen = {stap["naam"]: Decimal(stap["uitkomst"]) for stap in berekening["stappen"]}
        tabel = Table(
            title="\nLoonkostensubsidie per maand (art. 10d lid 4 Participatiewet)",
            title_justify="left",
            box=box.SIMPLE,
        )
        tabel.add_column("")
        tabel.add_column("")
        tabel.add_column("met de hand", justify="right")
        tabel.add_column("Meedoen", justify="right")
        for regel in regels:
            tabel.add_row(regel.wat, regel.hoe, _euro(regel.uitkomst), _euro(stappen[regel.stap]))
        self._console.print(tabel)
        volgens_meedoen = Decimal(berekening["maandbedrag"])
        gelijk = volgens_meedoen == met_de_hand
        self._console.print(
            f"Vastgesteld: [bold]€ {_euro(volgens_meedoen)}[/bold] per maand, met de hand "
            f"€ {_euro(met_de_hand)}: "
            + ("[green]gelijk[/green]" if gelijk else "[red]VERSCHIL[/red]"),
            highlight=False,
        )
        return gelijk


def telling(console: Console, verwacht: Counter[str], ontvangen: Counter[str]) -> bool:
    """The count per event; False when what was received is not what had to follow."""
    tabel = Table(title="\nGebeurtenissen", title_justify="left", box=box.SIMPLE)
    tabel.add_column("gebeurtenis")
    tabel.add_column("verwacht", justify="right")
    tabel.add_column("ontvangen", justify="right")
    tabel.add_column("")
    for naam in MODELNAMEN:
        if verwacht[naam] or ontvangen[naam]:
            klopt = verwacht[naam] == ontvangen[naam]
            tabel.add_row(
                MODELNAMEN[naam],
                f"{verwacht[naam]}",
                f"{ontvangen[naam]}",
                "[green]klopt[/green]" if klopt else "[red]KLOPT NIET[/red]",
            )
    tabel.add_section()
    tabel.add_row("samen", f"{verwacht.total()}", f"{ontvangen.total()}", "")
    console.print(tabel)
    return verwacht == ontvangen


def _kort(pad: str) -> str:
    """A path with its ids shortened, to fit on a line."""
    return "/".join(f"{deel[:8]}…" if len(deel) == 36 else deel for deel in pad.split("/"))


def _ms(milliseconden: float) -> str:
    return f"{milliseconden:.1f} ms".replace(".", ",")


def _euro(bedrag: Decimal) -> str:
    """1246.84 -> 1.246,84"""
    return f"{bedrag:,.2f}".translate(str.maketrans(",.", ".,"))
