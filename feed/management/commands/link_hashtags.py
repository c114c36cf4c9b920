"""`manage.py link_hashtags`: pins, put under the hashtags that they say where they are not."""

from typing import Any

from django.core.management import BaseCommand

from feed.actions import mend_hashtags


class Command(BaseCommand):
    help = "Put pins under the hashtags that they say. People may pin meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{mend_hashtags()} pins put under their hashtags anew")
