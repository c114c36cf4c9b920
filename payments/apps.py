from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "payments"

    def ready(self) -> None:
        from core.events import subscribe
        from payments import receivers
        from payments.events import HoldDoubted, MethodForgotten, OperationRequested

        subscribe(OperationRequested, receivers.carry_out)
        subscribe(HoldDoubted, receivers.look_at_hold)
        subscribe(MethodForgotten, receivers.erase_card)
