"""Values about typed attributes: what a category asks of its products, and what products answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

# What a search document calls an attribute: this and its code.
FACET_PREFIX = "a_"


class AttributeKind(models.TextChoices):
    """What the answer to an attribute looks like."""

    CHOICE = "choice", _("One choice")
    CHOICES = "choices", _("Several choices")
    NUMBER = "number", _("Number with a unit")
    YES_NO = "yes_no", _("Yes or no")
    TEXT = "text", _("Text")


@dataclass(frozen=True, kw_only=True)
class ChoiceData:
    """One choice of an attribute. `swatch` is a colour as #rrggbb, or empty."""

    id: int
    slug: str
    name: str
    swatch: str = ""
    also_called: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AttributeData:
    """A question that a category asks. `choices` are in order and empty for other kinds."""

    id: int
    code: str
    name: str
    kind: str
    unit: str = ""
    help: str = ""
    filterable: bool = True
    choices: tuple[ChoiceData, ...] = ()
    also_called: tuple[str, ...] = ()

    @property
    def facet(self) -> str:
        """Its name in search documents. There it holds a list of slugs, a list of numbers, or a
        boolean; free text is no facet."""
        return FACET_PREFIX + self.code

    def choice(self, slug: str) -> ChoiceData | None:
        return next((one for one in self.choices if one.slug == slug), None)


# The answer as an action takes it, by kind: a choice's slug; several slugs; a number; yes or no;
# words. None and what is empty mean: not said.
AttributeInput = str | Sequence[str] | Decimal | int | bool | None
AttributeInputs = Mapping[str, AttributeInput]


@dataclass(frozen=True, kw_only=True)
class AttributeAnswer:
    """What one product says to one attribute, or one of its variants when `variant_id` is set.

    `text` is the answer in words with its unit; `choices` are slugs; `swatches` go with them.
    """

    code: str
    name: str
    kind: str
    text: str
    choices: tuple[str, ...] = ()
    swatches: tuple[str, ...] = ()
    number: Decimal | None = None
    yes: bool | None = None
    variant_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class AttributeFilter:
    """What a reader wants of one attribute; the empty one wants nothing.

    Any of `choices` (slugs); a number from `least` to `most`, both included; `yes` as it is said.
    """

    choices: tuple[str, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    yes: bool | None = None

    @property
    def empty(self) -> bool:
        return not self.choices and self.least is None and self.most is None and self.yes is None


@dataclass(frozen=True, kw_only=True)
class FacetChoice:
    """A choice that products have, and how many of them."""

    slug: str
    name: str
    swatch: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class Facet:
    """An attribute over a set of products.

    Counts are of products that answer all other filters, so that a choice shows what it would
    find. `low` and `high` are the ends of a number; `count` is how many products say yes, or give
    a number.
    """

    code: str
    name: str
    kind: str
    unit: str = ""
    choices: tuple[FacetChoice, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    count: int = 0
    filter: AttributeFilter = field(default_factory=AttributeFilter)


@dataclass(frozen=True, kw_only=True)
class ChoiceInput:
    """A choice as an operator or the seed states it."""

    slug: str
    name: str
    swatch: str = ""
    also_called: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class AttributeDefinition:
    """An attribute as an operator or the seed states it. `categories` are slugs; all below them
    inherit it. An option of the name, or of one in `also_called`, answers it for its variants."""

    code: str
    name: str
    kind: str
    categories: Sequence[str]
    unit: str = ""
    help: str = ""
    filterable: bool = True
    choices: Sequence[ChoiceInput] = ()
    also_called: Sequence[str] = ()


def number_text(number: Decimal, unit: str = "") -> str:
    """A number as people write it, with its unit: 24, 9.5 cm."""
    plain = f"{number:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return f"{plain} {unit}" if unit else plain
