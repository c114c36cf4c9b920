"""What actions take of a product, and how they refuse it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalog.attribute_types import AttributeInputs
from core.errors import Conflict, Invalid
from core.money import Money

# How much a product may have, whichever door it comes through: pages and API ask for no less.
MAX_OPTIONS = 5
MAX_VALUES = 40
MAX_VARIANTS = 120
MAX_PICTURES = 12
VALUE_LIMIT = 60


@dataclass(frozen=True, kw_only=True)
class OptionData:
    """An axis as typed: its name and its values in order."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class VariantInput:
    """A variant as typed. `values` name one value of each option, in the options' order.

    Of a draft the price may be None and the SKU empty. `key` is the public id of the variant that
    it was when it was read, where a page kept it.
    """

    sku: str
    price: Money | None
    values: tuple[str, ...] = ()
    image_id: int | None = None
    active: bool = True
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class PictureInput:
    """A stored picture (`core.Image` pk) of the gallery and what it shows, in words."""

    image_id: int
    alt: str = ""


@dataclass(frozen=True, kw_only=True)
class ProductData:
    """A product as its seller describes it; each `create_product` and `update_product` is whole.

    Without options there is exactly one variant. `vat_rate` is a share of one: Decimal("0.2"). A
    draft needs a title and nothing else; what publishing needs says `catalog.publishing`.
    """

    title: str
    variants: Sequence[VariantInput]
    category: str = ""
    description: str = ""
    details: str = ""
    delivery_note: str = ""
    returns_note: str = ""
    options: Sequence[OptionData] = ()
    pictures: Sequence[PictureInput] = ()
    vat_rate: Decimal = Decimal("0.2")
    return_days: int = 30
    lead_days: int = 1
    currency: str = "EUR"
    # By the codes of the attributes that the category asks.
    attributes: AttributeInputs = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that keeps a product from being saved or published.

    `field` names the part of ProductData; `index` the variant or option, where there are several;
    `key` the code of the attribute. `code` says which point of the list it is that is open, for
    what only keeps it from being published.
    """

    field: str
    message: str
    index: int | None = None
    key: str = ""
    code: str = ""


class Refused(Invalid):
    """Something cannot be saved or published as it is; nothing was changed.

    `live`: people see it already, and would not any more with what was typed.
    """

    # In which sentence open points stand: of what is to be published, and of what is.
    before = _("Before you publish: %(points)s.")
    while_live = _("What is on sale needs this: %(points)s. To end its sale, archive it.")

    def __init__(self, problems: Sequence[Problem], *, live: bool = False) -> None:
        super().__init__(_in_one(problems, str(self.while_live if live else self.before)))
        self.problems = tuple(problems)

    @property
    def field_errors(self) -> Sequence[Mapping[str, Any]]:
        """The problems by the fields of what was sent."""
        return [
            {"field": self.place_of(one), "message": one.message, "code": one.code or self.code}
            for one in self.problems
        ]

    def place_of(self, problem: Problem) -> str:
        """Where a problem is, as a program names it."""
        if problem.index is None:
            return problem.field
        return f"{problem.field}.{problem.index}"


def _in_one(problems: Sequence[Problem], sentence: str) -> str:
    """All of them in a row: whole sentences behind each other, open points with a ; between."""
    points = "; ".join(one.message for one in problems if one.code)
    needed = [sentence % {"points": points}] if points else []
    return " ".join([*(one.message for one in problems if not one.code), *needed])


class ProductRefused(Refused):
    """A product cannot be saved or published as it is; nothing was changed."""

    code = "product_refused"
    message = _("This product is not right yet.")


class Overtaken(Conflict):
    """Somebody else saved the product after the page was shown; nothing was changed.

    `version` is the product's now.
    """

    code = "product_overtaken"
    message = _("Somebody else has saved this product in the meantime.")

    def __init__(self, *, version: int) -> None:
        super().__init__(version=version)
        self.version = version


class NotMovable(Conflict):
    """A product cannot go from its state to the one asked for."""

    code = "product_not_movable"
    message = _("This product cannot be moved to that state now.")
