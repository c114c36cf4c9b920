"""Rows of payments: what was asked of the provider, what it said, and the books."""

from django.db import models
from django.db.models import F, Q

from core.ids import PublicIdField
from payments.states import LIVE, PaymentState, PayoutState


class PaymentMethod(models.Model):
    """A card kept at the provider. We have its token and what a person recognises it by."""

    public_id = PublicIdField()
    user = models.ForeignKey(
        "accounts.User", on_delete=models.CASCADE, related_name="payment_methods"
    )
    provider = models.CharField(max_length=20)
    token = models.CharField(max_length=80)
    brand = models.CharField(max_length=20)
    last4 = models.CharField(max_length=4)
    exp_month = models.PositiveSmallIntegerField()
    exp_year = models.PositiveSmallIntegerField()
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    # A forgotten card stays as a row for the payments that it made.
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-is_default", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "provider", "token"], name="method_once"),
            models.UniqueConstraint(
                fields=["user"],
                name="method_one_default",
                condition=Q(is_default=True, forgotten_at=None),
            ),
            models.CheckConstraint(
                name="method_month", condition=Q(exp_month__gte=1, exp_month__lte=12)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.brand} •••• {self.last4}"


class Payment(models.Model):
    """One attempt to be paid for one reference. The public id is its name at the provider."""

    public_id = PublicIdField()
    reference = models.CharField(max_length=80)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=16, default=PaymentState.CREATED)
    provider = models.CharField(max_length=20)
    provider_ref = models.CharField(max_length=80, blank=True)
    redirect_url = models.CharField(max_length=500, blank=True)
    customer_user = models.ForeignKey(
        "accounts.User",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="payments",
    )
    method = models.ForeignKey(
        PaymentMethod, on_delete=models.PROTECT, null=True, blank=True, related_name="payments"
    )
    method_label = models.CharField(max_length=40, blank=True)
    description = models.CharField(max_length=200, blank=True)
    return_url = models.CharField(max_length=500)
    cancel_url = models.CharField(max_length=500)
    captured = models.BigIntegerField(default=0)
    refunded = models.BigIntegerField(default=0)
    voided = models.BigIntegerField(default=0)
    failure_code = models.CharField(max_length=40, blank=True)
    review_reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    # When the provider was last asked, or last told us something.
    asked_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="payment_state", condition=Q(state__in=[s.value for s in PaymentState])
            ),
            models.CheckConstraint(
                name="payment_amounts",
                condition=Q(amount__gt=0, captured__gte=0, refunded__gte=0, voided__gte=0)
                & Q(amount__gte=F("captured") + F("voided"))
                & Q(captured__gte=F("refunded")),
            ),
            # Two charges for one purchase are impossible, whatever is clicked how often.
            models.UniqueConstraint(
                fields=["reference"],
                name="payment_one_live",
                condition=Q(state__in=[s.value for s in LIVE]),
            ),
            models.UniqueConstraint(
                fields=["provider", "provider_ref"],
                name="payment_provider_ref_once",
                condition=~Q(provider_ref=""),
            ),
        ]
        indexes = [
            models.Index(fields=["reference"], name="payment_reference"),
            models.Index(
                fields=["asked_at"],
                name="payment_undecided",
                condition=Q(state__in=["created", "requires_action", "unknown"]),
            ),
            models.Index(fields=["asked_at"], name="payment_held", condition=Q(state="authorized")),
            models.Index(fields=["created_at"], name="payment_review", condition=Q(state="review")),
        ]

    def __str__(self) -> str:
        return f"payment {self.public_id}"


class PaymentShare(models.Model):
    """The part of a payment that one seller is owed.

    The `_asked` columns count what was requested, done or not, so that two requests at the same
    time cannot ask for more than there is.
    """

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="shares")
    reference = models.CharField(max_length=80)
    seller = models.ForeignKey(
        "accounts.Profile", on_delete=models.PROTECT, related_name="payment_shares"
    )
    amount = models.BigIntegerField()
    capture_asked = models.BigIntegerField(default=0)
    void_asked = models.BigIntegerField(default=0)
    refund_asked = models.BigIntegerField(default=0)
    captured = models.BigIntegerField(default=0)
    voided = models.BigIntegerField(default=0)
    refunded = models.BigIntegerField(default=0)
    fee = models.BigIntegerField(default=0)
    fee_refunded = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payment", "reference"], name="share_once"),
            models.CheckConstraint(
                name="share_asked",
                condition=Q(amount__gt=0, capture_asked__gte=0, void_asked__gte=0)
                & Q(refund_asked__gte=0)
                & Q(amount__gte=F("capture_asked") + F("void_asked"))
                & Q(captured__gte=F("refund_asked")),
            ),
            models.CheckConstraint(
                name="share_done",
                condition=Q(captured__gte=0, voided__gte=0, refunded__gte=0)
                & Q(capture_asked__gte=F("captured"))
                & Q(void_asked__gte=F("voided"))
                & Q(refund_asked__gte=F("refunded"))
                & Q(captured__gte=F("fee"))
                & Q(fee__gte=F("fee_refunded"))
                & Q(fee_refunded__gte=0),
            ),
        ]
        indexes = [models.Index(fields=["reference"], name="share_reference")]

    def __str__(self) -> str:
        return f"share {self.reference}"


class Operation(models.Model):
    """A capture, void or refund of a share: written down first, then asked of the provider."""

    class Kind(models.TextChoices):
        CAPTURE = "capture", "Capture"
        VOID = "void", "Void"
        REFUND = "refund", "Refund"

    class State(models.TextChoices):
        PENDING = "pending", "Pending"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    public_id = PublicIdField()
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="operations")
    share = models.ForeignKey(PaymentShare, on_delete=models.PROTECT, related_name="operations")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    amount = models.BigIntegerField()
    key = models.CharField(max_length=120)
    reason = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    failure_code = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["payment", "key"], name="operation_key_once"),
            models.CheckConstraint(name="operation_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="operation_kind", condition=Q(kind__in=["capture", "void", "refund"])
            ),
            models.CheckConstraint(
                name="operation_state",
                condition=Q(state="pending", finished_at=None)
                | Q(state__in=["done", "failed"], finished_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class PaymentMove(models.Model):
    """Audit: each change of a payment's state, and why."""

    payment = models.ForeignKey(Payment, on_delete=models.CASCADE, related_name="moves")
    old = models.CharField(max_length=16)
    new = models.CharField(max_length=16)
    why = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.old} -> {self.new}"


class PayoutAccount(models.Model):
    """Where a seller's money goes, as the provider knows it. Of the account we keep four digits.

    `version` is the provider's count of changes: news that come late or twice change nothing.
    """

    public_id = PublicIdField()
    seller = models.OneToOneField(
        "accounts.Profile", on_delete=models.PROTECT, related_name="payout_account"
    )
    provider = models.CharField(max_length=20)
    provider_ref = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, default=PayoutState.INCOMPLETE)
    # What the provider still wants, as its code; empty when nothing.
    requirement = models.CharField(max_length=40, default="bank_account", blank=True)
    iban_last4 = models.CharField(max_length=4, blank=True)
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    # When the provider was last asked, or last told us something.
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="payout_state", condition=Q(state__in=[s.value for s in PayoutState])
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], name="payout_pending", condition=Q(state="pending")),
        ]

    def __str__(self) -> str:
        return f"payout account {self.public_id}"


class ProviderEvent(models.Model):
    """Inbox of what the provider told us, stored in the transaction of the effect."""

    class Outcome(models.TextChoices):
        APPLIED = "applied", "Applied"
        STALE = "stale", "Nothing new"
        REVIEW = "review", "Needs a person"
        SEEN = "seen", "Seen by a person"

    provider = models.CharField(max_length=20)
    event_id = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, null=True, blank=True, related_name="provider_events"
    )
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    body = models.JSONField()
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "event_id"], name="provider_event_once")
        ]
        indexes = [
            # Few of very many: asked by the first page of the administration and the metrics.
            models.Index(
                fields=["received_at"], name="provider_event_review", condition=Q(outcome="review")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"


class LedgerTransaction(models.Model):
    """One thing that happened to money. Its entries sum to zero in each currency, at commit."""

    class Kind(models.TextChoices):
        AUTHORIZE = "authorize", "Authorize (memo)"
        CAPTURE = "capture", "Capture"
        VOID = "void", "Void (memo)"
        REFUND = "refund", "Refund"

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, null=True, blank=True, related_name="ledger"
    )
    share_reference = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.key


class LedgerEntry(models.Model):
    """One side. Debit is positive, credit negative: what we owe a seller is a negative sum."""

    class Account(models.TextChoices):
        # Memo pair: what is held on cards but not ours yet.
        HELD_AT_PROVIDER = "held_at_provider", "Held at the provider"
        BUYER_HOLDS = "buyer_holds", "Holds on buyers' cards"
        # Real money.
        PROVIDER = "provider", "At the provider"
        SELLER_BALANCE = "seller_balance", "Owed to sellers"
        PLATFORM_FEE = "platform_fee", "Our fees"

    transaction = models.ForeignKey(
        LedgerTransaction, on_delete=models.PROTECT, related_name="entries"
    )
    account = models.CharField(max_length=20, choices=Account.choices)
    owner_profile = models.ForeignKey(
        "accounts.Profile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ledger_entries",
    )
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    class Meta:
        verbose_name_plural = "ledger entries"
        constraints = [
            models.CheckConstraint(name="ledger_amount", condition=~Q(amount=0)),
            # A seller's balance has an owner, every other account has none.
            models.CheckConstraint(
                name="ledger_owner",
                condition=Q(account="seller_balance", owner_profile__isnull=False)
                | (~Q(account="seller_balance") & Q(owner_profile=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["account", "owner_profile", "currency"], name="ledger_balance"),
            models.Index(fields=["owner_profile", "-id"], name="ledger_of_seller"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.amount:+d} {self.currency}"
