"""Putting a pin on the wall, taking it off again, deleting it; each with a way back."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from accounts.queries import approved_ids
from core import clock, withdrawn
from core.db import retrying
from core.errors import DomainError
from core.events import publish
from feed import acts, notices
from feed.actions.hashtags import keep_hashtags
from feed.actions.saving import save_pin
from feed.audience import visible_pins
from feed.documents import KIND, documents_of
from feed.errors import DueInThePast, PinNotFound, TitleMissing
from feed.events import PinPublished
from feed.models import AuthorLast, Board, Pin, PinPicture, ProductTag, Save
from feed.tallies import recount_boards
from feed.types import Audience, PinState
from search.actions import put_documents, remove_documents

_log = structlog.get_logger(__name__)

LATEST = timedelta(days=365)
KEPT_FOR = timedelta(days=30)
BATCH = 200
# Dropping takes at most this much of the minute that a task has.
SECONDS = 25


def own_pin(*, public_id: str, author_id: int, state: PinState | None = None) -> Pin:
    """The author's pin, locked. Raises PinNotFound; also for what was taken down or deleted,
    unless `state` asks for it."""
    pins = Pin.objects.select_for_update(of=("self",)).filter(public_id=public_id, author=author_id)
    if state is None:
        pins = pins.filter(state__in=[PinState.DRAFT, PinState.PUBLISHED])
    else:
        pins = pins.filter(state=state)
    pin = pins.first()
    if pin is None:
        raise PinNotFound
    return pin


@retrying
@transaction.atomic
def publish_pin(*, public_id: str, author_id: int, user_id: int | None = None) -> Pin:
    """Put a draft on the wall; a pin that is already there stays as it is.

    Without a title or a category it takes those of the first product on it. Raises TitleMissing,
    PinNotFound. `user_id` as in `create_pin`.
    """
    pin = own_pin(public_id=public_id, author_id=author_id)
    if pin.state == PinState.DRAFT:
        put_on_wall(pin)
        acts.record(acts.PIN_PUBLISHED, brand_id=author_id, user_id=user_id, subject=pin.title)
    return pin


def put_on_wall(pin: Pin) -> None:
    """Publish a locked draft, in the caller's transaction. A pin that comes back keeps its date:
    nobody gets to the top of a wall by taking a pin away for a moment. What is only for those with
    the link is no news to anybody."""
    give_title(pin)
    first_time = pin.published_at is None
    pin.state, pin.publish_at = PinState.PUBLISHED, None
    pin.published_at = pin.published_at or clock.now()
    pin.save(update_fields=["state", "publish_at", "published_at", "title", "category"])
    refresh_author(pin.author_id)
    index_pins([pin])
    keep_on_its_board(pin)
    # Drafts are published while their author waits or is suspended, too.
    if not first_time or not approved_ids(ids=[pin.author_id]):
        settle_pictures(pin)
    if first_time and pin.audience != Audience.LINK:
        publish(PinPublished(pin_id=pin.public_id, author_id=pin.author_id))


def give_title(pin: Pin) -> None:
    """What goes on the wall has a title and, if it can, a category: those of its first product
    where the author gave none. Stores nothing; raises TitleMissing."""
    if not (pin.title and pin.category_id):
        tags = ProductTag.objects.filter(pin=pin).order_by("position")
        first = tags.values_list("product__title", "product__category_id").first()
        if first is not None:
            pin.title = pin.title or first[0]
            pin.category_id = pin.category_id or first[1]
    if not pin.title:
        raise TitleMissing


def keep_on_its_board(pin: Pin) -> None:
    """Put a pin that anybody can see on the board that its author chose for it."""
    if pin.board is not None and visible_pins().filter(pk=pin.pk).exists():
        save_pin(pin_id=pin.public_id, saver_id=pin.author_id, board_id=pin.board.public_id)


@transaction.atomic
def unpublish_pin(*, public_id: str, author_id: int, user_id: int | None = None) -> Pin:
    """Make a draft of a pin; `publish_pin` puts it back where it was. Raises PinNotFound."""
    pin = own_pin(public_id=public_id, author_id=author_id)
    if pin.state == PinState.PUBLISHED:
        pin.state = PinState.DRAFT
        pin.save(update_fields=["state"])
        _off_the_wall(pin)
        settle_pictures(pin)
        acts.record(acts.PIN_HIDDEN, brand_id=author_id, user_id=user_id, subject=pin.title)
    return pin


@transaction.atomic
def delete_pin(*, public_id: str, author_id: int, user_id: int | None = None) -> Pin:
    """Delete a pin. For thirty days `undelete_pin` brings it back. Raises PinNotFound."""
    pin = own_pin(public_id=public_id, author_id=author_id)
    pin.state_before, pin.state = pin.state, PinState.DELETED
    pin.deleted_at, pin.publish_at = clock.now(), None
    pin.save(update_fields=["state_before", "state", "deleted_at", "publish_at"])
    _off_the_wall(pin)
    settle_pictures(pin)
    acts.record(acts.PIN_DELETED, brand_id=author_id, user_id=user_id, subject=pin.title)
    return pin


@retrying
@transaction.atomic
def undelete_pin(*, public_id: str, author_id: int, user_id: int | None = None) -> Pin:
    """Bring a deleted pin back as it was. Raises PinNotFound when it was not deleted or is gone."""
    pin = own_pin(public_id=public_id, author_id=author_id, state=PinState.DELETED)
    back = pin.state_before
    pin.state, pin.state_before, pin.deleted_at = PinState.DRAFT, "", None
    pin.save(update_fields=["state", "state_before", "deleted_at"])
    if back == PinState.PUBLISHED:
        put_on_wall(pin)
    else:
        settle_pictures(pin)
    acts.record(acts.PIN_RESTORED, brand_id=author_id, user_id=user_id, subject=pin.title)
    return pin


@transaction.atomic
def schedule_pin(
    *, public_id: str, author_id: int, at: datetime | None, user_id: int | None = None
) -> Pin:
    """Let a draft publish itself at a moment to come, or (None) not any more.

    The log of a brand hears of it where it is another moment than before.
    Raises DueInThePast, TitleMissing, PinNotFound.
    """
    pin = own_pin(public_id=public_id, author_id=author_id)
    if pin.state != PinState.DRAFT:
        raise PinNotFound
    if at is not None:
        if not clock.now() < at <= clock.now() + LATEST:
            raise DueInThePast
        give_title(pin)
    if at != pin.publish_at:
        act = acts.PIN_SCHEDULED if at else acts.PIN_UNSCHEDULED
        acts.record(act, brand_id=author_id, user_id=user_id, subject=pin.title)
    pin.publish_at = at
    pin.save(update_fields=["publish_at", "title", "category"])
    return pin


def publish_due() -> int:
    """Publish the drafts that are due; how many there were. Each in a transaction of its own.

    One that cannot go on the wall loses its time, and its author is told why: it must not stand
    in the way of the others. One whose author is not public waits until they are (docs/adr/0068).
    """
    pks = _due().order_by("publish_at", "id").values_list("pk", flat=True)[:BATCH]
    return sum(_publish_one(pk) for pk in pks)


def _due() -> QuerySet[Pin]:
    due = Pin.objects.filter(state=PinState.DRAFT, publish_at__lte=clock.now())
    return due.filter(author__state="approved")


@retrying
@transaction.atomic
def _publish_one(pk: int) -> bool:
    pin = _due().select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if pin is None:
        return False
    due = pin.publish_at
    try:
        with transaction.atomic():
            put_on_wall(pin)
    except DomainError as refused:
        _log.warning("pin.schedule_refused", pin=pin.public_id, code=refused.code)
        Pin.objects.filter(pk=pk).update(publish_at=None)
        notices.tell_not_published(pin, due=due, reason=str(refused.message))
        return False
    return True


def drop_deleted() -> int:
    """Drop for good what was deleted thirty days ago; how many pins there were.

    Their saves go with them: the boards that held them are counted anew. In batches, each in a
    transaction of its own; what half a minute is not enough for waits for the next time.
    """
    until, dropped = time.monotonic() + SECONDS, 0
    while time.monotonic() < until and (batch := _drop_batch()):
        dropped += batch
    return dropped


@retrying
@transaction.atomic
def _drop_batch() -> int:
    old = Pin.objects.filter(state=PinState.DELETED, deleted_at__lt=clock.now() - KEPT_FOR)
    found = list(old.order_by("deleted_at").values_list("pk", flat=True)[:BATCH])
    locked = old.filter(pk__in=found).order_by("pk").select_for_update(of=("self",))
    pks = list(locked.values_list("pk", flat=True))
    holding = Board.objects.filter(Exists(Save.objects.filter(board=OuterRef("pk"), pin__in=pks)))
    holding = holding.order_by("pk").select_for_update(of=("self",), no_key=True)
    boards = list(holding.values_list("pk", flat=True))
    Pin.objects.filter(pk__in=pks).delete()
    recount_boards(board_ids=boards)
    return len(pks)


def settle_pictures(*pins: Pin) -> None:
    """What the pins show came into sight or went out of it; in the caller's transaction, one fact
    for all of them."""
    withdrawn.changed(pictures_of(*pins))


def pictures_of(*pins: Pin) -> set[int]:
    """Primary keys of all that the pins show. One query."""
    further = PinPicture.objects.filter(pin__in=pins).values_list("image", flat=True)
    return {*(pin.image_id for pin in pins), *further}


def index_pins(pins: Sequence[Pin]) -> None:
    """Write pins into the search index and under their hashtags, and take out of it what stands in
    no list. Three queries, four where there is something to take out, and what other hashtags
    cost."""
    keep_hashtags(pins)
    documents = documents_of([pin.pk for pin in pins])
    put_documents(documents=documents)
    gone = {pin.public_id for pin in pins} - {one.public_id for one in documents}
    if gone:
        remove_documents(kind=KIND, public_ids=gone)


def index_on_wall(pins: QuerySet[Pin]) -> None:
    """Write those of the pins that are on the wall into the search index anew; in the caller's
    transaction, in batches, each held while its documents are made."""
    on_wall = pins.filter(state=PinState.PUBLISHED).order_by("pk")
    held = on_wall.select_for_update(of=("self",), no_key=True)
    after = 0
    while batch := list(held.filter(pk__gt=after)[:BATCH]):
        after = batch[-1].pk
        index_pins(batch)


def _off_the_wall(pin: Pin) -> None:
    refresh_author(pin.author_id)
    keep_hashtags([pin])
    remove_documents(kind="pin", public_ids=[pin.public_id])


def refresh_author(author_id: int) -> None:
    """Keep what walls know of the author's newest pin that followers meet there; in the caller's
    transaction."""
    _hold_author(author_id)
    last = _newest_at(author_id)
    known = AuthorLast.objects.filter(author=author_id)
    if last is None:
        known.delete()
    else:
        known.update(last_at=last)


# The row, made where there is none, and locked in any case.
_HOLD = """
INSERT INTO feed_authorlast (author_id, last_at) VALUES (%s, '-infinity')
ON CONFLICT (author_id) DO UPDATE SET author_id = excluded.author_id
"""


def _hold_author(author_id: int) -> None:
    """Nobody else keeps the row of this author until the end of the transaction: what is looked for
    next is what the last one left."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [author_id])


def _newest_at(author_id: int) -> datetime | None:
    published = Pin.objects.filter(author=author_id, state=PinState.PUBLISHED).exclude(
        audience=Audience.LINK
    )
    newest: datetime | None = published.aggregate(last=Max("published_at"))["last"]
    return newest
