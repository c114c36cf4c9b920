"""What of buying crosses to other apps and to pages. Amounts are Money, dates are days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from accounts.types import AddressData, BuyerRef, ProfileRef
from catalog.types import DeliveryOption
from core.media import Picture
from core.money import Money
from orders.errors import (
    BadQuantity as BadQuantity,
)
from orders.errors import (
    BagChanged as BagChanged,
)
from orders.errors import (
    CheckoutExpired as CheckoutExpired,
)
from orders.errors import (
    NotCancellable as NotCancellable,
)
from orders.errors import (
    PriceChanged as PriceChanged,
)
from orders.errors import (
    SoldOut as SoldOut,
)
from orders.states import Actor as Actor
from orders.states import OrderState as OrderState


@dataclass(frozen=True, kw_only=True)
class Want:
    """What somebody wants to buy: a variant by public id, and how many."""

    variant_id: str
    quantity: int


@dataclass(frozen=True, kw_only=True)
class PricedLine:
    """A line at the price of now."""

    variant_pk: int
    variant_id: str
    product_id: str
    product_slug: str
    title: str
    variant_title: str
    sku: str
    seller_id: int
    quantity: int
    unit_price: Money
    vat_rate: Decimal
    picture: Picture | None
    return_days: int
    lead_days: int
    buyable: bool = True
    away_until: date | None = None

    @property
    def total(self) -> Money:
        return self.unit_price * self.quantity


@dataclass(frozen=True, kw_only=True)
class PricedParcel:
    """All lines of one seller, how they travel and what that costs.

    `chosen` is None when the seller does not deliver to the country.
    """

    seller: ProfileRef
    lines: tuple[PricedLine, ...]
    options: tuple[DeliveryOption, ...]
    chosen: DeliveryOption | None
    items: Money
    delivery: Money
    tax: Money

    @property
    def total(self) -> Money:
        return self.items + self.delivery

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def lead_days(self) -> int:
        return max(line.lead_days for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class Priced:
    """What buying the lines costs now. `missing` are variants that are not for sale."""

    parcels: tuple[PricedParcel, ...]
    items: Money
    delivery: Money
    tax: Money
    missing: tuple[str, ...] = ()

    @property
    def total(self) -> Money:
        return self.items + self.delivery

    @property
    def lines(self) -> tuple[PricedLine, ...]:
        return tuple(line for parcel in self.parcels for line in parcel.lines)

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def away(self) -> PricedParcel | None:
        """A parcel whose seller is on vacation, the first one."""
        return next((one for one in self.parcels if one.lines[0].away_until), None)

    @property
    def sold_out(self) -> tuple[str, ...]:
        """Variants that the catalogue marks as sold out."""
        return tuple(line.variant_id for line in self.lines if not line.buyable)

    @property
    def undeliverable(self) -> tuple[PricedParcel, ...]:
        """Parcels for which no delivery method reaches the country."""
        return tuple(parcel for parcel in self.parcels if parcel.chosen is None)

    @property
    def currency(self) -> str:
        return self.items.currency

    @property
    def return_days(self) -> int:
        """What holds for every line: the shortest."""
        return min((line.return_days for line in self.lines), default=14)


@dataclass(frozen=True, kw_only=True)
class BagItem:
    """A line of the bag with what happened to it since it was put in."""

    line_id: int
    variant_id: str
    quantity: int
    title: str
    added_price: Money
    added_at: datetime
    line: PricedLine | None
    available: int | None = None

    @property
    def gone(self) -> bool:
        """Not for sale now, so not in the total."""
        return self.line is None or not self.line.buyable

    @property
    def short(self) -> bool:
        """Fewer are left than are in the bag."""
        return self.available is not None and self.available < self.quantity

    @property
    def price_change(self) -> int:
        """Minor units by which one piece is dearer (positive) than when it was added."""
        if self.line is None:
            return 0
        return self.line.unit_price.amount - self.added_price.amount


@dataclass(frozen=True, kw_only=True)
class BagPage:
    """The bag as its page shows it."""

    version: int
    items: tuple[BagItem, ...]
    priced: Priced | None

    @property
    def pieces(self) -> int:
        return sum(item.quantity for item in self.items if not item.gone)

    @property
    def gone(self) -> tuple[BagItem, ...]:
        return tuple(item for item in self.items if item.gone)

    def items_of(self, seller_id: int) -> tuple[BagItem, ...]:
        """The lines that go into one seller's parcel."""
        return tuple(
            item
            for item in self.items
            if item.line is not None and not item.gone and item.line.seller_id == seller_id
        )


@dataclass(frozen=True, kw_only=True)
class Details:
    """Who buys and where it goes. `email` may be '' for somebody who is signed in."""

    email: str
    address: AddressData

    @property
    def complete(self) -> bool:
        """Whether an order can be sent there."""
        one = self.address
        return bool(self.email and one.name and one.line1 and one.postcode and one.city)


@dataclass(frozen=True, kw_only=True)
class BoughtFor:
    """The company that something was bought for, as it was when the order was placed.

    `id` is its public id; whoever has left it, or never was in it, is refused there.
    """

    id: str
    name: str
    registration_number: str
    vat_id: str
    email: str
    line1: str
    line2: str
    postcode: str
    city: str
    country: str


@dataclass(frozen=True, kw_only=True)
class Message:
    """A typed message of a checkout. `was` and `now` are the prices where it is about one."""

    code: str
    subject: str = ""
    was: Money | None = None
    now: Money | None = None


@dataclass(frozen=True, kw_only=True)
class CheckoutPage:
    """A checkout session as its page shows it.

    `priced` is the price of now, `messages` say what changed since it was begun. Not `from_bag`: it
    was bought directly, and no bag holds its pieces.
    """

    public_id: str
    state: str
    version: int
    details: Details
    priced: Priced
    hold_until: datetime | None
    held: bool
    expired: bool
    updated_at: datetime
    messages: tuple[Message, ...] = ()
    purchase_id: str | None = None
    buying_for: BuyerRef | None = None
    from_bag: bool = True


@dataclass(frozen=True, kw_only=True)
class Placed:
    """The answer of paying. `replayed` when the same request had been answered before."""

    purchase_id: str
    payment_id: str
    orders: list[str]
    replayed: bool = False


@dataclass(frozen=True, kw_only=True)
class LineData:
    """A line of an order as it was sold."""

    public_id: str
    product_id: str
    variant_id: str
    title: str
    variant_title: str
    sku: str
    picture: Picture | None
    quantity: int
    shipped: int
    unit_price: Money
    total: Money
    return_days: int

    @property
    def called(self) -> str:
        """What it is, with which of its variants."""
        return ", ".join(filter(None, (self.title, self.variant_title)))

    @property
    def open(self) -> int:
        """How many are still to be shipped."""
        return self.quantity - self.shipped


@dataclass(frozen=True, kw_only=True)
class BoughtLine:
    """A line that somebody paid for, as it was sold; `id` and `product_key` are primary keys.
    `sent`: a piece of it has left."""

    id: int
    public_id: str
    order_number: str
    product_key: int
    seller_id: int
    seller_name: str
    title: str
    variant_title: str
    picture: Picture | None
    sent: bool


@dataclass(frozen=True, kw_only=True)
class ParcelData:
    """A parcel that left, with what is in it."""

    public_id: str
    carrier: str
    tracking: str
    tracking_url: str
    shipped_at: datetime
    contents: tuple[tuple[int, str], ...]


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One line of "what happened". `actor` is one of Actor, or "provider"; `seller` names who sold,
    and `colleague`, for the seller alone, who of the team did it. Lines about money have an
    `amount`.
    """

    at: datetime
    kind: str
    actor: str
    seller: str
    note: str
    order_number: str
    colleague: str = ""
    amount: Money | None = None


@dataclass(frozen=True, kw_only=True)
class OrderPage:
    """One seller's order, for its buyer or its seller.

    `state` is what to show: a pending order whose payment is known to be authorized shows as paid.
    `given_back` is the part of the total that was never taken, or went back to the buyer. `mine` is
    False for who only reads it: somebody else placed it for a company of theirs, and `placed_by` is
    the name of their profile, which is '' for everybody else.
    """

    id: int
    number: str
    public_id: str
    purchase_id: str
    state: str
    seller: ProfileRef
    seller_id: int
    user_id: int | None
    lines: tuple[LineData, ...]
    parcels: tuple[ParcelData, ...]
    items: Money
    delivery: Money
    tax: Money
    total: Money
    given_back: Money
    delivery_name: str
    arrives_from: date | None
    arrives_by: date | None
    ship_by: date | None
    placed_at: datetime
    paid_at: datetime | None
    packed_at: datetime | None
    cancelled_at: datetime | None
    cancelled_by: str
    cancel_reason: str
    details: Details
    touch: Mapping[str, Any] | None
    bought_for: BoughtFor | None = None
    mine: bool = True
    placed_by: str = ""
    history: tuple[Moment, ...] = ()

    @property
    def cancellable(self) -> bool:
        """Whether the buyer may still cancel."""
        return self.mine and self.state == "paid"

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def lead(self) -> LineData:
        """The line that names the order in a list."""
        return self.lines[0]


@dataclass(frozen=True, kw_only=True)
class PurchaseStanding:
    """How a payment stands: open, checking, paid or failed; `recorded` when its orders know."""

    payment: str
    recorded: bool
    checkout_id: str | None


@dataclass(frozen=True, kw_only=True)
class PurchasePage:
    """One payment and its orders.

    `payment` is open, checking, paid or failed.
    """

    public_id: str
    checkout_id: str | None
    user_id: int | None
    email: str
    total: Money
    placed_at: datetime
    payment: str
    failure_code: str
    redirect_url: str
    method_label: str
    orders: tuple[OrderPage, ...]
    details: Details
    bought_for: BoughtFor | None = None


@dataclass(frozen=True, kw_only=True)
class OrderList:
    """A page of orders, with the token of the next."""

    orders: Sequence[OrderPage]
    next: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Customer:
    """Somebody who bought from a brand. `number` is their first order, which stands for them.

    `gone` deleted their account: no name and no e-mail are shown.
    """

    number: str
    name: str
    email: str
    country: str
    orders: int
    spent: Money
    first_at: datetime
    last_at: datetime
    user_id: int | None
    gone: bool
    follows: bool

    @property
    def guest(self) -> bool:
        """Known by an e-mail address alone; somebody with an account may have bought so as well."""
        return self.user_id is None


@dataclass(frozen=True, kw_only=True)
class CustomerList:
    """A page of customers, with the token of the next."""

    rows: Sequence[Customer]
    next: str | None = None


@dataclass(frozen=True, kw_only=True)
class CustomerPage:
    """A customer and what they ordered from the brand, newest first."""

    customer: Customer
    orders: Sequence[OrderPage]
