from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and brands")

    def ready(self) -> None:
        from accounts import acts, documents, events, integrity, provider_session, receivers
        from accounts.actions import login_hooks
        from accounts.queries import sees_withdrawn
        from core import withdrawn
        from core.events import subscribe
        from search import sources

        integrity.register()
        withdrawn.let_in(reader=sees_withdrawn)
        for source in documents.sources():
            sources.register(source)
        login_hooks.register(hook=provider_session.connect_newcomer)
        acts.register("accounts.profile_changed", _("changed the storefront"), group="storefront")
        for name, words in {
            "invited": _("invited somebody"),
            "invitation_withdrawn": _("withdrew an invitation"),
            "member_joined": _("joined the team"),
            "member_changed": _("changed a role"),
            "member_removed": _("took somebody off the team"),
            "member_left": _("left the team"),
        }.items():
            acts.register(f"accounts.{name}", words, group="team")
        for name, words in {
            "blocked": _("blocked somebody"),
            "unblocked": _("took a block back"),
            "muted": _("muted somebody"),
            "unmuted": _("took a mute back"),
            "word_muted": _("muted a word"),
            "word_unmuted": _("took the mute of a word back"),
        }.items():
            acts.register(f"accounts.{name}", words, group="people")
        subscribe(events.AccountMail, receivers.send_account_mail, queue="mail")
        subscribe(events.AccountErased, receivers.erase_pictures, queue="media")
