"""Log-in by e-mail, and the one row that says who is looking at a page."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.utils import filter_users_by_email
from allauth.mfa.models import Authenticator
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from accounts.buying import may_buy_for
from accounts.hiding import hidden_columns
from accounts.models import Profile, User
from accounts.second_factors import PROTECTING
from accounts.types import PROFILE_FIELDS
from core.prepared import Prepared
from tracking.queries import chosen_by

# Brands in these states nobody acts for.
# A brand that was sent back stays its owner's to mend.
UNSEEN = (Profile.State.SUSPENDED, Profile.State.CLOSED)


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's log-in, with the profile and the brands of a user in the same row."""

    def get_user(self, user_id: int) -> User | None:
        """The user of a session, or None when they may not log in any more."""
        found = _ACTIVE([user_id])
        user: User | None = found[0] if found else None
        profile = user.own_profile if user else None
        if profile is not None and profile.state == Profile.State.SUSPENDED:
            return None
        return user

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        """As allauth does it, but both tables are asked about every address: it leaves the second
        one out where the first knows a confirmed one, and the clock would tell."""
        users: list[User] = filter_users_by_email(email)
        for user in users:
            if self._check_password(user, password):
                return user
        return None


def users_with_profile() -> QuerySet[User]:
    """Users in one row with profile, picture, brands they act for, companies they may buy for and
    whom they do not meet."""
    brands = (
        Profile.objects.filter(organization__memberships__user=OuterRef("pk"))
        .exclude(state__in=UNSEEN)
        .order_by("name", "id")
        .annotate(
            as_json=JSONObject(
                role=F("organization__memberships__role"),
                state="state",
                hidden=hidden_columns(OuterRef("pk")),
                **{name: F(name) for name in PROFILE_FIELDS},
            )
        )
    )
    buyers = may_buy_for(user=OuterRef("pk")).annotate(
        as_json=JSONObject(id="id", public_id="public_id", name="name")
    )
    second_factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=PROTECTING)
    return User.objects.select_related("profile__picture").annotate(
        brand_rows=ArraySubquery(brands.values("as_json")),
        buyer_rows=ArraySubquery(buyers.values("as_json")),
        has_second_factor=Exists(second_factors),
        hidden_rows=hidden_columns(OuterRef("profile__id")),
        chosen_purposes=chosen_by(OuterRef("pk")),
    )


# Every request of somebody logged in asks this.
_ACTIVE = Prepared(lambda ids: users_with_profile().filter(pk__among=ids, is_active=True))
