"""What the studios of the demo wrote into their papers. Register and VAT numbers are invented: they
have the form and the check digit of their country, and belong to nobody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Paper:
    """Register number, VAT number, phone."""

    register: str
    vat: str
    phone: str


# By handle.
PAPERS = {
    "ondine-studio": Paper("RCS Marseille 000 001 000", "FR05000001000", "+33 4 65 71 01 23"),
    "lumen-and-oak": Paper("CVR 90000004", "DK90000004", "+45 70 20 01 23"),
    "field-loom": Paper("NIPC 500900000, Porto", "PT500900000", "+351 22 000 0123"),
    "north-paper": Paper("Äriregister 10000100", "EE100001006", "+372 600 0123"),
    "marrow-goods": Paper("KBO 0200.000.043, RPR Gent", "BE0200000043", "+32 9 200 01 23"),
    "halden-furniture": Paper("Bolagsverket 550000-0004", "SE550000000401", "+46 40 628 04 12"),
    "tavola-nove": Paper("REA BO-000100", "IT00000010017", "+39 051 000 0123"),
    "vestry-leather": Paper("FN 000001 a, Wien", "ATU99999001", "+43 1 2000123"),
    "aperture-row": Paper("HRB 000100 B, Berlin", "DE100000008", "+49 30 23125012"),
    "fold-and-post": Paper("KVK 00000008, Rotterdam", "NL000000008B01", "+31 10 200 0123"),
    "atelier-rum": Paper("Bolagsverket 550000-0012", "SE550000001201", "+46 8 465 004 12"),
    "two-tongues": Paper("CRO 9999000, Dublin", "IE9999000D", "+353 1 910 0123"),
    "salt-and-rope": Paper("MBS 000000018, Split", "HR10000000018", "+385 21 200 123"),
    "kettle-and-crane": Paper("KRS 0000000001", "PL1000000006", "+48 12 200 01 23"),
}

# Why operators sent one of them back, item by item.
REASONS = {
    "register": "The register of Kraków knows no company under this number. Send the number that "
    "stands on your extract, or say that you are in no register.",
    "pictures": "Your cover shows rooms that are not yours. Choose pictures of your own kettles.",
}
