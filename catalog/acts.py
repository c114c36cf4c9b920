"""What the log of a brand's team says about products and services."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts import acts

MADE = "catalog.product_added"
CHANGED = "catalog.product_changed"
PUBLISHED = "catalog.product_published"
SCHEDULED = "catalog.product_scheduled"
UNSCHEDULED = "catalog.product_unscheduled"
ARCHIVED = "catalog.product_archived"
DRAFTED = "catalog.product_drafted"
COPIED = "catalog.product_copied"
PRICED = "catalog.price_changed"
COLLECTED = "catalog.collection_saved"
UNCOLLECTED = "catalog.collection_deleted"
RECOLLECTED = "catalog.collection_restored"
SERVICE_MADE = "catalog.service_added"
SERVICE_CHANGED = "catalog.service_changed"
SERVICE_PUBLISHED = "catalog.service_published"
SERVICE_ARCHIVED = "catalog.service_archived"
SERVICE_DRAFTED = "catalog.service_drafted"

LOOK = "catalog.look_changed"
LOOK_UNDONE = "catalog.look_undone"
LOOK_REDONE = "catalog.look_redone"
AWAY = "catalog.away"
BACK = "catalog.back"
PICTURED = "catalog.picture_described"
DELIVERY_ADDED = "catalog.delivery_added"
DELIVERY_CHANGED = "catalog.delivery_changed"
DELIVERY_ON = "catalog.delivery_on"
DELIVERY_OFF = "catalog.delivery_off"
DELIVERY_MOVED = "catalog.delivery_moved"


def register() -> None:
    """Make them known; once, when the app is ready."""
    for code, words in (
        (MADE, _("added a product")),
        (CHANGED, _("changed a product")),
        (PUBLISHED, _("put a product on sale")),
        (SCHEDULED, _("set a date on which a product goes on sale")),
        (UNSCHEDULED, _("took back the date of a product")),
        (ARCHIVED, _("archived a product")),
        (DRAFTED, _("made a product a draft again")),
        (COPIED, _("copied a product")),
        (PRICED, _("changed a price")),
        (COLLECTED, _("put a collection together")),
        (UNCOLLECTED, _("took a collection away")),
        (RECOLLECTED, _("brought a collection back")),
        (SERVICE_MADE, _("added a service")),
        (SERVICE_CHANGED, _("changed a service")),
        (SERVICE_PUBLISHED, _("offered a service")),
        (SERVICE_ARCHIVED, _("archived a service")),
        (SERVICE_DRAFTED, _("made a service a draft again")),
    ):
        acts.register(code, words, group="products")
    for code, words in (
        (LOOK, _("changed how the storefront looks")),
        (LOOK_UNDONE, _("took back how the storefront looked")),
        (LOOK_REDONE, _("put back how the storefront looked")),
        (AWAY, _("closed the shop for a vacation")),
        (BACK, _("opened the shop again")),
        (PICTURED, _("described a picture")),
        (DELIVERY_ADDED, _("added a delivery method")),
        (DELIVERY_CHANGED, _("changed a delivery method")),
        (DELIVERY_ON, _("switched a delivery method on")),
        (DELIVERY_OFF, _("switched a delivery method off")),
        (DELIVERY_MOVED, _("moved a delivery method")),
    ):
        acts.register(code, words, group="storefront")
