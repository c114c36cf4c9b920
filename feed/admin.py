"""Operators' view of the wall. Taking a pin down asks for a reason first."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.admin_decisions import Decision, decide
from core.readonly_admin import ReadOnlyAdmin, ReadOnlyInline
from feed.actions import put_back_comment, restore_pin, take_down_comment, take_down_pin
from feed.models import (
    AuthorLast,
    Board,
    BoardFollow,
    BoardLink,
    BoardMember,
    Comment,
    CommentLike,
    CommentMention,
    Hashtag,
    HashtagFollow,
    Pin,
    PinHashtag,
    PinLike,
    PinPicture,
    PinRevision,
    ProductTag,
    Save,
    Section,
    ServiceTag,
    TakenAway,
)


class FurtherInline(ReadOnlyInline):
    model = PinPicture
    fields = ("position", "image")


@admin.register(Pin)
class PinAdmin(ReadOnlyAdmin):
    list_display = (
        "title",
        "author",
        "state",
        "audience",
        "published_at",
        "saves_count",
        "public_id",
    )
    list_filter = ("state", "audience", "ai_made", "published_at", "category")
    list_select_related = ("author",)
    search_fields = ("=public_id", "=author__handle")
    inlines = (FurtherInline,)
    actions = ("take_down", "restore")

    @admin.action(description=_("Take down the chosen pins"), permissions=["moderate"])
    def take_down(self, request: HttpRequest, queryset: QuerySet[Pin]) -> HttpResponse | None:
        """Ask for a reason, then do it."""
        reason = request.POST.get("reason", "").strip()
        if not reason:
            context = {
                **self.admin_site.each_context(request),
                "title": _("Take down pins"),
                "rows": queryset.select_related("author"),
                "action": "take_down",
                "asked": "confirmed" in request.POST,
                "opts": self.opts,
            }
            return TemplateResponse(request, "admin/feed/pin/take_down.html", context)
        for public_id in queryset.values_list("public_id", flat=True):
            take_down_pin(public_id=public_id, operator_id=request.user.pk, reason=reason[:500])
        for pin in queryset:
            self.log_change(request, pin, f"Taken down: {reason[:500]}")
        count = queryset.count()
        self.message_user(
            request,
            ngettext("%(n)s pin was taken down.", "%(n)s pins were taken down.", count)
            % {"n": count},
            messages.SUCCESS,
        )
        return None

    @admin.action(description=_("Put the chosen pins back"), permissions=["moderate"])
    def restore(self, request: HttpRequest, queryset: QuerySet[Pin]) -> None:
        for pin in queryset:
            restore_pin(public_id=pin.public_id)
            self.log_change(request, pin, "Put back")
        self.message_user(request, _("Done."), messages.SUCCESS)

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("feed.change_pin")


@admin.register(Board)
class BoardAdmin(ReadOnlyAdmin):
    list_display = ("title", "owner", "secret", "pins_count", "followers_count", "last_saved_at")
    list_filter = ("secret",)
    list_select_related = ("owner",)
    search_fields = ("=public_id", "=owner__handle", "^title")


@admin.register(Hashtag)
class HashtagAdmin(ReadOnlyAdmin):
    list_display = ("shown", "name", "followers_count", "created_at")
    search_fields = ("^name", "^shown")


@admin.register(PinHashtag)
class PinHashtagAdmin(ReadOnlyAdmin):
    list_display = ("hashtag", "pin", "published_at")
    list_select_related = ("hashtag", "pin")
    search_fields = ("=hashtag__name", "=pin__public_id")


@admin.register(HashtagFollow)
class HashtagFollowAdmin(ReadOnlyAdmin):
    list_display = ("hashtag", "profile", "created_at")
    list_select_related = ("hashtag", "profile")
    search_fields = ("=hashtag__name", "=profile__handle")


@admin.register(BoardFollow)
class BoardFollowAdmin(ReadOnlyAdmin):
    list_display = ("board", "profile", "created_at")
    list_select_related = ("board", "profile")
    search_fields = ("=board__public_id", "=profile__handle")


@admin.register(BoardLink)
class BoardLinkAdmin(ReadOnlyAdmin):
    # Not its key: who reads it here could look at the board with it.
    list_display = ("board", "created_at")
    list_select_related = ("board",)
    search_fields = ("=board__public_id", "=board__owner__handle")
    exclude = ("key",)


@admin.register(Save)
class SaveAdmin(ReadOnlyAdmin):
    # Not its note: what is written on secret boards is nobody's to read. Reported words stand in
    # their report.
    list_display = ("pin", "board", "saver", "created_at")
    list_select_related = ("pin", "board", "saver")
    search_fields = ("=pin__public_id", "=board__public_id", "=saver__handle")
    exclude = ("note",)


@admin.register(ProductTag)
class ProductTagAdmin(ReadOnlyAdmin):
    list_display = ("pin", "position", "product", "variant", "x", "y")
    list_select_related = ("pin", "product", "variant")
    search_fields = ("=pin__public_id", "=product__public_id")


@admin.register(PinRevision)
class PinRevisionAdmin(ReadOnlyAdmin):
    list_display = ("pin", "at", "by")
    list_select_related = ("pin", "by")
    search_fields = ("=pin__public_id", "=pin__author__handle")


@admin.register(AuthorLast)
class AuthorLastAdmin(ReadOnlyAdmin):
    list_display = ("author", "last_at")
    list_select_related = ("author",)
    search_fields = ("^author__handle",)


@admin.register(Section)
class SectionAdmin(ReadOnlyAdmin):
    list_display = ("title", "board", "position", "created_at")
    list_select_related = ("board",)
    search_fields = ("=board__public_id", "=board__owner__handle", "^title")


@admin.register(BoardMember)
class BoardMemberAdmin(ReadOnlyAdmin):
    list_display = ("board", "profile", "state", "created_at", "answered_at")
    list_filter = ("state",)
    list_select_related = ("board", "profile")
    search_fields = ("=board__public_id", "=profile__handle")


@admin.register(TakenAway)
class TakenAwayAdmin(ReadOnlyAdmin):
    list_display = ("title", "kind", "actor", "created_at")
    list_filter = ("kind",)
    list_select_related = ("actor",)
    search_fields = ("=actor__handle", "^title")
    # For the same reason.
    exclude = ("data",)


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "author", "pin", "state", "likes_count", "created_at", "public_id")
    list_filter = ("state", "created_at")
    list_select_related = ("author", "pin")
    search_fields = ("=public_id", "=author__handle", "=pin__public_id", "text")
    actions = ("take_down", "put_back")

    @admin.action(description=_("Take down the chosen comments"), permissions=["moderate"])
    def take_down(self, request: HttpRequest, rows: QuerySet[Comment]) -> HttpResponse | None:
        def act(row: Comment, reason: str) -> None:
            take_down_comment(
                comment_id=row.public_id, operator_id=request.user.pk, reason=reason[:500]
            )

        warning = _("They vanish from every page, and their authors read why.")
        return decide(self, request, rows, Decision("take_down", _("Take down"), warning, act))

    @admin.action(description=_("Put the chosen comments back"), permissions=["moderate"])
    def put_back(self, request: HttpRequest, rows: QuerySet[Comment]) -> None:
        for row in rows:
            put_back_comment(comment_id=row.public_id)
            self.log_change(request, row, "Put back")
        self.message_user(request, _("Done."), messages.SUCCESS)

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("feed.change_comment")


@admin.register(CommentMention)
class CommentMentionAdmin(ReadOnlyAdmin):
    list_display = ("comment", "profile", "handle")
    list_select_related = ("comment", "profile")
    search_fields = ("=handle", "=profile__handle")


@admin.register(CommentLike)
class CommentLikeAdmin(ReadOnlyAdmin):
    list_display = ("comment", "profile", "created_at")
    list_select_related = ("comment", "profile")
    search_fields = ("=profile__handle", "=comment__public_id")


@admin.register(PinLike)
class PinLikeAdmin(ReadOnlyAdmin):
    list_display = ("pin", "profile", "created_at")
    list_select_related = ("pin", "profile")
    search_fields = ("=pin__public_id", "=profile__handle")


@admin.register(ServiceTag)
class ServiceTagAdmin(ReadOnlyAdmin):
    list_display = ("pin", "service")
    list_select_related = ("pin", "service")
    search_fields = ("=pin__public_id", "=service__public_id", "service__title")
