from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "moderation"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from moderation import notices, receivers

        notices.register_kinds()
        receivers.connect()
