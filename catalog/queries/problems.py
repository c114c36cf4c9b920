"""What keeps a product as typed from being kept, all of it at once."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from catalog import answers, wording
from catalog.models import Category, Variant
from catalog.queries.attributes import attributes_asked
from catalog.types import Problem, ProductData
from core.media import Image


def product_problems(*, seller_id: int, data: ProductData, product_id: int | None) -> list[Problem]:
    """Everything for which `create_product` and `update_product` would refuse it as a draft.

    `product_id` is the primary key of the product that it is to replace, None of a new one. Raises
    TextRefused for text that cannot be kept. Four queries at most.
    """
    data = wording.cleaned(data)
    problems = wording.problems_of(data)
    if data.category and not Category.objects.filter(slug=data.category).exists():
        problems.append(Problem(field="category", message=_("Choose a category.")))
    problems += answers.read(
        asked=attributes_asked(category=data.category), inputs=data.attributes
    )[1]
    problems += _taken_skus(seller_id=seller_id, data=data, product_id=product_id)
    problems += _missing_pictures(data, seller_id=seller_id)
    return problems


def _taken_skus(*, seller_id: int, data: ProductData, product_id: int | None) -> list[Problem]:
    skus = [one.sku for one in data.variants if one.sku]
    others = Variant.objects.filter(seller_id=seller_id, sku__in=skus)
    if product_id is not None:
        others = others.exclude(product_id=product_id)
    taken = set(others.values_list("sku", flat=True))
    return [
        Problem(
            field="sku",
            index=index,
            message=_("Another of your products has the SKU %(sku)s.") % {"sku": one.sku},
        )
        for index, one in enumerate(data.variants)
        if one.sku in taken
    ]


def _missing_pictures(data: ProductData, *, seller_id: int) -> list[Problem]:
    wanted = {one.image_id for one in data.pictures}
    named = wanted | {one.image_id for one in data.variants if one.image_id is not None}
    problems = []
    own = Q(owner_id=seller_id) | Q(owner_id=None)
    if Image.objects.filter(own, pk__in=named).count() != len(named):
        problems.append(Problem(field="pictures", message=_("A picture is gone. Upload it again.")))
    if not named <= wanted:
        problems.append(
            Problem(field="pictures", message=_("A variant shows one of the product's pictures."))
        )
    return problems
