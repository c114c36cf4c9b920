from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "moderation"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from moderation import notices

        notices.register_kinds()
