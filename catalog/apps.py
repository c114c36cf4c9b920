from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    name = "catalog"

    def ready(self) -> None:
        from accounts import acts
        from accounts.events import BrandApproved, BrandSuspended, ProfileChanged
        from catalog import integrity, receivers
        from catalog.events import AttributeChanged
        from core.events import subscribe

        integrity.register()
        for name, words in {
            "product_added": _("added a product"),
            "product_changed": _("changed a product"),
            "product_published": _("put a product on sale"),
            "product_archived": _("archived a product"),
            "price_changed": _("changed a price"),
        }.items():
            acts.register(f"catalog.{name}", words, group="products")
        subscribe(BrandApproved, receivers.show_products)
        subscribe(BrandSuspended, receivers.hide_products)
        subscribe(ProfileChanged, receivers.rename_seller)
        subscribe(AttributeChanged, receivers.rename_answers)
