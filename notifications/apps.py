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
        from core.events import subscribe
        from notifications import events, integrity, leaving, receivers

        integrity.register()
        subscribe(events.MailQueued, receivers.send_mail, queue="mail", patience_hours=24)
        subscribe(ProfileBlocked, receivers.part)
        subscribe(ProfileMuted, receivers.hush)
        subscribe(PersonSuspended, receivers.suspend)
        subscribe(BrandSuspended, receivers.suspend)
        subscribe(BrandClosed, receivers.close)
        erasure_hooks.register(hook=leaving.erase)
