"""A provider that speaks JSON over HTTP with signed webhooks: today, the sandbox."""

import json
from datetime import UTC, datetime

import httpx
import structlog

from core.http import client_for
from core.money import Money
from payments.provider import (
    PayeeNews,
    PayeeState,
    ProviderCard,
    ProviderNews,
    ProviderPayee,
    ProviderPayment,
    ProviderRefused,
    ProviderSilent,
    ProviderState,
    StartRequest,
)
from payments.signature import is_valid
from payments.types import BadEvent, BadSignature

log = structlog.get_logger(__name__)
TIMEOUT_SECONDS = 3.0
LARGEST_BODY = 64 * 1024
# About ourselves or about this moment, so asked again: that our key is being changed is no reason
# to leave unpaid what was shipped meanwhile.
NO_WORD_ABOUT_MONEY = frozenset({401, 403, 408, 409, 429})


class HttpProvider:
    """Implements `payments.provider.Provider`; one connection pool for the process."""

    name = "sandbox"

    def __init__(self, *, origin: str, api_key: str, webhook_secret: str) -> None:
        self._secret = webhook_secret
        self._client = client_for(
            origin, timeout=TIMEOUT_SECONDS, headers={"Authorization": f"Bearer {api_key}"}
        )

    def start(self, *, request: StartRequest) -> ProviderPayment:
        expires = request.expires_at.astimezone(UTC).isoformat() if request.expires_at else None
        body = {
            "id": request.payment_id,
            "amount": request.amount.amount,
            "currency": request.amount.currency,
            "description": request.description,
            "return_url": request.return_url,
            "cancel_url": request.cancel_url,
            "customer": request.customer,
            "token": request.token,
            "expires_at": expires,
        }
        return _payment(self._ask("POST", "/v1/payments", key=request.payment_id, body=body))

    def find(self, *, payment_id: str) -> ProviderPayment | None:
        try:
            return _payment(self._ask("GET", f"/v1/payments/{payment_id}"))
        except ProviderRefused as refused:
            if refused.code == "not_found":
                return None
            raise

    def cancel(self, *, payment_id: str) -> ProviderPayment | None:
        try:
            return _payment(
                self._ask("POST", f"/v1/payments/{payment_id}/cancel", key=payment_id, body={})
            )
        except ProviderRefused as refused:
            if refused.code == "not_found":
                return None
            raise

    def operate(self, *, kind: str, payment_id: str, operation_id: str, amount: Money) -> None:
        body = {
            "id": operation_id,
            "kind": kind,
            "amount": amount.amount,
            "currency": amount.currency,
        }
        self._ask("POST", f"/v1/payments/{payment_id}/operations", key=operation_id, body=body)

    def forget(self, *, token: str) -> None:
        try:
            self._ask("DELETE", f"/v1/tokens/{token}")
        except ProviderRefused as refused:
            if refused.code != "not_found":
                raise

    def open_payee(
        self, *, payee_id: str, name: str, country: str, return_url: str
    ) -> ProviderPayee:
        body: dict[str, object] = {
            "id": payee_id,
            "name": name,
            "country": country,
            "return_url": return_url,
        }
        return _payee(self._ask("POST", "/v1/payees", key=payee_id, body=body))

    def find_payee(self, *, payee_id: str) -> ProviderPayee | None:
        try:
            return _payee(self._ask("GET", f"/v1/payees/{payee_id}"))
        except ProviderRefused as refused:
            if refused.code == "not_found":
                return None
            raise

    def read_news(self, *, raw: bytes, signature: str, now: datetime) -> ProviderNews | PayeeNews:
        if len(raw) > LARGEST_BODY:
            raise BadEvent
        if not is_valid(raw=raw, signature=signature, secret=self._secret, now=now):
            raise BadSignature
        if b"\\u0000" in raw:
            raise BadEvent  # no text of ours can hold it
        try:
            body = json.loads(raw)
            event_id, kind = body["id"], body["type"]
            if not (isinstance(event_id, str) and 0 < len(event_id) <= 80):
                raise BadEvent
            if "payee" in body:
                payee = _payee(body["payee"])
                return PayeeNews(event_id=event_id, kind=str(kind), payee=payee, body=body)
            operation = body.get("operation") or {}
            return ProviderNews(
                event_id=event_id,
                kind=str(kind),
                payment=_payment(body["payment"]),
                operation_id=str(operation.get("id", "")),
                body=body,
            )
        except (ValueError, KeyError, TypeError, AttributeError, ProviderSilent) as error:
            raise BadEvent from error
        except RecursionError as error:  # nested deeper than anything with a meaning
            raise BadEvent from error

    def _ask(
        self, method: str, path: str, *, key: str = "", body: dict[str, object] | None = None
    ) -> dict[str, object]:
        headers = {"Idempotency-Key": key} if key else {}
        try:
            answer = self._client.request(method, path, json=body, headers=headers)
            data = answer.json() if answer.content else {}
        except (httpx.HTTPError, ValueError) as error:
            log.warning("provider silent", method=method, path=path, why=repr(error))
            raise ProviderSilent from error
        if 400 <= answer.status_code < 500 and answer.status_code not in NO_WORD_ABOUT_MONEY:
            raise ProviderRefused(str(data.get("code", "refused"))[:40])
        if not answer.is_success or not isinstance(data, dict):
            log.warning("provider silent", method=method, path=path, why=answer.status_code)
            raise ProviderSilent
        return data


def _payment(data: object) -> ProviderPayment:
    """Read a payment object; one that makes no sense counts as no answer."""
    try:
        if not isinstance(data, dict):
            raise TypeError
        card = data["card"]
        return ProviderPayment(
            payment_id=str(data["id"]),
            provider_ref=str(data["ref"]),
            state=_state(data["state"]),
            amount=Money(data["amount"], str(data["currency"])),
            redirect_url=str(data["redirect_url"]),
            failure_code=str(data["failure_code"])[:40],
            card=_card(card) if card else None,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ProviderSilent from error


def _card(card: dict[str, object]) -> ProviderCard:
    return ProviderCard(
        token=str(card["token"]),
        brand=str(card["brand"])[:20],
        last4=str(card["last4"])[:4],
        exp_month=int(str(card["exp_month"])),
        exp_year=int(str(card["exp_year"])),
    )


def _state(value: object) -> ProviderState:
    states: dict[object, ProviderState] = {
        "requires_action": "requires_action",
        "authorized": "authorized",
        "declined": "declined",
        "expired": "expired",
        "voided": "voided",
    }
    return states[value]


def _payee(data: object) -> ProviderPayee:
    """Read a payee object; one that makes no sense counts as no answer."""
    try:
        if not isinstance(data, dict):
            raise TypeError
        version = data["version"]
        if type(version) is not int or not 0 < version < 2**31:
            raise ValueError
        return ProviderPayee(
            payee_id=str(data["id"]),
            provider_ref=str(data["ref"])[:80],
            state=_payee_state(data["state"]),
            requirement=str(data["requirement"])[:40],
            iban_last4=str(data["iban_last4"])[:4],
            version=version,
            onboarding_url=str(data["onboarding_url"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ProviderSilent from error


def _payee_state(value: object) -> PayeeState:
    states: dict[object, PayeeState] = {
        "incomplete": "incomplete",
        "pending": "pending",
        "verified": "verified",
        "restricted": "restricted",
    }
    return states[value]
