"""The documents in a brand's papers: added, looked at and removed by its owners."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.queries import require_brand_role, work_of
from accounts.types import BrandRole, Request
from brands import actions, queries
from brands.answers import attachment
from brands.documents import MOST
from brands.forms import DocumentForm
from brands.types import PaperRefused
from core.ratelimit import hit

PER_HOUR = 60


@require_http_methods(["GET", "POST"])
@login_required
def documents(request: Request, handle: str) -> HttpResponse:
    """All of them, and a form for another."""
    brand = _own(request, handle)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _added(request, brand, form):
        messages.success(request, _("Added. Only you and our team can open it."))
        return redirect("brands:documents", handle=brand.profile.handle)
    context = {
        "brand": brand.profile,
        "documents": queries.documents_of(brand_id=brand.profile.id),
        "most": MOST,
        "form": form,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "brands/documents.html", context, status=status)


def _added(request: Request, brand: BrandRole, form: DocumentForm) -> bool:
    work = work_of(viewer=request.viewer, role=brand)
    hit(key=f"document:{work.brand_id}", limit=PER_HOUR, per_seconds=3600)
    try:
        actions.add_document(brand_id=work.brand_id, actor_id=work.actor_id, **form.cleaned_data)
    except PaperRefused as error:
        form.add_error(error.field, str(error))
        return False
    return True


@require_safe
@login_required
def document(request: Request, handle: str, document_id: str) -> HttpResponse:
    """The file."""
    brand = _own(request, handle)
    return attachment(queries.document_file(document_id=document_id, brand_id=brand.profile.id))


@require_POST
@login_required
def remove(request: Request, handle: str, document_id: str) -> HttpResponse:
    """Out of the papers, for good."""
    work = work_of(viewer=request.viewer, role=_own(request, handle))
    name = actions.remove_document(
        brand_id=work.brand_id, actor_id=work.actor_id, document_id=document_id
    )
    messages.success(request, _("%(name)s is removed.") % {"name": name})
    return redirect("brands:documents", handle=handle)


def _own(request: Request, handle: str) -> BrandRole:
    """The brand, for its owners; for everybody else there is no such page."""
    return require_brand_role(viewer=request.viewer, handle=handle, roles=set())
