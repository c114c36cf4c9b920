import django_stubs_ext
from django.apps import AppConfig
from django.db.backends.signals import connection_created

# Lets `ModelAdmin[Product]` and the like be written where the code runs, not only for mypy. Here,
# since Django reads this file before any model, and the clock (`marketplace.beat`) never does.
django_stubs_ext.monkeypatch()


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import clock, events, integrity, media, withdrawn

        connection_created.connect(clock.anchor_to, dispatch_uid="core.clock")
        integrity.register()
        events.subscribe(media.ImageStored, media.make_renditions, queue="media")
        events.subscribe(withdrawn.PicturesToSettle, withdrawn.settle)
