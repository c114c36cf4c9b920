"""`manage.py up`: run the whole market on this machine until Ctrl-C."""

import sys
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser, get_commands
from django.db import connection

from marketplace.supervisor.run import Run


def _no_profile_yet() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT NOT EXISTS (SELECT FROM accounts_profile)")
        (empty,) = cursor.fetchone()
    connection.close()
    return bool(empty)


class Command(BaseCommand):
    help = "Run servers, pages, live updates, workers and the payment sandbox until Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reset", action="store_true", help="start with empty data")

    def handle(self, *args: Any, **options: Any) -> None:
        def say(line: str) -> None:
            self.stdout.write(line)
            self.stdout.flush()

        run = Run(
            var=settings.PARLEY_VAR,
            host=settings.HOST,
            port=settings.PORT,
            sandbox=bool(settings.SANDBOX_URL),
            seed_command=settings.DEMO and "seed" in get_commands(),
            needs_seed=_no_profile_yet,
            say=say,
        )
        sys.exit(run.run(reset=options["reset"]))
