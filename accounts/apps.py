from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and brands")

    def ready(self) -> None:
        from accounts import acts, events, integrity, receivers
        from core.events import subscribe

        integrity.register()
        acts.register("accounts.profile_changed", _("changed the storefront"), group="storefront")
        acts.register("accounts.member_added", _("added somebody to the team"), group="team")
        acts.register("accounts.member_removed", _("took somebody off the team"), group="team")
        acts.register("accounts.role_changed", _("changed a role"), group="team")
        subscribe(events.AccountMail, receivers.send_account_mail, queue="mail")
