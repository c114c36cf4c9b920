from django.apps import AppConfig


class InventoryConfig(AppConfig):
    name = "inventory"

    def ready(self) -> None:
        from core.events import subscribe
        from inventory import integrity, log, notices
        from inventory.events import StockLow

        integrity.register()
        log.register()
        notices.register()
        subscribe(StockLow, notices.tell_low)
