"""An account ends for good, and a brand closes.

Everything that is public of a person is gone when `erase_account` returns; files of pictures follow
within moments, by a receiver of `AccountErased` that goes on where a killed one stopped. The row of
the user and of the profile stay as tombstones: orders point to them, and say nothing any more.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection, transaction
from django.db.models import CASCADE, F, QuerySet
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils.translation import gettext as _

from accounts.actions import erasure_hooks
from accounts.actions.erasure_hooks import Leaver
from accounts.actions.log_ins import end_sessions
from accounts.actions.organizations import end_without_members
from accounts.errors import BrandNeedsOwner, WrongState
from accounts.events import AccountErased, BrandClosed
from accounts.models import Follow, Organization, Profile, User
from accounts.moves import move
from accounts.sole_owner import brands_without_another_owner
from accounts.types import member_key
from core.db import retrying
from core.errors import NotFound
from core.events import publish
from core.idempotency import forget_answers
from tracking.actions import forget_person

# Tombstones; what an operator decided and must be able to show; cards that the provider has yet to
# forget.
KEPT = {
    "accounts.Profile",
    "accounts.ProfileDecision",
    "admin.LogEntry",
    "moderation.Report",
    "payments.PaymentMethod",
}


@retrying
def erase_account(*, user_id: int) -> None:
    """Delete an account: one transaction, and nothing of the person can be seen any more.

    Orders stay with what the law wants of them. Their e-mail address is free again. Raises
    BrandNeedsOwner while a brand has nobody else who answers for it, and NotFound for an account
    that is gone already.
    """
    with transaction.atomic():
        user, teams = _lock_user_and_teams(user_id)
        profile = Profile.objects.select_for_update().filter(user=user_id).first()
        if user is None or profile is None:
            raise NotFound(_("This account is closed already."))
        if brands := brands_without_another_owner(user_id=user_id):
            raise BrandNeedsOwner([brand.name for brand in brands])
        erasure_hooks.run(Leaver(user_id=user.pk, profile_id=profile.pk, email=user.email))
        _end_follows(profile)
        forget_person(actor_id=user.pk)
        forget_answers(principal=member_key(user.pk))
        # Before the rows that say whose they are: a session may hold an address of theirs.
        end_sessions(user_id=user.pk)
        _drop_rows_of(user)
        _drop_rows_of(profile)
        end_without_members(ids=teams)
        move(profile, to_state=Profile.State.CLOSED, actor_id=user.pk)
        _bury(user, profile)
        publish(AccountErased(profile_id=profile.pk, user_id=user.pk))


def hold_profiles(*, ids: Collection[int]) -> None:
    """Let none of these accounts end until the transaction does; waits for one that is ending. All
    else that is written of them goes on. For who writes rows in other people's names: before
    anything that an erasure asks for."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [list(ids)])


def hold_actor(*, profile_id: int) -> None:
    """Let the account of who acts, or of whom it is about, not end until the transaction does: what
    is written is there when it ends, and goes with it. Before anything that an erasure asks for, as
    `hold_profiles`.

    Raises NotFound for one that has ended, also while this was waiting.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HOLD_OPEN, [profile_id, Profile.State.CLOSED])
        if cursor.fetchone() is None:
            raise NotFound(_("This account is closed."))


# What the foreign keys of those rows ask for at the end, in key order.
_HOLD = "SELECT id FROM accounts_profile WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE"
# Behind a wait the state is read anew: whoever ends an account holds its row for update.
_HOLD_OPEN = "SELECT id FROM accounts_profile WHERE id = %s AND state <> %s FOR KEY SHARE"


def close_brand(*, brand_id: int, actor_id: int) -> None:
    """End a brand for good: its page, pins and products are gone; its orders stay readable.

    Raises WrongState when it is closed already, NotFound, and what apps above object to: open
    orders, for instance.
    """
    with transaction.atomic():
        brand = Profile.objects.select_for_update().filter(id=brand_id, kind="brand").first()
        if brand is None:
            raise NotFound(_("There is no such brand."))
        if brand.state == Profile.State.CLOSED:
            raise WrongState
        erasure_hooks.check_closing(brand.pk)
        move(brand, to_state=Profile.State.CLOSED, actor_id=actor_id)
        _end_follows(brand)
        publish(BrandClosed(profile_id=brand.pk))


def _lock_user_and_teams(user_id: int) -> tuple[User | None, list[int]]:
    """The user (None for a closed account) and all organizations that they are a member of, locked:
    the teams first, as an act of the team does it, so that there is no deadlock.

    Only once the user's row is locked nobody adds a company or joins a team. What came before that
    was not seen when the teams were locked, so all locks are given back and taken anew.
    """
    while True:
        before = transaction.savepoint()
        teams = _lock_teams_of(user_id)
        user = User.objects.select_for_update().filter(pk=user_id, is_active=True).first()
        if set(_teams_of(user_id).values_list("id", flat=True)) <= set(teams):
            transaction.savepoint_commit(before)
            return user, teams
        transaction.savepoint_rollback(before)


def _lock_teams_of(user_id: int) -> list[int]:
    """Two owners of a brand who go at once must not both see that the other one stays.

    In key order: no deadlock.
    """
    teams = _teams_of(user_id).order_by("id")
    return list(teams.select_for_update(of=("self",)).values_list("id", flat=True))


def _teams_of(user_id: int) -> QuerySet[Organization]:
    return Organization.objects.filter(memberships__user=user_id)


def _end_follows(profile: Profile) -> None:
    """Follows in both directions, with the counters of everybody else."""
    following = set(Follow.objects.filter(follower=profile).values_list("followed_id", flat=True))
    followers = set(Follow.objects.filter(followed=profile).values_list("follower_id", flat=True))
    others = Profile.objects.filter(id__in=following | followers).order_by("id")
    list(others.select_for_update(no_key=True).values_list("id"))  # in key order: no deadlock
    Profile.objects.filter(id__in=following).update(followers_count=F("followers_count") - 1)
    Profile.objects.filter(id__in=followers).update(following_count=F("following_count") - 1)
    Follow.objects.filter(follower=profile).delete()
    Follow.objects.filter(followed=profile).delete()
    Profile.objects.filter(pk=profile.pk).update(followers_count=0, following_count=0)


def _drop_rows_of(owner: User | Profile) -> None:
    """What would go with the row, if the row went: sessions, tokens, keys, notices, addresses."""
    for relation in owner._meta.get_fields(include_hidden=True):  # noqa: SLF001
        if not isinstance(relation, ForeignObjectRel) or relation.on_delete is not CASCADE:
            continue
        model = relation.related_model
        if model._meta.label not in KEPT:  # noqa: SLF001
            model._base_manager.filter(**{relation.field.name: owner.pk}).delete()  # noqa: SLF001


def _bury(user: User, profile: Profile) -> None:
    """Leave rows that name nobody, let nobody in, and take nothing that somebody may want."""
    profile.name = _("Deleted account")
    profile.handle = f"deleted-{profile.public_id}"
    profile.bio = ""
    profile.links = []
    profile.picture = None
    profile.cover = None
    profile.interests = []
    profile.unread_count = profile.bag_count = 0
    profile.followers_count = profile.following_count = 0
    profile.save()
    user.email = f"{user.public_id}@deleted.invalid"
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    user.user_permissions.clear()
