from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "catalog"

    def ready(self) -> None:
        from accounts.events import BrandApproved, BrandClosed, BrandSuspended, ProfileChanged
        from catalog import acts, integrity, notices, receivers
        from catalog.events import AttributeChanged, DeliveryChanged
        from core.events import subscribe

        acts.register()
        notices.register()
        integrity.register()
        subscribe(BrandApproved, receivers.show_products)
        subscribe(BrandSuspended, receivers.hide_products)
        subscribe(BrandClosed, receivers.hide_products)
        subscribe(ProfileChanged, receivers.rename_seller)
        subscribe(AttributeChanged, receivers.rename_answers)
        subscribe(DeliveryChanged, receivers.tell_where_it_ships)
