from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "insights"

    def ready(self) -> None:
        from insights import naming, receivers

        receivers.connect()
        naming.connect()
