"""`manage.py renew`: let a market that runs here go over to the code that lies here now."""

import os
import signal
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from marketplace.supervisor.locks import DirectoryLock


class Command(BaseCommand):
    help = "Migrate, then replace the processes of the running market one after the other."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        lock = DirectoryLock(settings.PARLEY_VAR / "lock")
        if lock.take():
            raise CommandError(f"No market runs in {settings.PARLEY_VAR}.")
        holder = lock.holder()
        if holder is None:
            raise CommandError("A run is just ending.")
        os.kill(holder, signal.SIGUSR1)
        self.stdout.write(f"Told process {holder}; it says when it is done.")
