from django.apps import AppConfig
from django.db.backends.signals import connection_created


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import clock, events, integrity, media

        connection_created.connect(clock.anchor_to, dispatch_uid="core.clock")
        integrity.register()
        events.subscribe(media.ImageStored, media.make_renditions, queue="media")
