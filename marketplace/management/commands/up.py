"""`manage.py up`: run the whole market on this machine until Ctrl-C."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser, get_commands

from marketplace.supervisor import paths


class Command(BaseCommand):
    help = "Run servers, pages, live updates, workers and the payment sandbox until Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reset", action="store_true", help="start with empty data")

    def handle(self, *args: Any, **options: Any) -> None:
        switches = {
            "--sandbox": bool(settings.SANDBOX_URL),
            "--seed": settings.DEMO and "seed" in get_commands(),
            "--reset": options["reset"],
        }
        os.chdir(paths.ROOT)
        os.execv(  # noqa: S606 - in our place, without Django's memory
            sys.executable,
            [
                *(sys.executable, "-m", "marketplace.supervisor"),
                *("--var", str(settings.PARLEY_VAR)),
                *("--host", settings.HOST, "--port", str(settings.PORT)),
                *(name for name, on in switches.items() if on),
            ],
        )
