"""`manage.py add_up_customers`: customers, mended where they are not what was bought."""

from typing import Any

from django.core.management import BaseCommand

from orders.customers import mend


class Command(BaseCommand):
    help = "Add up anew whoever is not what their orders add up to. People may buy meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{mend()} customers added up anew")
