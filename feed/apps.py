from django.apps import AppConfig


class FeedConfig(AppConfig):
    name = "feed"

    def ready(self) -> None:
        from feed import integrity, receivers

        integrity.register()
        receivers.connect()
