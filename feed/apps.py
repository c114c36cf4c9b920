from django.apps import AppConfig


class FeedConfig(AppConfig):
    name = "feed"

    def ready(self) -> None:
        from accounts.actions import erasure_hooks
        from core import withdrawn
        from feed import acts, audience, documents, integrity, leaving, notices, receivers
        from feed.models import Pin, PinPicture
        from search import sources

        erasure_hooks.register(hook=leaving.erase)
        integrity.register()
        notices.register_kinds()
        acts.register()
        receivers.connect()
        withdrawn.shows_not(model=Pin, when=audience.gone_from_sight())
        withdrawn.shows_not(model=PinPicture, when=audience.gone_from_sight("pin__"))
        sources.register(
            sources.Source(
                kind=documents.KIND, rows=Pin.objects.all, documents=documents.documents_of
            )
        )
