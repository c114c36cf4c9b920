from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and brands")

    def ready(self) -> None:
        from accounts import events, integrity, receivers
        from core.events import subscribe

        integrity.register()
        subscribe(events.AccountMail, receivers.send_account_mail, queue="mail")
