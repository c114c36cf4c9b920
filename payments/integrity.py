"""What must hold of payments and the books (see `core.audits`)."""

from collections.abc import Iterator

from core import audits
from payments.models import PaymentMove
from payments.states import PaymentState, may_move

_SHARES = """
SELECT 'payment ' || p.public_id, 'the payment says ' || p.captured || '/' || p.refunded || '/'
    || p.voided || ', its shares '
    || coalesce(s.captured || '/' || s.refunded || '/' || s.voided, 'are none')
FROM payments_payment p
LEFT JOIN (
    SELECT payment_id, sum(amount) AS amount, sum(captured) AS captured, sum(refunded) AS refunded,
        sum(voided) AS voided
    FROM payments_paymentshare GROUP BY payment_id
) s ON s.payment_id = p.id
WHERE (p.captured, p.refunded, p.voided, p.amount)
    IS DISTINCT FROM (s.captured, s.refunded, s.voided, s.amount)
"""
_OPERATIONS = """
SELECT 'share ' || s.reference, 'captured ' || s.captured || ', operations ' || coalesce(o.taken, 0)
    || '; refunded ' || s.refunded || ', operations ' || coalesce(o.back, 0)
FROM payments_paymentshare s
LEFT JOIN (
    SELECT share_id, sum(amount) FILTER (WHERE kind = 'capture') AS taken,
        sum(amount) FILTER (WHERE kind = 'refund') AS back
    FROM payments_operation WHERE state = 'done' GROUP BY share_id
) o ON o.share_id = s.id
WHERE s.captured <> coalesce(o.taken, 0) OR s.refunded <> coalesce(o.back, 0)
"""
_BOOKS = """
SELECT 'payment ' || p.public_id, 'the books say ' || coalesce(l.sum, 0)
    || ', the payment ' || (p.captured - p.refunded)
FROM payments_payment p
LEFT JOIN (
    SELECT t.payment_id, sum(e.amount) AS sum
    FROM payments_ledgerentry e JOIN payments_ledgertransaction t ON t.id = e.transaction_id
    WHERE e.account = 'provider' GROUP BY t.payment_id
) l ON l.payment_id = p.id
WHERE coalesce(l.sum, 0) <> p.captured - p.refunded
"""
_HELD = """
SELECT 'payment ' || p.public_id, 'the books hold ' || coalesce(l.held, 0) || ', the payment '
    || coalesce(l.authorized, 0) - p.captured - p.voided
FROM payments_payment p
LEFT JOIN (
    SELECT t.payment_id, sum(e.amount) AS held,
        sum(e.amount) FILTER (WHERE t.kind = 'authorize') AS authorized
    FROM payments_ledgerentry e JOIN payments_ledgertransaction t ON t.id = e.transaction_id
    WHERE e.account = 'held_at_provider' GROUP BY t.payment_id
) l ON l.payment_id = p.id
WHERE coalesce(l.held, 0) <> coalesce(l.authorized, 0) - p.captured - p.voided
"""
_BALANCED = """
SELECT 'transaction ' || t.key, 'its entries sum to ' || sum(e.amount) || ' ' || e.currency
FROM payments_ledgerentry e JOIN payments_ledgertransaction t ON t.id = e.transaction_id
GROUP BY t.id, t.key, e.currency HAVING sum(e.amount) <> 0
"""
# What a seller is owed by their shares, beside what the books say.
_BALANCES = """
SELECT 'seller @' || a.handle, 'the books owe ' || coalesce(l.owed, 0) || ' '
    || coalesce(s.currency, l.currency) || ', the shares ' || coalesce(s.owed, 0)
FROM (
    SELECT sh.seller_id, p.currency,
        sum(sh.captured - sh.refunded - sh.fee + sh.fee_refunded) AS owed
    FROM payments_paymentshare sh JOIN payments_payment p ON p.id = sh.payment_id
    GROUP BY sh.seller_id, p.currency
) s
FULL JOIN (
    SELECT e.owner_profile_id, e.currency, -sum(e.amount) AS owed
    FROM payments_ledgerentry e
    JOIN payments_ledgertransaction t ON t.id = e.transaction_id
    WHERE e.account = 'seller_balance' AND t.kind IN ('capture', 'refund')
    GROUP BY e.owner_profile_id, e.currency
) l ON l.owner_profile_id = s.seller_id AND l.currency = s.currency
JOIN accounts_profile a ON a.id = coalesce(s.seller_id, l.owner_profile_id)
WHERE coalesce(l.owed, 0) <> coalesce(s.owed, 0)
"""
_REFS = """
SELECT 'provider reference ' || provider_ref, count(*) || ' payments'
FROM payments_payment WHERE provider_ref <> '' GROUP BY provider, provider_ref HAVING count(*) > 1
"""
_LIVE = """
SELECT 'reference ' || reference, count(*) || ' live payments'
FROM payments_payment
WHERE state IN ('created', 'requires_action', 'unknown', 'authorized', 'captured', 'review')
GROUP BY reference HAVING count(*) > 1
"""
_LAST_MOVE = """
SELECT 'payment ' || p.public_id, 'is ' || p.state || ', last written down as '
    || coalesce(m.new, 'nothing')
FROM payments_payment p
LEFT JOIN LATERAL (
    SELECT new FROM payments_paymentmove WHERE payment_id = p.id ORDER BY id DESC LIMIT 1
) m ON true
WHERE p.state <> coalesce(m.new, 'created')  -- the first state is not written down
"""


def _moves_off_the_graph() -> Iterator[tuple[str, str]]:
    known = [
        (old.value, new.value) for old in PaymentState for new in PaymentState if may_move(old, new)
    ]
    rows = PaymentMove.objects.values_list("payment__public_id", "old", "new").order_by("id")
    for public_id, old, new in rows.iterator(chunk_size=2_000):
        # A person ends a review; the first row is how it began.
        if old and old != PaymentState.REVIEW and (old, new) not in known:
            yield f"payment {public_id}", f"{old} to {new}"


def register() -> None:
    for invariant, says, sql in (
        ("I3", "A payment is the sum of its shares", _SHARES),
        ("I3", "A share is the sum of what was done with it", _OPERATIONS),
        ("I3", "The books have what the payment has taken", _BOOKS),
        ("I3", "The books hold what is held of the payment", _HELD),
        ("I5", "One payment per reference of the provider", _REFS),
        ("I5", "One live payment per purchase", _LIVE),
        ("I9", "The last written move of a payment is its state", _LAST_MOVE),
        ("I13", "Every transaction of the books sums to zero", _BALANCED),
        ("I13", "A seller's balance is the sum of its entries", _BALANCES),
    ):
        audits.register(invariant=invariant, says=says, sql=sql)
    audits.register_check(
        audits.Check(
            invariant="I9", says="Payments move along their graph", find=_moves_off_the_graph
        )
    )
