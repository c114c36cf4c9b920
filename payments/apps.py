from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "payments"

    def ready(self) -> None:
        from accounts.actions import erasure_hooks
        from core.events import subscribe
        from payments import integrity, leaving, receivers
        from payments.events import HoldDoubted, MethodForgotten, OperationRequested

        integrity.register()
        erasure_hooks.register(hook=leaving.erase)
        subscribe(OperationRequested, receivers.carry_out)
        subscribe(HoldDoubted, receivers.look_at_hold)
        subscribe(MethodForgotten, receivers.erase_card)
