"""What people were told and what they want to hear, to look at."""

from django.contrib import admin

from core.readonly_admin import ReadOnlyAdmin
from notifications.models import Mail, Notice, Preference


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ["public_id", "profile", "kind", "title", "created_at", "read_at"]
    list_filter = ["kind"]
    list_select_related = ["profile"]
    search_fields = ["=public_id", "=event_key", "=profile__handle"]


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    """A mail that never went out has a dead delivery of `notifications.MailQueued`."""

    list_display = ["public_id", "kind", "address", "subject", "created_at", "sent_at"]
    list_filter = ["kind", ("sent_at", admin.EmptyFieldListFilter)]
    search_fields = ["=public_id", "=event_key", "^address"]
    exclude = ["html"]


@admin.register(Preference)
class PreferenceAdmin(ReadOnlyAdmin):
    list_display = ["profile", "kind", "in_app", "email"]
    list_filter = ["kind"]
    list_select_related = ["profile"]
    search_fields = ["=profile__handle"]
