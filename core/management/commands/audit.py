"""`manage.py audit`: what should hold of the data and does not, as JSON."""

import json
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from core import audits


class Command(BaseCommand):
    help = "Print every violation of the invariants as JSON: [] and exit code 0 when all is well."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("invariants", nargs="*", help="only these, e.g. I1 I8 (all)")
        parser.add_argument("--list", action="store_true", help="what is asked, without asking")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = frozenset(options["invariants"])
        known = {one.invariant for one in audits.checks()}
        if unknown := sorted(wanted - known):
            raise CommandError(f"There is no check of {', '.join(unknown)}.")
        if options["list"]:
            for one in audits.checks():
                self.stdout.write(f"{one.invariant:<4}{one.says}")
            return
        found = [one.to_data() for one in audits.violations(invariants=wanted)]
        self.stdout.write(json.dumps(found, indent=2, ensure_ascii=False))
        asked = sum(not wanted or one.invariant in wanted for one in audits.checks())
        self.stderr.write(f"{asked} checks, {len(found)} violations")
        if found:
            raise SystemExit(1)
