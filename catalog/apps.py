from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "catalog"

    def ready(self) -> None:
        from accounts.events import BrandApproved, BrandSuspended  # noqa: PLC0415 - apps load first
        from catalog import receivers  # noqa: PLC0415
        from core.events import subscribe  # noqa: PLC0415

        subscribe(BrandApproved, receivers.show_products)
        subscribe(BrandSuspended, receivers.hide_products)
