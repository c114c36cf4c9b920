"""A product put into another category, as far as what it answers goes along."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog import acts, events
from catalog.actions import attributes, upkeep
from catalog.actions.copies import answers_of
from catalog.actions.products import locked
from catalog.models import Category
from catalog.queries import attributes_asked, product_for_seller
from core import clock
from core.errors import Conflict, Invalid, NotFound
from core.events import publish


class AnswersLost(Conflict):
    """The other category does not ask for what the product says."""

    code = "answers_lost"


@transaction.atomic
def change_category(*, product_id: str, seller_id: int, actor_id: int | None, category: str) -> str:
    """Put a product into another category (slug); answers with the slug of the one it was in, ""
    where it was in none yet.

    Its answers stay, and what its options answer is read anew. Raises NotFound for another
    seller's product, Invalid for a category that there is not, AnswersLost where the category does
    not ask for something that the product answers: nothing it says is dropped unseen.
    """
    product = locked(seller_id=seller_id, product_id=product_id)
    page = product_for_seller(seller_id=seller_id, public_id=product_id)
    target = Category.objects.filter(slug=category).first()
    if page is None:
        raise NotFound
    if target is None:
        raise Invalid(_("Choose a category."))
    was = page.category.slug if page.category else ""
    if was == target.slug:
        return was
    asked = {one.code for one in attributes_asked(category=target.slug)}
    given = answers_of(page)
    names = {one.code: one.name for one in attributes_asked(category=was)}
    if lost := [names.get(code, code) for code in given if code not in asked]:
        raise AnswersLost(_lost(target.name, lost))
    product.category = target
    product.version += 1
    product.updated_at = clock.now()
    product.save()
    attributes.write_answers(product, given)
    upkeep.record_move(product, was=product.state, reason="edited", actor_id=actor_id)
    upkeep.record_act(product, acts.CHANGED, actor_id=actor_id, detail=target.name)
    if product.published_at is not None:
        upkeep.index(product)
        publish(events.ProductChanged(product_id=product.public_id))
    return was


def _lost(category: str, names: list[str]) -> str:
    text = ngettext(
        "%(category)s does not ask for %(names)s, and this would be lost.",
        "%(category)s does not ask for %(names)s, and these would be lost.",
        len(names),
    )
    return text % {"category": category, "names": ", ".join(names)}
