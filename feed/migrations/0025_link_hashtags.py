"""Pins that are there are put under the hashtags that they say, a batch at a time.

Each batch is a transaction of its own, in which its pins are held: their authors wait for one batch
at most. What code of the release before writes meanwhile is made good by `manage.py link_hashtags`.
Broken off, it is begun again: what is there stays.
"""

from typing import Any

from django.db import migrations, transaction
from django.db.models import Q
from django.utils import timezone

from feed.saying import hashtags_said

BATCH = 500
MOST = 30


def link(apps: Any, _schema_editor: Any) -> None:
    pins = apps.get_model("feed", "Pin").objects.filter(state="published").exclude(audience="link")
    said = pins.filter(Q(title__contains="#") | Q(text__contains="#")).order_by("pk")
    after = 0
    while True:
        with transaction.atomic():
            held = said.filter(pk__gt=after).select_for_update(of=("self",), no_key=True)
            batch = list(held.values_list("pk", "published_at", "title", "text")[:BATCH])
            _link(apps, batch)
        if not batch:
            return
        after = batch[-1][0]


def _link(apps: Any, batch: list[tuple[Any, ...]]) -> None:
    hashtags, links = (apps.get_model("feed", one) for one in ("Hashtag", "PinHashtag"))
    names: dict[str, str] = {}
    wanted = []
    for pin, at, *texts in batch:
        for name, shown in hashtags_said(*texts, most=MOST).items():
            names.setdefault(name, shown)
            wanted.append((pin, name, at))
    now = timezone.now()
    hashtags.objects.bulk_create(
        [hashtags(name=one, shown=names[one], created_at=now) for one in sorted(names)],
        ignore_conflicts=True,
    )
    keys = dict(hashtags.objects.filter(name__in=names).values_list("name", "pk"))
    links.objects.bulk_create(
        [links(pin_id=pin, hashtag_id=keys[name], published_at=at) for pin, name, at in wanted],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("feed", "0024_hashtags_go_with_their_pin")]
    operations = [migrations.RunPython(link, migrations.RunPython.noop)]
