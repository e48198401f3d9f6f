"""How the stories look in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table

from deploy.jan.spel import Gespeeld, Regel
from deploy.jan.verhalen import Verhaal
from deploy.klantreis.spoor import MODELNAMEN

_DAGEN: Final = ("ma", "di", "wo", "do", "vr", "za", "zo")


def kop(console: Console, verhaal: Verhaal) -> None:
    console.print(
        f"\n[bold]Jan in {verhaal.gemeente}[/bold] ({verhaal.bron})\n"
        "Elke stap met de dag, wie haar zet, tot wanneer het kon, en wat de keten erover zegt.\n",
        highlight=False,
        soft_wrap=True,
    )


def regel(console: Console, gedaan: Regel) -> None:
    uiterlijk = f"uiterlijk {dag(gedaan.uiterlijk)}" if gedaan.uiterlijk else ""
    wie = f"{gedaan.rol}, {gedaan.kanaal}" if gedaan.kanaal else gedaan.rol
    console.print(
        f"{dag(gedaan.op)}  [bold]{gedaan.wat:<28}[/bold] [dim]{wie:<42}[/dim] {uiterlijk}",
        highlight=False,
        soft_wrap=True,
    )
    console.print(f"               {gedaan.tekst}", highlight=False, soft_wrap=True)
    if gedaan.gebeurtenissen:
        namen = ", ".join(
            MODELNAMEN[g.naam] + (f" ({g.over})" if g.over else "") for g in gedaan.gebeurtenissen
        )
        console.print(f"               ↳ [cyan]{namen}[/cyan]", highlight=False, soft_wrap=True)


def einde(console: Console, gespeeld: Gespeeld) -> None:
    waar = gespeeld.einde[1] if gespeeld.einde else f"nog open: {', '.join(gespeeld.open_stappen)}"
    console.print(f"\n[bold]Jan eindigt[/bold]: {waar}", highlight=False)
    te_laat = [t for t in gespeeld.termijnen if t.te_laat]
    console.print(
        f"{len(gespeeld.termijnen)} termijnen bewaakt, {len(te_laat)} niet gehaald.\n",
        highlight=False,
    )


def vergelijking(console: Console, verhalen: Sequence[Gespeeld]) -> None:
    """The five side by side."""
    tabel = Table(
        title="\nDezelfde Jan, vijf poorten", title_justify="left", box=box.SIMPLE, show_lines=True
    )
    tabel.add_column("", style="bold")
    for gespeeld in verhalen:
        tabel.add_column(gespeeld.verhaal.gemeente, overflow="fold")
    rijen = {
        "proces": [g.proces for g in verhalen],
        "komt binnen via": [g.verhaal.kanaal for g in verhalen],
        "stappen": [str(_stappen(g)) for g in verhalen],
        "eerste gesprek": [_na(g, _eerste_gesprek(g)) for g in verhalen],
        "uitkering na": [_na(g, _op(g, "toekenning")) for g in verhalen],
        "ontmoet": [str(len(g.rollen)) + " rollen" for g in verhalen],
        "termijnen": [f"{len(g.termijnen)}, {_te_laat(g)} te laat" for g in verhalen],
        "duurt": [f"{g.dagen} dagen" for g in verhalen],
        "eindigt": [g.einde[1] if g.einde else "nog open" for g in verhalen],
    }
    for naam, waarden in rijen.items():
        tabel.add_row(naam, *waarden)
    console.print(tabel)


def dag(op: date) -> str:
    """ "do 19-11-2026"."""
    return f"{_DAGEN[op.weekday()]} {op:%d-%m-%Y}"


def _stappen(gespeeld: Gespeeld) -> int:
    return len([r for r in gespeeld.regels if r.wat not in _GEEN_STAP])


_GEEN_STAP: Final = {"aanmelding", "aanvraag", "voorschot", "toekenning", "evaluatie"}


def _op(gespeeld: Gespeeld, wat: str) -> date | None:
    return next((r.op for r in gespeeld.regels if r.wat == wat), None)


def _eerste_gesprek(gespeeld: Gespeeld) -> date | None:
    return next((r.op for r in gespeeld.regels if r.kanaal in ("gesprek", "groep")), None)


def _na(gespeeld: Gespeeld, op: date | None) -> str:
    return "–" if op is None else f"{(op - gespeeld.verhaal.aangemeld_op).days} dagen"


def _te_laat(gespeeld: Gespeeld) -> int:
    return len([t for t in gespeeld.termijnen if t.te_laat])
