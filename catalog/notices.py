"""What the catalogue tells a brand's team. The words are in templates/catalog/notices/."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.queries import contacts_of
from catalog.models import Product
from notifications import kinds
from notifications.actions import notify
from notifications.types import Recipient

NOT_PUBLISHED = "catalog.not_published"
# Who looks after products; owners always do.
ROLES = {"catalogue"}


def register() -> None:
    """Called once, when apps are ready."""
    kinds.register(
        kinds.Kind(
            NOT_PUBLISHED,
            gettext_lazy("A product missed its date"),
            group="sales",
            roles=frozenset(ROLES),
        )
    )


def tell_not_published(product: Product, *, due: datetime | None, reason: str) -> None:
    """Tell who looks after the products that one could not go on sale, and why."""
    handle = product.seller.handle
    where = {"handle": handle, "public_id": product.public_id}
    notify(
        kind=NOT_PUBLISHED,
        event_key=f"product:{product.public_id}:due:{due:%Y%m%d%H%M}",
        recipients=[
            Recipient(profile_id=member.profile_id, email=member.email, name=member.name)
            for member in contacts_of(profile_id=product.seller_id, roles=ROLES)
        ],
        context={
            "title": product.title,
            "reason": reason,
            "url": reverse("pages:studio_product_edit", kwargs=where),
            "action": _("Open the product"),
        },
    )
