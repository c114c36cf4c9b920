"""The test cards, and reading what a person typed. Pure; a full number is never kept."""

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l


class Behaviour(StrEnum):
    """How the make-believe bank answers."""

    OK = "ok"
    DECLINED = "card_declined"
    NO_FUNDS = "insufficient_funds"
    CHALLENGE = "challenge"
    SLOW = "slow"


@dataclass(frozen=True)
class TestCard:
    number: str
    # A token that stands for this card without anybody having remembered it.
    token: str
    brand: str
    behaviour: Behaviour
    meaning: object

    @property
    def spaced(self) -> str:
        return " ".join(self.number[at : at + 4] for at in range(0, 16, 4))


def _visa(number: str, token: str, behaviour: Behaviour, meaning: object) -> TestCard:
    return TestCard(number, token, "Visa", behaviour, meaning)


TEST_CARDS = (
    _visa("4242424242424242", "test_ok", Behaviour.OK, _l("Pays")),
    _visa("4000002500003155", "test_challenge", Behaviour.CHALLENGE, _l("Asks: is it you?")),
    _visa("4000000000000002", "test_declined", Behaviour.DECLINED, _l("Is declined")),
    _visa("4000000000009995", "test_no_funds", Behaviour.NO_FUNDS, _l("Has no money left")),
    _visa("4000000000000119", "test_slow", Behaviour.SLOW, _l("Pays, but answers late")),
)
BY_TOKEN = {card.token: card for card in TEST_CARDS}
_BY_NUMBER = {card.number: card for card in TEST_CARDS}


@dataclass(frozen=True)
class EnteredCard:
    """A card that may be charged."""

    card: TestCard
    exp_month: int
    exp_year: int

    @property
    def last4(self) -> str:
        return self.card.number[-4:]


def read_card(
    *, number: str, expiry: str, cvc: str, today: date
) -> tuple[EnteredCard | None, dict[str, str]]:
    """The card, or what is wrong by field. Spaces and dashes are fine; expiry as printed."""
    errors = {}
    card = _BY_NUMBER.get(_digits(number))
    if card is None:
        errors["number"] = _number_error(number)
    when = _expiry(expiry)
    if when is None:
        errors["expiry"] = _("Write month and year as on the card, for example 08 / 29.")
    elif date(when[1], when[0], calendar.monthrange(when[1], when[0])[1]) < today:
        errors["expiry"] = _("This card has expired.")
    code = _digits(cvc)
    if not (code.isascii() and code.isdigit() and 3 <= len(code) <= 4):
        errors["cvc"] = _("The security code has 3 digits, on the back of the card.")
    if errors or card is None or when is None:
        return None, errors
    return EnteredCard(card, *when), {}


def _digits(text: str) -> str:
    return "".join(text.split()).replace("-", "").replace("\u2013", "")


def _number_error(text: str) -> str:
    number = _digits(text)
    if not number:
        return _("Write the card number.")
    if not (number.isascii() and number.isdigit() and 12 <= len(number) <= 19):
        return _("A card number has 16 digits.")
    return _("This sandbox takes only the test cards below. Never enter a real card here.")


def _expiry(text: str) -> tuple[int, int] | None:
    plain = "".join(text.split()).replace("-", "/").replace(".", "/")
    month, slash, year = plain.partition("/")
    if not slash and len(plain) in (4, 6):
        month, year = plain[:2], plain[2:]
    if not all(part.isascii() and part.isdigit() for part in (month, year)):
        return None
    if len(month) > 2 or len(year) not in (2, 4) or not 1 <= int(month) <= 12:
        return None
    full = int(year) if len(year) == 4 else 2000 + int(year)
    return (int(month), full) if 2000 <= full <= 2099 else None
