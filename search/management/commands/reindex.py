"""`manage.py reindex`: the search index, made again from what it mirrors."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from search.actions import rebuild
from search.sources import kinds


class Command(BaseCommand):
    help = "Write every document of the search index anew. People may search meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kinds", nargs="*", help=f"only these of {', '.join(kinds())} (all)")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = options["kinds"] or kinds()
        if unknown := sorted(set(wanted) - set(kinds())):
            raise CommandError(f"There is no kind {', '.join(unknown)}.")
        for kind in wanted:
            found = rebuild(kind=kind, progress=self._show)
            self.stdout.write(f"{kind:<8} {found} documents")

    def _show(self, kind: str, done: int, total: int) -> None:
        end = "\n" if done >= total else "\r"
        self.stderr.write(f"{kind:<8} {done} of {total} looked at", ending=end)
        self.stderr.flush()
