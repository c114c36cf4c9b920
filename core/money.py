"""Money: whole minor units and an ISO code. Rates are decimals; rounding happens in one place."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation, localcontext
from functools import lru_cache

from babel.core import UnknownLocaleError
from babel.numbers import format_currency, get_currency_precision, list_currencies
from django.utils.translation import gettext as _

from core.errors import Invalid

# The widest amount that still fits the columns (64 bits) after a few thousand of them are added.
LARGEST = 10**14


class MoneyError(Invalid):
    """An amount that is no amount, or two currencies in one sum."""

    code = "money"


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An amount in minor units (cents; whole yen) of one currency. Never a float."""

    amount: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.amount) is not int:
            raise TypeError(f"Money counts whole minor units, not {self.amount!r}.")

    @classmethod
    def zero(cls, currency: str) -> Money:
        """Nothing, in this currency."""
        return cls(0, currency)

    def __add__(self, other: Money) -> Money:
        self._must_match(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._must_match(other)
        return Money(self.amount - other.amount, self.currency)

    def __mul__(self, times: int) -> Money:
        if type(times) is not int:
            raise TypeError("Money is multiplied by whole numbers; a rate goes through share().")
        return Money(self.amount * times, self.currency)

    __rmul__ = __mul__

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __bool__(self) -> bool:
        return self.amount != 0

    def __str__(self) -> str:
        return format_money(self)

    def share(self, rate: Decimal) -> Money:
        """The part of it that `rate` names (0.06 is six percent), rounded half to even."""
        return Money(rounded(Decimal(self.amount) * rate), self.currency)

    def allocate(self, weights: list[int]) -> list[Money]:
        """Split by weights so that the parts add up exactly; the largest remainders get the rest.

        Weights are not negative and not all zero.
        """
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("Weights must be 0 or more, and one of them above 0.")
        sign = -1 if self.amount < 0 else 1
        parts, remainders = [], []
        for index, weight in enumerate(weights):
            whole, remainder = divmod(abs(self.amount) * weight, total)
            parts.append(whole)
            remainders.append((-remainder, index))
        for _remainder, index in sorted(remainders)[: abs(self.amount) - sum(parts)]:
            parts[index] += 1
        return [Money(sign * part, self.currency) for part in parts]

    def _must_match(self, other: Money) -> None:
        if self.currency != other.currency:
            raise MoneyError(
                f"{self.currency} and {other.currency} cannot be added.", code="currency_mix"
            )


def rounded(amount: Decimal) -> int:
    """Minor units, half to even: the only place where money is rounded."""
    with localcontext(prec=60):
        return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def total(amounts: list[Money], *, currency: str) -> Money:
    """The sum; `currency` also answers for an empty list."""
    result = Money.zero(currency)
    for amount in amounts:
        result += amount
    return result


def included_vat(gross: Money, rate: Decimal) -> Money:
    """The tax inside of a price that includes it: gross * rate / (1 + rate)."""
    with localcontext(prec=60):
        return Money(rounded(Decimal(gross.amount) * rate / (1 + rate)), gross.currency)


@lru_cache(maxsize=256)
def exponent(currency: str) -> int:
    """How many decimals the currency has: EUR 2, JPY 0, KWD 3. Unknown codes are refused."""
    if currency not in _known_currencies():
        raise MoneyError(f"Unknown currency {currency!r}.", code="currency_unknown")
    return get_currency_precision(currency)


@lru_cache(maxsize=1)
def _known_currencies() -> frozenset[str]:
    return frozenset(list_currencies())


def parse_money(text: str, currency: str) -> Money:
    """Read what a person typed: `12`, `12.50`, `12,50`, `1 234.50`. Plain digits only.

    Raises MoneyError for signs, exponents, more decimals than the currency has, and for amounts
    beyond reason. Thousands may be parted by spaces; a single comma or point parts the decimals.
    """
    digits = exponent(currency)
    plain = text.strip().replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    plain = plain.replace(",", ".")
    whole, point, decimals = plain.partition(".")
    readable = whole.isascii() and whole.isdigit() and len(whole) <= 13
    if point:
        readable = readable and decimals.isascii() and decimals.isdigit()
    if not readable:
        raise MoneyError(
            _("Write the amount in digits, without a sign for thousands: 1200.50."),
            code="not_money",
        )
    if len(decimals) > digits:
        raise MoneyError(
            _("%(currency)s has at most %(digits)d decimals.")
            % {"currency": currency, "digits": digits},
            code="too_precise",
        )
    try:
        amount = int(Decimal(f"{whole}.{decimals or 0}").scaleb(digits))
    except InvalidOperation as error:
        raise MoneyError(code="not_money") from error
    if amount > LARGEST:
        raise MoneyError(_("That is more than we can handle."), code="too_large")
    return Money(amount, currency)


def plain_amount(money: Money) -> str:
    """The amount as machines and fields of forms write it: digits, a point, no sign of money."""
    digits = exponent(money.currency)
    whole, rest = divmod(money.amount, 10**digits)
    return f"{whole}.{rest:0{digits}d}" if digits else str(whole)


def format_money(money: Money, locale: str = "en") -> str:
    """As a person writes it in that language: €1,234.50."""
    value = Decimal(money.amount).scaleb(-exponent(money.currency))
    try:
        return format_currency(value, money.currency, locale=locale.replace("-", "_"))
    except UnknownLocaleError:
        return format_currency(value, money.currency, locale="en")
