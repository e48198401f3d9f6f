"""What stands in the letter of a beschikking on a loonkostensubsidie, in plain Dutch.

To the employer, who is known here by number only, as the worker is. The parts are those that the
law asks of a beschikking: what was decided and from when, the reasons (3:46 Awb), the calculation,
the article (3:47), what is expected, how to object (3:45, 6:5, 6:7), whom to ask, and in whose name
(10:10).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from chassis.documents import in_euros, in_words, paragraphs
from chassis.letters import Brief, Deel, Tabel
from services.financiering.domain.beschikking import (
    Beschikking,
    Beschikkingsoort,
    BeschiktBedrag,
    Besluitinhoud,
)
from services.financiering.domain.leeftijdsgroep import Verjaardagsregel
from services.financiering.domain.lks_dossier import Grondslag
from services.financiering.domain.lks_toekenning import EindeLks, Wijzigingsreden
from services.financiering.partijen import Partij


class Onderdeel(StrEnum):
    """The parts of the letter under a heading; the value is the heading."""

    BESLUIT = "Wat hebben wij besloten?"
    MOTIVERING = "Waarom hebben wij dit besloten?"
    BEREKENING = "Hoe hebben wij het bedrag berekend?"
    ONZEKER = "Wat is nog niet zeker?"
    GRONDSLAG = "Op welke wet is dit besluit gebaseerd?"
    VOORWAARDEN = "Wat verwachten wij van u?"
    BEZWAAR = "Bent u het niet eens met dit besluit?"
    CONTACT = "Hebt u vragen?"


_TITELS: Final = {
    Beschikkingsoort.TOEKENNING: "U krijgt loonkostensubsidie",
    Beschikkingsoort.AFWIJZING: "U krijgt geen loonkostensubsidie",
    Beschikkingsoort.HERZIENING: "Uw loonkostensubsidie verandert",
    Beschikkingsoort.BEEINDIGING: "Uw loonkostensubsidie stopt",
}
_EINDE: Final = {
    EindeLks.EINDE_DIENSTBETREKKING: "De dienstbetrekking eindigt.",
    EindeLks.NIET_LANGER_IN_DOELGROEP: (
        "Wij hebben vastgesteld dat uw werknemer niet meer hoort bij de groep mensen voor wie er "
        "loonkostensubsidie is."
    ),
    EindeLks.GEEN_VERMINDERDE_LOONWAARDE: (
        "De loonwaarde is vastgesteld op 100%: uw werknemer kan met dit werk het hele minimumloon "
        "verdienen. Dan is er niets te vergoeden."
    ),
}
_REDENEN: Final = {
    Wijzigingsreden.JAARLIJKSE_HERZIENING: (
        "op 1 januari gelden het minimumloon en de vergoeding werkgeverslasten van het nieuwe jaar"
    ),
    Wijzigingsreden.EINDE_FORFAIT: "de periode met een vast percentage (het forfait) is voorbij",
    Wijzigingsreden.LOONWAARDE: "de loonwaarde is opnieuw vastgesteld",
    Wijzigingsreden.ARBEIDSDUUR: "de afgesproken uren zijn anders",
    Wijzigingsreden.LEEFTIJDSGROEP: "er geldt een minimumloon voor een andere leeftijd",
    Wijzigingsreden.OVERDRACHT: "een andere gemeente betaalt de subsidie",
}
_HERSTEL: Final = "de gegevens van een eerder besluit zijn hersteld"
_VERJAARDAGSREGELS: Final = {
    Verjaardagsregel.VERJAARDAGSMAAND: (
        "Wordt uw werknemer ouder en geldt daardoor een hoger minimumloon? Dan telt dat vanaf de "
        "eerste dag van de maand van de verjaardag."
    ),
    Verjaardagsregel.JAARLIJKSE_HERZIENING: (
        "Wordt uw werknemer ouder en geldt daardoor een hoger minimumloon? Dan telt dat vanaf 1 "
        "januari erna."
    ),
}


def stel_brief_op(beschikking: Beschikking, motivering: str, college: Partij) -> Brief:
    """The letter, dated when it was sent. college: the gemeente that decided."""
    inhoud = beschikking.inhoud
    return Brief(
        titel=_TITELS[inhoud.soort],
        afzender=college.naam,
        geadresseerde=(f"Werkgever {beschikking.werkgever_id or 'onbekend'}",),
        datum=in_words(beschikking.bekendgemaakt_op),
        kenmerk=str(beschikking.beschikking_id),
        aanhef="Geachte heer of mevrouw,",
        delen=tuple(_delen(beschikking, motivering, college)),
        ondertekening=(
            f"namens het college van burgemeester en wethouders van de {_klein(college.naam)},",
            f"{beschikking.rol} van de {_klein(college.naam)}",
        ),
    )


def _delen(beschikking: Beschikking, motivering: str, college: Partij) -> Iterator[Deel]:
    inhoud = beschikking.inhoud
    yield _besluit(beschikking)
    # What a ground explains says what the college must do, so it is not for the employer.
    yield Deel(
        Onderdeel.MOTIVERING,
        (*paragraphs(motivering), *_waardoor(inhoud)),
        tuple(grond.titel for grond in inhoud.gronden),
    )
    if inhoud.bedragen:
        regel = inhoud.verjaardagsregel
        yield Deel(
            Onderdeel.BEREKENING,
            (
                "Dit is de berekening voor een hele maand. Wij rekenen met onafgeronde bedragen "
                "en ronden alleen de uitkomst af. Geldt een bedrag een deel van de maand, dan "
                "telt elke kalenderdag even zwaar.",
                *((_VERJAARDAGSREGELS[regel],) if regel else ()),
            ),
            tabellen=tuple(map(_tabel, inhoud.bedragen)),
        )
    if inhoud.onzekerheden:
        yield Deel(
            Onderdeel.ONZEKER,
            (
                "Deze cijfers hebben wij niet in een officiële bron gevonden. Blijken zij anders, "
                "dan krijgt u een nieuw besluit:",
            ),
            inhoud.onzekerheden,
        )
    yield Deel(
        Onderdeel.GRONDSLAG,
        ("Dit besluit is gebaseerd op:",) if inhoud.artikelen else ("Op de Participatiewet.",),
        inhoud.artikelen,
    )
    yield Deel(Onderdeel.VOORWAARDEN, (), tuple(_voorwaarden(inhoud)))
    yield _bezwaar(beschikking, college)
    yield Deel(
        Onderdeel.CONTACT,
        (
            f"Neem dan contact op met de {_klein(college.naam)}. Houd het kenmerk van deze brief "
            "bij de hand.",
        ),
    )


def _besluit(beschikking: Beschikking) -> Deel:
    inhoud = beschikking.inhoud
    wie = f"uw werknemer met kandidaatnummer {beschikking.kandidaat_id}"
    vanaf = in_words(inhoud.ingangsdatum)
    match inhoud.soort:
        case Beschikkingsoort.TOEKENNING:
            tekst = [f"U krijgt vanaf {vanaf} loonkostensubsidie voor {wie}."]
        case Beschikkingsoort.AFWIJZING:
            tekst = [f"U krijgt geen loonkostensubsidie voor {wie}."]
        case Beschikkingsoort.HERZIENING:
            tekst = [f"De loonkostensubsidie voor {wie} verandert vanaf {vanaf}."]
        case Beschikkingsoort.BEEINDIGING:
            tekst = [f"De loonkostensubsidie voor {wie} stopt."]
    if inhoud.laatste_dag is not None:
        tekst.append(f"De laatste dag met subsidie is {in_words(inhoud.laatste_dag)}.")
    return Deel(Onderdeel.BESLUIT, (" ".join(tekst),), tuple(map(_bedrag, inhoud.bedragen)))


def _bedrag(bedrag: BeschiktBedrag) -> str:
    waarop = (
        "het forfait"
        if bedrag.grondslag is Grondslag.FORFAIT
        else f"een loonwaarde van {bedrag.loonwaarde}%"
    )
    return f"{_periode(bedrag)}: {in_euros(bedrag.maandbedrag)} per maand, bij {waarop}"


def _periode(bedrag: BeschiktBedrag) -> str:
    vanaf = f"Vanaf {in_words(bedrag.vanaf)}"
    return (
        vanaf if bedrag.tot_en_met is None else f"{vanaf} tot en met {in_words(bedrag.tot_en_met)}"
    )


def _waardoor(inhoud: Besluitinhoud) -> Iterator[str]:
    if inhoud.soort is Beschikkingsoort.HERZIENING:
        for bedrag in inhoud.bedragen:
            redenen = [_REDENEN[r] for r in bedrag.redenen if r in _REDENEN] or [_HERSTEL]
            yield f"{_periode(bedrag)} is het bedrag anders, want {' en '.join(redenen)}."
    if inhoud.eindereden is not None:
        yield _EINDE[inhoud.eindereden]


def _tabel(bedrag: BeschiktBedrag) -> Tabel:
    return Tabel(
        onderschrift=_periode(bedrag),
        koppen=("Stap", "Berekening", "Grondslag", "Uitkomst"),
        rijen=tuple(
            (stap.omschrijving, stap.formule, stap.grondslag, in_euros(stap.uitkomst))
            for stap in bedrag.stappen
        ),
    )


def _voorwaarden(inhoud: Besluitinhoud) -> Iterator[str]:
    if inhoud.soort in (Beschikkingsoort.TOEKENNING, Beschikkingsoort.HERZIENING):
        yield "Veranderen de uren, of stopt de dienstbetrekking? Geef dat meteen aan ons door."
        yield "Is uw werknemer ziek? Meld dat alleen bij het UWV."
        if any(bedrag.grondslag is Grondslag.FORFAIT for bedrag in inhoud.bedragen):
            yield "Werk mee aan het meten van de loonwaarde, voordat het forfait stopt."
    else:
        yield "Kloppen deze gegevens niet? Geef dat meteen aan ons door."


def _bezwaar(beschikking: Beschikking, college: Partij) -> Deel:
    adres = f"{college.straat}, {college.postcode} {college.plaats}"
    return Deel(
        Onderdeel.BEZWAAR,
        (
            "Dan kunt u bezwaar maken. Doe dat binnen 6 weken na de dag waarop wij deze brief "
            f"hebben gestuurd. De laatste dag is {in_words(beschikking.bezwaar_tot_en_met)}. Stuur "
            "uw bezwaar naar het college van burgemeester en wethouders van de "
            f"{_klein(college.naam)}. Het adres is: {adres}.",
            "Als u bezwaar maakt, blijft het besluit eerst gelden. Kunt u daar niet op wachten? "
            "Dan kunt u de rechtbank vragen om een voorlopige voorziening.",
            "Zet in uw bezwaar:",
        ),
        (
            "uw naam en adres",
            "de datum",
            f"het kenmerk van dit besluit: {beschikking.beschikking_id}",
            "waarom u het er niet mee eens bent",
            "uw handtekening",
        ),
    )


def _klein(naam: str) -> str:
    """As it reads inside a sentence: gemeente Boxtel."""
    return naam[:1].lower() + naam[1:]
