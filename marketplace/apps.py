from django.apps import AppConfig


class MarketplaceConfig(AppConfig):
    name = "marketplace"

    def ready(self) -> None:
        # The application to which every `@shared_task` binds, in whichever process it is called.
        # Not imported with the package: the supervisor is part of it and stays small.
        from marketplace import (
            celery,  # noqa: F401
            integrity,
            metrics,  # noqa: F401 - hears of tasks
        )

        integrity.register()
