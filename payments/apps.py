from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "payments"

    def ready(self) -> None:
        from core.events import subscribe
        from payments import integrity, receivers
        from payments.events import HoldDoubted, MethodForgotten, OperationRequested

        integrity.register()
        subscribe(OperationRequested, receivers.carry_out)
        subscribe(HoldDoubted, receivers.look_at_hold)
        subscribe(MethodForgotten, receivers.erase_card)
