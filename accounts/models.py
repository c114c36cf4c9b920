"""Rows of the people: who logs in, who they are to others, and for whom they may act.

Private to the app; other apps read `queries` and write through `actions`.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from accounts import handles
from accounts.hiding_models import Block, Mute
from accounts.provider_models import ProviderLogIn
from accounts.session_models import LoginSession
from accounts.team_models import BrandAct, Invitation
from accounts.token_models import ApiToken
from core import clock
from core.ids import PublicIdField
from core.text import room

__all__ = [
    "Address",
    "ApiToken",
    "Block",
    "BrandAct",
    "Follow",
    "Invitation",
    "LoginSession",
    "Membership",
    "Mute",
    "Organization",
    "Profile",
    "ProfileDecision",
    "ProviderLogIn",
    "TopicFollowers",
    "User",
    "UserManager",
]


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail: there is no username."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        """An e-mail is kept in lower case, because people do not remember how they typed it."""
        user = self.model(email=email.strip().lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> User:
        """An operator with every permission."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)

    def get_by_natural_key(self, username: str | None) -> User:
        """Log-in finds the e-mail however it was capitalised."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A log-in. What others see of it is its profile."""

    public_id = PublicIdField()
    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    is_staff = models.BooleanField(
        _("operator"), default=False, help_text=_("May enter the administration.")
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Untick instead of deleting: orders stay readable.")
    )
    date_joined = models.DateTimeField(_("joined"), default=clock.now)
    letter_keys = models.BooleanField(
        _("keys of a single letter"),
        default=True,
        db_default=True,
        help_text=_("Whether pages listen to letters typed outside of a field."),
    )

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_user_email_once")]

    def __str__(self) -> str:
        return self.email

    @property
    def own_profile(self) -> Profile | None:
        """The person's profile; None for an operator who only works in the administration."""
        try:
            return self.profile
        except Profile.DoesNotExist:
            return None


class Organization(models.Model):
    """The legal side of a seller or buyer: who answers for it and how to reach them."""

    public_id = PublicIdField()
    name = models.CharField(_("legal name"), max_length=room(200))
    registration_number = models.CharField(_("register number"), max_length=room(60), blank=True)
    vat_id = models.CharField(_("VAT number"), max_length=room(20), blank=True)
    email = models.EmailField(_("contact e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=room(30), blank=True)
    line1 = models.CharField(_("street and number"), max_length=room(120), blank=True)
    line2 = models.CharField(_("further line"), max_length=room(120), blank=True)
    postcode = models.CharField(_("postcode"), max_length=room(20), blank=True)
    city = models.CharField(_("town"), max_length=room(80), blank=True)
    country = CountryField(_("country"), blank=True)
    # When an operator last looked at all of the above; empty again as soon as any of it changes.
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), default=clock.now)

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")

    def __str__(self) -> str:
        return self.name


class Profile(models.Model):
    """The one social identity, of a person or a brand: it pins, follows, sells, is followed."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        BRAND = "brand", _("brand")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("waiting for approval")
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")
        SUSPENDED = "suspended", _("suspended")
        CLOSED = "closed", _("closed for good")

    public_id = PublicIdField()
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    handle = models.CharField(_("handle"), max_length=handles.MAX_LENGTH, unique=True)
    handle_skeleton = models.CharField(max_length=2 * handles.MAX_LENGTH, editable=False)
    name = models.CharField(_("name"), max_length=room(50))
    name_skeleton = models.CharField(max_length=handles.SKELETON_LENGTH, editable=False)
    bio = models.TextField(_("about"), blank=True)
    links = ArrayField(
        models.CharField(max_length=300), verbose_name=_("links"), default=list, blank=True
    )
    picture = models.ForeignKey(
        "core.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    cover = models.ForeignKey(
        "core.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cover"),
    )
    state = models.CharField(_("state"), max_length=9, choices=State)
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    user = models.OneToOneField(
        User, models.CASCADE, null=True, blank=True, related_name="profile", verbose_name=_("user")
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="brands",
        verbose_name=_("organization"),
    )
    followers_count = models.PositiveIntegerField(_("followers"), default=0)
    following_count = models.PositiveIntegerField(_("following"), default=0)
    # Kept here and not counted, because every page shows them and may not pay a query for it.
    unread_count = models.PositiveIntegerField(_("unread notices"), default=0)
    bag_count = models.PositiveIntegerField(_("pieces in the bag"), default=0)
    interests = ArrayField(models.SlugField(max_length=80), default=list, blank=True)
    created_at = models.DateTimeField(_("created"), default=clock.now)

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        indexes = [
            models.Index(
                fields=["handle_skeleton"],
                condition=Q(kind="brand"),
                name="accounts_brand_handle_like",
            ),
            models.Index(
                fields=["name_skeleton"], condition=Q(kind="brand"), name="accounts_brand_name_like"
            ),
            models.Index(
                fields=["state", "created_at"],
                condition=Q(kind="brand"),
                name="accounts_brand_queue",
            ),
            models.Index(
                fields=["-followers_count", "id"],
                condition=Q(state="approved"),
                name="accounts_most_followed",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="accounts_profile_kind",
                condition=Q(kind="person", user__isnull=False, organization__isnull=True)
                | Q(kind="brand", user__isnull=True, organization__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_profile_state",
                condition=Q(
                    state__in=["draft", "submitted", "approved", "rejected", "suspended", "closed"]
                ),
            ),
            models.CheckConstraint(
                name="accounts_profile_handle", condition=Q(handle__regex=handles.PATTERN)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (@{self.handle})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The skeletons follow the texts, whoever saves them."""
        self.handle_skeleton = handles.skeleton(self.handle)
        self.name_skeleton = handles.skeleton(self.name)
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "handle_skeleton", "name_skeleton"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Where others see it."""
        return f"/@{self.handle}/"


class TopicFollowers(models.Model):
    """How many have a topic among their interests. A trigger of the database keeps it, in the
    transaction of whoever writes interests, by whichever road (ADR 0074)."""

    slug = models.SlugField(max_length=80, primary_key=True)
    followers_count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = _("topic followers")

    def __str__(self) -> str:
        return f"{self.followers_count} follow {self.slug}"


class ProfileDecision(models.Model):
    """One move of a profile's state: who, when, from where to where, and why."""

    profile = models.ForeignKey(
        Profile, models.CASCADE, related_name="decisions", verbose_name=_("profile")
    )
    from_state = models.CharField(_("from"), max_length=9, blank=True)
    to_state = models.CharField(_("to"), max_length=9, choices=Profile.State)
    actor = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("at"), default=clock.now)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.from_state or 'new'} → {self.to_state}"


class Follow(models.Model):
    """One profile follows another. The two counters move in the same transaction."""

    follower = models.ForeignKey(
        Profile, models.CASCADE, related_name="+", verbose_name=_("follower")
    )
    followed = models.ForeignKey(
        Profile, models.CASCADE, related_name="+", verbose_name=_("followed")
    )
    created_at = models.DateTimeField(_("since"), default=clock.now)

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        indexes = [models.Index(fields=["followed", "-id"], name="accounts_followers")]
        constraints = [
            models.UniqueConstraint("follower", "followed", name="accounts_follow_once"),
            models.CheckConstraint(
                name="accounts_follow_other", condition=~Q(follower=F("followed"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.follower_id} → {self.followed_id}"


class Membership(models.Model):
    """What a person may do for an organization, and so for each of its brands."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner: everything")
        CATALOGUE = "catalogue", _("catalogue: products and pins")
        ORDERS = "orders", _("orders: packing and shipping")
        CHAT = "chat", _("chat: questions of customers")
        ADS = "ads", _("ads: campaigns")
        FINANCE = "finance", _("finance: balance and payouts")

    user = models.ForeignKey(
        User, models.CASCADE, related_name="memberships", verbose_name=_("user")
    )
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="memberships", verbose_name=_("organization")
    )
    role = models.CharField(_("role"), max_length=9, choices=Role)
    created_at = models.DateTimeField(_("since"), default=clock.now)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint("user", "organization", name="accounts_membership_once"),
            models.CheckConstraint(
                name="accounts_membership_role",
                condition=Q(role__in=["owner", "catalogue", "orders", "chat", "ads", "finance"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"


class Address(models.Model):
    """Where somebody has things sent. Orders copy it, so it may change or go at any time."""

    public_id = PublicIdField()
    user = models.ForeignKey(User, models.CASCADE, related_name="addresses", verbose_name=_("user"))
    name = models.CharField(_("full name"), max_length=room(120))
    company = models.CharField(_("company"), max_length=room(120), blank=True)
    line1 = models.CharField(_("street and number"), max_length=room(120))
    line2 = models.CharField(_("further line"), max_length=room(120), blank=True)
    postcode = models.CharField(_("postcode"), max_length=room(20))
    city = models.CharField(_("town"), max_length=room(80))
    country = CountryField(_("country"))
    phone = models.CharField(_("phone"), max_length=room(30), blank=True)
    is_default = models.BooleanField(_("used first"), default=False)
    created_at = models.DateTimeField(_("created"), default=clock.now)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = ["-is_default", "-id"]
        constraints = [
            models.UniqueConstraint(
                "user", condition=Q(is_default=True), name="accounts_address_one_default"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.city}"
