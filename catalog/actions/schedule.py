"""Products that go on sale at a time that their seller chose."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from catalog import acts, notices
from catalog.actions import upkeep
from catalog.actions.products import locked
from catalog.actions.states import lacks, publish_product, redraft_product
from catalog.models import Product
from catalog.types import NotMovable, Problem, ProductRefused, ProductState
from core import clock
from core.errors import DomainError

log = structlog.get_logger(__name__)

FARTHEST = timedelta(days=366)
_BATCH = 100


@transaction.atomic
def schedule_product(
    *, product_id: str, seller_id: int, actor_id: int | None, at: datetime
) -> Product:
    """Let a product go on sale at `at`; says it anew when said before.

    One that is on sale goes off sale until then: what is announced for a day is not sold before it.
    Raises NotFound for another seller's product, ProductRefused when it could not be published or
    `at` is not within the next year, NotMovable when it was taken down.
    """
    product = locked(seller_id=seller_id, product_id=product_id)
    if product.taken_down_at is not None:
        raise NotMovable
    problems = lacks(product)
    if not clock.now() < at <= clock.now() + FARTHEST:
        text = _("Choose a day and an hour within the next year.")
        problems.append(Problem(field="publish_at", message=text))
    if problems:
        raise ProductRefused(problems)
    if product.publish_at == at:
        return product
    if product.state == ProductState.PUBLISHED:
        product = redraft_product(product_id=product_id, seller_id=seller_id, actor_id=actor_id)
    _write(product, at)
    upkeep.record_act(
        product, acts.SCHEDULED, actor_id=actor_id, detail=at.isoformat(" ", "minutes")
    )
    return product


@transaction.atomic
def unschedule_product(*, product_id: str, seller_id: int, actor_id: int | None) -> Product:
    """Take the date back. Does nothing without one; raises NotFound for another's product."""
    product = locked(seller_id=seller_id, product_id=product_id)
    if product.publish_at is not None:
        _write(product, None)
        upkeep.record_act(product, acts.UNSCHEDULED, actor_id=actor_id)
    return product


def publish_due() -> int:
    """Put on sale what is due, through the action that people use; answers with how many.

    What was missed while nothing ran is due as well. Two who do this at once share the work: each
    product is locked and asked again. One that cannot be published loses its date, and its team is
    told why. One whose seller is not public waits until they are (docs/adr/0068).
    """
    pks = _due().order_by("publish_at", "pk").values_list("pk", flat=True)[:_BATCH]
    return sum(_publish_one(pk) for pk in pks)


def _due() -> QuerySet[Product]:
    return Product.objects.filter(publish_at__lte=clock.now(), seller__state="approved")


@transaction.atomic
def _publish_one(pk: int) -> bool:
    product = _due().select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if product is None:
        return False
    try:
        with transaction.atomic():
            publish_product(
                product_id=product.public_id, seller_id=product.seller_id, actor_id=None
            )
    except DomainError as refused:
        log.warning("product.schedule_refused", product=product.public_id, code=refused.code)
        due = product.publish_at
        _write(product, None)
        upkeep.record_act(product, acts.UNSCHEDULED, actor_id=None, detail=str(refused))
        notices.tell_not_published(product, due=due, reason=str(refused))
        return False
    return True


def _write(product: Product, at: datetime | None) -> None:
    product.publish_at = at
    product.version += 1
    product.save(update_fields=["publish_at", "version"])
