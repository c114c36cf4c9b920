"""Pictures that nobody is to see any more, though they are kept for a way back.

The address of a picture says nothing and is not to be guessed, but whoever saw it still has it. So
when the last thing that shows a picture goes out of sight, a mark is put beside its files, and
`/media/` answers 404 to all but the owner and the operators. A mark costs a request one look at the
disk; asking the database for every picture of a wall would cost a query each.

Every foreign key to a picture shows it, unless the app whose it is says when it does not
(`shows_not`): a table that nobody thought of keeps its pictures in sight.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from core import files
from core.events import Event, publish
from core.models import Delivery, Image, OutboxEvent

_BATCH = 500
# The daily look takes about this much of the minute that a task has.
SECONDS = 25


class Reader(Protocol):
    """Whether a request may see a withdrawn picture of this profile."""

    def __call__(self, *, request: HttpRequest, owner_id: int | None) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class PicturesToSettle(Event):
    """Something that shows these pictures came into sight or went out of it."""

    image_ids: list[int]


def _nobody(*, request: HttpRequest, owner_id: int | None) -> bool:  # noqa: ARG001
    return False


_hidden: dict[str, Q | None] = {}
_reader: Reader = _nobody


def shows_not(*, model: type[Model], when: Q | None = None) -> None:
    """Rows of the model show their picture to nobody `when` that holds of them; None for never."""
    _hidden[model._meta.label] = when  # noqa: SLF001


def let_in(*, reader: Reader) -> None:
    """`reader` says whether a request may see a withdrawn picture of a profile's (by id)."""
    global _reader
    _reader = reader


def changed(image_ids: Collection[int]) -> None:
    """Have it looked at whether these are still shown, after the caller's transaction."""
    publish(PicturesToSettle(image_ids=sorted(image_ids)))


def used_again(image_ids: Collection[int]) -> None:
    """The pictures are put to a new use, in the caller's transaction. Costs a query and a look at
    the disk for each, nothing for none, and waits for nobody."""
    if not image_ids:
        return
    held = _held(image_ids)
    seen = {pk for pk, public_id in held.items() if not files.is_withdrawn(public_id)}
    if unseen := set(image_ids) - seen:
        changed(unseen)


def _held(image_ids: Collection[int]) -> dict[int, str]:
    """Those of the pictures that nobody settles before the end of the transaction, with public ids.
    Of the others somebody is about to, who does not see the new use."""
    rows = Image.objects.select_for_update(no_key=True, skip_locked=True).filter(pk__in=image_ids)
    return dict(rows.values_list("pk", "public_id"))


def settle(event: PicturesToSettle) -> None:
    """The receiver. Asks what holds now, so that facts may come in any order."""
    settle_now(event.image_ids)


@transaction.atomic
def settle_now(image_ids: Collection[int]) -> None:
    """Mark those of the pictures that nothing shows, and no other.

    They are held, so that of two who do this at once the second sees what the first one saw or
    newer. One query for each table that has pictures.
    """
    held = Image.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=image_ids)
    found = dict(held.order_by("pk").values_list("pk", "public_id"))
    shown = _shown(found)
    for pk, public_id in found.items():
        if pk in shown:
            files.give_back(public_id)
        elif not files.is_withdrawn(public_id):
            files.withdraw(public_id)


def look_again() -> None:
    """Look at what nobody spoke of: a marked picture may have been put to a new use, and rows may
    have gone out of sight by the hand of somebody who did not say so, or before there were marks.

    What half a minute is not enough for has its turn another time.
    """
    _settle_each(files.withdrawn())
    _settle_each(_unmarked())


def _settle_each(found: Iterator[list[str]]) -> None:
    until, named = time.monotonic() + SECONDS / 2, list[str]()
    for some in found:
        named += some
        while len(named) >= _BATCH:
            _settle_named(named[:_BATCH])
            del named[:_BATCH]
            if time.monotonic() > until:
                return
        if time.monotonic() > until:
            break
    _settle_named(named)


def _unmarked() -> Iterator[list[str]]:
    """Public ids of pictures without a mark that rows out of sight hold, in no order."""
    for name, rows in _uses():
        when = _hidden.get(rows.model._meta.label)  # noqa: SLF001
        if when is None:
            continue
        found = rows.filter(when).order_by("?").values_list(name, flat=True)
        ids = found.iterator(chunk_size=2_000)
        while batch := list(itertools.islice(ids, _BATCH)):
            held = Image.objects.filter(pk__in=batch).values_list("public_id", flat=True)
            yield [public_id for public_id in held if not files.is_withdrawn(public_id)]


def _settle_named(public_ids: list[str]) -> None:
    settle_now(list(Image.objects.filter(public_id__in=public_ids).values_list("pk", flat=True)))


def misjudged() -> Iterator[tuple[str, bool]]:
    """Pictures (by public id, with whether something shows them) whose mark says the opposite.

    What nothing ever showed bears none, and of what is still to be heard nothing is said. Costs as
    `settle_now` does, for all pictures there are.
    """
    waiting, owners = _heard_soon()
    after = 0
    rows = Image.objects.order_by("pk").values_list("pk", "public_id", "owner_id")
    while batch := list(rows.filter(pk__gt=after)[:_BATCH]):
        after = batch[-1][0]
        ids = [pk for pk, _public_id, owner in batch if pk not in waiting and owner not in owners]
        shown = _shown(ids)
        gone = _hidden_by_rows(ids) - shown
        for pk, public_id, _owner in batch:
            if pk in (gone, shown)[files.is_withdrawn(public_id)]:
                yield public_id, pk in shown


def _heard_soon() -> tuple[set[int], set[int]]:
    """Pictures, and profiles, of which a fact is still to be heard."""
    facts = OutboxEvent.objects.filter(deliveries__state=Delivery.State.PENDING)
    told = list(facts.filter(type=PicturesToSettle.type_name()).values_list("data", flat=True))
    profiles = facts.filter(data__has_key="profile_id").values_list("data__profile_id", flat=True)
    return {pk for data in told for pk in data["image_ids"]}, set(profiles)


def may_see(request: HttpRequest, public_id: str) -> bool:
    """Whether the request is its owner's or an operator's. One query, and those of the viewer."""
    owners = Image.objects.filter(public_id=public_id).values_list("owner_id", flat=True)
    return any(_reader(request=request, owner_id=owner) for owner in owners)


def _shown(image_ids: Collection[int]) -> set[int]:
    shown: set[int] = set()
    for name, rows in _uses(image_ids):
        label = rows.model._meta.label  # noqa: SLF001
        if label in _hidden:
            when = _hidden[label]
            rows = rows.none() if when is None else rows.exclude(when)
        shown |= set(rows.values_list(name, flat=True))
    return shown


def _hidden_by_rows(image_ids: Collection[int]) -> set[int]:
    hidden: set[int] = set()
    for name, rows in _uses(image_ids):
        when = _hidden.get(rows.model._meta.label)  # noqa: SLF001
        if when is not None:
            hidden |= set(rows.filter(when).values_list(name, flat=True))
    return hidden


def _uses(image_ids: Collection[int] | None = None) -> Iterator[tuple[str, QuerySet[Any]]]:
    """Rows of every table that has these pictures, or any, and the name of the column in which it
    does."""
    for relation in Image._meta.get_fields(include_hidden=True):  # noqa: SLF001
        model = relation.related_model
        if not (relation.auto_created and relation.one_to_many) or not isinstance(model, type):
            continue
        name = relation.field.attname  # type: ignore[union-attr]
        these = {} if image_ids is None else {f"{name}__in": image_ids}
        yield name, model._base_manager.filter(**these)  # noqa: SLF001
