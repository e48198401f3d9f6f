"""What ./meedoen up says when everything is ready."""

from __future__ import annotations

from collections.abc import Callable

from contracts.afnemers import GEMEENTEN, WSD
from deploy.lokaal.toegang import rollen_van


def welkom(url: str, seconden: float, opstelling: str, token: Callable[[str, str], str]) -> str:
    """The text, with two tokens that can be used at once."""
    gemeenten = ", ".join(f"{naam} ({code})" for code, naam in GEMEENTEN.items())
    rollen_gemeente = ", ".join(rollen_van("0757"))
    rollen_wsd = ", ".join(rollen_van(WSD))
    return f"""
Meedoen draait ({seconden:.1f} s, {opstelling}).

  Start               {url}/
  Documentatie        {url}/documentatie
  Gebeurtenissen      {url}/gebeurtenissen/v1/gebeurtenissen
  Gezondheid          {url}/gezondheid

Gemeenten: {gemeenten}
  rollen: {rollen_gemeente}
WSD (wsd)
  rollen: {rollen_wsd}

Token van een klantmanager van Boxtel:
{token("0757", "klantmanager")}

Token van een trajectconsulent van WSD:
{token(WSD, "trajectconsulent")}

Een ander token (6 uur geldig, alleen voor ontwikkeling):
  curl -s {url}/ontwikkeluitgever/token -H 'Content-Type: application/json' \\
    -d '{{"organisatie": "0865", "rol": "klantmanager"}}'

Speel een klantreis af in een ander venster:  ./meedoen klantreis
Stoppen: Ctrl-C (de gegevens blijven bewaard).
"""
