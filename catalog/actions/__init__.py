"""Writes of the catalogue. Callers check who may act; the actions check what is being said."""

from catalog.actions.attributes import ask_standard, attribute_changed, save_attribute
from catalog.actions.availability import set_availability, set_price
from catalog.actions.collections import (
    delete_collection,
    restore_collection,
    save_collection,
    show_collection,
)
from catalog.actions.copies import duplicate_product
from catalog.actions.delivery import (
    create_delivery_method,
    deactivate_delivery_method,
    move_delivery_method,
    switch_delivery_method,
    update_delivery_method,
)
from catalog.actions.looks import redo_look, save_look, undo_look
from catalog.actions.products import create_product, update_product
from catalog.actions.ratings import change_rating
from catalog.actions.recategorize import change_category
from catalog.actions.schedule import publish_due, schedule_product, unschedule_product
from catalog.actions.services import (
    archive_service,
    create_service,
    publish_service,
    redraft_service,
    restore_service,
    take_down_service,
    update_service,
)
from catalog.actions.states import (
    archive_product,
    publish_product,
    redraft_product,
    restore_product,
    take_down_product,
)
from catalog.actions.storefronts import (
    category_changed,
    come_back,
    go_away,
    save_category,
    save_policies,
)

__all__ = [
    "archive_product",
    "archive_service",
    "ask_standard",
    "attribute_changed",
    "category_changed",
    "change_category",
    "change_rating",
    "come_back",
    "create_delivery_method",
    "create_product",
    "create_service",
    "deactivate_delivery_method",
    "delete_collection",
    "duplicate_product",
    "go_away",
    "move_delivery_method",
    "publish_due",
    "publish_product",
    "publish_service",
    "redo_look",
    "redraft_product",
    "redraft_service",
    "restore_collection",
    "restore_product",
    "restore_service",
    "save_attribute",
    "save_category",
    "save_collection",
    "save_look",
    "save_policies",
    "schedule_product",
    "set_availability",
    "set_price",
    "show_collection",
    "switch_delivery_method",
    "take_down_product",
    "take_down_service",
    "undo_look",
    "unschedule_product",
    "update_delivery_method",
    "update_product",
    "update_service",
]
