"""People and brands for operators: look up, let in, keep out."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from accounts import actions
from accounts.actions.team import REASON_LIMIT
from accounts.admin_forms import BrandForm, NewUserForm
from accounts.errors import WrongState
from accounts.models import (
    Address,
    Block,
    BrandAct,
    Follow,
    Invitation,
    LoginSession,
    Membership,
    Mute,
    Organization,
    Profile,
    ProfileDecision,
    ProviderLogIn,
    User,
)
from accounts.token_models import ApiToken
from core.admin_decisions import Decision, decide
from core.admin_lists import LargeListAdmin
from core.readonly_admin import ReadOnlyAdmin, ReadOnlyInline

RIGHTS = ("is_staff", "is_superuser", "groups", "user_permissions")


@admin.register(User)
class UserAdmin(LargeListAdmin, StockUserAdmin[User]):
    add_form = NewUserForm
    list_display = ("email", "profile", "is_staff", "is_active", "date_joined", "last_login")
    list_select_related = ["profile"]
    list_filter = ["is_staff", "is_active", "date_joined"]
    search_fields = ("=public_id", "^email", "^profile__handle", "profile__name")
    readonly_fields = ("public_id", "date_joined", "last_login")
    autocomplete_fields = ["groups"]
    filter_horizontal = ["user_permissions"]
    fieldsets = [
        (None, {"fields": ["email", "password", "public_id"]}),
        (
            _("Rights"),
            {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]},
        ),
        (_("Display"), {"fields": ["letter_keys"]}),
        (_("Times"), {"fields": ["date_joined", "last_login"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "usable_password", "password1", "password2"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Only who may do everything says who may do what.

        Whoever has a profile is kept out and let in again through it, with a reason.
        """
        fields = set(super().get_readonly_fields(request, obj))
        if not request.user.is_superuser:
            fields |= set(RIGHTS)
        if obj is not None and Profile.objects.filter(user=obj).exists():
            fields.add("is_active")
        return tuple(fields)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """A superuser's row, password and all, is for superusers."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Orders stay readable: an account is closed, not deleted."""
        return False


class DecisionInline(ReadOnlyInline):
    model = ProfileDecision
    fields = ["at", "from_state", "to_state", "actor", "reason"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProfileDecision]:
        return super().get_queryset(request).select_related("actor")


@admin.register(Profile)
class ProfileAdmin(ReadOnlyAdmin):
    list_display = ["name", "handle", "kind", "state", "created_at", "user", "organization"]
    list_select_related = ["user", "organization"]
    list_filter = ["kind", "state", "created_at"]
    search_fields = ["=public_id", "^handle", "^user__email", "name", "organization__name"]
    inlines = [DecisionInline]
    exclude = ["interests", "unread_count", "bag_count", "handle_skeleton", "name_skeleton"]
    actions = ["approve", "reject", "suspend", "restore"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Brands are made here; people sign up."""
        return request.user.has_perm("accounts.add_profile")

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Who may let a brand in and keep somebody out."""
        return request.user.has_perm("accounts.change_profile")

    def get_form(
        self, request: HttpRequest, obj: Profile | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[Any]]:
        if obj is None:
            return BrandForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Profile | None = None) -> Any:
        if obj is None:
            return BrandForm.FIELDSETS
        return super().get_fieldsets(request, obj)

    def get_inline_instances(self, request: HttpRequest, obj: Profile | None = None) -> list[Any]:
        return super().get_inline_instances(request, obj) if obj else []

    def save_model(
        self, request: HttpRequest, obj: Profile, form: ModelForm[Any], change: bool
    ) -> None:
        """A new brand, through the same act as everywhere; it waits for approval."""
        brand = form.make(operator_id=request.user.pk or 0)  # type: ignore[attr-defined]
        obj.pk = brand.pk
        obj.refresh_from_db()

    @admin.action(description=_("Approve the chosen brands"), permissions=["decide"])
    def approve(self, request: HttpRequest, rows: QuerySet[Profile]) -> TemplateResponse | None:
        def act(row: Profile, reason: str) -> None:
            actions.approve_brand(brand_id=row.pk, operator_id=request.user.pk or 0, reason=reason)

        warning = _("Everybody will see these brands and what they sell.")
        return decide(self, request, rows, Decision("approve", _("Approve"), warning, act))

    @admin.action(description=_("Reject the chosen brands"), permissions=["decide"])
    def reject(self, request: HttpRequest, rows: QuerySet[Profile]) -> TemplateResponse | None:
        def act(row: Profile, reason: str) -> None:
            actions.reject_brand(brand_id=row.pk, operator_id=request.user.pk or 0, reason=reason)

        warning = _("Nobody will see these brands.")
        return decide(self, request, rows, Decision("reject", _("Reject"), warning, act))

    @admin.action(description=_("Suspend the chosen profiles"), permissions=["decide"])
    def suspend(self, request: HttpRequest, rows: QuerySet[Profile]) -> TemplateResponse | None:
        def act(row: Profile, reason: str) -> None:
            if row.kind == Profile.Kind.BRAND:
                actions.suspend_brand(
                    brand_id=row.pk, operator_id=request.user.pk or 0, reason=reason
                )
            else:
                actions.suspend_person(
                    profile_id=row.pk, operator_id=request.user.pk or 0, reason=reason
                )

        warning = _("They and all that is theirs vanish from every page. People are logged out.")
        return decide(self, request, rows, Decision("suspend", _("Suspend"), warning, act))

    @admin.action(description=_("Restore the chosen profiles"), permissions=["decide"])
    def restore(self, request: HttpRequest, rows: QuerySet[Profile]) -> TemplateResponse | None:
        def act(row: Profile, reason: str) -> None:
            if row.kind == Profile.Kind.BRAND:
                actions.restore_brand(
                    brand_id=row.pk, operator_id=request.user.pk or 0, reason=reason
                )
            else:
                actions.restore_person(
                    profile_id=row.pk, operator_id=request.user.pk or 0, reason=reason
                )

        warning = _("They and all that is theirs will be seen again.")
        return decide(self, request, rows, Decision("restore", _("Restore"), warning, act))


class MembershipInline(ReadOnlyInline):
    model = Membership
    fields = ["user", "role", "created_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).select_related("user")


@admin.register(Organization)
class OrganizationAdmin(ReadOnlyAdmin):
    """Its brands' owners change it, and an operator looks at that before it counts as checked.

    One without a brand is a company that its members buy for.
    """

    list_display = ["name", "city", "country", "registration_number", "created_at"]
    search_fields = ["=public_id", "^brands__handle", "name", "registration_number", "vat_id"]
    list_filter = ["created_at"]
    inlines = [MembershipInline]


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    """Who acts for a brand: owners say so. Where none of them is there any more, operators do."""

    list_display = ["user", "organization", "role", "created_at"]
    list_select_related = ["user", "organization"]
    list_filter = ["role"]
    search_fields = ["^user__email", "organization__name"]
    actions = ["make_owner", "take_off"]

    def has_team_permission(self, request: HttpRequest) -> bool:
        """Who may change a team that is not theirs."""
        return request.user.has_perm("accounts.change_membership")

    @admin.action(description=_("Make the chosen people owners"), permissions=["team"])
    def make_owner(
        self, request: HttpRequest, rows: QuerySet[Membership]
    ) -> TemplateResponse | None:
        def act(row: Membership, reason: str) -> None:
            actions.change_role(
                brand_id=_brand_of(row),
                person_id=_person_of(row),
                role="owner",
                actor_id=request.user.pk or 0,
                reason=reason,
            )

        warning = _("They may do everything for the brand. It stands in the brand's log.")
        title = _("Make owners")
        return decide(self, request, rows, _in_the_log("make_owner", title, warning, act))

    @admin.action(description=_("Take the chosen people off the team"), permissions=["team"])
    def take_off(self, request: HttpRequest, rows: QuerySet[Membership]) -> TemplateResponse | None:
        def act(row: Membership, reason: str) -> None:
            if not row.organization.brands.exists():
                actions.leave_organization(
                    user_id=row.user_id, public_id=row.organization.public_id
                )
                return
            actions.remove_member(
                brand_id=_brand_of(row),
                user_id=row.user_id,
                actor_id=request.user.pk or 0,
                reason=reason,
            )

        warning = _(
            "They may do nothing for the brand or the company any more. "
            "It stands in the log of the brand, where there is one."
        )
        return decide(self, request, rows, _in_the_log("take_off", _("Take off"), warning, act))


# A decision about a team: its reason ends in the brand's log.
_in_the_log = partial(
    Decision,
    limit=REASON_LIMIT,
    read_by=_("Kept with the decision; the owners read it in the brand's log."),
)


def _person_of(row: Membership) -> str:
    """Their public id, or '', which names nobody on the team."""
    found = Profile.objects.filter(user=row.user_id).values_list("public_id", flat=True)
    return found.first() or ""


def _brand_of(row: Membership) -> int:
    """One brand of the organization: in its log it is written. Raises WrongState for a company that
    only buys: it has no team to lead."""
    found = row.organization.brands.order_by("id").values_list("pk", flat=True).first()
    if found is None:
        raise WrongState(_("This company has no brand: whoever is in it may do all there is."))
    return int(found)


@admin.register(Follow)
class FollowAdmin(ReadOnlyAdmin):
    list_display = ["follower", "followed", "created_at"]
    list_select_related = ["follower", "followed"]
    search_fields = ["=follower__handle", "=followed__handle"]


@admin.register(Block)
class BlockAdmin(ReadOnlyAdmin):
    list_display = ["blocker", "blocked", "created_at"]
    list_select_related = ["blocker", "blocked"]
    search_fields = ["=blocker__handle", "=blocked__handle"]


@admin.register(Mute)
class MuteAdmin(ReadOnlyAdmin):
    list_display = ["muter", "muted", "word", "until"]
    list_select_related = ["muter", "muted"]
    search_fields = ["=muter__handle", "=muted__handle", "word"]


@admin.register(Address)
class AddressAdmin(ReadOnlyAdmin):
    list_display = ["name", "city", "country", "user", "is_default"]
    list_select_related = ["user"]
    search_fields = ["=public_id", "^user__email"]


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    list_display = [
        "user",
        "name",
        "hint",
        "created_at",
        "last_used_at",
        "expires_at",
        "revoked_at",
    ]
    list_select_related = ["user"]
    list_filter = ["created_at", "revoked_at"]
    search_fields = ["=public_id", "^user__email", "name", "hint"]


@admin.register(ProfileDecision)
class ProfileDecisionAdmin(ReadOnlyAdmin):
    list_display = ["at", "profile", "from_state", "to_state", "actor", "reason"]
    list_select_related = ["profile", "actor"]
    list_filter = ["to_state", "at"]
    search_fields = ["^profile__handle", "profile__name", "reason"]


@admin.register(BrandAct)
class BrandActAdmin(ReadOnlyAdmin):
    list_display = ["at", "brand", "actor", "act", "subject", "detail"]
    list_select_related = ["brand", "actor"]
    list_filter = ["at"]
    search_fields = ["^brand__handle", "^actor__email", "act", "subject", "detail"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["email", "brand", "role", "invited_by", "expires_at", "accepted_at"]
    list_select_related = ["brand", "invited_by"]
    list_filter = ["role", "created_at"]
    search_fields = ["=public_id", "^email", "^brand__handle", "^invited_by__email"]


@admin.register(LoginSession)
class LoginSessionAdmin(ReadOnlyAdmin):
    list_display = ["user", "agent", "created_at", "seen_at"]
    list_select_related = ["user"]
    list_filter = ["seen_at"]
    search_fields = ["=public_id", "^user__email"]
    exclude = ["session_key"]


@admin.register(ProviderLogIn)
class ProviderLogInAdmin(ReadOnlyAdmin):
    list_display = ["user", "issuer", "email", "created_at", "used_at"]
    list_select_related = ["user"]
    list_filter = ["issuer"]
    search_fields = ["=public_id", "^user__email", "^email", "=subject"]
