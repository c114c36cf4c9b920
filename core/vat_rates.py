"""What VAT is on most things, by country. Pure."""

from __future__ import annotations

from decimal import Decimal

from core.places import HOME_COUNTRY

# In percent, as in force at the start of 2026, after the European Commission's "Taxes in Europe
# Database", GOV.UK "VAT rates" and the Swiss Federal Tax Administration. What is taxed less is for
# the seller to say: this only saves most of them the typing.
_STANDARD = {
    "AT": "20",
    "BE": "21",
    "BG": "20",
    "HR": "25",
    "CY": "19",
    "CZ": "21",
    "DK": "25",
    "EE": "24",
    "FI": "25.5",
    "FR": "20",
    "DE": "19",
    "GR": "24",
    "HU": "27",
    "IE": "23",
    "IT": "22",
    "LV": "21",
    "LT": "21",
    "LU": "17",
    "MT": "18",
    "NL": "21",
    "PL": "23",
    "PT": "23",
    "RO": "21",
    "SK": "23",
    "SI": "22",
    "ES": "21",
    "SE": "25",
    "GB": "20",
    "CH": "8.1",
}


def standard_rate(country: str) -> Decimal:
    """The standard rate there as a share of one, Decimal("0.2"); home's for any other country, and
    for '', who has not told an address yet."""
    return Decimal(_STANDARD.get(country, _STANDARD[HOME_COUNTRY])) / 100
