from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "catalog"

    def ready(self) -> None:
        from accounts.events import BrandApproved, BrandSuspended, ProfileChanged
        from catalog import receivers
        from core.events import subscribe

        subscribe(BrandApproved, receivers.show_products)
        subscribe(BrandSuspended, receivers.hide_products)
        subscribe(ProfileChanged, receivers.rename_seller)
