"""Where a carrier shows a parcel. Only carriers that we know get a link."""

from __future__ import annotations

from urllib.parse import quote

_ADDRESSES = {
    "dhl": "https://www.dhl.com/en/express/tracking.html?AWB={}",
    "dpd": "https://tracking.dpd.de/status/en_US/parcel/{}",
    "gls": "https://gls-group.com/EU/en/parcel-tracking?match={}",
    "ups": "https://www.ups.com/track?tracknum={}",
    "hermes": "https://www.myhermes.de/empfangen/sendungsverfolgung/?trackingnumber={}",
    "colissimo": "https://www.laposte.fr/outils/suivre-vos-envois?code={}",
    "postnl": "https://postnl.nl/tracktrace/?B={}",
}
CARRIERS = ("DHL", "DPD", "GLS", "UPS", "Hermes", "Colissimo", "PostNL")


def tracking_url(*, carrier: str, tracking: str) -> str:
    """The carrier's own page for this number; '' for an unknown carrier or without a number."""
    address = _ADDRESSES.get(carrier.strip().lower())
    return address.format(quote(tracking, safe="")) if address and tracking else ""
