from typing import get_args

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    name = "messaging"
    verbose_name = _("Questions")

    def ready(self) -> None:
        from accounts import acts
        from accounts.actions import erasure_hooks
        from accounts.events import ProfileFollowed, TeamChanged
        from accounts.types import Role
        from core.events import subscribe
        from messaging import leaving, receivers
        from notifications import kinds

        acts.register("messaging.answered", _("ticked a question off"), group="questions")
        acts.register("messaging.reopened", _("opened a question again"), group="questions")
        erasure_hooks.register(hook=leaving.erase)
        kinds.register(
            kinds.Kind(
                "messaging.question",
                _("Questions to your brand"),
                group="replies",
                roles=frozenset({"chat"}),
            )
        )
        kinds.register(
            kinds.Kind(
                "messaging.brief",
                _("Requests for quotes to your brand"),
                group="replies",
                roles=frozenset({"chat"}),
            )
        )
        kinds.register(
            kinds.Kind(
                "messaging.brief_sent",
                _("Receipts of your requests for quotes"),
                group="replies",
                locked=("email",),
            )
        )
        kinds.register(
            kinds.Kind("messaging.follow", _("New followers"), ("in_app",), group="social")
        )
        kinds.register(
            kinds.Kind(
                "messaging.team",
                _("Teams you are on"),
                group="account",
                note=_("Who joins or leaves, and your role"),
                roles=frozenset(get_args(Role)),
            )
        )
        subscribe(TeamChanged, receivers.tell_of_team)
        subscribe(ProfileFollowed, receivers.tell_of_follower)
