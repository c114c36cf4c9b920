"""A brand's team in its back office: what it did."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts import acts, queries
from accounts.types import LogEntry, Request, TeamMember
from core.listing import Column, Filter, Listing, Shown

OWNERS = {"owner"}


def _log_of(team: list[TeamMember]) -> Listing[LogEntry]:
    """The list, with the team's people as a filter."""
    people = {one.handle: one.name for one in team if one.handle}
    return Listing(
        name="log",
        caption=_("Acts, newest first"),
        key=lambda one: str(one.at),
        page_size=40,
        search=_("Search by what was acted on"),
        placeholder=_("Product, pin, order, person"),
        filters=(
            Filter(name="group", label=_("Kind of act"), choices={"": _("All"), **acts.GROUPS}),
            Filter(name="person", label=_("Who"), choices={"": _("Everybody"), **people}),
        ),
        columns=(
            Column(key="at", room=10, label=_("When"), value=lambda one: one.at),
            Column(
                key="who",
                room=11,
                label=_("Who"),
                value=lambda one: one.name or _("Somebody who left"),
            ),
            Column(key="what", room=16, label=_("Did what"), value=lambda one: one.words),
            Column(key="subject", label=_("To what"), value=lambda one: one.subject, place="any"),
            Column(key="detail", label=_("Detail"), value=lambda one: one.detail, on_page=False),
        ),
    )


@require_safe
def log(request: Request, handle: str) -> HttpResponseBase:
    """Who did what, newest first; by person and by kind of act."""
    brand = queries.require_brand_role(viewer=request.viewer, handle=handle, roles=OWNERS)
    team = queries.brand_team(profile_id=brand.profile.id)

    def page(shown: Shown[LogEntry]) -> HttpResponse:
        context = {"brand": brand.profile, "list": shown}
        return render(request, "accounts/studio_log.html", context)

    listing = _log_of(team)
    return listing.answer(
        request,
        by=queries.work_of(viewer=request.viewer, role=brand),
        read=listing.reads(queries.brand_log, brand_id=brand.profile.id),
        page=page,
    )
