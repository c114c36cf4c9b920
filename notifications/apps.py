from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from core.events import subscribe
        from notifications import events, integrity, receivers

        integrity.register()
        subscribe(events.MailQueued, receivers.send_mail, queue="mail", patience_hours=24)
