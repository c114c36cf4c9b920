from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedConfig(AppConfig):
    name = "feed"

    def ready(self) -> None:
        from accounts import acts
        from accounts.actions import erasure_hooks
        from core import withdrawn
        from feed import audience, documents, integrity, leaving, notices, receivers
        from feed.models import Pin, PinPicture
        from search import sources

        erasure_hooks.register(hook=leaving.erase)
        integrity.register()
        notices.register_kinds()
        acts.register("feed.pin_added", _("made a pin"), group="pins")
        acts.register("feed.pin_published", _("published a pin"), group="pins")
        acts.register("feed.pin_changed", _("changed a pin"), group="pins")
        acts.register("feed.pin_scheduled", _("set a time for a pin"), group="pins")
        acts.register("feed.pin_hidden", _("took a pin off the wall"), group="pins")
        acts.register("feed.pin_deleted", _("deleted a pin"), group="pins")
        acts.register("feed.pin_restored", _("brought a pin back"), group="pins")
        acts.register("feed.board_deleted", _("deleted a board"), group="pins")
        acts.register("feed.board_linked", _("made a link to a secret board"), group="pins")
        acts.register("feed.board_unlinked", _("ended the link to a secret board"), group="pins")
        receivers.connect()
        withdrawn.shows_not(model=Pin, when=audience.gone_from_sight())
        withdrawn.shows_not(model=PinPicture, when=audience.gone_from_sight("pin__"))
        sources.register(
            sources.Source(
                kind=documents.KIND, rows=Pin.objects.all, documents=documents.documents_of
            )
        )
