"""A brand's team in its back office: what it did."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import acts, queries
from accounts.types import Request

OWNERS = {"owner"}


@require_safe
def log(request: Request, handle: str) -> HttpResponse:
    """Who did what, newest first; by person and by kind of act."""
    brand = queries.require_brand_role(viewer=request.viewer, handle=handle, roles=OWNERS)
    person, group = (
        request.GET.get("person", "").replace("\x00", "")[:40],
        request.GET.get("group", ""),
    )
    group = group if group in acts.GROUPS else ""
    found = queries.brand_log(
        brand_id=brand.profile.id,
        person=person,
        group=group,
        cursor=request.GET.get("cursor", ""),
    )
    team = queries.brand_team(profile_id=brand.profile.id)
    here = reverse("accounts:studio_log", kwargs={"handle": brand.profile.handle})

    def address(**chosen: str) -> str:
        query = {"person": person, "group": group, **chosen}
        kept = {name: value for name, value in query.items() if value}
        return f"{here}?{urlencode(kept)}" if kept else here

    context = {
        "brand": brand.profile,
        "found": found,
        "people": [(one.name, address(person=one.handle), one.handle == person) for one in team],
        "person_name": next((one.name for one in team if one.handle == person), f"@{person}"),
        "groups": [(_("All"), address(group=""), not group)]
        + [(str(name), address(group=code), code == group) for code, name in acts.GROUPS.items()],
        "person": person,
        "everybody": address(person=""),
        "narrowed": bool(person or group),
        "all": here,
        "more": address(cursor=found.next) if found.next else "",
    }
    return render(request, "accounts/studio_log.html", context)
