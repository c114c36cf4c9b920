"""A brand's team as a list: found by name and role, given roles and taken off together, a file."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts import actions, roles
from accounts.team_queries import team_of
from accounts.types import TeamRow
from core.errors import Invalid
from core.listing import Act, By, Choice, Column, Filter, Listing

_EMAIL: Column[TeamRow] = Column(
    key="email", label=_("E-mail"), value=lambda row: row.email, on_page=False
)
_NEXT: Column[TeamRow] = Column(key="next", room=7, label=_("Change"), place="next")


def _give(by: By, person_id: str) -> str:
    if by.said not in roles.NAMES:
        raise Invalid(_("Choose a role."))
    # Not one's own among them: who is no owner any more could take back none of them.
    was = actions.change_role(
        brand_id=by.brand_id,
        person_id=person_id,
        role=by.said,
        actor_id=by.actor_id,
        colleagues_only=True,
    )
    return "" if was == by.said else f"role:{was}"


def _take_off(by: By, person_id: str) -> str:
    token = actions.remove_colleague(
        brand_id=by.brand_id, person_id=person_id, actor_id=by.actor_id
    )
    return f"back:{token}"


def _put_back(by: By, person_id: str) -> str:
    actions.restore_colleague(
        brand_id=by.brand_id, person_id=person_id, token=by.said, actor_id=by.actor_id
    )
    return ""


def _names(by: By, person_ids: Collection[str]) -> dict[str, str]:
    called = {one.person.public_id: one.person.name for one in team_of(brand_id=by.brand_id)}
    return {one: called[one] for one in person_ids if one in called}


# What an owner sees and does.
TEAM: Listing[TeamRow] = Listing(
    name="team",
    caption=_("On the team"),
    key=lambda row: row.person.public_id,
    search=_("Search by name or e-mail"),
    filters=(
        Filter(
            name="role", label=_("Role"), choices={"": _("Everybody"), **dict(roles.NAMES.items())}
        ),
    ),
    columns=(
        Column(key="person", label=_("Name"), value=lambda row: row.person.name, place="lead"),
        Column(key="role", room=8, label=_("Role"), value=lambda row: roles.name_of(row.role)),
        Column(key="since", room=8, label=_("Since"), value=lambda row: row.since),
        _EMAIL,
        _NEXT,
    ),
    acts=(
        Act(
            code="role",
            label=_("Give the role"),
            do=_give,
            said=ngettext_lazy(
                "%(n)d person has another role.", "%(n)d people have another role.", "n"
            ),
            main=True,
            choice=Choice(
                label=_("Role"), options=lambda: {code: str(it) for code, it in roles.NAMES.items()}
            ),
        ),
        Act(
            code="off",
            label=_("Take off the team"),
            do=_take_off,
            said=ngettext_lazy(
                "%(n)d person is off the team.", "%(n)d people are off the team.", "n"
            ),
        ),
        Act(
            code="back",
            do=_put_back,
            said=ngettext_lazy(
                "%(n)d person is back on the team.", "%(n)d people are back on the team.", "n"
            ),
        ),
    ),
    names=_names,
)
# What everybody else on the team sees: nobody's e-mail, and nothing to do.
COLLEAGUES = replace(
    TEAM,
    search=_("Search by name"),
    columns=tuple(one for one in TEAM.columns if one not in (_EMAIL, _NEXT)),
    acts=(),
)
