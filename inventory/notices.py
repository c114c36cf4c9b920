"""What inventory tells a brand's team. The words are in templates/inventory/notices/."""

from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.queries import contacts_of
from catalog.queries import variant_names
from inventory.events import StockLow
from notifications import kinds
from notifications.actions import notify
from notifications.types import Recipient

LOW = "inventory.low"
# Who looks after stock; owners always do.
ROLES = {"catalogue"}


def register() -> None:
    """Called once, when apps are ready."""
    kinds.register(
        kinds.Kind(LOW, gettext_lazy("Stock runs low"), group="sales", roles=frozenset(ROLES))
    )


def tell_low(event: StockLow) -> None:
    """Tell who looks after a variant that it fell to its mark; once for each time it does."""
    name = variant_names(variant_pks=[event.variant_id]).get(event.variant_id)
    if name is None:
        return
    address = reverse("pages:studio_stock", kwargs={"handle": name.seller_handle})
    notify(
        kind=LOW,
        event_key=f"stock:{event.variant_id}:{event.at}",
        recipients=[
            Recipient(profile_id=member.profile_id, email=member.email, name=member.name)
            for member in contacts_of(profile_id=name.seller_id, roles=ROLES)
        ],
        context={
            "title": name.words,
            "available": event.available,
            "url": f"{address}?q={quote(name.sku or name.product_title)}",
            "action": _("Open the stock"),
        },
    )
