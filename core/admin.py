"""The outbox, the answered requests and the pictures, as staff see them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.admin_home import Queue, register
from core.models import Delivery, IdempotencyKey, Image, OutboxEvent
from core.outbox import retry_dead
from core.readonly_admin import ReadOnlyAdmin

register(
    Queue(
        says=_("Background tasks that failed for good"),
        model=Delivery,
        where={"state__exact": Delivery.State.DEAD.value},
        since="event__created_at",
    )
)


@admin.register(OutboxEvent)
class OutboxEventAdmin(ReadOnlyAdmin):
    """What a fact says is for its receivers: a mail about an account has keys to it in its text."""

    exclude = ["data"]
    list_display = ["id", "type", "request_id", "created_at"]
    list_filter = ["type"]
    search_fields = ["=id", "^type", "=request_id"]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """Dead letters are given a new start from here, after a look at what would be repeated."""

    list_display = ["id", "receiver", "event", "state", "attempts", "due_at", "done_at"]
    list_filter = ["state", "queue", "receiver"]
    list_select_related = ["event"]
    search_fields = ["=id", "^receiver", "^event__type", "last_error"]
    actions = ["retry"]

    @admin.action(description=_("Give dead deliveries a new start"), permissions=["retry"])
    def retry(self, request: HttpRequest, chosen: QuerySet[Delivery]) -> HttpResponse | None:
        """Ask first; on confirmation the outbox tries them again."""
        dead = chosen.filter(state=Delivery.State.DEAD).select_related("event")
        if "confirmed" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "title": _("Give these deliveries a new start?"),
                "dead": dead[:200],
                "action": "retry",
                "opts": Delivery._meta,  # noqa: SLF001 - Django's documented name
                "checkbox": helpers.ACTION_CHECKBOX_NAME,
                "chosen": list(chosen.values_list("pk", flat=True)[:1_000]),
            }
            return TemplateResponse(request, "admin/core/delivery/retry.html", context)
        count = retry_dead(delivery_ids=list(dead.values_list("pk", flat=True)))
        text = ngettext(
            "%(count)d delivery starts anew.", "%(count)d deliveries start anew.", count
        )
        self.message_user(request, text % {"count": count}, messages.SUCCESS)
        return None

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """For those who may change deliveries; editing their rows is for nobody."""
        return bool(request.user.has_perm("core.change_delivery"))


@admin.register(IdempotencyKey)
class IdempotencyKeyAdmin(ReadOnlyAdmin):
    list_display = ["id", "route", "principal", "key", "created_at"]
    list_filter = ["route"]
    search_fields = ["=key", "=principal"]


@admin.register(Image)
class ImageAdmin(ReadOnlyAdmin):
    list_display = ["public_id", "preview", "state", "width", "height", "owner_id", "created_at"]
    list_filter = ["state"]
    search_fields = ["=public_id", "=owner_id"]

    @admin.display(description=_("Picture"))
    def preview(self, image: Any) -> str:
        """Small, with its words."""
        return format_html('<img src="{}" alt="{}" width="60">', image.src(236), image.alt)
