"""Payments and the books in the admin.

Everything is to be read. The few acts ask first, say what they will do, and keep the reason.
"""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin_decisions import Decision, decide
from core.admin_home import Queue, register
from core.readonly_admin import ReadOnlyAdmin, ReadOnlyInline
from payments import actions
from payments.applying import CONFUSED
from payments.models import (
    LedgerEntry,
    LedgerTransaction,
    Operation,
    Payment,
    PaymentMethod,
    PaymentMove,
    PaymentShare,
    PayoutAccount,
    ProviderEvent,
)
from payments.states import PaymentState
from payments.types import NotPossible

register(
    Queue(
        says=gettext_lazy("Payments in review"),
        model=Payment,
        where={"state__exact": PaymentState.REVIEW.value},
        since="created_at",
    )
)
register(
    Queue(
        says=gettext_lazy("Answers about other payments"),
        model=ProviderEvent,
        where={"kind__exact": CONFUSED, "outcome__exact": ProviderEvent.Outcome.REVIEW.value},
        since="received_at",
    )
)


class ShareInline(ReadOnlyInline):
    model = PaymentShare
    fields = ["reference", "seller", "amount", "captured", "voided", "refunded", "fee"]
    money = ["amount", "captured", "voided", "refunded", "fee"]
    currency = "payment__currency"


class MoveInline(ReadOnlyInline):
    model = PaymentMove
    fields = ["at", "old", "new", "why"]


class OperationInline(ReadOnlyInline):
    model = Operation
    fields = ["created_at", "kind", "amount", "state", "failure_code", "reason"]
    money = ["amount"]
    currency = "payment__currency"


class EntryInline(ReadOnlyInline):
    model = LedgerEntry
    fields = ["account", "owner_profile", "amount"]
    money = ["amount"]


def _signed(request: HttpRequest, reason: str) -> str:
    return f"{reason[:150]} (operator {request.user.pk})"


class MoneyAdmin(ReadOnlyAdmin):
    """With acts that move money, for whom may."""

    def has_pay_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("payments.change_payment")


@admin.register(Payment)
class PaymentAdmin(MoneyAdmin):
    list_display = [
        "public_id",
        "reference",
        "state",
        "amount",
        "method_label",
        "failure_code",
        "review_reason",
        "created_at",
    ]
    money = ["amount", "captured", "refunded", "voided"]
    list_filter = ["state", "provider", "created_at"]
    search_fields = ["=public_id", "=reference", "=provider_ref", "=shares__reference"]
    inlines = [ShareInline, OperationInline, MoveInline]
    actions = ["ask_again", "close_review", "give_back"]

    @admin.action(description=gettext_lazy("Give back the chosen payments"), permissions=["pay"])
    def give_back(self, request: HttpRequest, rows: QuerySet[Payment]) -> TemplateResponse | None:
        def act(row: Payment, reason: str) -> None:
            if row.state == PaymentState.REVIEW and row.captured == row.refunded:
                raise NotPossible(_("It is in review and nothing was taken: close it instead."))
            actions.give_back(
                payment_id=row.public_id,
                reason=_signed(request, reason),
                # What is left to give back names the act: sent twice, it happens once.
                key=f"operator:{row.captured}:{row.refunded}:{row.voided}",
            )

        warning = _("What is held is dropped, and what was taken goes back to the buyer.")
        return decide(self, request, rows, Decision("give_back", _("Give back"), warning, act))

    @admin.action(
        description=gettext_lazy("Ask the provider again about payments in review"),
        permissions=["pay"],
    )
    def ask_again(self, request: HttpRequest, rows: QuerySet[Payment]) -> TemplateResponse | None:
        def act(row: Payment, reason: str) -> None:
            actions.ask_again(payment_id=row.public_id, why=_signed(request, reason))

        warning = _(
            "If the provider now speaks of our amount, the payment goes on as it says, and its "
            "order is paid or not. Otherwise it stays in review."
        )
        return decide(self, request, rows, Decision("ask_again", _("Ask again"), warning, act))

    @admin.action(
        description=gettext_lazy("Close payments in review without a charge"), permissions=["pay"]
    )
    def close_review(
        self, request: HttpRequest, rows: QuerySet[Payment]
    ) -> TemplateResponse | None:
        def act(row: Payment, reason: str) -> None:
            actions.close_review(payment_id=row.public_id, why=_signed(request, reason))

        warning = _(
            "The payment is ended at the provider, nothing is charged, and what is not shipped yet "
            "is cancelled. This cannot be undone; the buyer would have to pay anew."
        )
        return decide(self, request, rows, Decision("close_review", _("Close"), warning, act))


@admin.register(Operation)
class OperationAdmin(MoneyAdmin):
    list_display = ["public_id", "kind", "amount", "state", "failure_code", "share", "created_at"]
    money = ["amount"]
    currency = "payment__currency"
    list_filter = ["kind", "state"]
    list_select_related = ["share", "payment"]
    search_fields = ["=public_id", "=payment__public_id", "=share__reference"]
    actions = ["take_again"]

    @admin.action(
        description=gettext_lazy("Ask again for captures that were refused"), permissions=["pay"]
    )
    def take_again(
        self, request: HttpRequest, rows: QuerySet[Operation]
    ) -> TemplateResponse | None:
        def act(row: Operation, reason: str) -> None:
            actions.take_again(operation_id=row.public_id, reason=_signed(request, reason))

        warning = _("What was shipped is taken from the card, if it is still held.")
        return decide(self, request, rows, Decision("take_again", _("Ask again"), warning, act))


@admin.register(PaymentMethod)
class PaymentMethodAdmin(ReadOnlyAdmin):
    list_display = ["public_id", "user", "brand", "last4", "is_default", "forgotten_at"]
    list_select_related = ["user"]
    search_fields = ["=public_id", "^user__email"]
    exclude = ["token"]


@admin.register(ProviderEvent)
class ProviderEventAdmin(MoneyAdmin):
    list_display = ["event_id", "kind", "outcome", "payment", "received_at"]
    list_filter = ["outcome", "kind"]
    list_select_related = ["payment"]
    search_fields = ["=event_id", "=payment__public_id"]
    actions = ["mark_seen"]

    def get_exclude(self, request: HttpRequest, obj: ProviderEvent | None = None) -> list[str]:
        """What it sent of itself may name people; of a wrong answer there is what we wrote down."""
        return [] if obj is not None and obj.kind == CONFUSED else ["body"]

    @admin.action(
        description=gettext_lazy("Note that what needed a person was seen to"), permissions=["pay"]
    )
    def mark_seen(
        self, request: HttpRequest, rows: QuerySet[ProviderEvent]
    ) -> TemplateResponse | None:
        def act(row: ProviderEvent, _reason: str) -> None:
            actions.mark_seen(event_id=row.event_id)

        warning = _(
            "No payment is changed by that. Look first whether the payment that was asked about "
            "went on, and tell the provider which other one it spoke of."
        )
        seen = Decision("mark_seen", _("Seen to"), warning, act, read_by=_("Kept for operators."))
        return decide(self, request, rows, seen)


@admin.register(LedgerTransaction)
class LedgerTransactionAdmin(ReadOnlyAdmin):
    list_display = ["key", "kind", "payment", "share_reference", "at"]
    list_filter = ["kind", "at"]
    list_select_related = ["payment"]
    search_fields = ["=key", "=share_reference", "=payment__public_id"]
    inlines = [EntryInline]


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyAdmin):
    list_display = ["transaction", "account", "owner_profile", "amount"]
    money = ["amount"]
    list_filter = ["account", "currency"]
    list_select_related = ["transaction", "owner_profile"]
    search_fields = ["=transaction__key", "=owner_profile__handle"]


@admin.register(PayoutAccount)
class PayoutAccountAdmin(ReadOnlyAdmin):
    list_display = ["public_id", "seller", "state", "requirement", "iban_last4", "asked_at"]
    list_select_related = ["seller"]
    list_filter = ["state"]
    search_fields = ["=public_id", "=provider_ref", "^seller__handle", "seller__name"]
