"""Rows of a brand's papers: what it declared, what operators said about it, its domain."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from brands.documents import MAX_BYTES, NAME_LIMIT, TYPES
from brands.items import CODES
from core import clock
from core.ids import PublicIdField, SecretIdField
from core.text import room


class Papers(models.Model):
    """What a brand declared about itself, beside the trader data that its pages show."""

    brand = models.OneToOneField(
        "accounts.Profile", models.CASCADE, related_name="papers", verbose_name=_("brand")
    )
    unregistered = models.BooleanField(_("is in no register"), default=False)
    vat_exempt = models.BooleanField(_("has no VAT number"), default=False)
    # The contact address that was confirmed; another one has to be confirmed anew.
    confirmed_email = models.EmailField(_("confirmed e-mail"), max_length=254, blank=True)
    code_email = models.EmailField(max_length=254, blank=True)
    code_digest = models.CharField(max_length=64, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    code_until = models.DateTimeField(null=True, blank=True)
    declared_at = models.DateTimeField(_("declared to obey the law"), null=True, blank=True)
    declared_by = models.ForeignKey(
        "accounts.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("declared by"),
    )
    declared_name = models.CharField(_("in the name of"), max_length=room(120), blank=True)

    class Meta:
        verbose_name = _("papers")
        verbose_name_plural = _("papers")
        constraints = [
            models.CheckConstraint(
                name="brands_declared_with_a_name",
                condition=Q(declared_at=None) | ~Q(declared_name=""),
            ),
        ]

    def __str__(self) -> str:
        return f"papers of {self.brand_id}"


class Review(models.Model):
    """One time that a brand asked operators to look at its papers, and what came of it."""

    class Kind(models.TextChoices):
        ENTRY = "entry", _("wants to be let in")
        CHANGE = "change", _("changed its trader data")
        AGAIN = "again", _("is due to be looked at again")

    class State(models.TextChoices):
        OPEN = "open", _("waits")
        PASSED = "passed", _("all right")
        RETURNED = "returned", _("sent back")

    public_id = PublicIdField()
    brand = models.ForeignKey(
        "accounts.Profile", models.CASCADE, related_name="reviews", verbose_name=_("brand")
    )
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    submitted_at = models.DateTimeField(_("submitted"), default=clock.now)
    submitted_by = models.ForeignKey(
        "accounts.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("submitted by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        "accounts.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["submitted_at"], condition=Q(state="open"), name="brands_review_queue"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["brand"], condition=Q(state="open"), name="brands_one_open_review"
            ),
            models.CheckConstraint(
                name="brands_review_state",
                condition=Q(state="open", decided_at=None)
                | Q(state__in=["passed", "returned"], decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="brands_review_kind", condition=Q(kind__in=["entry", "change", "again"])
            ),
        ]

    def __str__(self) -> str:
        return f"review {self.public_id}"


class ReviewItem(models.Model):
    """What an operator said about one item. The fingerprint tells whether it changed since."""

    review = models.ForeignKey(
        Review, models.CASCADE, related_name="items", verbose_name=_("review")
    )
    code = models.CharField(_("item"), max_length=12)
    fingerprint = models.CharField(max_length=64)
    # What the item said when it was submitted, in words, so that the history can be read.
    said = models.TextField(_("said"), blank=True)
    refused = models.BooleanField(_("needs change"), default=False)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "code"], name="brands_item_once"),
            models.CheckConstraint(name="brands_item_code", condition=Q(code__in=CODES)),
            models.CheckConstraint(
                name="brands_refused_with_reason", condition=Q(refused=False) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.code


class DomainClaim(models.Model):
    """A brand says that a domain is its own; whoever can put our token there proves it."""

    brand = models.OneToOneField(
        "accounts.Profile", models.CASCADE, related_name="domain_claim", verbose_name=_("brand")
    )
    domain = models.CharField(_("domain"), max_length=253)
    token = SecretIdField()
    asked_at = models.DateTimeField(_("looked for"), null=True, blank=True)
    proved_at = models.DateTimeField(_("proved"), null=True, blank=True)
    created_at = models.DateTimeField(_("claimed"), default=clock.now)

    class Meta:
        verbose_name = _("domain")
        verbose_name_plural = _("domains")
        constraints = [
            models.UniqueConstraint(
                fields=["domain"],
                condition=Q(proved_at__isnull=False),
                name="brands_domain_of_one",
            ),
        ]

    def __str__(self) -> str:
        return self.domain


class PaperDocuments(models.Manager["PaperDocument"]):
    """Without the files: whoever wants one reads it from its row."""

    def get_queryset(self) -> models.QuerySet[PaperDocument]:
        return super().get_queryset().defer("content")


class PaperDocument(models.Model):
    """A file that proves what a brand declared. Private: for its owners and for operators."""

    class Kind(models.TextChoices):
        REGISTER = "register", _("Register extract")
        INSURANCE = "insurance", _("Insurance")
        OTHER = "other", _("Something else")

    public_id = PublicIdField()
    brand = models.ForeignKey(
        "accounts.Profile", models.CASCADE, related_name="documents", verbose_name=_("brand")
    )
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    name = models.CharField(_("name"), max_length=room(NAME_LIMIT))
    content_type = models.CharField(_("type"), max_length=15, choices=TYPES)
    size = models.PositiveIntegerField(_("bytes"))
    # In the database (docs/adr/0072): private by itself, whole with its row, in the backup.
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    good_until = models.DateField(_("good until"), null=True, blank=True)
    # When operators were asked and the brand was told that it ends.
    asked_at = models.DateTimeField(_("told that it ends"), null=True, blank=True)
    added_at = models.DateTimeField(_("added"), default=clock.now)
    added_by = models.ForeignKey(
        "accounts.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("added by"),
    )

    objects = PaperDocuments()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["good_until"], condition=Q(asked_at=None), name="brands_document_ends"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["brand", "digest"], name="brands_document_once"),
            models.CheckConstraint(
                name="brands_document_kind",
                condition=Q(kind__in=["register", "insurance", "other"]),
            ),
            models.CheckConstraint(
                name="brands_document_type", condition=Q(content_type__in=list(TYPES))
            ),
            models.CheckConstraint(name="brands_document_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="brands_document_size",
                condition=Q(size__gte=1, size__lte=MAX_BYTES, size=Length(F("content"))),
            ),
        ]

    def __str__(self) -> str:
        return self.name
