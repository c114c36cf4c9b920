from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PaymentsConfig(AppConfig):
    name = "payments"

    def ready(self) -> None:
        from accounts import acts
        from accounts.actions import erasure_hooks
        from core.events import subscribe
        from payments import integrity, leaving, receivers
        from payments.events import HoldDoubted, MethodForgotten, OperationRequested

        acts.register("payments.payout_opened", _("went to name the payout account"), group="money")
        integrity.register()
        erasure_hooks.register(hook=leaving.erase)
        subscribe(OperationRequested, receivers.carry_out)
        subscribe(HoldDoubted, receivers.look_at_hold)
        subscribe(MethodForgotten, receivers.erase_card)
