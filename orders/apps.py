from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    name = "orders"
    verbose_name = _("Orders")

    def ready(self) -> None:
        from accounts import acts
        from accounts import events as accounts
        from accounts.actions import erasure_hooks, login_hooks
        from core.events import subscribe
        from inventory.events import HoldExpired
        from orders import events, integrity, leaving, notices, receivers
        from orders.login import keep_bag
        from payments import events as payments

        integrity.register()
        notices.register_kinds()
        acts.register("orders.packed", _("packed an order"), group="orders")
        acts.register("orders.unpacked", _("took back that an order is packed"), group="orders")
        acts.register("orders.shipped", _("sent a parcel"), group="orders")
        acts.register("orders.cancelled", _("cancelled an order"), group="orders")
        login_hooks.register(hook=keep_bag)
        erasure_hooks.register(hook=leaving.erase)
        erasure_hooks.register_check(check=leaving.check_nothing_open)
        subscribe(accounts.AddressConfirmed, receivers.claim_what_guests_bought)
        subscribe(payments.PaymentAuthorized, receivers.on_authorized)
        subscribe(payments.PaymentFailed, receivers.on_failed)
        subscribe(payments.PaymentExpired, receivers.on_expired)
        subscribe(payments.PaymentRefunded, receivers.tell_refunded)
        subscribe(payments.PaymentVoided, receivers.on_voided)
        subscribe(payments.PaymentVoided, receivers.count_back)
        subscribe(payments.PaymentRefunded, receivers.count_back)
        subscribe(payments.CaptureFailed, receivers.tell_capture_failed)
        subscribe(HoldExpired, receivers.on_hold_expired)
        subscribe(events.OrderPaid, receivers.add_up_customer)
        subscribe(events.OrderCancelled, receivers.add_up_customer)
        subscribe(events.OrderGivenBack, receivers.add_up_customer)
        subscribe(events.OrderPaid, receivers.tell_paid)
        subscribe(events.OrderPacked, receivers.show_packed)
        subscribe(events.OrderUnpacked, receivers.show_unpacked)
        subscribe(events.OrderShipped, receivers.capture_parcel)
        subscribe(events.OrderShipped, receivers.tell_shipped)
        subscribe(events.OrderCancelled, receivers.tell_cancelled)
        subscribe(events.OrderRestCancelled, receivers.tell_rest_cancelled)
        subscribe(events.OrderCompleted, receivers.show_completed)
