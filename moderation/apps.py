from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "moderation"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from accounts.actions import erasure_hooks
        from moderation import leaving, notices, receivers

        erasure_hooks.register(hook=leaving.erase)
        notices.register_kinds()
        receivers.connect()
