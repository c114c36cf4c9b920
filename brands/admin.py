"""Papers in the administration: the queue of those who wait, each decided item by item."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brands import actions, queries
from brands.answers import attachment
from brands.models import DomainClaim, PaperDocument, Papers, Review, ReviewItem
from brands.review_form import REASON_LIMIT, Typed, typed
from brands.types import Item
from core.admin_home import Queue, register
from core.errors import DomainError
from core.readonly_admin import ReadOnlyAdmin, ReadOnlyInline

for _kind, _says in (
    (Review.Kind.ENTRY, gettext_lazy("Brands to let in")),
    (Review.Kind.CHANGE, gettext_lazy("Trader details that changed")),
    (Review.Kind.AGAIN, gettext_lazy("Trader details due to be looked at again")),
):
    register(
        Queue(
            says=_says,
            model=Review,
            where={"state__exact": Review.State.OPEN.value, "kind__exact": _kind.value},
            since="submitted_at",
        )
    )


class ReviewItemInline(ReadOnlyInline):
    model = ReviewItem
    fields = ["code", "said", "refused", "reason"]


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    # What is to be done comes first: at the end of a wide row nobody would see it.
    list_display = ["sheet", "brand", "kind", "state", "submitted_at", "decided_at", "decided_by"]
    list_display_links = ["brand"]
    list_select_related = ["brand", "decided_by"]
    list_filter = ["state", "kind"]
    search_fields = ["=public_id", "^brand__handle", "brand__name", "note"]
    ordering = ["-decided_at", "submitted_at"]
    inlines = [ReviewItemInline]

    def get_urls(self) -> list[URLPattern]:
        decide = path(
            "<slug:review_id>/decide/",
            self.admin_site.admin_view(self.decide),
            name="brands_review_decide",
        )
        return [decide, *super().get_urls()]

    @admin.display(description=gettext_lazy("decision"))
    def sheet(self, row: Review) -> str:
        """Where it is decided."""
        address = _sheet_of(row)
        if not address:
            return ""
        return format_html('<a href="{}">{}</a>', address, _("Look and decide"))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A review as it came in, with the way to decide about it while it is open."""
        row = self.get_object(request, object_id)
        may = request.user.has_perm("accounts.change_profile")
        context = {**(extra_context or {}), "sheet": _sheet_of(row) if row and may else ""}
        return super().change_view(request, object_id, form_url, context)

    def decide(self, request: HttpRequest, review_id: str) -> HttpResponse:
        """The items of one review, each with a tick and a reason; all in one form."""
        if not request.user.has_perm("accounts.change_profile"):
            raise PermissionDenied
        sheet = queries.review_sheet(review_id=review_id)
        form = typed(request.POST, codes={item.code for item in sheet.items})
        # What is sent again still speaks of the papers that were on the page.
        seen, problem = request.POST.get("seen", sheet.seen), ""
        if request.method == "POST":
            problem = form.problem()
        if request.method == "POST" and not problem:
            try:
                decided = self._decide(request, review_id, form)
            except DomainError as error:
                problem = str(error)
                sheet = queries.review_sheet(review_id=review_id)
                seen = sheet.seen
            else:
                messages.success(request, decided)
                return redirect("admin:brands_review_changelist")
        beside = form.problems() if problem else {}
        context = {
            **self.admin_site.each_context(request),
            "title": _("Papers of %(brand)s") % {"brand": sheet.brand},
            "opts": self.opts,
            "sheet": sheet,
            "seen": seen,
            "rows": [
                {
                    "item": item,
                    "ticked": item.code in form.ticked,
                    "reason": form.reasons.get(item.code, ""),
                    "problem": beside.get(item.code, ""),
                    "pictures": _shown(item),
                }
                for item in sheet.items
            ],
            "note": form.note,
            "problem": problem,
            "limit": REASON_LIMIT,
        }
        status = 422 if problem else 200
        return TemplateResponse(request, "admin/brands/decide.html", context, status=status)

    def _decide(self, request: HttpRequest, review_id: str, form: Typed) -> str:
        """What came of it, in a sentence."""
        actions.decide_review(
            review_id=review_id,
            operator_id=request.user.pk or 0,
            seen=request.POST.get("seen", ""),
            refused=form.refused,
            note=form.note,
        )
        row = Review.objects.get(public_id=review_id)
        self.log_change(request, row, f"{row.state}: {', '.join(form.refused) or 'all items'}")
        if form.refused:
            said = _("%(brand)s was sent back and reads why.")
        elif row.kind == Review.Kind.ENTRY:
            said = _("%(brand)s is let in.")
        else:
            said = _("The trader data of %(brand)s count as checked.")
        return said % {"brand": row.brand.name}


def _sheet_of(row: Review) -> str:
    """The address at which it is decided; '' once it is."""
    if row.state != Review.State.OPEN:
        return ""
    return reverse("admin:brands_review_decide", kwargs={"review_id": row.public_id})


def _shown(item: Item) -> list[dict[str, Any]]:
    """What only a look can judge: each as it stands on the page, and larger."""
    return [
        {
            "shown": picture.src(708),
            "large": picture.src(1600),
            "width": picture.width,
            "height": picture.height,
        }
        for picture in item.pictures
    ]


@admin.register(Papers)
class PapersAdmin(ReadOnlyAdmin):
    list_display = ["brand", "confirmed_email", "declared_name", "declared_at"]
    search_fields = ["^brand__handle", "^confirmed_email", "brand__name", "declared_name"]
    exclude = ["code_digest"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("brand", "declared_by")


@admin.register(DomainClaim)
class DomainClaimAdmin(ReadOnlyAdmin):
    list_display = ["domain", "brand", "asked_at", "proved_at"]
    list_select_related = ["brand"]
    search_fields = ["^brand__handle", "domain", "brand__name"]


@admin.register(PaperDocument)
class PaperDocumentAdmin(ReadOnlyAdmin):
    list_display = ["name", "brand", "kind", "size", "good_until", "added_at", "added_by", "file"]
    list_select_related = ["brand", "added_by"]
    list_filter = ["kind"]
    search_fields = ["=public_id", "^brand__handle", "name", "brand__name"]
    exclude = ["content"]
    readonly_fields = ["file"]

    def get_urls(self) -> list[URLPattern]:
        download = path(
            "<slug:document_id>/file/",
            self.admin_site.admin_view(self.download),
            name="brands_paperdocument_file",
        )
        return [download, *super().get_urls()]

    @admin.display(description=gettext_lazy("file"))
    def file(self, row: PaperDocument) -> str:
        """Where it is looked at."""
        address = reverse("admin:brands_paperdocument_file", kwargs={"document_id": row.public_id})
        return format_html('<a href="{}">{}</a>', address, _("Download"))

    def download(self, request: HttpRequest, document_id: str) -> HttpResponse:
        """The file, for operators."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return attachment(queries.document_file(document_id=document_id))
