"""What an operator watches, as Prometheus metrics. Labels never hold data of a person."""

from __future__ import annotations

from typing import Final

from prometheus_client import Counter, Gauge, Histogram

PUBLISHED: Final = Counter(
    "meedoen_gepubliceerd_total", "Gebeurtenissen uit de outbox gepubliceerd", ["dienst"]
)
OUTBOX_PARKED: Final = Counter(
    "meedoen_outbox_geparkeerd_total", "Gebeurtenissen die de bus niet aanneemt", ["dienst"]
)
OUTBOX_WAITING: Final = Gauge(
    "meedoen_outbox_wachtend", "Gebeurtenissen die op publicatie wachten", ["dienst"]
)
OUTBOX_AGE: Final = Gauge(
    "meedoen_outbox_oudste_seconden", "Leeftijd van de oudste wachtende gebeurtenis", ["dienst"]
)
HANDLED: Final = Counter(
    "meedoen_verwerkt_total", "Ontvangen gebeurtenissen naar uitkomst", ["dienst", "uitkomst"]
)
LAG: Final = Histogram(
    "meedoen_vertraging_seconden",
    "Tijd tussen het vastleggen van een gebeurtenis en de verwerking ervan",
    ["dienst"],
    buckets=(0.005, 0.01, 0.015, 0.03, 0.06, 0.12, 0.25, 0.5, 1, 2, 5, 15, 60, 300),
)
PARKED: Final = Gauge(
    "meedoen_geparkeerd",
    "Wat geparkeerd staat; van een aggregaat telt alleen de eerste",
    ["dienst", "soort", "foutklasse"],
)
PARKED_WAITING: Final = Gauge(
    "meedoen_geparkeerd_wachtend",
    "Gebeurtenissen die achter een geparkeerde wachten",
    ["dienst", "soort", "foutklasse"],
)
PARKED_AGE: Final = Gauge(
    "meedoen_geparkeerd_oudste_seconden",
    "Hoe lang het oudste al geparkeerd staat",
    ["dienst", "soort", "foutklasse"],
)
SKIPPED: Final = Counter(
    "meedoen_overgeslagen_total", "Wat een mens oversloeg, met een reden", ["dienst", "soort"]
)
TIMERS_OPEN: Final = Gauge("meedoen_termijnen_open", "Openstaande termijnen", ["dienst"])
TIMERS_LATE: Final = Gauge(
    "meedoen_termijnen_te_laat", "Termijnen die hadden moeten afgaan", ["dienst"]
)
WEBHOOK_DELIVERED: Final = Counter(
    "meedoen_webhook_afgeleverd_total", "Door een ontvanger aangenomen berichten", ["afnemer"]
)
WEBHOOK_FAILED: Final = Counter(
    "meedoen_webhook_mislukt_total",
    "Mislukte pogingen naar klasse van de fout",
    ["afnemer", "fout"],
)
WEBHOOK_WAITING: Final = Gauge(
    "meedoen_webhook_wachtend", "Afleveringen die op een poging wachten", ["afnemer"]
)
WEBHOOK_AGE: Final = Gauge(
    "meedoen_webhook_oudste_seconden", "Leeftijd van de oudste open aflevering", ["afnemer"]
)
WEBHOOK_GIVEN_UP: Final = Gauge(
    "meedoen_webhook_opgegeven", "Opgegeven afleveringen, waar een mens naar kijkt", ["afnemer"]
)
WEBHOOK_OPEN: Final = Gauge(
    "meedoen_webhook_onderbroken", "Abonnementen waarvan de ontvanger in storing is", ["afnemer"]
)
