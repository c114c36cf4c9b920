from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from accounts.actions import erasure_hooks
        from accounts.events import (
            BrandClosed,
            BrandSuspended,
            PersonSuspended,
            ProfileBlocked,
            ProfileMuted,
        )
        from core import withdrawn
        from core.events import subscribe
        from notifications import events, integrity, leaving, receivers
        from notifications.models import Notice

        integrity.register()
        # A notice is about something, which shows its picture while it may.
        withdrawn.shows_not(model=Notice)
        subscribe(events.MailQueued, receivers.send_mail, queue="mail", patience_hours=24)
        subscribe(ProfileBlocked, receivers.part)
        subscribe(ProfileMuted, receivers.hush)
        subscribe(PersonSuspended, receivers.suspend)
        subscribe(BrandSuspended, receivers.suspend)
        subscribe(BrandClosed, receivers.close)
        erasure_hooks.register(hook=leaving.erase)
