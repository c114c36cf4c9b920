"""Rows of the sandbox: what a real provider would keep on its side of the wire."""

from django.db import models
from django.db.models import F, Q

from core.ids import SecretIdField

PAYEE_STATES = ("incomplete", "pending", "verified", "restricted")
STATES = ("requires_action", "authorized", "declined", "expired", "voided")


def no_modes() -> dict[str, int | bool | str]:
    return {}


class Account(models.Model):
    """A merchant. Of its key only the digest is kept; the secret must be there to sign with."""

    key_digest = models.CharField(max_length=64, unique=True)
    webhook_url = models.URLField(max_length=300)
    webhook_secret = models.CharField(max_length=200)
    # The only origin to which buyers are sent back.
    return_origin = models.CharField(max_length=200)
    # How to misbehave, for tests: see `sandbox.webhooks.Modes`.
    modes = models.JSONField(default=no_modes, blank=True)

    def __str__(self) -> str:
        return self.return_origin


class Token(models.Model):
    """A card that its owner asked to keep."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    token = SecretIdField()
    customer = models.CharField(max_length=80)
    behaviour = models.CharField(max_length=20)
    brand = models.CharField(max_length=20)
    last4 = models.CharField(max_length=4)
    exp_month = models.PositiveSmallIntegerField()
    exp_year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "customer", "last4", "exp_month", "exp_year"],
                name="sandbox_card_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.brand} {self.last4}"


class Intent(models.Model):
    """One payment. `own_id` is the merchant's name of it and its idempotency key."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="intents")
    ref = SecretIdField()
    own_id = models.CharField(max_length=80)
    request_digest = models.CharField(max_length=64)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    description = models.CharField(max_length=200, blank=True)
    return_url = models.CharField(max_length=500)
    cancel_url = models.CharField(max_length=500)
    customer = models.CharField(max_length=80, blank=True)
    token = models.ForeignKey(Token, on_delete=models.SET_NULL, null=True, blank=True)
    state = models.CharField(max_length=16, default="requires_action")
    # The bank wants to know whether it is really the owner of the card.
    challenged = models.BooleanField(default=False)
    remember = models.BooleanField(default=False)
    behaviour = models.CharField(max_length=20, blank=True)
    failure_code = models.CharField(max_length=40, blank=True)
    brand = models.CharField(max_length=20, blank=True)
    last4 = models.CharField(max_length=4, blank=True)
    exp_month = models.PositiveSmallIntegerField(default=1)
    exp_year = models.PositiveSmallIntegerField(default=2000)
    captured = models.BigIntegerField(default=0)
    voided = models.BigIntegerField(default=0)
    refunded = models.BigIntegerField(default=0)
    expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["account", "own_id"], name="sandbox_intent_once"),
            models.CheckConstraint(name="sandbox_state", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="sandbox_amounts",
                condition=Q(amount__gte=F("captured") + F("voided"))
                & Q(captured__gte=F("refunded"))
                & Q(amount__gt=0, captured__gte=0, voided__gte=0, refunded__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return self.own_id


class IntentOperation(models.Model):
    """A capture, void or refund, once per id of the merchant's."""

    intent = models.ForeignKey(Intent, on_delete=models.CASCADE, related_name="operations")
    own_id = models.CharField(max_length=80)
    kind = models.CharField(max_length=8)
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["intent", "own_id"], name="sandbox_operation_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"


class Payee(models.Model):
    """Somebody to whom the merchant lets money be paid out: a brand that sells there.

    `version` counts what happened to it, so that the merchant can tell old messages from new.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="payees")
    ref = SecretIdField()
    own_id = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    return_url = models.CharField(max_length=500)
    state = models.CharField(max_length=10, default="incomplete")
    # What the payee has to do, as a code; empty when there is nothing.
    requirement = models.CharField(max_length=40, default="bank_account", blank=True)
    iban_last4 = models.CharField(max_length=4, blank=True)
    version = models.PositiveIntegerField(default=1)
    # When the bank will have looked at a pending one.
    due_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["account", "own_id"], name="sandbox_payee_once"),
            models.CheckConstraint(name="sandbox_payee_state", condition=Q(state__in=PAYEE_STATES)),
            models.CheckConstraint(
                name="sandbox_payee_due",
                condition=Q(state="pending", due_at__isnull=False)
                | (~Q(state="pending") & Q(due_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.own_id


class Webhook(models.Model):
    """A message to the merchant about a payment or a payee, sent until it answers 2xx."""

    class State(models.TextChoices):
        PENDING = "pending", "Pending"
        DONE = "done", "Done"
        DEAD = "dead", "Dead"

    event_id = models.CharField(max_length=12)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="webhooks")
    intent = models.ForeignKey(
        Intent, on_delete=models.CASCADE, related_name="webhooks", null=True, blank=True
    )
    payee = models.ForeignKey(
        Payee, on_delete=models.CASCADE, related_name="webhooks", null=True, blank=True
    )
    kind = models.CharField(max_length=40)
    body = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    last_status = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="sandbox_webhook_state", condition=Q(state__in=["pending", "done", "dead"])
            ),
            models.CheckConstraint(
                name="sandbox_webhook_subject",
                condition=Q(intent__isnull=False, payee=None) | Q(intent=None, payee__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="sandbox_due", condition=Q(state="pending"))
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"
