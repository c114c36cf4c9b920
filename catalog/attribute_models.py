"""Rows of typed attributes: what categories ask, and what products answer."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.attribute_types import AttributeKind
from core.text import room

# Short enough to be the name of a facet with a prefix and `_max` behind it, which is also why it
# may not end so itself.
_CODE = r"^[a-z][a-z_]{0,23}$"
_TAKEN = r"_(min|max)$"
_SWATCH = r"^#[0-9a-f]{6}$"
UNIT_LIMIT = 12
ANSWER_LIMIT = 200


class Attribute(models.Model):
    """A question that categories ask of their products: material, height, dishwasher safe."""

    code = models.CharField(
        max_length=24,
        unique=True,
        validators=(RegexValidator(_CODE), RegexValidator(_TAKEN, inverse_match=True)),
        help_text=_("Small letters and underscores. It stays as it is from then on."),
    )
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=8, choices=AttributeKind.choices)
    unit = models.CharField(max_length=UNIT_LIMIT, blank=True)
    help = models.CharField(max_length=140, blank=True)
    filterable = models.BooleanField(default=True)
    # Names of options that answer it for each variant, beside its own: "Glaze" for a colour.
    also_called = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    categories = models.ManyToManyField(
        "catalog.Category", related_name="attributes", through="catalog.CategoryAttribute"
    )

    class Meta:
        ordering = ("position", "name")
        constraints = (
            models.CheckConstraint(
                condition=Q(code__regex=_CODE) & ~Q(code__regex=_TAKEN), name="attribute_code"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=AttributeKind.values), name="attribute_kind"
            ),
            models.CheckConstraint(
                condition=Q(unit="") | Q(kind=AttributeKind.NUMBER), name="attribute_unit"
            ),
        )

    def __str__(self) -> str:
        return self.name


class AttributeChoice(models.Model):
    """One choice of an attribute. One that products have cannot be deleted."""

    attribute = models.ForeignKey(Attribute, on_delete=models.CASCADE, related_name="choices")
    slug = models.SlugField(max_length=40)
    name = models.CharField(max_length=60)
    swatch = models.CharField(
        max_length=7, blank=True, validators=(RegexValidator(_SWATCH),), help_text="#1f5c63"
    )
    # Words of options that mean it: "rust" for a red.
    also_called = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "name")
        constraints = (
            models.UniqueConstraint(fields=("attribute", "slug"), name="choice_per_attribute"),
            models.CheckConstraint(
                condition=Q(swatch="") | Q(swatch__regex=_SWATCH), name="choice_swatch"
            ),
        )

    def __str__(self) -> str:
        return self.name


class CategoryAttribute(models.Model):
    """A category asks an attribute, and so does every category below it."""

    category = models.ForeignKey("catalog.Category", on_delete=models.CASCADE, related_name="asked")
    attribute = models.ForeignKey(Attribute, on_delete=models.CASCADE, related_name="asked_by")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("category", "attribute"), name="category_asks_an_attribute_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.category_id} asks {self.attribute_id}"


def _answers(kind: AttributeKind, filled: str) -> Q:
    empty = {"choice": None, "number": None, "yes": None, "text": ""}
    rest = {name: value for name, value in empty.items() if name != filled}
    return Q(kind=kind, **rest) & ~Q(**{filled: empty[filled]})


class AttributeValue(models.Model):
    """What a product answers, or one of its variants where an option answers for it.

    Several choices are several rows. `kind` is repeated from the attribute, so that the database
    itself knows which column holds the answer and that a single answer stays single.
    """

    product = models.ForeignKey(
        "catalog.Product", on_delete=models.CASCADE, related_name="attribute_values"
    )
    variant = models.ForeignKey(
        "catalog.Variant",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="attribute_values",
    )
    attribute = models.ForeignKey(Attribute, on_delete=models.PROTECT, related_name="values")
    kind = models.CharField(max_length=8, choices=AttributeKind.choices)
    choice = models.ForeignKey(
        AttributeChoice, null=True, blank=True, on_delete=models.PROTECT, related_name="values"
    )
    number = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    yes = models.BooleanField(null=True, blank=True)
    text = models.CharField(max_length=room(ANSWER_LIMIT), blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=_answers(AttributeKind.CHOICE, "choice")
                | _answers(AttributeKind.CHOICES, "choice")
                | _answers(AttributeKind.NUMBER, "number")
                | _answers(AttributeKind.YES_NO, "yes")
                | _answers(AttributeKind.TEXT, "text"),
                name="attribute_value_fits_its_kind",
            ),
            models.UniqueConstraint(
                fields=("product", "variant", "attribute"),
                condition=~Q(kind=AttributeKind.CHOICES),
                nulls_distinct=False,
                name="attribute_answered_once",
            ),
            models.UniqueConstraint(
                fields=("product", "variant", "attribute", "choice"),
                nulls_distinct=False,
                name="attribute_choice_once",
            ),
        )
        indexes = (
            # A filter asks: which products have this choice? And: which number lies between?
            models.Index(fields=("choice", "product"), name="attribute_value_by_choice"),
            models.Index(
                fields=("attribute", "number", "product"),
                condition=Q(number__isnull=False),
                name="attribute_value_by_number",
            ),
        )

    def __str__(self) -> str:
        return f"{self.product_id}: {self.attribute_id}"
